import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageTree } from '#model';
import { readPageTree } from '../../../../electron/formats/pdf/page-tree';
import { openPdf } from '../../../../electron/formats/pdf/pdfjs';
import { below, makePdf } from './make-pdf';

/** What stands on the pages of a PDF, as pdf.js finds them. */
async function textsOf(bytes: Uint8Array): Promise<string[]> {
  const task = openPdf(bytes.slice());
  const file = await task.promise;
  const texts: string[] = [];
  for (let number = 1; number <= file.numPages; number++) {
    const { items } = await (await file.getPage(number)).getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  await task.destroy();
  return texts;
}

const pagesOf = (count: number) => Array.from({ length: count }, (_, page) => below(50, 500, [`This is page ${page + 1}.`]));
const sourceOf = (bytes: Uint8Array) => ({ size: bytes.length, read: async (start: number, end: number) => bytes.slice(start, end) });
const joined = (bytes: Uint8Array, { appendix }: PageTree) => new Uint8Array(Buffer.concat([bytes, Buffer.from(appendix, 'latin1')]));
async function treeOf(bytes: Uint8Array): Promise<PageTree> {
  const tree = await readPageTree(sourceOf(bytes));
  if (!tree) throw new Error('There is no tree.');
  return tree;
}

describe('a tree in which each page is found by itself', () => {
  it.each([false, true])('has all pages in their order, and none of them twice (packed: %s)', async (isPacked) => {
    const bytes = makePdf(pagesOf(150), { isPacked, info: { Title: 'Pages' } });
    const tree = await treeOf(bytes);
    const whole = joined(bytes, tree);
    expect(await textsOf(whole)).toEqual(await textsOf(bytes));
    // Also out of a tree with many branches, as this is one.
    expect((await treeOf(whole)).pages).toEqual(tree.pages);
  });

  it('is found with few bytes, wherever in the file they are', async () => {
    const bytes = makePdf(pagesOf(2_000).map((lines) => [...lines, ...below(50, 400, ['and more '.repeat(40)])]));
    let read = 0;
    const tree = await readPageTree({
      size: bytes.length,
      read: async (start, end) => {
        read += end - start;
        return bytes.slice(start, end);
      },
    });
    expect(tree?.pages).toHaveLength(2_000);
    expect(read).toBeLessThan(bytes.length / 3);
  });

  it('is none where there are few pages, where the file is encrypted, and where it is damaged', async () => {
    expect(await readPageTree(sourceOf(makePdf(pagesOf(5))))).toBeUndefined();
    expect(await readPageTree(sourceOf(makePdf(pagesOf(50), { password: 'open' })))).toBeUndefined();
    const bytes = makePdf(pagesOf(50));
    expect(await readPageTree(sourceOf(bytes.subarray(0, bytes.length / 2)))).toBeUndefined();
    expect(await readPageTree(sourceOf(new Uint8Array(200)))).toBeUndefined();
  });

  it('is there or not for any bytes, and takes few of them', async () => {
    const whole = makePdf(pagesOf(40), { isPacked: true });
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 30 }), fc.nat(whole.length), async (changes, length) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        const cut = length % 3 === 0 ? bytes.subarray(0, length) : bytes;
        let read = 0;
        const tree = await readPageTree({
          size: cut.length,
          read: async (start, end) => {
            read += end - start;
            return cut.slice(start, end);
          },
        });
        expect(read).toBeLessThan(5 * 1024 * 1024);
        if (tree) expect(new Set(tree.pages).size).toBe(tree.pages.length);
      }),
    );
  });

  it('is none where a page hangs on two branches', async () => {
    const text = Buffer.from(makePdf(pagesOf(50))).toString('latin1');
    const twice = text.replace(/\/Kids \[(\d+ 0 R) \d+ 0 R/, (kids, first: string) => `/Kids [${first} ${first}`.padEnd(kids.length));
    expect(await readPageTree(sourceOf(new Uint8Array(Buffer.from(twice, 'latin1'))))).toBeUndefined();
  });
});
