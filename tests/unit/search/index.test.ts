import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ResultsWanted, resultsWantedSchema, type SearchScope, searchOrders, searchScopes } from '#api';
import { complete, isEmptyQuery } from '#model';
import { encodeText } from '../../../electron/formats/document-text';
import { foldForSearch, makeEntry } from '../../../electron/search/entry';
import { createIndexFinder } from '../../../electron/search/find';
import { matches } from '../../../electron/search/hits';
import { openIndexFile, openInMemory } from '../../../electron/search/index-file';
import { createIndexWriter } from '../../../electron/search/index-writer';
import type { SearchDocument, SearchNote } from '../../../electron/search/protocol';
import { readSought } from '../../../electron/search/sought';
import { searchDocument } from './fixtures';

type Sample = SearchDocument & { text?: string };

const HASH = 'a'.repeat(64);
/** Monday. */
const NOW = new Date(2026, 2, 2, 12);

const noteId = (index: number) => `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`;

function openIndex(samples: readonly Sample[]) {
  const file = { ...openInMemory(), keepsTexts: true };
  onTestFinished(() => {
    if (file.database.isOpen) file.database.close();
  });
  const writer = createIndexWriter(file);
  const put = (sample: Sample) => {
    const { text, ...document } = sample;
    const content = text === undefined ? undefined : `content of ${text}`;
    if (text !== undefined && content !== undefined) writer.putText(content, encodeText(text, HASH));
    writer.putDocument({ ...document, content }, JSON.stringify(sample));
  };
  for (const sample of samples) put(sample);
  const finder = createIndexFinder(file, new Set(), () => NOW);
  const find = async (query: string, limit = 200, wanted: Partial<ResultsWanted> = {}) => {
    const result = await finder.find(query, limit, () => true, resultsWantedSchema.parse(wanted));
    if (!result) throw new Error('It was overtaken.');
    return result;
  };
  return {
    file,
    writer,
    put,
    find,
    idsOf: async (query: string, wanted: Partial<ResultsWanted> = {}) =>
      (await find(query, 200, wanted)).groups.map(({ documentId }) => documentId),
  };
}

/** What is found by looking at everything. */
const scan = (samples: readonly Sample[], input: string, scope: SearchScope = 'all'): string[] => {
  const query = readSought(input, scope, NOW);
  if (isEmptyQuery(query)) return [];
  return samples
    .filter(({ text, ...document }) => matches(makeEntry(document), text === undefined ? undefined : foldForSearch(text), query))
    .map(({ id }) => id)
    .sort();
};

