import fc from 'fast-check';
import { expect, it } from 'vitest';
import { complete, explainQuery, hasOperators, operatorsFor, parseQuery, writingAt } from '#model';

it.each([
  ['', ''],
  ['troops', 'Documents that contain “troops”.'],
  ['troops border -spring', 'Documents that contain “troops” and “border” but not “spring”.'],
  ['cat OR dog', 'Documents that contain “cat” or “dog”.'],
  [
    'tag:diplomacy after:2021-11 troops -spring',
    'Documents with the tag “diplomacy”, dated after November 2021, that contain “troops” but not “spring”.',
  ],
  ['-tag:x is:unread', 'Documents without the tag “x”, that are unread.'],
  ['is:unread is:finished -is:missing x', 'Documents that are unread and finished and whose file is there, that contain “x”.'],
  ['is:reading OR is:unread author:ada', 'Documents by “ada”, that you are reading or that are unread.'],
  [
    'collection:thesis is:favourite -is:later',
    'Documents in a collection called “thesis”, that are favourites and not in the reading list.',
  ],
  ['modified:today', 'Notes last changed today.'],
  ['kind:markdown OR kind:html author:ada', 'Markdown or HTML documents by “ada”.'],
  ['-kind:html has:note', 'Documents not HTML, with notes.'],
  ['colour:green', 'Green notes.'],
  ['colour:green OR colour:blue created:last-month why', 'Green or blue notes made last month, that contain “why”.'],
  ['-colour:pink in:reports', 'Notes not pink, on documents in a folder called “reports”.'],
  ['created:2021-03..2021-05 kind:html', 'Notes made from March 2021 to May 2021, on HTML documents.'],
  ['title:war note:why', 'Documents with “war” in the title, with “why” in a note.'],
  ['tag:war OR peace', 'Documents with the tag “war” or that contain “peace”.'],
  ['before:2021-11-03 -is:missing', 'Documents dated before 3 November 2021, whose file is there.'],
])('%j is explained: %s', (query, expected) => expect(explainQuery(parseQuery(query))).toBe(expected));

it('explains what has more than words', () => {
  const queries = ['troops border', '"a phrase"', '-x', 'a OR b', 'tag:x', 'is:unread'];
  expect(queries.map((query) => hasOperators(parseQuery(query)))).toEqual([false, false, true, true, true, true]);
});

it.each<[string, ReturnType<typeof writingAt>]>([
  ['', undefined],
  ['t|', undefined],
  ['ta|', { start: 0, end: 2, typed: 'ta' }],
  ['troops -ta|', { start: 8, end: 10, typed: 'ta' }],
  ['tag:|', { start: 0, end: 4, operator: 'tag', typed: '' }],
  ['x -Color:gr| y', { start: 3, end: 11, operator: 'colour', typed: 'gr' }],
  ['tag:"to re|"', { start: 0, end: 10, operator: 'tag', typed: 'to re' }],
  ['tag:"to read" x|', undefined],
  ['ta|g', undefined],
  ['"ta|', undefined],
  ['foo:ta|', undefined],
])('%j: what is being written', (written, expected) =>
  expect(writingAt(written.replace('|', ''), Math.max(0, written.indexOf('|')))).toEqual(expected),
);

it('completes what is being written, and goes on', () => {
  const completed = (written: string, chosen: Parameters<typeof complete>[2]) => {
    const writing = writingAt(written.replace('|', ''), written.indexOf('|'));
    if (!writing) throw new Error(`Nothing is being written in ${written}.`);
    const { text, caret } = complete(written.replace('|', ''), writing, chosen);
    return `${text.slice(0, caret)}|${text.slice(caret)}`;
  };
  expect(completed('troops -ta|', { operator: 'tag' })).toBe('troops -tag:|');
  expect(completed('tag:to|', { operator: 'tag', value: 'to read' })).toBe('tag:"to read" |');
  expect(completed('tag:"to|" troops', { operator: 'tag', value: 'to read' })).toBe('tag:"to read" |troops');
  expect(completed('author:a|', { operator: 'author', value: 'Anna “Nan” Lee' })).toBe('author:"Anna Nan Lee" |');
  expect(completed('color:g|', { operator: 'colour', value: 'green' })).toBe('colour:green |');
});

it('offers the operators that begin so', () => {
  expect(['t', 'CR', 'color', 'x'].map(operatorsFor)).toEqual([['tag', 'title'], ['created'], ['colour'], []]);
});

it('says and completes anything', () => {
  const parts = fc.oneof(fc.constantFrom('"', '-', ' ', 'tag:', 'is:', 'un', 'created:', '2021', 'OR'), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(parts), fc.nat(30), (all, caret) => {
      const input = all.join('');
      expect(typeof explainQuery(parseQuery(input))).toBe('string');
      const writing = writingAt(input, caret);
      if (writing) expect(parseQuery(complete(input, writing, { operator: 'is', value: 'unread' }).text)).toBeDefined();
    }),
  );
});
