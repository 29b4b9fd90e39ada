import { access, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from './guarded-write';

/** Moves a file to `DATA/quarantine` under a name of its own and returns its new path. Throws when the disk does not allow it. */
export type Quarantine = (file: string) => Promise<string>;

/** The quarantine of a data folder. Nothing in it is ever overwritten or deleted. */
export function createQuarantine(dataFolder: string): Quarantine {
  const folder = path.join(dataFolder, 'quarantine');
  return async (file) => {
    await mkdir(folder, { recursive: true });
    const target = await freePath(folder, path.basename(file));
    await rename(file, target);
    await syncFolder(folder);
    return target;
  };
}

/** A path in `folder` that nothing has yet: the name with the moment of the move before its extension, without what a write added. */
async function freePath(folder: string, name: string): Promise<string> {
  const extension = /\.(?:json|gz|zip)(?=\.|$)/.exec(name)?.[0] ?? path.extname(name);
  const stem = extension === '' ? name : name.slice(0, name.indexOf(extension));
  const moment = new Date().toISOString().replaceAll(':', '-').replace('.', '-');
  for (let count = 1; ; count += 1) {
    const candidate = path.join(folder, `${stem}-${moment}${count === 1 ? '' : `-${count}`}${extension}`);
    if (!(await exists(candidate))) return candidate;
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