const pieces = fc.constantFrom(
  ...[
    'army',
    'Armée',
    'arm',
    'border',
    'bor',
    'Straße',
    'x',
    'foo-bar',
    'foo',
    'bar',
    "don't",
    'C++',
    '.net',
    '§',
    '12',
    'e\u0301lan',
    'snake_case',
  ],
  ...[
    '边境',
    '边',
    '境内',
    '军',
    'ชายแดน',
    'แดน',
    'الكتاب',
    'كتاب',
    '대학교',
    '서울대학교',
    'カード',
    '用python写',
    '👩‍👧',
    '\ud800',
    'ﬁn',
    'K',
  ],
);
const spaces = fc.constantFrom(' ', ' ', ' ', '', '\n', '  ', ', ', '-', '"', '\0');
const texts = fc.array(fc.tuple(pieces, spaces), { maxLength: 12 }).map((parts) => parts.flat().join(''));
const moments = fc.constantFrom(
  '2026-03-01T23:30:00.000Z',
  '2026-03-02T08:00:00.000Z',
  '2026-02-10T10:00:00.000Z',
  '2021-05-05T05:05:05.000Z',
);
const notes = fc.array(
  fc.record({
    quote: texts,
    body: texts,
    tags: fc.array(pieces, { maxLength: 2 }),
    // A bookmark has none.
    colour: fc.constantFrom('yellow', 'green', undefined),
    createdAt: moments,
    modifiedAt: moments,
  }),
  { maxLength: 3 },
);
const documents = fc
  .array(
    fc.record({
      title: texts,
      text: fc.option(texts, { nil: undefined }),
      tags: fc.array(pieces, { maxLength: 2 }),
      notes,
      folder: fc.constantFrom('/library', '/library/Berichte', '/other'),
      date: fc.option(fc.constantFrom('2020-01-01', '2021-12-03', '2026-03-02'), { nil: undefined }),
      author: fc.option(fc.constantFrom('Ada Brandt', 'Élan Army', 'Anna “Nan” Lee'), { nil: undefined }),
      format: fc.constantFrom('text', 'html'),
      isFavourite: fc.boolean(),
      isLater: fc.boolean(),
      collections: fc.array(fc.constantFrom('Thesis', 'Élan “vital”', 'Sea and coast'), { maxLength: 2 }),
      status: fc.constantFrom('unread', 'reading', 'finished'),
      isMissing: fc.boolean(),
      hasUnplaced: fc.boolean(),
      addedAt: moments,
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) =>
    all.map(
      (each, index): Sample => ({
        ...each,
        id: `document-${index}`,
        notes: each.notes.map((note, at) => ({ ...note, id: noteId(index * 10 + at) })),
      }),
    ),
  );
const operators = fc.constantFrom('', '', '', '', '-', 'title:', 'tag:', 'note:', '-note:', '-tag:');
const asked = fc.oneof(
  pieces,
  fc.tuple(pieces, spaces, pieces).map((parts) => `"${parts.join('').replaceAll('"', '')}"`),
  fc.string({ maxLength: 4 }),
);
const filters = fc
  .tuple(
    fc.constantFrom(' ', ' -'),
    fc.constantFrom(
      ...[
        'in:berichte',
        'in:be',
        'in:berichte/',
        'after:2020',
        'before:this-month',
        'author:elan',
        'author:"anna  nan  lee"',
        'kind:html',
        'is:reading',
        'is:missing',
        'is:favourite',
        'is:later',
        'collection:thesis',
        'collection:"elan  vital"',
        'is:unplaced',
        'has:note',
      ],
      ...[
        'colour:green',
        'colour:green OR colour:yellow',
        'created:today',
        'modified:last-month',
        'created:2021..2026-03-01',
        'is:finished OR is:unread',
      ],
    ),
    fc.constant(' '),
  )
  .map((parts) => parts.join(''));
const queries = fc
  .array(fc.tuple(operators, asked, fc.oneof(fc.constantFrom(' ', ' ', ' ', ' OR '), filters)), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.flat().join(''));

/** A stretch of one of the texts: it may begin within a word, or end with a sign. */
const phrasesOf = (samples: readonly Sample[]) =>
  fc
    .tuple(fc.constantFrom(...samples.flatMap(({ text, title }) => [text ?? '', title])), fc.nat(20), fc.integer({ min: 3, max: 30 }))
    .map(([text, from, length]) => `"${text.slice(from, from + length).replaceAll('"', '')}"`);
const searches = documents.chain((samples) => {
  const phrases = fc.tuple(operators, phrasesOf(samples), fc.constantFrom('', ' army', ' OR 边境')).map((parts) => parts.join(''));
  const asking = fc.record({
    input: fc.oneof(queries, filters, phrases),
    scope: fc.constantFrom(...searchScopes),
    order: fc.constantFrom(...searchOrders),
  });
  return fc.tuple(fc.constant(samples), fc.array(asking, { minLength: 1, maxLength: 6 }));
});

describe('the index', () => {
  it('finds what looking at everything finds', async () => {
    await fc.assert(
      fc.asyncProperty(searches, async ([samples, asked]) => {
        const { file, idsOf } = openIndex(samples);
        for (const { input, scope, order } of asked)
          expect((await idsOf(input, { scope, order })).sort(), `${input} (${scope})`).toEqual(scan(samples, input, scope));
        file.database.close();
      }),
      { numRuns: 100 },
    );
  });

  it('finds phrases that begin within the same words of many documents, as looking at everything does', async () => {
    const words = fc.array(fc.constantFrom('note', 'keynote', 'banknote', 'rote', 'that', 'than', ',', '边境'), { maxLength: 6 });
    const many = fc.array(fc.tuple(words, words), { minLength: 10, maxLength: 20 }).map((all) =>
      all.map(
        ([text, title], index): Sample => ({
          ...searchDocument({ id: `document-${index}`, title: title.join(' ') }),
          text: text.join(' '),
        }),
      ),
    );
    const phrases = ['"ote that"', '"note tha"', '"note, that" OR "ote 边"', 'title:"ote than"', '-"ote that"', '"banknote that"'];
    await fc.assert(
      fc.asyncProperty(many, fc.constantFrom(...phrases), async (samples, input) => {
        const { file, idsOf } = openIndex(samples);
        expect((await idsOf(input)).sort(), input).toEqual(scan(samples, input));
        file.database.close();
      }),
      { numRuns: 60 },
    );
  });

  it('finds the same after documents were changed, and came and went', async () => {
    await fc.assert(
      fc.asyncProperty(documents, documents, queries, async (before, after, input) => {
        const { file, writer, put, idsOf } = openIndex(before);
        for (const sample of after) put(sample);
        for (const { id } of before.slice(after.length)) writer.removeDocument(id);
        writer.removeUnused();
        expect((await idsOf(input)).sort(), input).toEqual(scan(after, input));
        expect(writer.missing()).toEqual([]);
        expect(writer.versions()).toEqual(new Map(after.map((sample) => [sample.id, JSON.stringify(sample)])));
        file.database.close();
      }),
      { numRuns: 120 },
    );
  });

  it('finds the author whose name has quotation marks by what its name completes to', async () => {
    const author = 'Anna “Nan” Lee';
    const { find } = openIndex([{ ...searchDocument({ id: 'document-1', author }), text: 'One.' }]);
    const { text } = complete('author:', { start: 0, end: 7, operator: 'author', typed: '' }, { operator: 'author', value: author });
    expect(await find(text)).toMatchObject({ documentCount: 1 });
  });

  it('finds the tag and the title that have quotation marks by what their names complete to', async () => {
    const named = { tags: ['the “New” deal/"x"'], title: 'On “Walls”, and "what is behind"' };
    const { find } = openIndex([{ ...searchDocument({ id: 'document-1', ...named }), text: 'One.' }]);
    for (const [operator, value] of [
      ['tag', named.tags[0]],
      ['title', named.title],
    ] as const) {
      const { text } = complete('', { start: 0, end: 0, operator, typed: '' }, { operator, value });
      expect(await find(text)).toMatchObject({ documentCount: 1, groups: [{ documentId: 'document-1' }] });
    }
  });

  it('says where in the text a hit is, and in which text', async () => {
    const { find } = openIndex([{ ...searchDocument({ id: 'document-1' }), text: 'Straße, and then\nthe army.' }]);
    expect(await find('army')).toMatchObject({
      documentCount: 1,
      groups: [{ total: 1, hits: [{ kind: 'text', match: 'army', place: { start: 21, end: 25, textHash: HASH } }] }],
    });
  });

  it('puts a whole title first, also where its words are everywhere', async () => {
    const often = Array.from({ length: 60 }, (_, index) => ({
      ...searchDocument({ id: `document-${index}`, title: `The rust of the programming language ${index}` }),
      text: 'the rust programming language the rust programming language',
    }));
    for (const title of ['The Rust Programming Language', 'The “Rust” Programming  Language']) {
      const { find } = openIndex([...often, { ...searchDocument({ id: 'book', title }), text: 'Foreword' }]);
      for (const query of ['the rust programming language', 'The Rust  Programming Language'])
        expect((await find(query, 5)).groups[0]).toMatchObject({ documentId: 'book', isWholeTitle: true });
    }
  });

  it('counts all documents and shows the best', async () => {
    const samples = Array.from({ length: 90 }, (_, index) => ({
      ...searchDocument({ id: `document-${index}` }),
      text: `${'word '.repeat(index === 50 ? 40 : 1)} ${'filling '.repeat(30)}`,
    }));
    const result = await openIndex(samples).find('word', 10);
    expect([result.documentCount, result.groups.length, result.groups[0]?.documentId]).toEqual([90, 10, 'document-50']);
  });

  it('shows the hits of a phrase in a document with many notes, wherever among them they are', async () => {
    const notes = Array.from({ length: 100 }, (_, index) => ({
      id: noteId(index),
      colour: 'green' as const,
      quote: '',
      body: index === 99 ? 'an old silver coin' : `note ${index}`,
      tags: [],
    }));
    const { find } = openIndex([searchDocument({ id: 'many', notes })]);
    for (const query of ['"old silver"', '"old silver" coin', '"ver coi" -"gold ring"']) {
      const { groups } = await find(query);
      expect(groups.map(({ total, hits }) => ({ total, notes: hits.map(({ noteId: id }) => id) }))).toEqual([
        { total: 1, notes: [noteId(99)] },
      ]);
    }
  });

  it('shows what a document holds that came in the place of another in the index', async () => {
    const { writer, put, find } = openIndex([{ ...searchDocument({ id: 'old' }), text: 'silver coins of old' }]);
    expect((await find('silver')).groups).toHaveLength(1);
    writer.removeDocument('old');
    writer.removeUnused();
    put({ ...searchDocument({ id: 'new' }), text: 'a ring of silver' });
    const [group] = (await find('silver')).groups;
    expect(group?.hits.map(({ before, match, after }) => before + match + after)).toEqual(['a ring of silver']);
  });

  it('shows the hits of each word, however many notes another one is in', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      id: noteId(index),
      colour: 'blue' as const,
      quote: '',
      body: 'silver',
      tags: index === 99 ? ['bar'] : [],
    }));
    const { find } = openIndex([{ ...searchDocument({ id: 'document-1', notes: many }), text: 'A silver text.' }]);
    expect((await find('silver tag:bar')).groups).toMatchObject([
      { total: 102, hits: [{ kind: 'tag' }, { kind: 'note' }, { kind: 'note' }, { kind: 'note' }, { kind: 'text' }] },
    ]);
  });

  it('counts the hits of a document with more notes than are shown', async () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      id: noteId(index),
      colour: 'blue' as const,
      quote: '',
      body: 'a word',
      tags: [],
    }));
    const result = await openIndex([{ ...searchDocument({ id: 'document-1', notes: many }), text: 'word word' }]).find('word');
    expect(result.groups).toMatchObject([{ total: 502, hits: { length: 5 } }]);
  });

  const made = (at: number, values: Partial<SearchNote>): SearchNote => ({
    id: noteId(at),
    colour: 'yellow',
    quote: '',
    body: '',
    tags: [],
    createdAt: '2026-02-10T10:00:00.000Z',
    modifiedAt: '2026-02-10T10:00:00.000Z',
    ...values,
  });

  it('lists the notes that filters of notes find, and looks for words in one note alone', async () => {
    const notes = [
      made(1, { colour: 'green', quote: 'A silver coin', body: 'Ask the museum' }),
      made(2, { colour: 'yellow', body: 'Silver again', createdAt: '2026-03-02T08:00:00.000Z' }),
    ];
    const { find } = openIndex([
      { ...searchDocument({ id: 'one', title: 'Silver', notes }), text: 'silver' },
      { ...searchDocument({ id: 'two' }), text: 'silver' },
    ]);
    const hitsOf = async (query: string, wanted: Partial<ResultsWanted> = {}) =>
      (await find(query, 10, wanted)).groups.map(({ documentId, total, hits }) => [
        documentId,
        total,
        ...hits.map(({ noteId: id, before, match, after }) => `${id?.at(-1)} ${before}[${match}]${after}`),
      ]);
    expect(await hitsOf('colour:green')).toEqual([['one', 1, '1 []A silver coin']]);
    expect(await hitsOf('-colour:green')).toEqual([['one', 1, '2 []Silver again']]);
    expect(await hitsOf('colour:green silver')).toEqual([['one', 1, '1 A [silver] coin']]);
    expect(await hitsOf('colour:green again')).toEqual([]);
    expect(await hitsOf('created:today')).toEqual([['one', 1, '2 []Silver again']]);
    const wordless = openIndex([searchDocument({ id: 'one', notes: [made(1, { colour: 'blue' })] })]);
    expect(await wordless.idsOf('colour:blue')).toEqual(['one']);
    expect(await wordless.idsOf('-created:2021')).toEqual(['one']);
    expect(await hitsOf('title:silver colour:green -again')).toEqual([['one', 2, 'undefined [Silver]', '1 []A silver coin']]);
    expect(await hitsOf('silver museum', { scope: 'notes' })).toEqual([['one', 2, '1 Ask the [museum]', '1 A [silver] coin']]);
    expect(await hitsOf('silver', { scope: 'texts' })).toEqual([
      ['one', 1, 'undefined [silver]'],
      ['two', 1, 'undefined [silver]'],
    ]);
  });

  it('lists the documents that filters find, the newest first, page after page', async () => {
    const { find, idsOf } = openIndex([
      searchDocument({ id: 'old', date: '1999-01-01', format: 'html' }),
      searchDocument({ id: 'text', date: '2020-01-01' }),
      searchDocument({ id: 'undated', addedAt: '2010-01-01T00:00:00.000Z', format: 'html' }),
      searchDocument({ id: 'new', date: '2021-01-01', format: 'html' }),
    ]);
    expect(await idsOf('kind:html')).toEqual(['new', 'undated', 'old']);
    expect(await find('kind:html', 2, { from: 2 })).toMatchObject({
      documentCount: 3,
      groups: [{ documentId: 'old', hits: [], total: 0 }],
    });
    expect(await find('kind:html', 0)).toMatchObject({ documentCount: 3, groups: [] });
  });

  it('gives each document once, page after page, in each order', async () => {
    const samples = Array.from({ length: 70 }, (_, index) => ({
      ...searchDocument({ id: `document-${index}`, title: index % 3 === 0 ? `Silver ${index}` : `Coin ${index}` }),
      text: `${'silver '.repeat((index * 7) % 11)} and quicksilver`,
    }));
    const { find } = openIndex(samples);
    for (const query of ['silver', '"ilver"'])
      for (const order of searchOrders) {
        const told: string[] = [];
        for (let from = 0; from < 70; from += 30) {
          const { groups } = await find(query, 30, { from, order, isPaged: true });
          told.push(...groups.map(({ documentId }) => documentId));
        }
        expect(told.sort(), `${query} ${order}`).toEqual((await find(query, 200)).groups.map(({ documentId }) => documentId).sort());
      }
  });

  it('puts what was found in the order of dates', async () => {
    const samples = ['2019', '2021', '2020'].map((year) => ({
      ...searchDocument({ id: year, date: `${year}-05-05` }),
      text: `silver "coi" ${year === '2019' ? 'silver '.repeat(50) : ''}`,
    }));
    const { idsOf } = openIndex(samples);
    expect(await idsOf('silver', { order: 'newest' })).toEqual(['2021', '2020', '2019']);
    expect(await idsOf('"ilver"', { order: 'newest' })).toEqual(['2021', '2020', '2019']);
    expect((await idsOf('silver'))[0]).toBe('2019');
  });

  it('tells the most frequent tags of what was found', async () => {
    const { find } = openIndex([
      { ...searchDocument({ id: 'one', tags: ['War', 'Peace'], notes: [made(1, { tags: ['peace'] })] }), text: 'silver' },
      { ...searchDocument({ id: 'two', notes: [made(2, { tags: ['peace'] })] }), text: 'silver' },
      { ...searchDocument({ id: 'three', tags: ['gold'] }), text: 'coin' },
    ]);
    expect((await find('silver', 10, { withTags: true })).tags).toEqual(['Peace', 'War']);
    expect((await find('silver')).tags).toBeUndefined();
  });

  it('knows when a note was changed, also where its words are the same', async () => {
    const { put, idsOf } = openIndex([searchDocument({ id: 'one', notes: [made(1, { body: 'word' })] })]);
    expect(await idsOf('modified:today')).toEqual([]);
    put(searchDocument({ id: 'one', notes: [made(1, { body: 'word', modifiedAt: '2026-03-02T08:00:00.000Z' })] }));
    expect(await idsOf('modified:today')).toEqual(['one']);
  });

  it.each<[string, string]>([
    ['one long word', 'x'.repeat(1000)],
    ['quotation marks', '"'.repeat(500)],
    ['brackets', '( '.repeat(300)],
    ['words of FTS5', 'AND OR NOT NEAR('],
    ['signs of FTS5', '* ^ : {title}'],
    ['a thousand minuses', '-'.repeat(1000)],
    ['a long phrase', `"${'a b '.repeat(240)}"`],
    ['a thousand words', 'some text '.repeat(500)],
  ])('answers a query of %s', async (_, query) => {
    const { find } = openIndex([{ ...searchDocument({ id: 'document-1' }), text: 'Some text.' }]);
    expect((await find(query)).documentCount).toBeLessThanOrEqual(1);
  });
});

