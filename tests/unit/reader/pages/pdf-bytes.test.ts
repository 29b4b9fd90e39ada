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

test('of a large one the end is looked at first, and the rest read in parts', async () => {
  const size = 100 * MEGABYTE;
  const { asked, bytes, file } = fileOf(size);
  const content = await contentOf(file);
  expect(asked).toEqual([[size - 256 * 1024, size]]);
  const ranges = [
    [5, 9],
    [size - 20, size],
    [40, 44],
  ] as const;
  expect('read' in content && (await content.read(ranges))).toEqual(ranges.map(([start, end]) => bytes(start, end)));
  expect(asked.slice(1)).toEqual([ranges[0], ranges[2]]);
});

test('what its reader told to find its pages by stands behind it', async () => {
  const size = 100 * MEGABYTE;
  const { bytes, file } = fileOf(size);
  const content = await contentOf(file, async () => ({ appendix: 'after', pages: [7, 9] }));
  expect(content).toMatchObject({ size: size + 5, pages: [7, 9] });
  const ranges = [
    [size - 3, size + 2],
    [size + 1, size + 5],
    [0, 4],
  ] as const;
  const all = (start: number, end: number) =>
    Uint8Array.from({ length: end - start }, (_, index) =>
      start + index < size ? (bytes(start + index, start + index + 1)[0] ?? 0) : 'after'.charCodeAt(start + index - size),
    );
  expect('read' in content && (await content.read(ranges))).toEqual(ranges.map(([start, end]) => all(start, end)));
});
