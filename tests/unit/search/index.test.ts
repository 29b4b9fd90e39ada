import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fold } from '#model';
import { encodeText } from '../../../electron/formats/document-text';
import { makeEntry } from '../../../electron/search/entry';
import { createIndexFinder } from '../../../electron/search/find';
import { isEmptyQuery, matches } from '../../../electron/search/hits';
import { openIndexFile, openInMemory } from '../../../electron/search/index-file';
import { createIndexWriter } from '../../../electron/search/index-writer';
import type { SearchDocument } from '../../../electron/search/protocol';
import { parseQuery } from '../../../electron/search/query';
import { searchDocument } from './fixtures';

type Sample = SearchDocument & { text?: string };

const HASH = 'a'.repeat(64);
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
  const finder = createIndexFinder(file);
  const find = async (query: string, limit = 200) => {
    const result = await finder.find(query, limit, () => true);
    if (!result) throw new Error('It was overtaken.');
    return result;
  };
  return { file, writer, put, find, idsOf: async (query: string) => (await find(query)).groups.map(({ documentId }) => documentId) };
}

/** What is found by looking at everything. */
const scan = (samples: readonly Sample[], input: string): string[] => {
  const query = parseQuery(input);
  if (isEmptyQuery(query)) return [];
  return samples
    .filter(({ text, ...document }) => matches(makeEntry(document), text === undefined ? undefined : fold(text), query))
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
const notes = fc.array(fc.record({ quote: texts, body: texts, tags: fc.array(pieces, { maxLength: 2 }) }), { maxLength: 3 });
const documents = fc
  .array(
    fc.record({
      title: texts,
      text: fc.option(texts, { nil: undefined }),
      tags: fc.array(pieces, { maxLength: 2 }),
      notes,
      folder: fc.constantFrom('/library', '/library/Berichte', '/other'),
      date: fc.option(fc.constantFrom('2020-01-01', '2021-12-03'), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) =>
    all.map(
      (each, index): Sample => ({
        ...each,
        id: `document-${index}`,
        notes: each.notes.map((note, at) => ({ ...note, id: noteId(index * 10 + at), colour: 'yellow' as const })),
      }),
    ),
  );
const operators = fc.constantFrom('', '', '', '', '-', 'title:', 'tag:', 'note:', '-note:', '-tag:');
const asked = fc.oneof(
  pieces,
  fc.tuple(pieces, spaces, pieces).map((parts) => `"${parts.join('').replaceAll('"', '')}"`),
  fc.string({ maxLength: 4 }),
);
const queries = fc
  .array(fc.tuple(operators, asked, fc.constantFrom(' ', ' ', ' ', ' OR ', ' in:berichte ', ' after:2020 ')), {
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
  return fc.tuple(fc.constant(samples), fc.array(fc.oneof(queries, phrases), { minLength: 1, maxLength: 6 }));
});

describe('the index', () => {
  it('finds what looking at everything finds', async () => {
    await fc.assert(
      fc.asyncProperty(searches, async ([samples, inputs]) => {
        const { file, idsOf } = openIndex(samples);
        for (const input of inputs) expect((await idsOf(input)).sort(), input).toEqual(scan(samples, input));
        file.database.close();
      }),
      { numRuns: 400 },
    );
  }, 60_000);

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
      { numRuns: 200 },
    );
  }, 60_000);

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
    const { find } = openIndex([...often, { ...searchDocument({ id: 'book', title: 'The Rust Programming Language' }), text: 'Foreword' }]);
    for (const query of ['the rust programming language', 'The Rust  Programming Language'])
      expect((await find(query, 5)).groups[0]?.documentId).toBe('book');
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
    expect((await createIndexFinder(second).find('border', 5, () => true))?.documentCount).toBe(1);
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
