import { expect, test } from 'vitest';
import type { OpenBytes } from '../../../electron/formats/format';
import { piecesOf } from '../../../electron/site/pieces';

const SIZE = 5 * 1024 * 1024;

function makeFile(read: OpenBytes['read']): { file: OpenBytes; closed: string[] } {
  const closed: string[] = [];
  return { file: { size: SIZE, read, close: async () => void closed.push('closed') }, closed };
}

test('a file of which all bytes were taken is closed once', async () => {
  const { file, closed } = makeFile(async (start, end) => new Uint8Array(end - start));
  let length = 0;
  for await (const piece of piecesOf(file, [{ start: 3, end: SIZE }])) length += piece.length;
  expect(length).toBe(SIZE - 3);
  expect(closed).toEqual(['closed']);
});

test('a file that is not waited for any more is closed, also where no byte was taken', async () => {
  const { file, closed } = makeFile(async () => new Uint8Array(1));
  await piecesOf(file, [{ start: 0, end: SIZE }]).return?.();
  expect(closed).toEqual(['closed']);
});

test('a file that cannot be read to its end is closed, and says so', async () => {
  const { file, closed } = makeFile(async () => {
    throw new Error('The disk is gone.');
  });
  await expect(piecesOf(file, [{ start: 0, end: SIZE }]).next()).rejects.toThrow('The disk is gone.');
  expect(closed).toEqual(['closed']);
});

test('a file that was cut meanwhile is closed, and not given as if it were whole', async () => {
  const { file, closed } = makeFile(async () => new Uint8Array(3));
  await expect(piecesOf(file, [{ start: 0, end: SIZE }]).next()).rejects.toThrow('ends earlier');
  expect(closed).toEqual(['closed']);
});
