import { expect } from 'vitest';
import { type OwnFolder, openOwnFolder } from './changed-documents';
import { waitFor } from './wait-for';

const SENTENCES = [
  'The harbour lay quiet under a low sky, and the boats were drawn up on the shingle.',
  'Nobody had gone out since the storm took the old pier and half of the northern wall.',
  'In the evening the widow of the ferryman lit the lamp that nobody else would tend.',
  'Children counted the waves, as children do, and lost count before they came to twenty.',
  'The schoolmaster kept a book of the winds, in which every day had a line and no more.',
  'What the priest wrote in his own book nobody ever learned, since he burned it himself.',
];
const TEXT = `${SENTENCES.join('\n\n')}\n`;
const QUOTES = ['the storm took the old pier', 'lit the lamp that nobody else', 'kept a book of the winds'];
const OTHER = `${[...SENTENCES].map((_, index) => `A text on something else has other words, such as number ${index} of them, and more.`).join('\n\n')}\n`;

/** The marked text, renamed and edited or in a new edition. */
export const EDITED = TEXT.replace('quiet', 'still').replace('Children counted', 'The children would count');

export const value = <T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

/** Opens a core with a document `harbour.txt` that has three notes, whose id is `id`, and another one, `other.txt`. */
export async function openMarked(): Promise<OwnFolder & { id: string }> {
  const opened = await openOwnFolder();
  await opened.write('harbour.txt', TEXT);
  await opened.write('other.txt', OTHER);
  await waitFor(() => expect(opened.idOf('harbour.txt') && opened.idOf('other.txt')).toBeDefined());
  await opened.mark('harbour.txt', TEXT, QUOTES);
  return { ...opened, id: opened.idOf('harbour.txt') ?? '' };
}

/** Waits until a file is in the library, and gives its id. */
export const arrive = async (opened: OwnFolder, name: string): Promise<string> => {
  await waitFor(() => expect(opened.idOf(name)).toBeDefined());
  return opened.idOf(name) ?? '';
};

export const notebookOf = async ({ call }: Pick<OwnFolder, 'call'>, documentId: string | undefined) =>
  value(await call('library.notebook', { documentId })).notebook;
