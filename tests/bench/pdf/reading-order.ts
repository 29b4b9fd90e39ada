import { chromium } from 'playwright';
import { documentBytes } from '../../../electron/formats/format';
import { readerOf } from '../../../electron/formats/registry';
import { chromiumArguments, findChromium } from '../../app/chromium';
import { createRandom } from '../faults/trial';
import { makePrintedPage } from './printed-page';

/** How many words that follow each other in what was printed do so in what is read. */
interface Order {
  pairs: number;
  kept: number;
  /** Of each file the share that is kept, the worst first. */
  worst: { seed: number; share: number }[];
}

/** Prints pages by chance with Chromium, each with a running head and a page number, and reads them. */
export async function measureReadingOrder(count: number, firstSeed: number): Promise<Order> {
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: chromiumArguments, ...(executablePath && { executablePath }) });
  const order: Order = { pairs: 0, kept: 0, worst: [] };
  try {
    const page = await browser.newPage();
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const { html, format, words } = makePrintedPage(createRandom(seed));
      await page.setContent(html);
      const head = '<div style="font-size: 8pt; width: 100%; text-align: center">Running head of all pages</div>';
      const foot = '<div style="font-size: 8pt; width: 100%; text-align: center"><span class="pageNumber"></span></div>';
      const margin = { top: '2cm', bottom: '2cm', left: '2cm', right: '2cm' };
      const bytes = await page.pdf({ format, margin, displayHeaderFooter: true, headerTemplate: head, footerTemplate: foot });
      const kept = countPairs(words, await readDrawn(bytes));
      order.pairs += words.length - 1;
      order.kept += kept;
      order.worst.push({ seed, share: kept / (words.length - 1) });
    }
  } finally {
    await browser.close();
  }
  order.worst.sort((a, b) => a.share - b.share);
  return order;
}

/** The words that a reader sees, in order. */
async function readDrawn(bytes: Uint8Array): Promise<string[]> {
  const reader = await readerOf('pdf');
  let text = '';
  let start = 0;
  for await (const part of reader.read(documentBytes(bytes, 'printed.pdf'), { signal: new AbortController().signal })) {
    if (part.part !== 'section') continue;
    for (const [from, to, kind] of part.blocks) if (kind !== 'header') text += `${part.text.slice(from - start, to - start)}\n`;
    start += part.text.length;
  }
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

function countPairs(words: readonly string[], read: readonly string[]): number {
  const pairs = new Map<string, number>();
  for (const [index, word] of read.entries()) {
    const pair = `${read[index - 1]} ${word}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return words.filter((word, index) => {
    const pair = `${words[index - 1]} ${word}`;
    const left = pairs.get(pair) ?? 0;
    pairs.set(pair, left - 1);
    return index > 0 && left > 0;
  }).length;
}
