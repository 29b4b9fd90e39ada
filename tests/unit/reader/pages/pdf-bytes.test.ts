import { expect, test } from 'vitest';
import { contentOf } from '../../../../renderer/reader/pages/pdf-bytes';

const MEGABYTE = 1024 * 1024;

/** A file of so many bytes that ends as a PDF does, of which the first ten are there; keeps what is asked for. */
function fileOf(size: number) {
  const asked: (readonly [number, number])[] = [];
  const byteAt = (at: number): number => 'startxref 12'.charCodeAt(at - (size - 12)) || at % 251;
  const bytes = (start: number, end: number) => Uint8Array.from({ length: end - start }, (_, index) => byteAt(start + index));
  const read = async (ranges: readonly (readonly [number, number])[]) => {
    asked.push(...ranges);
    return ranges.map(([start, end]) => bytes(start, end));
  };
  return { asked, bytes, file: { size, beginning: bytes(0, 10), read } };
}

test('a file of some megabytes is fetched as a whole, what is there already not again', async () => {
  const { asked, bytes, file } = fileOf(2000);
  expect(await contentOf(file)).toEqual(bytes(0, 2000));
  expect(asked).toEqual([[10, 2000]]);
});

test('a large one is read in parts, and its end is looked at first', async () => {
  const size = 100 * MEGABYTE;
  const { asked, bytes, file } = fileOf(size);
  const content = await contentOf(file);
  expect(asked).toEqual([[size - 2048, size]]);
  expect('read' in content && (await content.read([[5, 9]]))).toEqual([bytes(5, 9)]);
});
