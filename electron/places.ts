import { hash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** `Lectern/data` in the system's place for application data: what Electron calls `appData`. */
export function defaultDataFolder(env: Environment = process.env, platform = process.platform, home = os.homedir()): string {
  return path.join(applicationData(env, platform, home), 'Lectern', 'data');
}

/**
 * LOCAL of a data folder: where lies what must not be synced (lock, machine's id, index, logs). It is outside of the data
 * folder, under a hash of its real path, so that both hosts and every way to write that path come to the same one.
 */
export function localFolderOf(
  dataFolder: string,
  env: Environment = process.env,
  platform = process.platform,
  home = os.homedir(),
): string {
  const name = hash('sha256', realPathOf(path.resolve(dataFolder))).slice(0, 16);
  return path.join(localState(env, platform, home), name);
}

function applicationData(env: Environment, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env['APPDATA'] || path.join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  return env['XDG_CONFIG_HOME'] || path.join(home, '.config');
}

function localState(env: Environment, platform: NodeJS.Platform, home: string): string {
  // `Lectern` itself is the installer's there, which empties it.
  if (platform === 'win32') return path.join(env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local'), 'Lectern-local');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Lectern', 'local');
  return path.join(env['XDG_STATE_HOME'] || path.join(home, '.local', 'state'), 'Lectern');
}

/** The path without symbolic links, as the disk spells it; of a folder that is not there yet, as far as it is. */
function realPathOf(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(realPathOf(parent), path.basename(folder));
  }
}
