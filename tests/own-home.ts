import { localFolderOf } from '../electron/places.ts';

/** The environment of a process whose LOCAL folders lie in `home`, so that nothing of a test lands in the home of who runs it. */
export const withHome = (home: string): NodeJS.ProcessEnv => ({
  ...process.env,
  XDG_STATE_HOME: home,
  LOCALAPPDATA: home,
  // The only way on macOS.
  ...(process.platform === 'darwin' && { HOME: home }),
});

/** Where such a process has LOCAL of a data folder. */
export const localIn = (home: string, dataFolder: string): string => localFolderOf(dataFolder, withHome(home), process.platform, home);
