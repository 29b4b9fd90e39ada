import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FoundNote, LocatedDeletedNote, NotesQuery } from '#api';
import { colours, foldText, isBookmark, isTagWithin, localDay, type Note, type Notebook } from '#model';
import { createPause } from '../../../../electron/pacing';
import {
  arbitraryNotebook,
  arbitraryQuery,
  arbitraryTitle,
  DOCUMENTS,
  makeNote,
  makeNotebook,
  moment,
  openLists,
  putTogether,
} from './fixtures';

/** The list as sorting and filtering everything gives it. */
function plainList(notebooks: readonly Notebook[], query: NotesQuery, titleOf: (id: string) => string) {
  const words = foldText(query.text).split(/\s+/).filter(Boolean);
  const hasTag = ({ tags }: Note, tag: string | undefined) => tag === undefined || tags.some((name) => isTagWithin(name, tag));
  const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  const titles = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const groups = notebooks.map(({ id, notes }) => {
    const within = notes.filter((note) => hasTag(note, query.within));
    const found = within.filter((note) => {
      const text = foldText([note.anchor?.exact ?? '', note.body, ...note.tags, titleOf(id)].join('\n'));
      return (
        (query.documentId === undefined || query.documentId === id) &&
        (query.colour === undefined || (query.colour === note.colour && !isBookmark(note))) &&
        (!query.bookmarks || isBookmark(note)) &&
        hasTag(note, query.tag) &&
        Date.parse(note.modifiedAt) >= (query.since ?? 0) &&
        Date.parse(note.modifiedAt) < (query.before ?? Number.POSITIVE_INFINITY) &&
        words.every((word) => text.includes(word))
      );
    });
    found.sort((a, b) =>
      query.order === 'newest' || query.order === 'day'
        ? compare(b.modifiedAt, a.modifiedAt)
        : (a.anchor?.start ?? -1) - (b.anchor?.start ?? -1) || compare(a.modifiedAt, b.modifiedAt),
    );
    return { id, title: titleOf(id), within, found };
  });
  const headingsOf = (note: Note): (string | undefined)[] => {
    if (query.order === 'day') return [localDay(new Date(note.modifiedAt))];
    if (query.order === 'colour') return [isBookmark(note) ? 'bookmarks' : note.colour];
    if (query.order !== 'tag') return [undefined];
    const narrowed = query.tag ?? query.within;
    const own = note.tags.filter((name) => narrowed === undefined || isTagWithin(name, narrowed)).map((name) => name.toLowerCase());
    return own.length > 0 ? [...new Set(own)] : [''];
  };
  const shown = groups.flatMap(({ id, title, found }) => {
    const headed = found.flatMap((note) => headingsOf(note).map((heading) => ({ note, heading })));
    const under = Map.groupBy(headed, ({ heading }) => heading);
    return [...under].map(([heading, notes]) => ({ id, title, heading, found: notes.map(({ note }) => note) }));
  });
  const places: readonly (string | undefined)[] = [...colours, 'bookmarks'];
  const compareHeadings = (a = '', b = '') => {
    if (query.order === 'colour') return places.indexOf(a) - places.indexOf(b);
    return query.order === 'tag' ? Number(a === '') - Number(b === '') || titles.compare(a, b) : compare(b, a);
  };
  shown.sort(
    (a, b) =>
      compareHeadings(a.heading, b.heading) ||
      (query.order === 'newest' || query.order === 'day'
        ? compare(b.found[0]?.modifiedAt ?? '', a.found[0]?.modifiedAt ?? '') || compare(a.id, b.id)
        : titles.compare(a.title, b.title) || compare(a.id, b.id)),
  );
  const countUnder = (wanted: string | undefined) =>
    shown.reduce((sum, { heading, found }) => sum + (heading === wanted ? found.length : 0), 0);
  return {
    within: groups.reduce((sum, { within }) => sum + within.length, 0),
    found: groups.reduce((sum, { found }) => sum + found.length, 0),
    rows: shown.flatMap(({ id, title, heading, found }, place) =>
      found.map((note, index) => ({
        documentId: id,
        title,
        id: note.id,
        ...(index === 0 && { inDocument: found.length }),
        ...(heading !== undefined && { heading }),
        ...(index === 0 && heading !== undefined && shown[place - 1]?.heading !== heading && { inHeading: countUnder(heading) }),
      })),
    ),
  };
}

const plainRow = ({ note, ...row }: FoundNote) => ({ ...row, id: note.id });

