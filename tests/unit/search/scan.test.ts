import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SearchGroup, searchGroupSchema } from '#api';
import { fold, foldText } from '#model';
import { makeEntry } from '../../../electron/search/entry';
import type { SearchDocument } from '../../../electron/search/protocol';
import { parseQuery } from '../../../electron/search/query';
import { makeGroup, needsText, rate } from '../../../electron/search/scan';
import { NOTE, searchDocument } from './fixtures';

interface Sample extends Partial<SearchDocument> {
  text?: string;
}

function search(query: string, { text, ...document }: Sample): SearchGroup | undefined {
  const folded = text === undefined ? undefined : fold(text);
  const entry = makeEntry(searchDocument({ id: 'document-1', ...document }));
  const parsed = parseQuery(query);
  return rate(entry, folded, parsed) === undefined ? undefined : searchGroupSchema.parse(makeGroup(entry, folded, text, parsed));
}

const found = (query: string, sample: Sample): boolean => search(query, sample) !== undefined;

const sample: Sample = {
  title: 'Troops in Eastern Ukraine',
  path: '/home/anna/Berichte/2021/troops.txt',
  date: '2021-12-03',
  text: 'About 114 thousand soldiers stand on the\nborder with Ukraine.',
  tags: ['Defence/Army'],
  notes: [{ id: NOTE, colour: 'green', quote: '114 thousand soldiers', body: 'Compare with 2014', tags: ['figures'] }],
};

describe('which documents match', () => {
  it.each<[string, boolean]>([
    ['ukraine', true],
    ['ukr sold', true],
    ['ukraine russia', false],
    ['"border with"', true],
    ['"with border"', false],
    ['"the border"', true],
    ['rder', false],
    ['"rder"', true],
    ['ukraine -soldiers', false],
    ['ukraine -russia', true],
    ['-russia', true],
    ['russia OR ukraine', true],
    ['russia OR belarus', false],
    ['russia OR ukraine soldiers', true],
    ['title:troops', true],
    ['title:soldiers', false],
    ['tag:army', true],
    ['tag:fig', true],
    ['tag:igures', false],
    ['-tag:army', false],
    ['note:compare', true],
    ['note:soldiers', true],
    ['note:border', false],
    ['tag:figures border', true],
    ['tag:figures belarus', false],
    ['in:berichte', true],
    ['in:troops.txt', false],
    ['-in:berichte', false],
    ['before:2022', true],
    ['before:2021', false],
    ['before:2021-12-04', true],
    ['after:2021', false],
    ['after:2021-11', true],
    ['after:2020 ukraine', true],
  ])('%j: %s', (query, expected) => expect(found(query, sample)).toBe(expected));

  it('matches no date where none is known', () => {
    expect([found('before:2022', { text: 'x' }), found('after:2000', { text: 'x' })]).toEqual([false, false]);
  });

  it('finds notes and title of a document whose text cannot be read', () => {
    expect(found('compare', { ...sample, text: undefined })).toBe(true);
    expect(found('border', { ...sample, text: undefined })).toBe(false);
  });

  it.each([
    ['ukraine', true],
    ['tag:army', false],
    ['tag:army x', true],
    ['tag:navy x', false],
    ['-title:troops x', false],
    ['in:elsewhere x', false],
    ['-x tag:army', true],
  ])('reads the text for %j only when it can decide: %s', (query, expected) => {
    expect(needsText(makeEntry(searchDocument({ id: 'document-1', ...sample })), parseQuery(query))).toBe(expected);
  });
});

