import { isDeepStrictEqual } from 'node:util';
import { type DocumentPage, type DocumentQuery, type DocumentSummary, type FolderRow, type LibraryCounts, pageOf } from '#api';
import { foldText, type NotebookOutline, tagKey } from '#model';
import { createPause, filterInSlices } from '../../pacing';
import { type Entry, entryOf, filterTextOf } from './entry';
import { Order } from './order';
import { Totals } from './totals';

interface ListingOptions {
  /** The row of a document as it is now; `undefined` when it has none. */
  row(id: string): DocumentSummary | undefined;
  notebook(id: string): NotebookOutline | undefined;
  /** The name of a library folder, as readers look for it. */
  folderName(folderId: string): string;
}

interface Wanted {
  from: number;
  count: number;
  /** Documents whose places and rows are wanted beside the page. */
  locate: readonly string[];
}

/** What is told of the lists to who has them. */
export interface ListChanges {
  isOther: boolean;
  counts: LibraryCounts;
  /** Of the tags that more or fewer documents carry. */
  tagUses: [string, number][];
}

/** ms of work at once. */
const SLICE = 24;

/** Lists that are kept in the order that they were asked for in last: one window's, and a view's beside it. */
const ORDERS_KEPT = 4;

/**
 * The documents of the library as lists show them: filtered, sorted, counted, in pages. Kept in memory, so that it is right also while the
 * index is being made; what changed is looked at anew, the rest is not, and nothing keeps the thread for long.
 */
export class Listing {
  readonly #options: ListingOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #totals = new Totals();
  readonly #orders = new Map<string, Order>();
  /** How many documents have each title, folded. */
  readonly #titles = new Map<string, number>();
  // Longer than elsewhere: while the library is scanned there is much between two slices, and a window waits.
  readonly #pause = createPause(SLICE);
  readonly #touched = new Set<string>();
  /** Something changed since `changes` was asked last. */
  #isOther = false;
  /** What is asked for in turn. */
  #turn: Promise<unknown> = Promise.resolve();
  /** The list that was asked for last, until something changes: its next page costs nothing. */
  #last: { key: string; list: readonly Entry[] } | undefined;

  constructor(options: ListingOptions) {
    this.#options = options;
  }

