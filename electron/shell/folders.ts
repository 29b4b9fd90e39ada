import { createHash } from 'node:crypto';
import path from 'node:path';
import { localFolderOf } from '../places';

export interface Folders {
  /** DATA: everything of the reader's. */
  data: string;
  /** LOCAL: what belongs to this machine alone; also the browser host's. */
  local: string;
  /** Chromium's own profile (caches, its lock): nothing of the reader's, may be deleted. */
  profile: string;
}

/**
 * Where things are kept, under the system's place for application data. Electron's single-instance lock lies in the
 * profile, so each DATA that was chosen with `--data` has a profile of its own, and never holds one.
 */
export function chooseFolders(appData: string, chosenData: string | undefined): Folders {
  const home = path.join(appData, 'Lectern');
  const data = chosenData ?? path.join(home, 'data');
  const local = localFolderOf(data);
  if (chosenData === undefined) return { data, local, profile: path.join(home, 'chromium') };
  const name = createHash('sha256').update(chosenData).digest('hex').slice(0, 16);
  return { data, local, profile: path.join(home, `chromium-${name}`) };
}
