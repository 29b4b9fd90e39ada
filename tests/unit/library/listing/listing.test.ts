import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DocumentQuery, type DocumentSummary, sortOrders } from '#api';
import { countTagUses, type Note, type Notebook, outlineOf, readingStatuses, tagKey } from '#model';
import { Listing } from '../../../../electron/library/listing/listing';
import { makeCounts, makeNotebook, makeRow } from '../../state/support';

const byDate: DocumentQuery = { sort: 'date', ascending: false };

const outlineIn = (books: ReadonlyMap<string, Notebook>) => (id: string) => {
  const notebook = books.get(id);
  return notebook && outlineOf(notebook);
};

/** A listing over documents that the test changes. */
function open(documents: Iterable<DocumentSummary> = [], notebooks: Iterable<Notebook> = []) {
  const rows = new Map<string, DocumentSummary>();
  const books = new Map([...notebooks].map((notebook) => [notebook.id, notebook]));
  const listing = new Listing({ row: (id) => rows.get(id), notebook: outlineIn(books), folderName: () => 'Papers' });
  const put = (...changed: DocumentSummary[]) => {
    for (const row of changed) rows.set(row.id, row);
    listing.touch(changed.map(({ id }) => id));
  };
  const remove = (id: string) => {
    rows.delete(id);
    listing.touch([id]);
  };
  put(...documents);
  const titles = async (query: Partial<DocumentQuery> = {}) => {
    const { rows: found } = await listing.page({ ...byDate, ...query }, { from: 0, count: 1000, locate: [] });
    return found.map(({ title }) => title);
  };
  return { listing, put, remove, titles, books };
}

const document = (id: string, part: Partial<DocumentSummary> = {}) => makeRow(id, { title: id, folderId: 'f', ...part });

const noteWith = (...tags: string[]): Note => ({
  id: '01890000-0000-7000-8000-000000000001',
  colour: 'yellow',
  body: '',
  tags,
  createdAt: '2026-01-01T00:00:00.000Z',
  modifiedAt: '2026-01-01T00:00:00.000Z',
  history: [],
});

describe('the order of a list', () => {
  it('puts the newest first, and what has no date where it was added: what has just come is on top', async () => {
    const { titles, put } = open([
      document('a', { date: '2021-01-01' }),
      document('none', { addedAt: '2021-06-01T10:00:00.000Z' }),
      document('b', { date: '2022-01-01' }),
    ]);
    expect(await titles()).toEqual(['b', 'none', 'a']);
    expect(await titles({ ascending: true })).toEqual(['a', 'none', 'b']);
    put(document('today', { date: '2026-11-26' }), document('now', { addedAt: '2026-11-26T09:00:00.000Z' }));
    expect(await titles()).toEqual(['now', 'today', 'b', 'none', 'a']);
  });

  it('puts what is in the inbox where it came, whatever date it states', async () => {
    const { titles } = open([
      document('a', { date: '2025-01-01' }),
      document('old page', { date: '2001-01-01', addedAt: '2026-06-01T10:00:00.000Z', inInbox: true }),
      document('older page', { date: '2002-01-01', addedAt: '2026-05-01T10:00:00.000Z', inInbox: true }),
    ]);
    expect(await titles()).toEqual(['old page', 'older page', 'a']);
  });

  it('puts what came together by titles, though one file was a moment earlier than another', async () => {
    const { titles } = open(['one', 'two', 'three'].map((title, index) => document(title, { addedAt: `2021-06-01T10:00:00.00${index}Z` })));
    expect(await titles()).toEqual(['one', 'three', 'two']);
  });

  it('puts what was never read last either way', async () => {
    const { titles } = open([document('a', { lastReadAt: '2021-01-01T00:00:00.000Z' }), document('never')]);
    expect(await titles({ sort: 'last-read' })).toEqual(['a', 'never']);
    expect(await titles({ sort: 'last-read', ascending: true })).toEqual(['a', 'never']);
  });

  it('sorts titles as a reader expects: without case, accents beside their letters, numbers by value', async () => {
    const { titles } = open(['Zebra', 'part 10', 'Part 2', 'Éclair', 'apple'].map((title) => document(title, { title })));
    expect(await titles({ sort: 'title', ascending: true })).toEqual(['apple', 'Éclair', 'Part 2', 'part 10', 'Zebra']);
  });

  it('does not depend on what was sorted before, nor on what changed since', async () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const change = fc.record({ id, title: fc.string(), date: fc.constantFrom('2020-01-01', '2021-01-01', undefined), gone: fc.boolean() });
    const query = fc.record({ sort: fc.constantFrom(...sortOrders), ascending: fc.boolean() });
    const step = fc.record({ changes: fc.array(change, { maxLength: 9 }), query });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const { listing, put, remove } = open();
        const rows = new Map<string, DocumentSummary>();
        for (const { changes, query: asked } of steps) {
          for (const { id: changed, gone, ...part } of changes) {
            if (gone) rows.delete(changed);
            else rows.set(changed, document(changed, part));
            const row = rows.get(changed);
            if (row) put(row);
            else remove(changed);
          }
          const anew = open([...rows.values()].toReversed());
          expect(await listing.ids(asked)).toEqual(await anew.listing.ids(asked));
          expect(await listing.counted()).toEqual(await anew.listing.counted());
        }
      }),
    );
  });
});