it('says that it searches only the first words of a long query', async () => {
  const { find } = openIndex([{ ...searchDocument({ id: 'document-1' }), text: 'Some text.' }]);
  expect(await find('some '.repeat(65))).toMatchObject({ documentCount: 1, notice: 'Only the first 64 words were searched.' });
  expect((await find('some '.repeat(64))).notice).toBeUndefined();
});

describe('the file of the index', () => {
  async function folder(): Promise<string> {
    const made = await mkdtemp(path.join(tmpdir(), 'lectern-index-'));
    onTestFinished(() => rm(made, { recursive: true, force: true }));
    return made;
  }

  it('keeps what was written', async () => {
    const place = path.join(await folder(), 'index.sqlite');
    const first = openIndexFile(place);
    const writer = createIndexWriter(first);
    writer.putText('content', encodeText('The border.', HASH));
    writer.putDocument(searchDocument({ id: 'document-1', content: 'content' }), 'first');
    writer.commit();
    first.database.close();
    const second = openIndexFile(place);
    onTestFinished(() => second.database.close());
    expect(createIndexWriter(second).versions()).toEqual(new Map([['document-1', 'first']]));
    expect((await createIndexFinder(second).find('border', 5, () => true, resultsWantedSchema.parse({})))?.documentCount).toBe(1);
  });

  it.each([
    ['garbage', (place: string) => writeFile(place, 'no database at all '.repeat(100))],
    ['a folder', (place: string) => mkdir(path.join(place, 'within'), { recursive: true })],
    ['a text of another version', (place: string) => writeFile(place, '')],
  ])('is made anew in the place of %s', async (_, spoil) => {
    const place = path.join(await folder(), 'index.sqlite');
    await spoil(place);
    const file = openIndexFile(place);
    onTestFinished(() => file.database.close());
    expect([createIndexWriter(file).versions().size, file.keepsTexts]).toEqual([0, true]);
  });
});
