import { describe, expect, it } from 'vitest';
import type { Term } from '#model';
import { foldText } from '#model';
import { findTerm, hasTerm, SPANS_KEPT } from '../../../electron/search/match';

const word = (text: string): Term => ({ field: 'any', text, kind: 'word' });
const phrase = (text: string): Term => ({ field: 'any', text, kind: 'phrase' });

/** The places as `start` for a whole word, `start~` for a part of one. */
const places = (text: string, term: Term) => findTerm(foldText(text), term).spans.map(({ start, whole }) => `${start}${whole ? '' : '~'}`);

describe('findTerm', () => {
  it.each<[string, string, Term, string[]]>([
    ['a word at the beginnings of words only', 'party art Artist', word('art'), ['6', '10~']],
    ['a phrase also inside of words', 'party art Artist', phrase('art'), ['1~', '6', '10~']],
    ['a phrase over line breaks', 'on the\n  border, on the border', phrase('the border'), ['3', '20']],
    ['after an apostrophe', "l'homme l’homme", word('homme'), ['2', '10']],
    ['digits', '114 thousand, 1140, 2114', word('114'), ['0', '14~']],
    ['a phrase whose last word is the longest', 'a aa a  aaa a a   aaa', phrase('a aaa'), ['5', '14']],
    ['a phrase of the same words', 'no no no no', phrase('no no'), ['0', '6']],
    ['a phrase where no space is', 'theborder the border', phrase('the border'), ['10']],
    ['accents either way', 'élan ELAN', word('elan'), ['0', '5']],
    ['Chinese anywhere', '俄罗斯与乌克兰边境', word('乌克兰'), ['4']],
    ['a single Chinese character', '边境与边防', word('边'), ['0', '3']],
    ['Latin after Chinese', '使用abc的', word('abc'), ['2']],
    ['Japanese', '日本語のテキスト', word('テキスト'), ['4']],
    ['Thai inside a run', 'กองทัพไทยชายแดน', word('ชายแดน'), ['9']],
    ['Arabic behind its article', 'قرأت الكتاب', word('كتاب'), ['7']],
    ['Korean before its particle, and within a compound', '한국은 남한국', word('한국'), ['0', '5']],
    ['emoji', 'go 🚀 go🚀', word('🚀'), ['3', '8']],
    ['signs', 'C++ and #tag', word('#tag'), ['8']],
    ['without overlap', 'aaaa', phrase('aa'), ['0~', '2~']],
    ['nothing', 'nothing here', word('there'), []],
  ])('finds %s', (_name, text, term, expected) => {
    expect(places(text, term)).toEqual(expected);
    expect(hasTerm(foldText(text), term)).toBe(expected.length > 0);
  });

  it('counts all places and keeps the first', () => {
    const found = findTerm('x '.repeat(SPANS_KEPT + 5), word('x'));
    expect([found.total, found.spans.length]).toEqual([SPANS_KEPT + 5, SPANS_KEPT]);
  });
});
