import { expect, it } from 'vitest';
import type { SearchGroup, SearchHit } from '#api';
import { keyOf, sectionsOf } from '../../../../renderer/ui/search/palette-sections';

const hit = (kind: SearchHit['kind'], match: string): SearchHit => ({ kind, before: '', match, after: '', marks: [[0, match.length]] });

const group = (title: string, hits: SearchHit[], isWholeTitle = false): SearchGroup => ({
  documentId: `id-of-${title}`,
  title,
  inText: 0,
  isWholeTitle,
  score: 1,
  total: hits.length,
  hits,
});

const show = (words: string, groups: SearchGroup[], options: Partial<Parameters<typeof sectionsOf>[0]> = {}) =>
  sectionsOf({
    words,
    commandsOnly: false,
    areAllDocumentsShown: false,
    filters: [],
    hasOperators: false,
    documents: '',
    isEnabled: () => true,
    ...options,
    groups,
  });

const headings = (...given: Parameters<typeof show>) => show(...given).map(({ heading }) => heading);

const both = group('Export duties', [hit('title', 'Export'), hit('text', 'export')]);

it('shows commands, then titles, then passages for one or two words', () => {
  expect(headings('export', [both])).toEqual(['Commands', 'Documents', 'Passages and notes']);
});

it('shows the document that is called so before commands', () => {
  const whole = group('Export', [hit('title', 'Export')], true);
  expect(headings('export', [whole, both])).toEqual(['Documents', 'Commands', 'Passages and notes']);
});

it('shows commands last for more words, since these stand in texts', () => {
  expect(headings('light or dark', [group('Rooms', [hit('text', 'light or dark')])])).toEqual(['Passages and notes', 'Commands']);
});

it('shows commands only after the sign for that, all of them', () => {
  const [commands, ...others] = show('', [both], { commandsOnly: true });
  expect(others).toEqual([]);
  expect(commands?.choices.length).toBeGreaterThan(40);
});

it('keeps many titles from pushing the passages away, until all are asked for', () => {
  const many = Array.from({ length: 20 }, (_, index) => group(`Zebra ${index}`, [hit('title', 'Zebra'), hit('text', 'zebra')]));
  const [documents, passages] = show('zebra', many);
  expect(documents?.choices.map(({ type }) => type)).toEqual([...Array(5).fill('document'), 'more']);
  expect(documents?.choices.at(-1)).toEqual({ type: 'more', count: 15 });
  expect(passages?.choices).toHaveLength(20);
  expect(show('zebra', many, { areAllDocumentsShown: true })[0]?.choices).toHaveLength(20);
});

it('names each choice differently', () => {
  const choices = show('export', [both, group('Exports', [hit('title', 'Export'), hit('text', 'a'), hit('note', 'b')])]).flatMap(
    (section) => section.choices,
  );
  expect(new Set(choices.map(keyOf)).size).toBe(choices.length);
});

it('lists documents that filters alone find', () => {
  expect(show('is:unread', [group('Rooms', [])])).toEqual([
    { heading: 'Documents', choices: [{ type: 'document', documentId: 'id-of-Rooms', title: 'Rooms' }] },
  ]);
});

it('shows values of a filter first, operators last, and then all that is found', () => {
  const operator = { operator: 'tag' as const, hint: 'Tag' };
  const more = { hasOperators: true, documents: '1 document' };
  expect(headings('export', [both], { filters: [operator], documents: '1 document' }).slice(-2)).toEqual(['Filters', 'All results']);
  expect(headings('tag:e', [both], { filters: [{ ...operator, value: 'export' }], ...more })).toEqual([
    'Filters',
    'Documents',
    'Passages and notes',
    'All results',
  ]);
});
