import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../electron/search/query';

/** A query in short: alternatives by `|`, `!` negated, `field:`, phrases in quotes; then the filters. */
function short(input: string): string[] {
  const { clauses, filters } = parseQuery(input);
  const terms = clauses.map(({ alternatives, negated }) => {
    const written = alternatives.map(
      ({ field, text, kind }) => (field === 'any' ? '' : `${field}:`) + (kind === 'phrase' ? `"${text}"` : text),
    );
    return (negated ? '!' : '') + written.join('|');
  });
  return [
    ...terms,
    ...filters.map(({ filter, negated }) => `${negated ? '!' : ''}${filter.type}=${filter.type === 'in' ? filter.text : filter.date}`),
  ];
}

describe('parseQuery', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['   ', []],
    ['Ukraine border', ['ukraine', 'border']],
    ['"on the  border" troops', ['"on the border"', 'troops']],
    ['“typographic quotes”', ['"typographic quotes"']],
    ['„so auch“', ['"so auch"']],
    ['"never closed', ['"never closed"']],
    ['"', []],
    ['""', []],
    ['a "" b', ['a', 'b']],
    ['-draft', ['!draft']],
    ['-"first draft"', ['!"first draft"']],
    ['- draft', ['draft']],
    ['-', []],
    ['e-mail', ['e-mail']],
    ['constructor:word', ['constructor:word']],
    ['-__proto__:word toString:word hasOwnProperty:"a word"', ['!__proto__:word', 'tostring:word', '"hasownproperty:a word"']],
    ['--flag', ['--flag']],
    ['cat OR dog bird', ['cat|dog', 'bird']],
    ['cat OR dog OR "a bird"', ['cat|dog|"a bird"']],
    ['cat or dog', ['cat', 'or', 'dog']],
    ['OR cat OR', ['cat']],
    ['cat OR -dog', ['cat', '!dog']],
    ['tag:figures', ['tag:figures']],
    ['Tag:"armed forces"', ['tag:"armed forces"']],
    ['title:Ukraine note:why', ['title:ukraine', 'note:why']],
    ['-tag:x', ['!tag:x']],
    ['tag:a OR tag:b', ['tag:a|tag:b']],
    ['tag:', []],
    ['https://example.org', ['https://example.org']],
    ['ratio:3', ['ratio:3']],
    ['in:Reports', ['in=reports']],
    ['after:2021 before:2021-12-03 x', ['x', 'after=2021', 'before=2021-12-03']],
    ['before:20', []],
    ['-in:old x', ['x', '!in=old']],
    ['soldiers, (border)…', ['soldiers', 'border']],
    ['C++ #tag', ['c++', '#tag']],
    ['?', ['?']],
    ['俄罗斯 与', ['俄罗斯', '与']],
    ['Élan', ['elan']],
    ['\u00AD', []],
  ])('%j -> %j', (input, expected) => expect(short(input)).toEqual(expected));

  it('reads anything, and gives no empty term', () => {
    const parts = fc.constantFrom('"', '-', 'OR', 'tag:', 'in:', ':', ' ', 'word', '“', "'", '.');
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string({ unit: 'grapheme', maxLength: 4 }))), (words) => {
        for (const clause of parseQuery(words.join('')).clauses) {
          expect(clause.alternatives.length).toBeGreaterThan(0);
          for (const { text } of clause.alternatives) expect(text.trim()).not.toBe('');
        }
      }),
    );
  });
});
