import { describe, expect, it } from 'vitest';
import type { Term } from '#model';
import { ask, endsOf, tokensOf } from '../../../electron/search/tokens';

const list = (tokens: string): string[] => tokens.trim().split(/ +/);
const word = (text: string): Term => ({ field: 'any', text, kind: 'word' });
const phrase = (text: string): Term => ({ field: 'any', text, kind: 'phrase' });

describe('tokensOf', () => {
  it.each([
    ['the army at the border', ['the', 'army', 'at', 'the', 'border']],
    ['army, border', ['army', ',', '\x80', 'border']],
    ['army,border', ['army', ',', 'border']],
    ["don't", ['don', "'", 't']],
    ['c++', ['c', '+', '+']],
    ['snake_case', ['snake_case']],
    ['строка и слово', ['строка', 'и', 'слово']],
    ['边境军', ['边境', '境军', '军']],
    ['边境 军', ['边境', '境', '\x80', '军']],
    ['用python写', ['用', 'python', '写']],
    ['a\0b', ['a', '\x81', 'b']],
  ])('%j -> %j', (text, tokens) => expect(list(tokensOf(text))).toEqual(tokens));
});

describe('endsOf', () => {
  it.each([
    ['the keynote that', ['keh\x82t', 'tetonye\x82k']],
    ['keynote, keynote', [',etonye\x82k']],
    ['a b c', ['']],
    ['边境 keynote', ['']],
  ])('%j -> %j', (text, ends) => expect(list(endsOf(tokensOf(text))).sort()).toEqual(ends));

  it('holds the beginning that is asked for where a phrase begins within a word', () => {
    expect(ask(phrase('note that')).within?.further).toMatchObject({ words: '"that" *', ends: '"teton" *', end: 'teton' });
    expect(ask(phrase('note, that')).within?.further).toMatchObject({ words: '", \x80 that" *', ends: '",eton" *' });
  });

  it('tells the words after which the whole phrase is asked for', () => {
    const ends = list(endsOf(tokensOf('the keynote that, the b𐐨note that')));
    const within = ends.filter((end) => end.startsWith('teton'));
    expect(ask(phrase('note that')).within?.further?.after(within)).toBe('"keynote that" * OR "b𐐨note that" *');
  });
});

describe('ask', () => {
  it.each<[Term, string]>([
    [word('arm'), '"arm" *'],
    [word('x'), '"x"'],
    [word('foo-bar'), '"foo - bar" *'],
    [word('c++'), '"c + +"'],
    [word('边境军'), '"边境 境军" *'],
    [phrase('on the border'), '"on the border" *'],
    [phrase('say "no'), '"say \x80 "" no" *'],
  ])('%j by %s', (term, words) => expect(ask(term)).toMatchObject({ words, isExact: true }));

  it('looks at the text itself for a word longer than any', () => {
    expect(ask(word('x'.repeat(300)))).toMatchObject({ words: `"${'x'.repeat(200)}" *`, isExact: false });
  });
});
