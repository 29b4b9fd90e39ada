import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFinder, foldText } from '#model';

const found = (text: string, query: string): string[] =>
  createFinder(text)
    .find(query)
    .hits.map(({ start, end }) => text.slice(start, end));

describe('createFinder', () => {
  test.each([
    ['The Cat sat.', 'CAT', ['Cat']],
    ['Café, cafe\u0301 and cafe', 'cafe', ['Café', 'cafe\u0301', 'cafe']],
    ['Straße und STRASSE', 'strasse', ['Straße', 'STRASSE']],
    ['Straße', 'ss', ['ß']],
    ['a red\n  line and a red line', 'red line', ['red\n  line', 'red line']],
    ['“It’s” – here', 'it\'s" - here', ['It’s” – here']],
    ['İstanbul ISTANBUL ıstanbul', 'istanbul', ['İstanbul', 'ISTANBUL', 'ıstanbul']],
    ['ﬁnd the ﬂow', 'find', ['ﬁnd']],
    ['我们在北京见面，北京很大', '北京', ['北京', '北京']],
    ['がか', 'か', ['か']],
    ['한국어', '한', ['한']],
    ['שָׁלוֹם', 'שלום', ['שָׁלוֹם']],
    ['soft\u00adhyphen', 'softhyphen', ['soft\u00adhyphen']],
    ['a.b (c) [d]', '(c) [', ['(c) [']],
    ['anything', '   ', []],
    ['', 'x', []],
  ])('%j for %j', (text, query, hits) => {
    expect(found(text, query)).toEqual(hits);
  });

  test('counts all hits and gives the first ten thousand', () => {
    const { hits, total } = createFinder('x '.repeat(10_500)).find('x');
    expect([hits.length, total, hits.at(-1)]).toEqual([10_000, 10_500, { start: 19_998, end: 19_999 }]);
  });

  test('finds every word of a text where it stands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('ß', 'é', 'e\u0301', 'ﬁ', 'İ', 'x', '🙂', '北', '\u00ad', '…'), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        fc.nat(),
        (parts, a, b) => {
          const from = a % parts.length;
          const to = from + 1 + (b % (parts.length - from));
          const query = parts.slice(from, to).join('');
          fc.pre(foldText(query).trim() !== '');
          const text = parts.join('');
          const { hits, total } = createFinder(text).find(query);
          expect(total).toBeGreaterThan(0);
          for (const { start, end } of hits) expect(foldText(text.slice(start, end))).toContain(foldText(query));
        },
      ),
    );
  });
});
