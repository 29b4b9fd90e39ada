import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api';
import type { OutlineItem } from './headings';

type Entry = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number];

/** Entries of an outline that are looked up, and levels of them. */
const MOST = 2_000;
const DEEPEST = 8;

/** The outline that the file brings along, flat and in order; entries that lead nowhere are left out. `pages`: the numbers of their objects, where they are known. */
export async function readOutline(file: PDFDocumentProxy, pages: readonly number[] = []): Promise<OutlineItem[]> {
  const indexes = new Map(pages.map((number, index) => [number, index]));
  const roots: Entry[] | null = await file.getOutline().catch(() => null);
  const items: OutlineItem[] = [];
  const rest = (roots ?? []).map((entry) => ({ entry, depth: 0 })).reverse();
  for (let next = rest.pop(), seen = 0; next && seen < MOST; next = rest.pop(), seen++) {
    const { entry, depth } = next;
    const page = await pageOf(file, entry.dest, indexes).catch(() => undefined);
    if (page !== undefined) items.push({ title: entry.title, page, depth });
    const within: Entry[] = depth < DEEPEST ? entry.items : [];
    for (const each of within.toReversed()) rest.push({ entry: each, depth: depth + 1 });
  }
  return items;
}

/** The page that a destination (ISO 32000-2, 12.3.2) leads to, counted from 0. */
async function pageOf(file: PDFDocumentProxy, dest: Entry['dest'], indexes: ReadonlyMap<number, number>): Promise<number | undefined> {
  const place = typeof dest === 'string' ? await file.getDestination(dest) : dest;
  const [page]: unknown[] = place ?? [];
  if (typeof page === 'number') return page;
  if (typeof page !== 'object' || page === null) return undefined;
  const ref = page as Parameters<typeof file.getPageIndex>[0];
  return indexes.get(ref.num) ?? (await file.getPageIndex(ref));
}
