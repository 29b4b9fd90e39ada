import type { NativeTheme } from 'electron';
import type { Settings } from '#api';

type Theme = Settings['theme'];

const papers = { paper: '#fbf9f4', white: '#ffffff', sepia: '#f4ead6', night: '#1a1a1c', black: '#000000' } as const;

/** The theme of native parts (menus, dialogs, scroll bars). */
export function nativeThemeOf(theme: Theme): NativeTheme['themeSource'] {
  if (theme === 'system') return 'system';
  return theme === 'night' || theme === 'black' ? 'dark' : 'light';
}

/** The colour of the window before its page is drawn, so that opening does not flash. */
export function backgroundOf(theme: Theme, systemIsDark: boolean): string {
  if (theme === 'system') return systemIsDark ? papers.night : papers.paper;
  return papers[theme];
}
