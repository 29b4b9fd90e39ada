import { expect, test } from 'vitest';
import { type DocumentFile, piecesOf } from '../../../../electron/library/reading/document-file';

function makeFile(read: DocumentFile['read']): { file: DocumentFile; closed: string[] } {
  const closed: string[] = [];
  const close = async () => void closed.push('closed');
  return { file: { size: 2 * 1024 * 1024, fileName: 'a.pdf', read, hasChanged: async () => false, close }, closed };
}

test('a file of which all bytes were taken is closed once', async () => {
  const { file, closed } = makeFile(async (start, end) => new Uint8Array(end - start));
  let length = 0;
  for await (const piece of piecesOf(file)) length += piece.length;
  expect(length).toBe(file.size);
  expect(closed).toEqual(['closed']);
});

test('a file that is not waited for any more is closed, also where no byte was taken', async () => {
  const { file, closed } = makeFile(async () => new Uint8Array(1));
  await piecesOf(file).return?.();
  expect(closed).toEqual(['closed']);
});

test('a file that cannot be read to its end is closed, and says so', async () => {
  const { file, closed } = makeFile(async () => {
    throw new Error('The disk is gone.');
  });
  await expect(piecesOf(file).next()).rejects.toThrow('The disk is gone.');
  expect(closed).toEqual(['closed']);
});
