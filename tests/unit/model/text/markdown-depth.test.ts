import { expect, test } from 'vitest';
import { isNestedTooDeep } from '#model';

const list = (levels: number, mark = '- ') => Array.from({ length: levels }, (_, level) => `${'  '.repeat(level)}${mark}x`).join('\n');

test.each([
  ['5,000 quotes', '>'.repeat(5_000), true],
  ['5,000 quotes, spaced', `${'> '.repeat(5_000)}x`, true],
  ['quotes on a later line', `a\n\n${'> '.repeat(12)}x\n\nb`, true],
  ['1,500 list levels', list(1_500), true],
  ['1,500 numbered levels', list(1_500, '1. '), true],
  ['list levels on one line', `${'- '.repeat(20)}x`, true],
  ['numbers on one line', `${'1. '.repeat(20)}x`, true],
  ['quotes and items in turn', `${'> - 1) '.repeat(4)}x`, true],
  ['a long rule', '-'.repeat(80), false],
  ['a long spaced rule', '* '.repeat(40).trim(), false],
  ['a heading underlined', `Title\n${'='.repeat(20)}\n\nOther\n${'-'.repeat(20)}`, false],
  ['a table', `| a | b |\n| ${'-'.repeat(20)} | ${'-'.repeat(20)} |\n| 1 | 2 |`, false],
  ['stars in a row', '*'.repeat(30), false],
  ['what people write', `> > - 1. a\n\n${list(8)}`, false],
])('%s', (_name, markdown, expected) => {
  expect(isNestedTooDeep(markdown)).toBe(expected);
});