describe('hits', () => {
  it('come title first, then tags, notes, quotes and text', () => {
    const group = search('soldiers', {
      ...sample,
      title: 'Soldiers',
      tags: ['soldiers'],
      notes: [{ id: NOTE, colour: 'green', quote: 'the Soldiers there', body: 'which soldiers?', tags: [] }],
    });
    expect(group?.hits).toEqual([
      { kind: 'title', before: '', match: 'Soldiers', after: '', occurrence: 0 },
      { kind: 'tag', before: '', match: 'soldiers', after: '', occurrence: 0 },
      { kind: 'note', noteId: NOTE, colour: 'green', before: 'which ', match: 'soldiers', after: '?', occurrence: 0 },
      { kind: 'quote', noteId: NOTE, colour: 'green', before: 'the ', match: 'Soldiers', after: ' there', occurrence: 0 },
      { kind: 'text', before: 'About 114 thousand ', match: 'soldiers', after: ' stand on the border with Ukraine.', occurrence: 0 },
    ]);
    expect(group?.total).toBe(5);
  });

  it('show the original, cut at words, with white space folded', () => {
    const text = `${'Lorem ipsum '.repeat(20)}die\n\n  Straße   nach Łódź ${'dolor sit '.repeat(20)}`;
    const [hit] = search('strasse lodz', { text })?.hits ?? [];
    expect(hit).toEqual({
      kind: 'text',
      before: '…Lorem ipsum Lorem ipsum Lorem ipsum Lorem ipsum die ',
      match: 'Straße',
      after: ' nach Łódź dolor sit dolor sit dolor sit dolor sit dolor…',
      occurrence: 0,
    });
  });

  it('tell which occurrence they are, as a find that looks inside of words counts', () => {
    const group = search('art', { text: `party ${'x '.repeat(60)} Art` });
    expect(group?.hits).toMatchObject([{ match: 'Art', occurrence: 1 }]);
    expect(group?.total).toBe(1);
  });

  it('prefer places where the words stand together', () => {
    const text = `army ${'far '.repeat(100)} border ${'off '.repeat(100)} the army at the border`;
    expect(search('border army', { text })?.hits[0]).toMatchObject({ match: 'army', after: ' at the border' });
  });

  it('are few, and not beside each other', () => {
    const group = search('x', { text: 'x and x and x '.repeat(200) });
    expect(group?.total).toBe(600);
    expect(group?.hits).toHaveLength(5);
  });

  it('leave two places to the text however many notes match', () => {
    const notes = Array.from({ length: 9 }, (_, index) => ({
      id: NOTE.replace(/1$/, String(index)),
      colour: 'pink' as const,
      quote: '',
      body: 'word',
      tags: [],
    }));
    const kinds = search('word', { notes, text: `word ${'y '.repeat(100)} word ${'y '.repeat(100)} word` })?.hits.map(({ kind }) => kind);
    expect(kinds).toEqual(['note', 'note', 'note', 'text', 'text']);
  });

  it('show nothing of a text that has changed since', () => {
    const text = fold('the border here');
    const entry = makeEntry(searchDocument({ id: 'document-1' }));
    expect(makeGroup(entry, text, 'something else altogether', parseQuery('border')).hits).toEqual([]);
  });
});

describe('every hit', () => {
  const alphabet = fc.constantFrom('army', 'Armée', 'Straße', '边境', 'ชายแดน', 'الكتاب', '👩‍👧', 'e\u0301lan', ' ', '\n', '  ', ',', 'x');
  const texts = fc.array(alphabet, { maxLength: 60 }).map((parts) => parts.join(''));
  const words = fc.constantFrom('arm', 'armee', 'strasse', '边', 'แดน', 'كتاب', '👩‍👧', 'élan', '"rm"', '"e x"', 'x');

  it('is in the text where it says, and is what was looked for', () => {
    fc.assert(
      fc.property(texts, fc.array(words, { minLength: 1, maxLength: 3 }), (text, parts) => {
        const query = parts.join(' OR ');
        const terms = parseQuery(query).clauses.flatMap(({ alternatives }) => alternatives);
        const folded = text.replace(/\s+/g, ' ');
        for (const hit of search(query, { title: '', text })?.hits ?? []) {
          expect(folded).toContain(hit.before + hit.match + hit.after);
          const match = foldText(hit.match);
          expect(terms.some((term) => match.includes(term.text))).toBe(true);
          const places = foldText(text).replace(/ +/g, ' ').split(match).length - 1;
          expect(hit.occurrence).toBeLessThan(places);
        }
      }),
      { numRuns: 500 },
    );
  });
});
