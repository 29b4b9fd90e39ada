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

  it('have their earlier texts, which are read, and compared with the present one', async () => {
    const opened = await openMarked();
    await opened.write('harbour.txt', EDITED);
    await waitFor(() => expect(opened.row('harbour.txt')?.toReview).toBeDefined());
    const documentId = opened.idOf('harbour.txt') ?? '';
    const texts = await opened.call('texts.list', { documentId });
    expect(texts).toMatchObject([{ noteCount: 3, isPresent: false, until: expect.any(String) }]);
    const page = async (isCompared: boolean, at: number) => {
      const read = await opened.call('texts.page', { documentId, textHash: texts[0]?.textHash, isCompared, at, from: 0, count: 100 });
      if (!read.ok) throw new Error(read.failure.message);
      return read.value;
    };
    const plain = await page(false, TEXT.indexOf(GONE));
    expect(plain).toMatchObject({ total: 4, at: 3, changed: 0 });
    expect(
      plain.rows
        .map(({ before }) => before)
        .join('\n\n')
        .trim(),
    ).toBe(TEXT.trim());
    expect(plain.rows[1]?.marks).toEqual([{ start: 0, end: KEPT.length, colour: 'green' }]);
    const compared = await page(true, 0);
    expect(compared.rows.map(({ before, now, isSame }) => [before?.slice(0, 8), now?.slice(0, 8), isSame])).toEqual([
      [undefined, 'A new be', false],
      ['The harb', 'The harb', true],
      ['Nobody h', 'Nobody h', true],
      ['In the e', 'At dusk ', false],
      ['Children', 'Nothing ', false],
    ]);
    expect(compared).toMatchObject({ changed: 3, at: 1 });
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