describe('what a list is narrowed to', () => {
  it('is the status, the folder, a tag above those of a document or its notes, and typed words without accents', async () => {
    const { titles } = open(
      [
        document('one', { title: 'Études', tags: ['Music/Piano'], noteCount: 1 }),
        document('two', { status: 'finished', folderId: 'g' }),
        document('three'),
      ],
      [makeNotebook('one', { tags: ['Music/Piano'], notes: [noteWith('Later')] }), makeNotebook('two', { notes: [noteWith('music')] })],
    );
    expect(await titles({ text: 'etud' })).toEqual(['Études']);
    expect(await titles({ text: 'piano one' })).toEqual(['Études']);
    expect(await titles({ status: 'finished' })).toEqual(['two']);
    expect(await titles({ folderId: 'g' })).toEqual(['two']);
    expect(await titles({ tag: 'music' })).toHaveLength(2);
    expect(await titles({ tag: 'MUSIC/piano' })).toEqual(['Études']);
    expect(await titles({ tag: 'later' })).toEqual(['Études']);
    expect(await titles({ ownTag: 'music' })).toEqual(['Études']);
    expect(await titles({ ownTag: 'later' })).toEqual([]);
    expect(await titles({ hasNotes: true })).toEqual(['Études']);
  });

  it('keeps the open document, whatever its status', async () => {
    const { titles } = open([document('a', { status: 'reading' }), document('b'), document('c', { status: 'finished' })]);
    expect(await titles({ status: 'unread', keptId: 'a' })).toEqual(['a', 'b']);
  });
});

it('finds the file, its folders and its author too', async () => {
  const { titles } = open([
    document('a', { relativePath: 'letters/1914/to-anna.txt', author: 'Franz Kafka' }),
    document('b', { relativePath: 'b.txt' }),
  ]);
  for (const text of ['to-anna', 'letters', '1914 kafka']) expect(await titles({ text }), text).toEqual(['a']);
  expect(await titles({ text: 'papers' })).toEqual(['a', 'b']);
});

it('says which documents share their titles, also as one comes and goes', async () => {
  const { listing, put, remove } = open([document('a', { title: 'Notes' }), document('b', { title: 'Other' })]);
  const sharing = async () => {
    const { rows, located } = await listing.page(byDate, { from: 0, count: 9, locate: ['a'] });
    return [...rows, ...located].filter(({ sharesTitle }) => sharesTitle).map(({ id }) => id);
  };
  expect(await sharing()).toEqual([]);
  put(document('c', { title: 'notes' }));
  expect(await sharing()).toEqual(['a', 'c', 'a']);
  remove('c');
  expect(await sharing()).toEqual([]);
});

describe('a page of a list', () => {
  it('has what was asked for, and tells where other documents are', async () => {
    const { listing } = open(Array.from({ length: 50 }, (_, index) => document(`d${String(index).padStart(2, '0')}`)));
    const query: DocumentQuery = { sort: 'title', ascending: true };
    const page = await listing.page(query, { from: 10, count: 5, locate: ['d03', 'd49', 'unknown'] });
    expect(page).toMatchObject({ total: 50, from: 10, places: { d03: 3, d49: 49 } });
    expect(page.rows.map(({ id }) => id)).toEqual(['d10', 'd11', 'd12', 'd13', 'd14']);
    expect(page.located.map(({ id }) => id)).toEqual(['d03', 'd49']);
    const narrowed = await listing.page({ ...query, text: 'd1' }, { from: 40, count: 5, locate: ['d03', 'd12'] });
    expect(narrowed).toMatchObject({ total: 10, from: 5, places: { d12: 2 } });
    expect(narrowed.located.map(({ id }) => id)).toEqual(['d03', 'd12']);
  });

  it('knows what changed before it was asked for', async () => {
    const { put, remove, titles } = open([document('a'), document('b')]);
    expect(await titles()).toEqual(['a', 'b']);
    put(document('a', { title: 'z' }), document('c'));
    remove('b');
    expect(await titles()).toEqual(['c', 'z']);
  });
});

