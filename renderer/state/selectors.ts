import type { DocumentSummary } from '#api';
import { type Colour, foldText, isTagWithin, levelsOf, normalizeTagName, tagKey } from '#model';
import type { AppState } from './store';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

type Order = (a: DocumentSummary, b: DocumentSummary) => number;
const byTitle: Order = (a, b) => collator.compare(a.title, b.title) || (a.id < b.id ? -1 : 1);
const byText =
  (of: (document: DocumentSummary) => string): Order =>
  (a, b) =>
    of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0;

/** Ascending orders; documents without the value come last either way. */
const orders: Record<AppState['settings']['sort'], { of(document: DocumentSummary): string | undefined; compare: Order }> = {
  date: { of: ({ date }) => date, compare: byText(({ date }) => date ?? '') },
  title: { of: ({ title }) => title, compare: byTitle },
  added: { of: ({ addedAt }) => addedAt, compare: byText(({ addedAt }) => addedAt) },
  'last-read': { of: ({ lastReadAt }) => lastReadAt, compare: byText(({ lastReadAt }) => lastReadAt ?? '') },
};

/** Recomputes only when one of the inputs is another object. */
function memoize<const I extends readonly unknown[], O>(
  inputs: (state: AppState) => I,
  compute: (...inputs: I) => O,
): (state: AppState) => O {
  let last: I | undefined;
  let value: O;
  return (state) => {
    const now = inputs(state);
    if (!last || now.some((input, index) => input !== last?.[index])) {
      last = now;
      value = compute(...now);
    }
    return value;
  };
}

/**
 * All documents in the chosen order. It begins from the order before: what is nearly sorted is sorted in about one comparison a
 * document, so that one changed row among 10,000 costs little.
 */
const sortedDocuments = memoize(
  ({ documents, settings }) => [documents, settings.sort, settings.sortAscending],
  (() => {
    let before: readonly DocumentSummary[] = [];
    return (documents: AppState['documents'], sort: AppState['settings']['sort'], ascending: boolean): readonly DocumentSummary[] => {
      const rest = new Map(documents);
      const known = before.flatMap(({ id }) => {
        const document = rest.get(id);
        rest.delete(id);
        return document ?? [];
      });
      const { of, compare } = orders[sort];
      const direction = ascending ? 1 : -1;
      before = [...known, ...rest.values()].sort((a, b) => {
        const [hasA, hasB] = [of(a) !== undefined, of(b) !== undefined];
        if (hasA !== hasB) return hasA ? -1 : 1;
        return direction * compare(a, b) || byTitle(a, b);
      });
      return before;
    };
  })(),
);

/** The documents that the list shows, filtered and sorted. */
export const visibleDocuments = memoize(
  (state) => [sortedDocuments(state), state.filter, state.open?.documentId],
  (documents, filter, openId) => {
    const words = foldText(filter.text).split(/\s+/).filter(Boolean);
    const { tag } = filter;
    return documents.filter(
      (document) =>
        // An unread document is no longer unread once it is open; it must not vanish under the reader's hand.
        (filter.status === 'all' || document.status === filter.status || document.id === openId) &&
        (filter.folderId === undefined || document.folderId === filter.folderId) &&
        (tag === undefined || document.tagUses.some(([name]) => isTagWithin(name, tag))) &&
        words.every((word) => filterText(document).includes(word)),
    );
  },
);

const filterTexts = new WeakMap<DocumentSummary, string>();

/** What a typed filter looks at, folded once for each state of a document. */
function filterText(document: DocumentSummary): string {
  let text = filterTexts.get(document);
  if (text === undefined) {
    text = foldText(`${document.title}\n${document.fileName}\n${document.tags.join('\n')}`);
    filterTexts.set(document, text);
  }
  return text;
}

/** How many documents there are of each kind that the sidebar counts. */
export const documentCounts = memoize(
  ({ documents }) => [documents],
  (documents) => {
    const counts = { all: documents.size, unread: 0, reading: 0, finished: 0, notes: 0 };
    for (const { status, noteCount } of documents.values()) {
      counts[status] += 1;
      counts.notes += noteCount;
    }
    return counts;
  },
);

/** A tag in the tree: its full name, its last level, and how many documents and notes carry it or a tag under it. */
export interface TagNode {
  key: string;
  name: string;
  label: string;
  depth: number;
  count: number;
  colour?: Colour;
}

/** How often each tag is used, by its key. Only documents whose rows changed are counted anew: a scan changes a few among many at a time. */
const tagTotals = memoize(
  ({ documents }) => [documents],
  (() => {
    const counted = new Map<string, DocumentSummary>();
    const totals = new Map<string, { name: string; count: number }>();
    const add = ({ tagUses }: DocumentSummary, sign: 1 | -1): void => {
      for (const [name, uses] of tagUses) {
        const key = tagKey(name);
        const total = totals.get(key) ?? { name, count: 0 };
        total.count += sign * uses;
        if (total.count > 0) totals.set(key, total);
        else totals.delete(key);
      }
    };
    return (documents: AppState['documents']) => {
      for (const [id, document] of counted) {
        if (documents.get(id) === document) continue;
        add(document, -1);
        counted.delete(id);
      }
      for (const [id, document] of documents) {
        if (counted.has(id)) continue;
        add(document, 1);
        counted.set(id, document);
      }
      return new Map([...totals].map(([key, total]) => [key, { ...total }]));
    };
  })(),
);

/** The tag tree, flattened in the order in which it is drawn. */
export const tagTree = memoize(
  (state) => [state.tags, tagTotals(state)],
  (() => {
    /** Keys in their order, until there are others: sorting thousands takes longer than all else. */
    let sorted: string[] = [];
    return (tags: AppState['tags'], totals: ReturnType<typeof tagTotals>): TagNode[] => {
      const names = new Map([...totals].map(([key, { name }]) => [key, name]));
      for (const { name, colour } of tags.values())
        if (colour !== undefined) for (const level of levelsOf(name)) if (!names.has(tagKey(level))) names.set(tagKey(level), level);
      if (sorted.length !== names.size || !sorted.every((key) => names.has(key)))
        sorted = [...names.keys()]
          .map((key) => key.split('/'))
          .sort(comparePaths)
          .map((path) => path.join('/'));
      return sorted.map((key) => {
        const details = tags.get(key);
        const name = details?.name ?? names.get(key) ?? key;
        const levels = levelsOf(name);
        return {
          key,
          name,
          label: normalizeTagName(name).split('/').at(-1) ?? name,
          depth: levels.length - 1,
          count: totals.get(key)?.count ?? 0,
          colour: details?.colour,
        };
      });
    };
  })(),
);

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let level = 0; level < Math.min(a.length, b.length); level++) {
    const order = collator.compare(a[level] ?? '', b[level] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** The colour of a tag, its own or the nearest one above it. */
export function tagColour(tags: AppState['tags'], name: string): Colour | undefined {
  const levels = tagKey(name).split('/');
  for (let depth = levels.length; depth > 0; depth--) {
    const colour = tags.get(levels.slice(0, depth).join('/'))?.colour;
    if (colour) return colour;
  }
  return undefined;
}
