import { expect, it } from 'vitest';
import type { SearchGroup, SearchHit } from '#api';
import { rowsOf } from '../../../../renderer/state/results';
import { describeFound } from '../../../../renderer/ui/search/describe-found';
import { tagsOfQuery, toggleTag } from '../../../../renderer/ui/search/tag-chips';

const hit = (kind: SearchHit['kind'], start?: number, noteId?: string): SearchHit => ({
  kind,
  before: '',
  match: kind,
  after: '',
  marks: [],
  ...(noteId !== undefined && { noteId }),
  ...(start !== undefined && { place: { start, end: start + 1, textHash: 'hash' } }),
});

const group = (id: string, hits: SearchHit[], inText: number, total = hits.length): SearchGroup => ({
  documentId: id,
  title: id,
  isWholeTitle: false,
  score: 1,
  total,
  inText,
  hits,
});

it('has a row for each hit, what is in the text as it comes there, and one for a document without hits', () => {
  const rows = rowsOf([group('one', [hit('text', 50), hit('title'), hit('text', 20)], 2), group('two', [], 0)]);
  expect(rows.map(({ group: { documentId }, hit: of, index, count }) => [documentId, of?.place?.start ?? of?.kind, index, count])).toEqual([
    ['one', 'title', 0, 3],
    ['one', 20, 1, 3],
    ['one', 50, 2, 3],
    ['two', undefined, 0, 1],
  ]);
});

it.each<[string, SearchGroup[], number, boolean | undefined]>([
  ['', [], 0, false],
  ['2 passages and 1 note in 1 document.', [group('one', [hit('title'), hit('text', 1), hit('note', undefined, 'n')], 2, 4)], 1, false],
  ['9 passages in the first 1 of 40 documents.', [group('one', [hit('text', 1)], 9, 9)], 40, false],
  ['1 passage in the first 1 of at least 20 documents.', [group('one', [hit('text', 1)], 1)], 20, true],
  ['2 documents.', [group('one', [], 0), group('two', [], 0)], 2, false],
])('says how much was found: %j', (expected, groups, documentCount, hasMore) =>
  expect(describeFound({ groups, documentCount, hasMore })).toBe(expected),
);

it('adds a tag to a query and takes it out again', () => {
  expect(toggleTag('troops', 'To read')).toBe('troops tag:"To read"');
  expect(tagsOfQuery('troops tag:"To read" -tag:x tag:a OR tag:b')).toEqual(['to read']);
  expect(toggleTag('troops tag:"To read"', 'to read')).toBe('troops');
});
