import type { PageTree } from '#model';
import type { DocumentBytes } from '../format';
import { appendix, createNumbers, type WrittenObject } from './objects/append';
import { openObjects, type PdfObjects } from './objects/objects';
import { createParts, TooMuchError } from './objects/parts';
import { dictOf, isDict, latin, type PdfDict, PdfName, PdfRef, PdfSyntaxError, type PdfValue } from './objects/syntax';

/** Pages from which on a tree of its own is worth its bytes, and of the longest file that gets one. */
const FEWEST = 32;
const MOST = 20_000;
/** Nodes of the file's own tree that are looked at: few have all pages. */
const MOST_NODES = 400;
/** Bytes that are read: where a table of objects is longer, to read it takes longer than it saves. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * A tree in which each page of a PDF is found by itself. pdf.js opens a file by looking at its first page and at its last one, and looks at all that
 * hang on the same branch on the way there: a thousand reads all over the file, where its writer put a thousand pages on one branch. `undefined` where the
 * file has too few for that, or what is needed to know is damaged, encrypted, or too much.
 */
export async function readPageTree(source: Pick<DocumentBytes, 'size' | 'read'>): Promise<PageTree | undefined> {
  const parts = createParts(source, MOST_BYTES);
  try {
    const objects = await parts.whenThere(() => openObjects(parts.bytes));
    if (objects.trailer.has('Encrypt')) return undefined;
    const root = objects.trailer.get('Root');
    const catalog = await parts.whenThere(() => objects.get(root));
    if (!(root instanceof PdfRef) || !isDict(catalog)) return undefined;
    const pages = await readPages(catalog.get('Pages'), (value) => parts.whenThere(() => objects.get(value)));
    if (!pages) return undefined;
    return {
      pages: pages.map(({ number }) => number),
      appendix: latin(appendix(objects, source.size, growTree(objects, { root, catalog, pages }))),
    };
  } catch (error) {
    if (error instanceof PdfSyntaxError || error instanceof TooMuchError) return undefined;
    throw error;
  }
}

/** The pages in their order, of which hardly any is looked at: a branch that counts as many as hang on it has pages alone where its first one is a page. */
async function readPages(root: PdfValue | undefined, get: (value: PdfValue) => Promise<PdfValue>): Promise<PdfRef[] | undefined> {
  const pages: PdfRef[] = [];
  const seen = new Set<number>();
  const rest: PdfRef[] = [];
  const take = (value: PdfValue | undefined): value is PdfRef => {
    const isNew = value instanceof PdfRef && value.generation === 0 && !seen.has(value.number);
    if (isNew) seen.add(value.number);
    return isNew && seen.size <= MOST;
  };
  if (take(root)) rest.push(root);
  for (let next = rest.pop(), nodes = 0; next; next = rest.pop(), nodes++) {
    const node = nodes < MOST_NODES ? await get(next) : null;
    if (!isDict(node)) return undefined;
    if (!node.has('Kids')) {
      pages.push(next);
      continue;
    }
    const kids = await get(node.get('Kids') ?? null);
    if (!Array.isArray(kids) || !kids.every(take)) return undefined;
    const first = node.get('Count') === kids.length ? await get(kids[0] ?? null) : null;
    if (isDict(first) && !first.has('Kids')) pages.push(...kids);
    else rest.push(...kids.toReversed());
  }
  return pages.length >= FEWEST ? pages : undefined;
}

/** A root, branches, and a twig for each page, which says that there is one page on it: none is looked at for another one. The pages themselves stay as they are. */
function growTree(
  objects: PdfObjects,
  { root, catalog, pages }: { root: PdfRef; catalog: PdfDict; pages: readonly PdfRef[] },
): WrittenObject[] {
  const nextRef = createNumbers(objects);
  const written: WrittenObject[] = [];
  const add = (ref: PdfRef, kids: readonly PdfRef[], count: number, parent?: PdfRef): PdfRef => {
    written.push({ ref, value: dictOf({ Type: new PdfName('Pages'), Kids: kids, Count: count, Parent: parent }) });
    return ref;
  };
  const [trunk, width] = [nextRef(), Math.ceil(Math.sqrt(pages.length))];
  const branches: PdfRef[] = [];
  for (let from = 0; from < pages.length; from += width) {
    const branch = nextRef();
    const twigs = pages.slice(from, from + width).map((page) => add(nextRef(), [page], 1, branch));
    branches.push(add(branch, twigs, twigs.length, trunk));
  }
  add(trunk, branches, pages.length);
  written.push({ ref: root, value: new Map([...catalog, ['Pages', trunk]]) });
  return written;
}
