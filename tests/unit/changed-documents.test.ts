import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type OwnFolder, openOwnFolder } from './changed-documents';
import { waitFor } from './wait-for';

const TEXT = `${[
  'The harbour lay quiet under a low sky, and the boats were drawn up on the shingle.',
  'Nobody had gone out since the storm took the old pier and half of the northern wall.',
  'In the evening the widow of the ferryman lit the lamp that nobody else would tend.',
  'Children counted the waves, as children do, and lost count before they came to twenty.',
].join('\n\n')}\n`;

const KEPT = 'Nobody had gone out since the storm took the old pier';
const CHANGED = 'the widow of the ferryman lit the lamp';
const GONE = 'Children counted the waves, as children do';

const EDITED = `${[
  'A new beginning stands before everything else now.',
  'The harbour lay quiet under a low sky, and the boats were drawn up on the shingle.',
  'Nobody had gone out since the storm took the old pier and half of the northern wall.',
  'At dusk the widow of a miller once lit some other lamp, it is said, and left.',
  'Nothing more is told.',
].join('\n\n')}\n`;

/** A folder with one document, in which three passages are marked. */
async function openMarked(): Promise<OwnFolder> {
  const opened = await openOwnFolder();
  await opened.write('harbour.txt', TEXT);
  await waitFor(() => expect(opened.idOf('harbour.txt')).toBeDefined());
  await opened.mark('harbour.txt', TEXT, [KEPT, CHANGED, GONE]);
  return opened;
}

describe('notes of a document that nobody opened since its file changed', () => {
  it('are placed, and the list tells that some wait for a look', async () => {
    const opened = await openMarked();
    expect(opened.row('harbour.txt')?.toReview).toBeUndefined();
    await opened.write('harbour.txt', EDITED);
    await waitFor(() => expect(opened.row('harbour.txt')?.toReview).toEqual({ close: 1, unplaced: 1 }));
    await waitFor(async () => expect(await opened.call('library.overview', {})).toMatchObject({ counts: { notes: 3, unplacedNotes: 1 } }));
  });

  it('are known after a restart without being placed again, also when they changed meanwhile', async () => {
    const first = await openMarked();
    await first.write('harbour.txt', EDITED);
    await waitFor(() => expect(first.row('harbour.txt')?.toReview).toBeDefined());
    await first.core.close();
    const second = await openOwnFolder(first);
    expect(second.row('harbour.txt')?.toReview).toEqual({ close: 1, unplaced: 1 });
    await second.core.close();
    await second.write('harbour.txt', `${EDITED}\nAnd ${GONE}.\n`);
    const third = await openOwnFolder(first);
    await waitFor(() => expect(third.row('harbour.txt')?.toReview).toEqual({ close: 2, unplaced: 0 }));
  });

  it('wait no longer once they are deleted, or when the file is as it was', async () => {
    const opened = await openMarked();
    await opened.write('harbour.txt', EDITED);
    await waitFor(() => expect(opened.row('harbour.txt')?.toReview).toBeDefined());
    const documentId = opened.idOf('harbour.txt') ?? '';
    const found = await opened.call('library.notebook', { documentId });
    const note = found.ok ? found.value.notebook.notes.find(({ anchor }) => anchor?.exact === GONE) : undefined;
    await opened.call('notebook.apply', {
      documentId,
      changes: [{ type: 'delete-note', noteId: note?.id, at: '2026-02-01T00:00:00.000Z' }],
    });
    await waitFor(() => expect(opened.row('harbour.txt')?.toReview).toEqual({ close: 1, unplaced: 0 }));
    await opened.write('harbour.txt', TEXT);
    await waitFor(() => expect(opened.row('harbour.txt')?.toReview).toBeUndefined());
  });

  it('wait as they did while the file is missing', async () => {
    const opened = await openMarked();
    await opened.write('harbour.txt', EDITED);
    await waitFor(() => expect(opened.row('harbour.txt')?.toReview).toBeDefined());
    await rm(path.join(opened.folder, 'harbour.txt'));
    await waitFor(() => expect(opened.row('harbour.txt')?.missing).toBe(true));
    expect(opened.row('harbour.txt')?.toReview).toEqual({ close: 1, unplaced: 1 });
  });
});
