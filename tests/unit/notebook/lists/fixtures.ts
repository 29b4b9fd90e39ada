import fc from 'fast-check';
import { type NotesQuery, noteOrders } from '#api';
import { type Colour, colours, emptyNotebook, type Note, type Notebook, type NotebookOutline, outlineOf } from '#model';
import { createPagedNotes, type PagedNotesOptions } from '../../../../electron/notebook/lists/paged-notes';

export interface Made {
  id: string;
  minute: number;
  start?: number;
  body?: string;
  tags?: string[];
  colour?: Colour;
  isBookmark?: boolean;
  exact?: string;
}

export const moment = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

export const makeNote = ({ id, minute, start, body = '', tags = [], colour = 'yellow', isBookmark, exact = 'the quote' }: Made): Note => {
  const anchor = start === undefined ? {} : { anchor: { start, end: start + 9, exact, prefix: '', suffix: '', textHash: 'f'.repeat(64) } };
  const motivation = isBookmark ? { motivation: 'bookmarking' as const } : {};
  return { id, colour, body, tags, createdAt: moment(minute), modifiedAt: moment(minute), history: [], ...anchor, ...motivation };
};

export const makeNotebook = (id: string, notes: readonly Note[], part: Partial<Notebook> = {}): Notebook => ({
  ...emptyNotebook(id, { paths: [], rawHash: '0'.repeat(64), history: [] }),
  notes: [...notes],
  ...part,
});

const outlines = new WeakMap<Notebook, NotebookOutline>();

/** The outlines of notebooks, one object for each state. */
export const outlinesOf = (notebooks: ReadonlyMap<string, Notebook>) =>
  function* () {
    for (const notebook of notebooks.values()) {
      const outline = outlines.get(notebook) ?? outlineOf(notebook);
      outlines.set(notebook, outline);
      yield outline;
    }
  };

/** A host's lists over notebooks that the test changes. */
export function openLists(given: readonly Notebook[], titles: Record<string, string> = {}, options: Partial<PagedNotesOptions> = {}) {
  const notebooks = new Map(given.map((notebook) => [notebook.id, notebook]));
  const shown = new Map(Object.entries(titles));
  const lists = createPagedNotes({
    joiningOf: () => undefined,
    outlines: outlinesOf(notebooks),
    notebook: (id) => notebooks.get(id),
    unplaced: () => undefined,
    isMissing: () => false,
    journal: { read: async () => ({ entries: [], unreadable: 0 }) },
    tags: () => [],
    canUndo: () => false,
    pause: () => undefined,
    ...options,
  });
  lists.follow((id) => shown.get(id));
  const page = async (query: Partial<NotesQuery> = {}, place = { from: 0, count: 100 }, origin = 'window') => {
    const found = await lists.notes(origin, { text: '', order: 'newest', ...query }, place);
    if (!found.ok) throw new Error(found.failure.message);
    return found.value;
  };
  return { lists, notebooks, shown, page };
}

/** Pages of so many rows, one after the other, put together. */
export async function putTogether<P extends { total: number; from: number; rows: readonly unknown[] }>(
  size: number,
  ask: (place: { from: number; count: number }) => Promise<P>,
): Promise<{ rows: P['rows'][number][]; last: P }> {
  const rows: P['rows'][number][] = [];
  for (;;) {
    const last = await ask({ from: rows.length, count: size });
    // The last page begins where it is full.
    rows.push(...last.rows.slice(rows.length - last.from));
    if (rows.length >= last.total) return { rows, last };
  }
}

const WORDS = ['sea', 'sealed', 'Café', 'кофе', 'Åse', '2 boats', '海辺'];
const TAGS = ['places', 'Places/Paris', 'places/paris/north', 'art', 'ART'];
const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const words = fc.array(pick(...WORDS), { maxLength: 2 }).map((all) => all.join(' '));

export const arbitraryNote: fc.Arbitrary<Note> = fc
  .record({
    id: fc.uuid(),
    // Of three days.
    minute: fc.tuple(fc.nat(8), fc.nat(2)).map(([minute, day]) => minute + day * 24 * 60),
    start: fc.option(fc.nat(5), { nil: undefined }),
    body: words,
    exact: words,
    tags: fc.uniqueArray(pick(...TAGS), { maxLength: 2 }),
    colour: pick(...colours.slice(0, 3)),
    isBookmark: fc.boolean(),
  })
  .map(makeNote);

export const DOCUMENTS = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'];
export const arbitraryTitle = pick('Sea 10', 'sea 9', 'Åland', 'кофе', 'Sealed');

export const arbitraryNotebook: fc.Arbitrary<Notebook> = fc
  .record({
    id: pick(...DOCUMENTS),
    notes: fc.array(arbitraryNote, { maxLength: 6 }),
    deleted: fc.array(fc.tuple(arbitraryNote, fc.nat(5)), { maxLength: 3 }),
  })
  .map(({ id, notes, deleted }) =>
    makeNotebook(id, notes, { deletedNotes: deleted.map(([note, minute]) => ({ note, deletedAt: moment(minute) })) }),
  );

const tag = fc.option(pick('places', 'Places/paris', 'art'), { nil: undefined });
export const arbitraryQuery: fc.Arbitrary<NotesQuery> = fc.record({
  within: tag,
  tag,
  colour: fc.option(pick(...colours.slice(0, 3)), { nil: undefined }),
  bookmarks: fc.option(fc.constant(true), { nil: undefined, freq: 1 }),
  documentId: fc.option(pick(...DOCUMENTS), { nil: undefined, freq: 4 }),
  text: fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    words.chain((all) => fc.nat(all.length).map((end) => all.slice(0, end))),
  ),
  since: fc.option(
    fc.nat(4_000).map((minute) => Date.parse(moment(minute))),
    { nil: undefined, freq: 1 },
  ),
  before: fc.option(
    fc.nat(4_000).map((minute) => Date.parse(moment(minute))),
    { nil: undefined, freq: 1 },
  ),
  order: pick(...noteOrders),
});