  /** These are there from the beginning: that they are is no change. */
  begin(ids: Iterable<string>): void {
    const known = [...ids];
    this.#turn = this.#turn.then(async () => {
      for (const id of known) {
        this.#look(id);
        await this.#pause();
      }
      this.#isOther = false;
      this.#totals.takeChangedTagUses();
    });
  }

  /** These documents may have come, changed or gone. */
  touch(ids: Iterable<string>): void {
    for (const id of ids) this.#touched.add(id);
  }

  /** What changed since this was asked last; whether anything did. */
  changes(): Promise<ListChanges> {
    return this.#inTurn(() => {
      const isOther = this.#isOther;
      this.#isOther = false;
      return { isOther, counts: this.#totals.counts(), tagUses: this.#totals.takeChangedTagUses() };
    });
  }

  counted(): Promise<{ counts: LibraryCounts; tagUses: [string, number][] }> {
    return this.#inTurn(() => ({ counts: this.#totals.counts(), tagUses: this.#totals.tagUses() }));
  }

  page(query: DocumentQuery, { locate, ...wanted }: Wanted): Promise<DocumentPage> {
    return this.#inTurn(async () => {
      const list = await this.#list(query);
      const ids = new Set(locate);
      const places: Record<string, number> = {};
      if (ids.size > 0) for (const [index, { row }] of list.entries()) if (ids.has(row.id)) places[row.id] = index;
      const { rows, ...page } = pageOf(list, wanted);
      return { ...page, rows: rows.map(({ row }) => this.marked(row)), places, located: this.#located(locate) };
    });
  }

  /** A row that says whether its title is also another document's. */
  marked = (row: DocumentSummary): DocumentSummary =>
    (this.#titles.get(foldText(row.title)) ?? 0) > 1 ? { ...row, sharesTitle: true } : row;

  #located = (ids: readonly string[]): DocumentSummary[] =>
    ids.flatMap((id) => {
      const row = this.#entries.get(id)?.row;
      return row ? this.marked(row) : [];
    });

  /** The ids of all documents of a list, in its order. */
  ids(query: DocumentQuery): Promise<string[]> {
    return this.#inTurn(async () => (await this.#list(query)).map(({ row }) => row.id));
  }

  /** Documents whose titles hold `text`, whatever its case and accents, those that begin with it first. */
  titles(text: string, limit: number): Promise<DocumentSummary[]> {
    return this.#inTurn(async () => {
      const wanted = foldText(text);
      const found = await filterInSlices([...this.#entries.values()], ({ row }) => foldText(row.title).includes(wanted), this.#pause);
      const begins: DocumentSummary[] = [];
      const holds: DocumentSummary[] = [];
      for (const { row } of found) (foldText(row.title).startsWith(wanted) ? begins : holds).push(row);
      return [...begins, ...holds].slice(0, limit).map(this.marked);
    });
  }

  /** Authors whose names hold `text`, those of most documents first. */
  authors = (text: string, limit: number): Promise<string[]> => this.#valuesOf('author', text, limit);

  /** Series whose names hold `text`, those of most documents first. */
  series = (text: string, limit: number): Promise<string[]> => this.#valuesOf('series', text, limit);

  #valuesOf(field: 'author' | 'series', text: string, limit: number): Promise<string[]> {
    return this.#inTurn(async () => {
      const wanted = foldText(text);
      const holds = ({ row: { [field]: value } }: Entry) => value !== undefined && foldText(value).includes(wanted);
      const counts = new Map<string, number>();
      for (const { row } of await filterInSlices([...this.#entries.values()], holds, this.#pause))
        counts.set(row[field] ?? '', (counts.get(row[field] ?? '') ?? 0) + 1);
      return [...counts]
        .sort(([, a], [, b]) => b - a)
        .slice(0, limit)
        .map(([value]) => value);
    });
  }

  /** These library folders, in this order, and under each that is open those in it. */
  folderRows(folderIds: readonly string[], open: readonly { folderId: string; path: string }[]): Promise<FolderRow[]> {
    const keys = new Set(open.map(({ folderId, path }) => `${folderId}/${path}`));
    return this.#inTurn(() => this.#totals.folders.rows(folderIds, (folderId, path) => keys.has(`${folderId}/${path}`)));
  }

  /** Names of folders within the library folders that hold `text`, those with most documents first. */
  folderNames(text: string, limit: number): Promise<string[]> {
    return this.#inTurn(() => this.#totals.folders.names(text).slice(0, limit));
  }

  /** The documents of which `is` is true. */
  rows(is: (row: DocumentSummary) => boolean): Promise<DocumentSummary[]> {
    return this.#inTurn(async () => {
      const entries = await filterInSlices([...this.#entries.values()], ({ row }) => is(row), this.#pause);
      return entries.map(({ row }) => row);
    });
  }

  /** Answers after what was asked before, from what is known by then. */
  #inTurn<T>(answer: () => T | Promise<T>): Promise<T> {
    const answered = this.#turn.then(async () => {
      await this.#refresh();
      return answer();
    });
    this.#turn = answered.catch(() => undefined);
    return answered;
  }

  async #refresh(): Promise<void> {
    for (const id of this.#touched) {
      this.#touched.delete(id);
      this.#look(id);
      await this.#pause();
    }
  }

  #look(id: string): void {
    const before = this.#entries.get(id);
    const row = this.#options.row(id);
    const after = row && entryOf(row, this.#options.notebook(id));
    // A scan looks at everything, and finds nearly all of it as it was.
    if (before?.notebook === after?.notebook && isDeepStrictEqual(before?.row, after?.row)) return;
    this.#isOther = true;
    if (before) {
      this.#totals.remove(before);
      this.#countTitle(before, -1);
    }
    if (after) {
      this.#countTitle(after, 1);
      this.#entries.set(id, after);
      this.#totals.add(after);
    } else this.#entries.delete(id);
    for (const order of this.#orders.values()) order.touch(id);
    this.#last = undefined;
  }

  #countTitle({ row: { title } }: Entry, step: 1 | -1): void {
    const key = foldText(title);
    const count = (this.#titles.get(key) ?? 0) + step;
    if (count > 0) this.#titles.set(key, count);
    else this.#titles.delete(key);
  }

  async #list(query: DocumentQuery): Promise<readonly Entry[]> {
    const key = JSON.stringify(query);
    if (this.#last?.key !== key) {
      const sorted = await this.#orderOf(query).sort(this.#entries, this.#pause);
      this.#last = { key, list: await filterInSlices(sorted, passes(query, this.#options.folderName), this.#pause) };
    }
    return this.#last.list;
  }

  #orderOf(query: DocumentQuery): Order {
    const key = `${query.sort} ${query.ascending}`;
    const order = this.#orders.get(key) ?? new Order(query, this.#entries.keys());
    this.#orders.delete(key);
    this.#orders.set(key, order);
    for (const other of [...this.#orders.keys()].slice(0, -ORDERS_KEPT)) this.#orders.delete(other);
    return order;
  }
}

function passes(
  {
    status,
    tag,
    ownTag,
    untagged,
    favourite,
    later,
    collectionId,
    folderId,
    path,
    format,
    author,
    series,
    text = '',
    hasNotes,
    keptId,
  }: DocumentQuery,
  folderName: (folderId: string) => string,
): (entry: Entry) => boolean {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  const writer = author === undefined ? undefined : foldText(author);
  const [key, own] = [tag, ownTag].map((name) => (name === undefined ? undefined : tagKey(name)));
  const isOwn = (name: string) => own === undefined || tagKey(name) === own || tagKey(name).startsWith(`${own}/`);
  return (entry) => {
    const { row, keys } = entry;
    return (
      (status === undefined || row.status === status || row.id === keptId) &&
      (!favourite || row.favourite === true || row.id === keptId) &&
      (!later || row.later !== undefined) &&
      (collectionId === undefined || row.collections?.includes(collectionId) === true) &&
      (folderId === undefined || row.folderId === folderId) &&
      (!path || row.relativePath.startsWith(`${path}/`)) &&
      (format === undefined || row.format === format) &&
      (series === undefined || row.series === series) &&
      (writer === undefined || (row.author !== undefined && foldText(row.author).includes(writer))) &&
      (key === undefined || keys.has(key)) &&
      (own === undefined || row.tags.some(isOwn)) &&
      (!untagged || row.tags.length === 0) &&
      (!hasNotes || row.noteCount > 0) &&
      words.every((word) => filterTextOf(entry, folderName).includes(word))
    );
  };
}
