import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalizeTagName, tagKey } from '#model';

it.each([
  ['field 7/part 12', 'field 7/part 12'],
  ['#to do', 'to do'],
  [' ## a  b / c ', 'a b/c'],
  ['a//b/', 'a/b'],
  ['e\u0301tude', 'étude'],
  ['领域/部分', '领域/部分'],
  ['c++ & d', 'c++ & d'],
  ['a\u00a0b', 'a b'],
  ['a/ #b', 'a/#b'],
  ['/#a', 'a'],
  [' / ', ''],
])('keeps %j as %j', (name, kept) => {
  expect(normalizeTagName(name)).toBe(kept);
  expect(tagKey(name.toUpperCase())).toBe(tagKey(kept));
});

it('keeps words, one space within, none around levels, nothing empty, and is done once for all', () => {
  const piece = fc.constantFrom('a', 'B', 'é', 'e\u0301', '标', '\u0301', '7', '_', '-', '+', '#', ' ', '\t', '\u00a0', '/');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const name = pieces.join('');
      const kept = normalizeTagName(name);
      expect(normalizeTagName(kept)).toBe(kept);
      expect(kept).toBe(kept.normalize('NFC'));
      expect(kept).not.toMatch(/^#|^\s|\s$|\s\s|[^\S ]|\/\/|^\/|\/$|\s\/|\/\s/);
      // Nothing but signs that part words and levels is lost.
      expect(kept.replace(/[ /#]/g, '')).toBe(name.normalize('NFC').replace(/[\s/#]/g, ''));
    }),
    { numRuns: 500 },
  );
});
