import { describe, expect, test } from 'vitest';
import { blockquote, quoteFromExact, quoteText } from '#model';

describe('quoteText', () => {
  const text = 'First line\nwraps here.\n\n    code {\n      x\n    }\n\nLast one.';
  const paragraphs = [
    { start: 0, end: 22, preformatted: false },
    { start: 24, end: 48, preformatted: true },
    { start: 50, end: 59, preformatted: false },
  ];

  test('joins hard wraps, keeps paragraphs apart and the lines of code', () => {
    expect(quoteText(text, { start: 0, end: text.length }, paragraphs)).toBe(
      'First line wraps here.\n\n    code {\n      x\n    }\n\nLast one.',
    );
  });

  test('quotes parts of paragraphs', () => {
    expect(quoteText(text, { start: 6, end: 16 }, paragraphs)).toBe('line wraps');
    expect(quoteText(text, { start: 17, end: 54 }, paragraphs)).toBe('here.\n\n    code {\n      x\n    }\n\nLast');
  });

  test('joins lines without a space where words have none', () => {
    const chinese = '没有人问那是什么，但\n是大家都知道冬天\n and Ann';
    expect(quoteText(chinese, { start: 0, end: chinese.length }, [{ start: 0, end: chinese.length, preformatted: false }])).toBe(
      '没有人问那是什么，但是大家都知道冬天 and Ann',
    );
  });

  test('leaves soft hyphens out', () => {
    expect(quoteText('co\u00adop\u00aderate', { start: 0, end: 11 }, [{ start: 0, end: 11, preformatted: false }])).toBe('cooperate');
  });

  test('falls back on the text where there is no paragraph', () => {
    expect(quoteText('A title', { start: 0, end: 7 }, [])).toBe('A title');
  });
});

describe('quoteFromExact', () => {
  test.each([
    ['one\ntwo  three', 'one two three'],
    ['one\r\ntwo\r\n\r\nthree', 'one two\n\nthree'],
    ['co\u00adop\u00aderate', 'cooperate'],
    ['one\n \n\ntwo', 'one\n\ntwo'],
    ['first:\n\n    a\n    b', 'first:\n\n    a\n    b'],
    ['  \n', ''],
  ])('%j', (exact, quote) => {
    expect(quoteFromExact(exact)).toBe(quote);
  });
});

test('quotes hundreds of thousands of spaces', () => {
  expect(quoteFromExact(`a${' '.repeat(400_000)}b`)).toBe('a b');
});

test('blockquote marks every line', () => {
  expect(blockquote('one\n\ntwo\nthree')).toBe('> one\n>\n> two\n> three');
});
