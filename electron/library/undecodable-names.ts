import { isUtf8 } from 'node:buffer';
import { opendir, readdir } from 'node:fs/promises';
import path from 'node:path';

/** A file or folder whose name is not UTF-8, as it is on a disk of an older system: Node decodes it to a name under which it is not found. */
export interface Undecodable {
  /** Absolute, with each byte of its name beyond ASCII as `\xE9`. */
  path: string;
  isFolder: boolean;
}

/** What stands in a decoded name in place of bytes that are not UTF-8; a name may also have it as it is. */
const REPLACEMENT = '\uFFFD';

/** Whether a name, decoded by Node, may be of bytes that are not UTF-8. */
export const mayBeUndecodable = (name: string): boolean => name.includes(REPLACEMENT);

/** What in a folder has such a name; nothing where the folder cannot be read, which its watch tells. */
export async function findUndecodable(folder: string): Promise<Undecodable[]> {
  try {
    return (await hasSuspect(folder)) ? await listUndecodable(folder) : [];
  } catch {
    return [];
  }
}

/** In pieces, so that a large folder does not hold up the thread. */
async function hasSuspect(folder: string): Promise<boolean> {
  for await (const { name } of await opendir(folder, { bufferSize: 256 })) if (mayBeUndecodable(name)) return true;
  return false;
}

async function listUndecodable(folder: string): Promise<Undecodable[]> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  return entries
    .filter(({ name }) => !isUtf8(name))
    .map((entry) => ({ path: path.join(folder, escapeBytes(entry.name)), isFolder: entry.isDirectory() }));
}

const escapeBytes = (name: Uint8Array): string =>
  [...name].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`)).join('');

/** Keeps account of such names in the folders that it is told to look into. */
export class UndecodableNames {
  readonly #onChange: (found: Undecodable[]) => void;
  /** By the folders that they are in. */
  readonly #found = new Map<string, Undecodable[]>();
  #turn = Promise.resolve();

  /** `onChange` is told all of them, whenever they are others than before. */
  constructor(onChange: (found: Undecodable[]) => void) {
    this.#onChange = onChange;
  }

  /** Looks into `folders`, the one look after the other. */
  look(folders: Iterable<string>): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      let hasChanged = false;
      for (const folder of folders) {
        const found = await findUndecodable(folder);
        const before = this.#found.get(folder) ?? [];
        this.#found.set(folder, found);
        if (found.length === 0) this.#found.delete(folder);
        hasChanged ||= found.map((each) => each.path).join('\0') !== before.map((each) => each.path).join('\0');
      }
      if (hasChanged) this.#onChange([...this.#found.values()].flat());
    });
    return this.#turn;
  }
}
