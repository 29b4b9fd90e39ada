import { hash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, type Note } from '#model';
import { allRows } from './all-rows';
import { makeFolder, makeNote, type OpenedCore, openCore } from './host-fixtures';

/** A core with a library folder of the reader's own, which is empty. */
export interface OwnFolder extends OpenedCore {
  folder: string;
  write(name: string, content: string): Promise<void>;
  /** The id of the document in a file of the folder. */
  idOf(name: string): string | undefined;
  row(name: string): ReturnType<typeof allRows>[number] | undefined;
  /** Marks passages of a plain text document as a window does, each with its number as the note's words. */
  mark(name: string, text: string, quotes: readonly string[]): Promise<Note[]>;
}

/** Opens a core, over an earlier one's data and folder or over fresh ones. */
export async function openOwnFolder(before?: Pick<OwnFolder, 'dataFolder' | 'folder'>): Promise<OwnFolder> {
  const folder = before?.folder ?? path.join(await makeFolder(), 'texts');
  await mkdir(folder, { recursive: true });
  const opened = await openCore(before && { dataFolder: before.dataFolder });
  const { core, call } = opened;
  if (!before) await core.library.addFolder(folder);
  await core.library.ready;
  const row = (name: string) => allRows(core.library).find(({ relativePath, folderId }) => relativePath === name && folderId !== 'seeds');
  const idOf = (name: string) => row(name)?.id;
  return {
    ...opened,
    folder,
    row,
    idOf,
    write: (name, content) => writeFile(path.join(folder, name), content),
    async mark(name, text, quotes) {
      const documentId = idOf(name);
      const textHash = hash('sha256', text);
      const notes = quotes.map((quote, index) => {
        const start = text.indexOf(quote);
        if (start < 0) throw new Error(`“${quote}” is not in the text`);
        return makeNote({ anchor: describe(text, start, start + quote.length, textHash), body: `note ${index}` });
      });
      for (const done of [
        await call('notebook.keep-text', { documentId, textHash, text }),
        await call('notebook.apply', { documentId, changes: notes.map((note) => ({ type: 'put-note', note })) }),
      ])
        if (!done.ok) throw new Error(done.failure.message);
      return notes;
    },
  };
}
