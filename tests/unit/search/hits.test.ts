import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SearchGroup, searchGroupSchema } from '#api';
import { fold, foldText } from '#model';
import { makeEntry } from '../../../electron/search/entry';
import { makeGroup, matches, needsText } from '../../../electron/search/hits';
import { readSought } from '../../../electron/search/sought';
import { type DocumentValues, NOTE, searchDocument } from './fixtures';

const HASH = 'a'.repeat(64);

interface Sample extends DocumentValues {
  text?: string;
}

function search(query: string, { text, ...document }: Sample): SearchGroup | undefined {
  const known = text === undefined ? undefined : { original: text, folded: fold(text), textHash: HASH };
  const entry = makeEntry(searchDocument({ id: 'document-1', ...document }));
  const parsed = readSought(query);
  return matches(entry, known?.folded, parsed) ? searchGroupSchema.parse(makeGroup(entry, known, parsed)) : undefined;
}

const found = (query: string, sample: Sample): boolean => search(query, sample) !== undefined;

const sample: Sample = {
  title: 'Troops in Eastern Ukraine',
  folder: '/home/anna/Berichte/2021',
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
    ['in:be', true],
    ['in:richte', false],
    ['in:berichte/', true],
    ['in:be/', false],
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
    expect(needsText(makeEntry(searchDocument({ id: 'document-1', ...sample })), readSought(query))).toBe(expected);
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
      { kind: 'title', before: '', match: 'Soldiers', after: '', marks: [[0, 8]] },
      { kind: 'tag', before: '', match: 'soldiers', after: '', marks: [[0, 8]] },
      { kind: 'note', noteId: NOTE, colour: 'green', before: 'which ', match: 'soldiers', after: '?', marks: [[6, 14]] },
      { kind: 'quote', noteId: NOTE, colour: 'green', before: 'the ', match: 'Soldiers', after: ' there', marks: [[4, 12]] },
      {
        kind: 'text',
        before: 'About 114 thousand ',
        match: 'soldiers',
        after: ' stand on the border with Ukraine.',
        marks: [[19, 27]],
        place: { start: 19, end: 27, textHash: HASH },
      },
    ]);
    expect(group?.total).toBe(5);
  });

  it('show the original, cut at words, with white space folded', () => {
    const text = `${'Lorem ipsum '.repeat(20)}die\n\n  Straße   nach Łódź ${'dolor sit '.repeat(20)}`;
    const [hit] = search('strasse lodz', { text })?.hits ?? [];
    expect(hit).toEqual({
      kind: 'text',
      before: '…ipsum Lorem ipsum die ',
      match: 'Straße',
      after: ' nach Łódź dolor sit dolor sit dolor sit dolor sit dolor sit dolor sit dolor sit dolor…',
      marks: [
        [23, 29],
        [35, 39],
      ],
      place: { start: 247, end: 253, textHash: HASH },
    });
  });

  it('keep the sign that ends a sentence apart from the one that says that they are cut', () => {
    const [hit] = search('boats', { text: 'Icebergs hold boats. '.repeat(20) })?.hits ?? [];
    expect(hit?.after).toBe(`. ${'Icebergs hold boats. '.repeat(4)}…`);
  });

  it('begin behind a line that parts them from what stands above', () => {
    const [hit] = search('lamps', { text: 'author: Mara Lind\ndate: 2024-03-02\n---\nOf the lamps along the wall' })?.hits ?? [];
    expect(hit).toMatchObject({ before: 'Of the ', match: 'lamps', after: ' along the wall', marks: [[7, 12]] });
  });

  it('mark everything in a passage that was looked for', () => {
    const [hit] = search('army border "at the"', { text: 'The army stood at the  border of the armyland.' })?.hits ?? [];
    const shown = `${hit?.before}${hit?.match}${hit?.after}`;
    expect(shown).toBe('The army stood at the border of the armyland.');
    expect(hit?.marks.map(([start, end]) => shown.slice(start, end))).toEqual(['army', 'at the', 'border', 'army']);
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
});

describe('every hit', () => {
  const alphabet = fc.constantFrom('army', 'Armée', 'Straße', '边境', 'ชายแดน', 'الكتاب', '👩‍👧', 'e\u0301lan', ' ', '\n', '  ', ',', 'x');
  const texts = fc.array(alphabet, { maxLength: 60 }).map((parts) => parts.join(''));
  const words = fc.constantFrom('arm', 'armee', 'strasse', '边', 'แดน', 'كتاب', '👩‍👧', 'élan', '"rm"', '"e x"', 'x');

  it('is in the text where it says, and is what was looked for', () => {
    fc.assert(
      fc.property(texts, fc.array(words, { minLength: 1, maxLength: 3 }), (text, parts) => {
        const query = parts.join(' OR ');
        const terms = readSought(query).clauses.flatMap(({ alternatives }) => alternatives);
        const folded = text.replace(/\s+/g, ' ');
        for (const hit of search(query, { title: '', text })?.hits ?? []) {
          expect(folded).toContain((hit.before + hit.match + hit.after).replaceAll('…', ''));
          const match = foldText(hit.match);
          expect(terms.some((term) => match.includes(term.text))).toBe(true);
          const shown = hit.before + hit.match + hit.after;
          const { length } = hit.before;
          expect(hit.marks.some(([start, end]) => start <= length && end >= length + hit.match.length)).toBe(true);
          for (const [start, end] of hit.marks) {
            const mark = foldText(shown.slice(start, end));
            expect(terms.some((term) => mark.includes(term.text))).toBe(true);
          }
          expect(text.slice(hit.place?.start, hit.place?.end).replace(/\s+/g, ' ')).toBe(hit.match);
        }
      }),
      { numRuns: 200 },
    );
  });
});
