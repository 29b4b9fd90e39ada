import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { isAsset } from '#formats/list';
import { sameName } from './linked-files';

/** The pictures, sounds and films of a folder by their names, as `sameName` has them: paths with `/`, relative to the folder. */
type Assets = ReadonlyMap<string, readonly string[]>;

/** Entries of a folder and those in it that are looked at. */
const MOST_ENTRIES = 100_000;

/** ms for which what was found holds: those of one document are asked for at once. */
const REST = 5_000;

/** Finds what a vault’s documents show or play, and name without saying where they lie, as Obsidian does. */
export interface NamedAssets {
  /**
   * The path, relative to `folder` and with `/`, of the one in it whose path ends as `written` does, whatever its case: of several the one
   * in the fewest folders. `undefined` where there is none.
   */
  find(folder: string, written: string): Promise<string | undefined>;
}

export function createNamedAssets(rest = REST): NamedAssets {
  const known = new Map<string, Promise<Assets>>();
  const assetsIn = (folder: string): Promise<Assets> => {
    const before = known.get(folder);
    if (before) return before;
    const assets = listAssets(folder);
    known.set(folder, assets);
    const forget = () => known.delete(folder);
    assets.then(() => setTimeout(forget, rest).unref(), forget);
    return assets;
  };
  return {
    async find(folder, written) {
      const wanted = written.split('/').filter((part) => part !== '..');
      const end = `/${sameName(wanted.join('/'))}`;
      const named = (await assetsIn(folder)).get(sameName(wanted.at(-1) ?? '')) ?? [];
      return named
        .filter((file) => `/${sameName(file)}`.endsWith(end))
        .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))[0];
    },
  };
}

/** Hidden folders and those of packages are left out, and links to folders are not followed, as in the library. */
async function listAssets(folder: string): Promise<Assets> {
  const assets = new Map<string, string[]>();
  const folders = [''];
  let left = MOST_ENTRIES;
  for (let inner = folders.shift(); inner !== undefined && left > 0; inner = folders.shift()) {
    const directory = await opendir(path.join(folder, inner)).catch(() => undefined);
    if (!directory) continue;
    for await (const entry of directory) {
      left -= 1;
      const file = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') folders.push(file);
      else if (entry.isFile() && isAsset(entry.name)) {
        const name = sameName(entry.name);
        const named = assets.get(name);
        if (named) named.push(file);
        else assets.set(name, [file]);
      }
      if (left === 0) break;
    }
  }
  return assets;
}
