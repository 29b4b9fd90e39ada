import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { removeIndexFile } from './search';
import { ignoreMissing, systemCode } from './storage/errno';
import { writeNewFile } from './storage/guarded-write';

interface Surroundings {
  localFolder: string;
  /** Of the search; absolute. */
  indexFile: string;
  /** Of all notebooks. */
  outlines(): Iterable<{ id: string; forgottenAt?: string }>;
}

/**
 * What is derived from all documents in LOCAL, and from which one alone cannot be taken out: the names of models and first pages do not tell whose they are,
 * and what is taken out of a full-text index stays in its file, in pieces, for long. It is made anew once a document was forgotten, on
 * whichever machine.
 */
export interface StaleDerived {
  /**
   * To be called before the index is opened: removes all of it where documents were forgotten since it was begun, and answers which. It goes
   * once more at the end, since they may be listed until it is seen that their files are gone. Throws the system's error.
   */
  begin(): Promise<string[]>;
  /** Removes what nothing has open, and has the rest go at the end. Throws the system's error. */
  mark(): Promise<void>;
  /** To be called once nothing has the index open. Removes all of it where it is to go. Throws the system's error. */
  end(): Promise<void>;
}

/** What was forgotten before the index was begun, as moments by document. A file without sense says that this is not known. */
const knownSchema = z.object({
  documents: z.record(z.string(), z.string()),
  /** The index was begun while something of these may have been listed. */
  goesAgain: z.boolean(),
});
type Known = z.infer<typeof knownSchema>;

/** Where the models of documents are kept (see `Models`), and the pictures of their first pages (see `FirstPages`). */
export const folderOfModels = (localFolder: string): string => path.join(localFolder, 'models');
export const folderOfFirstPages = (localFolder: string): string => path.join(localFolder, 'first-pages');

export function createStaleDerived({ localFolder, indexFile, outlines }: Surroundings): StaleDerived {
  const knownFile = path.join(localFolder, 'forgotten.json');
  const folders = [folderOfModels(localFolder), folderOfFirstPages(localFolder)];

  const readKnown = async (): Promise<Known | undefined> => {
    try {
      return knownSchema.parse(JSON.parse(await readFile(knownFile, 'utf8')));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return { documents: {}, goesAgain: false };
      if (systemCode(error) !== undefined) throw error;
      return undefined;
    }
  };
  const removeFiles = async (): Promise<void> => {
    for (const folder of folders)
      for (const name of await readdir(folder).catch(ignoreMissing)) await rm(path.join(folder, name), { force: true });
  };

  const forgotten = (): [id: string, at: string][] =>
    [...outlines()].flatMap(({ id, forgottenAt }) => (forgottenAt === undefined ? [] : [[id, forgottenAt]]));
  /** Removes it where it is to go; the documents of which it was not known that they are forgotten. */
  const remove = async (isBegin: boolean): Promise<string[]> => {
    const known = await readKnown();
    const unknown = forgotten().filter(([id, at]) => known?.documents[id] !== at);
    if (known && !known.goesAgain && unknown.length === 0) return [];
    await removeFiles();
    removeIndexFile(indexFile);
    // Once only: a Lectern that is killed each time would never have an index.
    const goesAgain = isBegin && (known === undefined || unknown.length > 0);
    const next: Known = { documents: { ...known?.documents, ...Object.fromEntries(unknown) }, goesAgain };
    await writeNewFile(knownFile, Buffer.from(JSON.stringify(next)));
    return unknown.map(([id]) => id);
  };

  return {
    begin: () => remove(true),
    async mark() {
      await removeFiles();
      await writeNewFile(knownFile, Buffer.from(''));
    },
    end: async () => void (await remove(false)),
  };
}