describe('what is counted', () => {
  it('follows documents and notes, and tells of the tags that changed', async () => {
    const { listing, put, remove, books } = open(
      [document('one', { noteCount: 2 })],
      [makeNotebook('one', { tags: ['a/b'], notes: [noteWith('A/c'), noteWith('a/b', 'a')], deletedNotes: [] })],
    );
    expect(await listing.changes()).toMatchObject({ counts: { documents: 1, unread: 1, notes: 2, deletedNotes: 0 } });
    expect((await listing.counted()).tagUses).toEqual(countTagUses([['a/b'], ['A/c'], ['a/b', 'a']]));
    expect((await listing.changes()).tagUses).toEqual([]);
    books.set(
      'one',
      makeNotebook('one', { tags: ['a/b'], deletedNotes: [{ note: noteWith('x'), deletedAt: '2026-01-02T00:00:00.000Z' }] }),
    );
    put(document('one', { status: 'finished' }));
    const { counts, tagUses } = await listing.changes();
    expect(counts).toEqual({ ...makeCounts(), documents: 1, formats: { text: 1 }, finished: 1, deletedNotes: 1 });
    expect(new Map(tagUses.map(([name, count]) => [tagKey(name), count]))).toEqual(
      new Map([
        ['a', 1],
        ['a/b', 1],
        ['a/c', 0],
      ]),
    );
    remove('one');
    expect(await listing.counted()).toEqual({
      counts: makeCounts(),
      tagUses: [],
    });
  });

  it('is not told again where what was looked at is as it was', async () => {
    const rows = [document('a', { noteCount: 1 }), document('b')];
    const { listing, put } = open();
    put(...rows);
    listing.begin(['a', 'b']);
    expect(await listing.changes()).toMatchObject({ isOther: false, counts: { documents: 2 } });
    put(...rows);
    expect(await listing.changes()).toMatchObject({ isOther: false, tagUses: [] });
    put(document('b', { noteCount: 3 }));
    expect(await listing.changes()).toMatchObject({ isOther: true, counts: { notes: 4 } });
  });

  it('has favourites, the reading list in its order, and collections', async () => {
    const thesis = '11111111-1111-4111-8111-111111111111';
    const inThesis = { collections: { [thesis]: { name: 'Thesis', count: 3 } } };
    const { listing, put, titles, books } = open(
      [
        document('a', { favourite: true, collections: [thesis] }),
        document('b', { later: 'x', collections: [thesis] }),
        document('c', { later: 'm', favourite: true }),
      ],
      [makeNotebook('a', inThesis), makeNotebook('b', inThesis)],
    );
    expect((await listing.counted()).counts).toMatchObject({
      favourites: 2,
      later: 2,
      collections: [{ id: thesis, name: 'Thesis', documents: 2 }],
    });
    expect(await titles({ favourite: true, sort: 'title', ascending: true })).toEqual(['a', 'c']);
    expect(await titles({ later: true, sort: 'later', ascending: true })).toEqual(['c', 'b']);
    expect(await titles({ collectionId: thesis, sort: 'title', ascending: true })).toEqual(['a', 'b']);
    for (const id of ['a', 'b']) books.set(id, makeNotebook(id));
    put(document('a'), document('b', { later: 'a' }));
    expect((await listing.counted()).counts).toMatchObject({ favourites: 1, collections: [] });
    expect(await titles({ later: true, sort: 'later', ascending: true })).toEqual(['b', 'c']);
    // Of one place, as two machines can give it, on which titles may differ.
    put(document('c', { later: 'a', title: 'a title before b' }));
    expect(await titles({ later: true, sort: 'later', ascending: true })).toEqual(['b', 'a title before b']);
  });

  it('narrows to a folder with those under it, to a kind, and to a part of an author’s name', async () => {
    const { titles, listing } = open([
      document('a', { relativePath: 'papers/2021/a.txt', author: 'Élise Moor' }),
      document('b', { relativePath: 'papers/b.md', format: 'markdown', author: 'Ada Brandt' }),
      document('c', { relativePath: 'papers 2/c.txt' }),
    ]);
    const narrowed = (query: Partial<DocumentQuery>) => titles({ sort: 'title', ascending: true, ...query });
    expect(await narrowed({ folderId: 'f', path: 'papers' })).toEqual(['a', 'b']);
    expect(await narrowed({ folderId: 'f', path: 'papers/2021' })).toEqual(['a']);
    expect(await narrowed({ format: 'markdown' })).toEqual(['b']);
    expect(await narrowed({ author: 'elise' })).toEqual(['a']);
    expect((await listing.counted()).counts.formats).toEqual({ text: 2, markdown: 1 });
  });

  it('puts a series by its numbers, and what has none last', async () => {
    const volumes = ['10', '2', '1.5', 'extra', undefined];
    const { titles, listing } = open([
      ...volumes.map((volume) => document(`v ${volume}`, { series: 'The Quay', ...(volume && { volume }) })),
      document('other', { series: 'Another' }),
    ]);
    expect(await titles({ series: 'The Quay', sort: 'volume', ascending: true })).toEqual([
      'v 1.5',
      'v 2',
      'v 10',
      'v extra',
      'v undefined',
    ]);
    expect(await listing.series('', 5)).toEqual(['The Quay', 'Another']);
  });

  it('tells library folders in their order, whichever had documents first', async () => {
    const { listing } = open([
      document('a', { folderId: 'second', relativePath: 'a.txt' }),
      document('b', { folderId: 'first', relativePath: 'b.txt' }),
    ]);
    const order = (await listing.folderRows(['first', 'empty', 'second'], [])).map(({ folderId }) => folderId);
    expect(order).toEqual(['first', 'second']);
  });

  it('tells the tree of folders as far as it is open, by name, without those that are empty', async () => {
    const { listing, put, remove } = open([
      document('a', { relativePath: 'papers/2021/a.txt' }),
      document('b', { relativePath: 'papers/part 10/b.txt' }),
      document('c', { relativePath: 'papers/part 2/c.txt' }),
      document('d', { relativePath: 'd.txt' }),
      document('gone', { folderId: '', relativePath: 'gone.txt' }),
    ]);
    const rows = async (...paths: string[]) =>
      (
        await listing.folderRows(
          ['f'],
          paths.map((path) => ({ folderId: 'f', path })),
        )
      ).map(({ path, depth, documents }) => [path, depth, documents]);
    expect(await listing.folderRows(['f'], [])).toEqual([
      { folderId: 'f', path: '', depth: 0, documents: 4, hasFolders: true, isOpen: false },
    ]);
    expect(await rows('')).toEqual([
      ['', 0, 4],
      ['papers', 1, 3],
    ]);
    expect(await rows('', 'papers')).toEqual([
      ['', 0, 4],
      ['papers', 1, 3],
      ['papers/2021', 2, 1],
      ['papers/part 2', 2, 1],
      ['papers/part 10', 2, 1],
    ]);
    expect(await listing.folderNames('', 1)).toEqual(['papers']);
    expect((await listing.folderNames('PÄRT', 5)).toSorted()).toEqual(['part 10', 'part 2']);
    remove('a');
    put(document('b', { relativePath: 'b.txt' }));
    expect(await rows('', 'papers')).toEqual([
      ['', 0, 3],
      ['papers', 1, 1],
      ['papers/part 2', 2, 1],
    ]);
  });

  it('is the same whatever was counted before', async () => {
    const tag = fc.constantFrom('a', 'A/b', 'a/b', 'a/c', 'x', 'X/ y');
    const carriers = fc.array(fc.array(tag, { maxLength: 3 }), { maxLength: 4 });
    const change = fc.record({ id: fc.constantFrom('one', 'two', 'three'), status: fc.constantFrom(...readingStatuses), carriers });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const { listing, put, books } = open();
        const rows = new Map<string, DocumentSummary>();
        for (const { id, status, carriers: each } of changes) {
          books.set(id, makeNotebook(id, { notes: each.map((tags) => noteWith(...tags)) }));
          rows.set(id, document(id, { status, noteCount: each.length }));
          put(rows.get(id) ?? expect.fail());
          await listing.changes();
        }
        const anew = open(rows.values(), books.values());
        const byKey = async (other: Listing) => {
          const { counts, tagUses } = await other.counted();
          return { counts, uses: Object.fromEntries(tagUses.map(([name, count]) => [tagKey(name), count])) };
        };
        expect(await byKey(listing)).toEqual(await byKey(anew.listing));
      }),
    );
  });
});

describe('titles and links', () => {
  it('tells the authors whose names hold what was typed, those of most documents first', async () => {
    const { listing } = open([
      document('a', { author: 'Ada Brandt' }),
      document('b', { author: 'Élise Brandt' }),
      document('c', { author: 'Élise Brandt' }),
      document('d'),
    ]);
    expect(await listing.authors('brandt', 5)).toEqual(['Élise Brandt', 'Ada Brandt']);
    expect(await listing.authors('elise', 5)).toEqual(['Élise Brandt']);
    expect(await listing.authors('', 1)).toEqual(['Élise Brandt']);
  });

  it('are found by their letters, those that begin so first', async () => {
    const { listing } = open(['The Étude', 'Etude book', 'Other', 'etude book'].map((title, index) => document(`d${index}`, { title })));
    expect((await listing.titles('étu', 9)).map(({ title }) => title)).toEqual(['Etude book', 'etude book', 'The Étude']);
    expect(await listing.titles('', 2)).toHaveLength(2);
  });
});
