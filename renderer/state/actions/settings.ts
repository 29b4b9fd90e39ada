import { type DataFolder, mergeTables, type Settings, type SettingsPatch, settingsSchema, typographySchema } from '#api';
import { call } from '../client';
import { getState, setState } from '../store';
import { notify, notifyFailure, reportError } from './notices';

/** Changes that the host has not answered yet, in order. */
const unanswered = new Set<SettingsPatch>();

/** Takes over settings as the host has them, here and in the native parts; what was changed here since stays. */
export function showSettings(told: Settings): void {
  const settings: Settings = Object.assign({ ...told }, ...unanswered);
  settings.savedSearches = mergeTables('savedSearches', told.savedSearches, settings.savedSearches);
  settings.collections = mergeTables('collections', told.collections, settings.collections);
  setState({ settings });
  const { theme, keys } = settings;
  void call('shell.set-theme', { theme }).catch(reportError);
  void call('shell.set-keys', { keys }).catch(reportError);
}

/** Takes over what another window or machine set. The panes of this window stay as they are: nothing folds by itself. */
export function followSettings(told: Settings): void {
  const { libraryOpen, notesOpen, outlineOpen, notesView, documentsView } = getState().settings;
  showSettings({ ...told, libraryOpen, notesOpen, outlineOpen, notesView, documentsView });
}

/** Changes preferences at once on the screen and then on the disk. */
export function updateSettings(patch: SettingsPatch): void {
  const { settings } = getState();
  const changed = (Object.keys(patch) as (keyof SettingsPatch)[]).some((key) => patch[key] !== settings[key]);
  if (!changed) return;
  setState({ settings: { ...settings, ...patch } as Settings });
  if (patch.theme) void call('shell.set-theme', { theme: patch.theme }).catch(reportError);
  if (patch.keys) void call('shell.set-keys', { keys: patch.keys }).catch(reportError);
  unanswered.add(patch);
  void call('settings.update', { patch })
    .then((result) => {
      if (!result.ok) notifyFailure(result.failure);
    })
    .catch(reportError)
    .finally(() => unanswered.delete(patch));
}

const THEME_NAMES: Record<Settings['theme'], string> = {
  system: 'As the system',
  paper: 'Paper',
  white: 'White',
  sepia: 'Sepia',
  night: 'Night',
  black: 'Black',
};
export const themeName = (theme: Settings['theme']): string => THEME_NAMES[theme];

/** The theme that is on the screen: the chosen one, or the system's light or dark one. */
export const effectiveTheme = (theme: Settings['theme'], prefersDark: boolean): Exclude<Settings['theme'], 'system'> =>
  theme === 'system' ? (prefersDark ? 'night' : 'paper') : theme;

const isDark = (theme: Settings['theme']): boolean => theme === 'night' || theme === 'black';

/** Goes from a light theme to the night one, and from a dark theme to the paper one. */
export function toggleTheme(): void {
  const shown = effectiveTheme(getState().settings.theme, matchMedia('(prefers-color-scheme: dark)').matches);
  const theme = isDark(shown) ? 'paper' : 'night';
  updateSettings({ theme });
  notify('info', `Theme: ${themeName(theme)}`);
}

export const updateTypography = (part: Partial<Settings['typography']>): void =>
  updateSettings({ typography: { ...getState().settings.typography, ...part } });

const DEFAULT_SIZE = settingsSchema.parse({}).typography.size;

/** Makes the text larger or smaller by `step` CSS pixels; 0 gives the usual size. */
export function resizeText(step: number): void {
  const size = step === 0 ? DEFAULT_SIZE : getState().settings.typography.size + step;
  const { minValue, maxValue } = typographySchema.shape.size.unwrap();
  updateTypography({ size: Math.min(Math.max(size, minValue ?? size), maxValue ?? size) });
}

/** Shows a folder of the reader's data in the system's file manager; only where the host has one (`capabilities.fileManager`). */
export async function showFolder(folder: DataFolder): Promise<void> {
  const shown = await call('shell.show-folder', { folder });
  if (!shown.ok) notifyFailure(shown.failure);
}