const arbitraryStep = fc.oneof(
  fc.record({ query: arbitraryQuery, size: fc.integer({ min: 1, max: 7 }) }),
  fc.record({ put: arbitraryNotebook }),
  fc.record({ remove: fc.constantFrom(...DOCUMENTS) }),
  fc.record({ retitle: fc.constantFrom(...DOCUMENTS), title: arbitraryTitle }),
  // Typed on, or taken back: what was found last is narrowed, or not.
  fc.record({ type: fc.constantFrom('s', 'e', ' ', 'к') }),
);

describe('the list of notes', () => {
  it('in pages is what sorting and filtering everything gives, whatever changes between the questions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(arbitraryNotebook, { selector: ({ id }) => id, maxLength: 4 }),
        fc.array(arbitraryStep, { minLength: 1, maxLength: 12 }),
        async (notebooks, steps) => {
          const opened = openLists(notebooks, Object.fromEntries(DOCUMENTS.map((id) => [id, `Title of ${id}`])));
          let query: NotesQuery = { text: '', order: 'newest' };
          let size = 3;
          for (const step of steps) {
            if ('query' in step) ({ query, size } = step);
            else if ('put' in step) opened.notebooks.set(step.put.id, step.put);
            else if ('remove' in step) opened.notebooks.delete(step.remove);
            else if ('type' in step) query = { ...query, text: query.text + step.type };
            else {
              opened.shown.set(step.retitle, step.title);
              opened.lists.touch([step.retitle]);
            }
            const { rows, last } = await putTogether(size, (place) => opened.page(query, place));
            const expected = plainList([...opened.notebooks.values()], query, (id) => opened.shown.get(id) ?? '');
            expect(rows.map(plainRow)).toEqual(expected.rows);
            expect(last).toMatchObject({ total: expected.rows.length, found: expected.found, within: expected.within });
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  const alpha = makeNotebook('alphaalp', [makeNote({ id: 'a1', minute: 5, body: 'On the whole', tags: ['places'] })]);
  const beta = makeNotebook('betabeta', [
    makeNote({ id: 'b1', minute: 1, start: 50, body: 'Café society', tags: ['Places/Paris'] }),
    makeNote({ id: 'b2', minute: 9, start: 10, colour: 'green' }),
  ]);
  const open = () => openLists([alpha, beta], { alphaalp: 'Alpha', betabeta: 'Beta report' });
  const found = async (query: Partial<NotesQuery>) => (await open().page(query)).rows.map(({ note }) => note.id);

  it('puts the newest first, or goes by title and place, and tells of each document how many there are', async () => {
    const { page } = open();
    expect((await page({})).rows.map(plainRow)).toEqual([
      { documentId: 'betabeta', title: 'Beta report', id: 'b2', inDocument: 2 },
      { documentId: 'betabeta', title: 'Beta report', id: 'b1' },
      { documentId: 'alphaalp', title: 'Alpha', id: 'a1', inDocument: 1 },
    ]);
    expect(await found({ order: 'document' })).toEqual(['a1', 'b2', 'b1']);
    expect((await page({ order: 'document' }, { from: 2, count: 5 })).from).toBe(0);
    expect((await page({ order: 'document' }, { from: 2, count: 1 })).rows.map(plainRow)).toEqual([
      { documentId: 'betabeta', title: 'Beta report', id: 'b1' },
    ]);
  });

  it('finds words without case and diacritics in notes, quotes, tags and titles', async () => {
    expect(await found({ text: 'CAFE' })).toEqual(['b1']);
    expect(await found({ text: 'quote report' })).toEqual(['b2', 'b1']);
    expect(await found({ text: 'paris' })).toEqual(['b1']);
    expect(await found({ text: 'nowhere' })).toEqual([]);
  });

  it('narrows by colour, document and tag with the tags under it, and counts what there is without that', async () => {
    expect(await found({ colour: 'green' })).toEqual(['b2']);
    expect(await found({ documentId: 'alphaalp' })).toEqual(['a1']);
    expect(await found({ tag: 'places' })).toEqual(['a1', 'b1']);
    expect(await found({ tag: 'places/paris' })).toEqual(['b1']);
    expect(await open().page({ within: 'places', text: 'cafe' })).toMatchObject({ total: 1, within: 2 });
  });

  it('goes by day, by tag or by colour, and narrows to days', async () => {
    const day = 24 * 60;
    const gamma = makeNotebook('gammagam', [
      makeNote({ id: 'c1', minute: 3 * day, colour: 'green' }),
      makeNote({ id: 'c2', minute: 12, colour: 'pink', isBookmark: true }),
    ]);
    const { page } = openLists([alpha, beta, gamma], { alphaalp: 'Alpha', betabeta: 'Beta report', gammagam: 'Gamma' });
    const shown = async (query: Partial<NotesQuery>) =>
      (await page(query)).rows.map(({ note: { id }, heading, inHeading }) => [inHeading && heading, id]);
    const first = localDay(new Date(moment(0)));
    expect(await shown({ order: 'day' })).toEqual([
      [localDay(new Date(moment(3 * day))), 'c1'],
      [first, 'c2'],
      [undefined, 'b2'],
      [undefined, 'b1'],
      [undefined, 'a1'],
    ]);
    expect(await shown({ order: 'colour' })).toEqual([
      ['yellow', 'a1'],
      [undefined, 'b1'],
      ['green', 'b2'],
      [undefined, 'c1'],
      ['bookmarks', 'c2'],
    ]);
    expect((await page({ order: 'colour' })).rows.slice(2, 4)).toMatchObject([
      { heading: 'green', inHeading: 2 },
      { heading: 'green', note: { id: 'c1' } },
    ]);
    const delta = makeNotebook('deltadel', [makeNote({ id: 'd1', minute: 5, tags: ['art', 'Places'] })]);
    const tagged = openLists([alpha, beta, delta], { alphaalp: 'Alpha', betabeta: 'Beta report', deltadel: 'Delta' });
    const byTag = await tagged.page({ order: 'tag' });
    // A note stands under each of its tags, and is one note.
    expect(byTag.rows.map(({ note: { id }, heading, inHeading }) => [heading, inHeading, id])).toEqual([
      ['art', 1, 'd1'],
      ['places', 2, 'a1'],
      ['places', undefined, 'd1'],
      ['places/paris', 1, 'b1'],
      ['', 1, 'b2'],
    ]);
    expect(byTag).toMatchObject({ total: 5, found: 4 });
    const narrowed = await tagged.page({ order: 'tag', tag: 'places' });
    expect(narrowed.rows.map(({ note: { id }, heading }) => [heading, id])).toEqual([
      ['places', 'a1'],
      ['places', 'd1'],
      ['places/paris', 'b1'],
    ]);
    expect((await shown({ since: Date.parse(moment(day)) })).map(([, id]) => id)).toEqual(['c1']);
    expect((await shown({ since: Date.parse(moment(9)), before: Date.parse(moment(12)) })).map(([, id]) => id)).toEqual(['b2']);
  });

  it('finds words in a quote as long as a book, whatever its script', async () => {
    const exact = 'Мороз и солнце; день чудесный! '.repeat(20_000);
    const long = makeNotebook('longlong', [makeNote({ id: 'l1', minute: 1, start: 0, exact: `${exact}Последнее слово: е\u0301лка.` })]);
    const { page } = openLists([long]);
    expect(await page({ text: 'последнее елка' })).toMatchObject({ total: 1 });
    expect(await page({ text: 'последнее сосна' })).toMatchObject({ total: 0 });
  });

  it('leaves the earlier states of notes out, and names a document that the library does not list', async () => {
    const note = { ...makeNote({ id: 'n', minute: 1 }), history: [{ at: moment(0), colour: 'blue' as const, body: 'before', tags: [] }] };
    const { page } = openLists([makeNotebook('nowhere0', [note], { title: 'As the reader calls it' }), makeNotebook('nowhere1', [note])]);
    const { rows } = await page();
    expect(rows.map(({ title }) => title)).toEqual(['As the reader calls it', 'A document that is no longer here']);
    expect(JSON.stringify(rows)).not.toContain('before');
  });

  it('follows titles that change: in its order, and in what is found by them', async () => {
    const { page, lists, shown } = open();
    const ids = async (query: Partial<NotesQuery>) => (await page(query)).rows.map(({ note }) => note.id);
    expect(await ids({ order: 'document' })).toEqual(['a1', 'b2', 'b1']);
    shown.set('alphaalp', 'Zulu');
    lists.touch(['alphaalp']);
    expect(await ids({ order: 'document' })).toEqual(['b2', 'b1', 'a1']);
    expect(await ids({ text: 'zulu' })).toEqual(['a1']);
    shown.set('alphaalp', 'Alpha');
    lists.touch(['alphaalp']);
    expect(await ids({ text: 'zulu' })).toEqual([]);
  });

  it('ends a query when the same window asks another one, and no other window’s', async () => {
    const { lists } = openLists([alpha, beta], {}, { pause: createPause(0) });
    const ask = (origin: string, text: string) => lists.notes(origin, { text, order: 'newest' }, { from: 0, count: 10 });
    const answers = await Promise.all([ask('one', 'c'), ask('two', 'cafe'), ask('one', 'ca'), ask('one', 'ca')]);
    expect(answers).toMatchObject([
      { ok: false, failure: { code: 'cancelled' } },
      { ok: true, value: { total: 1 } },
      { ok: true, value: { total: 1 } },
      { ok: true, value: { total: 1 } },
    ]);
  });

  it('offers the tags that occur, as they were written first, and documents by title', async () => {
    const { lists, notebooks } = open();
    notebooks.set('gammagam', makeNotebook('gammagam', [makeNote({ id: 'c', minute: 2, tags: ['PLACES', 'art'] })], { title: 'Alpha 2' }));
    const documents = [
      { id: 'alphaalp', title: 'Alpha' },
      { id: 'gammagam', title: 'Alpha 2' },
      { id: 'betabeta', title: 'Beta report' },
    ];
    expect(await lists.choices('window', undefined)).toEqual({
      tags: ['art', 'places', 'Places/Paris'],
      documents,
      people: [],
      hasMore: false,
    });
    expect(await lists.choices('window', 'places/paris')).toMatchObject({ tags: ['Places/Paris'], documents: [{ id: 'betabeta' }] });
    notebooks.delete('alphaalp');
    expect(await lists.choices('window', undefined)).toMatchObject({ tags: ['art', 'PLACES', 'Places/Paris'] });
  });

  it('offers of many documents those with the newest notes', async () => {
    const many = Array.from({ length: 201 }, (_, index) =>
      makeNotebook(`document-${index}`, [makeNote({ id: `${index}`, minute: index })]),
    );
    const { documents, hasMore } = await openLists(many).lists.choices('window', undefined);
    expect(documents).toHaveLength(200);
    expect(documents.map(({ id }) => id)).not.toContain('document-0');
    expect(hasMore).toBe(true);
  });

  it('offers the document that is chosen, too, as long as it has notes', async () => {
    const many = Array.from({ length: 202 }, (_, index) =>
      makeNotebook(`document-${index}`, [makeNote({ id: `${index}`, minute: index })]),
    );
    const { lists, notebooks } = openLists(many, { 'document-1': 'The first one' });
    const chosen = async () => (await lists.choices('window', undefined, 'document-1')).documents.filter(({ id }) => id === 'document-1');
    expect(await chosen()).toEqual([{ id: 'document-1', title: 'The first one' }]);
    notebooks.delete('document-1');
    expect(await chosen()).toEqual([]);
  });

  it('takes a note for as new as its newest passage, whether the list is narrowed or not', async () => {
    const tags = ['places'];
    const whole = makeNote({ id: 'a1', minute: 1, start: 10, tags });
    const late = { ...makeNote({ id: 'a2', minute: 9, start: 80 }), tags: [], body: '', partOf: 'a1' };
    const first = makeNotebook('alphaalp', [whole, late, makeNote({ id: 'a3', minute: 3, start: 40, tags })]);
    const second = makeNotebook('betabeta', [makeNote({ id: 'b1', minute: 5, tags })]);
    const { page, lists } = openLists([first, second], { alphaalp: 'Alpha', betabeta: 'Beta' });
    for (const query of [{}, { tag: 'places' }, { within: 'places' }, { since: 0 }])
      expect((await page(query)).rows.map(({ note }) => note.id)).toEqual(['a1', 'a3', 'b1']);
    const many = Array.from({ length: 199 }, (_, index) =>
      makeNotebook(`document-${index}`, [makeNote({ id: `${index}`, minute: 6, tags })]),
    );
    for (const within of [undefined, 'places']) {
      const { documents } = await openLists([first, second, ...many]).lists.choices('window', within);
      expect(documents.map(({ id }) => id)).toContain('alphaalp');
      expect(documents.map(({ id }) => id)).not.toContain('betabeta');
    }
    expect((await lists.choices('window', 'places')).documents).toHaveLength(2);
  });
});

describe('the trash', () => {
  it('in pages is all that was deleted, the last first, whatever changes between the questions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryNotebook, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (changes, size) => {
          const { lists, notebooks } = openLists([]);
          for (const notebook of changes) {
            notebooks.set(notebook.id, notebook);
            const { rows } = await putTogether(size, (place) => lists.deletedNotes('window', place));
            const expected = [...notebooks.values()].flatMap(({ id, deletedNotes }) =>
              deletedNotes.map(({ note, deletedAt }) => ({ documentId: id, id: note.id, deletedAt })),
            );
            expected.sort((a, b) => (a.deletedAt === b.deletedAt ? (a.id < b.id ? -1 : 1) : a.deletedAt < b.deletedAt ? 1 : -1));
            const plain = ({ documentId, note, deletedAt }: LocatedDeletedNote) => ({ documentId, id: note.id, deletedAt });
            expect(rows.map(plain)).toEqual(expected);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the work of the lists', () => {
  /** Lists that count how often others were let in. */
  const counting = (notebooks: readonly Notebook[]) => {
    let pauses = 0;
    const pause = () => {
      pauses += 1;
      return undefined;
    };
    const opened = openLists(notebooks, {}, { pause });
    const since = async (act: () => Promise<unknown>): Promise<number> => {
      const before = pauses;
      await act();
      return pauses - before;
    };
    return { ...opened, since };
  };
  const notes = (count: number) =>
    Array.from({ length: count }, (_, index) => makeNote({ id: `${index}`, minute: count - index, start: index, tags: ['a'] }));

  it('lets others in for each document, and for every 500 notes of one', async () => {
    const one = counting([makeNotebook('document', notes(10_000))]);
    expect(await one.since(() => one.page())).toBeGreaterThan(20);
    expect(await one.since(() => one.page({ order: 'document', text: 'quote', tag: 'a' }))).toBeGreaterThan(60);
    expect(await one.since(() => one.lists.choices('window', 'a'))).toBeGreaterThan(19);
    const many = counting(Array.from({ length: 2_000 }, (_, index) => makeNotebook(`document-${index}`, notes(1))));
    expect(await many.since(() => many.page())).toBeGreaterThan(2_000);
    expect(await many.since(() => many.lists.deletedNotes('window', { from: 0, count: 1 }))).toBeGreaterThan(1_999);
  });

  it('is done once: the next page looks at no note anew, and after a change only at those of that document', async () => {
    const reads: string[] = [];
    const watched = (id: string) => {
      const notebook = makeNotebook(id, notes(3));
      return Object.defineProperty({ ...notebook }, 'notes', {
        get() {
          reads.push(id);
          return notebook.notes;
        },
      });
    };
    const { page, lists, notebooks } = openLists([watched('aaaaaaaa'), watched('bbbbbbbb')]);
    const query = { colour: 'yellow' } as const;
    await page(query);
    expect(new Set(reads)).toEqual(new Set(['aaaaaaaa', 'bbbbbbbb']));
    reads.length = 0;
    await page(query, { from: 2, count: 2 });
    lists.touch(['aaaaaaaa']);
    await page(query);
    expect(reads).toEqual([]);
    notebooks.set('bbbbbbbb', watched('bbbbbbbb'));
    await page(query);
    expect(new Set(reads)).toEqual(new Set(['bbbbbbbb']));
  });

  describe('once nobody asks', () => {
    afterEach(() => void vi.useRealTimers());

    it('is let go after a minute', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const asked: string[] = [];
      const { lists, page } = openLists([makeNotebook('document', notes(1))]);
      lists.follow((id) => void asked.push(id) as undefined);
      await page({ order: 'document' });
      await vi.advanceTimersByTimeAsync(59_000);
      await page({ order: 'document' });
      await vi.advanceTimersByTimeAsync(59_000);
      expect(asked).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1_000);
      await page({ order: 'document' });
      expect(asked).toHaveLength(2);
    });
  });
});

it('looks up the notes only of the documents that a page shows, where nothing narrows them', async () => {
  const note = (document: number, index: number) =>
    makeNote({ id: `${document}-${index}`, minute: document * 10 + index, tags: ['places'] });
  const given = Array.from({ length: 50 }, (_, document) =>
    makeNotebook(
      `document${String(document).padStart(2, '0')}`,
      [0, 1, 2, 3].map((index) => note(document, index)),
    ),
  );
  const byId = new Map(given.map((notebook) => [notebook.id, notebook]));
  const asked: string[] = [];
  const { lists, page } = openLists(
    given,
    {},
    {
      notebook(id) {
        asked.push(id);
        return byId.get(id);
      },
    },
  );
  const first = await page({}, { from: 0, count: 10 });
  expect(first.rows.map(({ note: { id } }) => id)).toEqual([
    '49-3',
    '49-2',
    '49-1',
    '49-0',
    '48-3',
    '48-2',
    '48-1',
    '48-0',
    '47-3',
    '47-2',
  ]);
  expect(first.total).toBe(200);
  expect(asked).toEqual(['document49', 'document48', 'document47']);
  await lists.choices('window', undefined);
  await lists.deletedNotes('window', { from: 0, count: 10 });
  expect(asked).toHaveLength(3);
});
