import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isNestedTooDeep, withoutMarks } from '#model';

it.each([
  ['# A *title*', 'A title'],
  ['**bold _and italic_** and ~~gone~~ and ==marked==', 'bold and italic and gone and marked'],
  ['2 * 3 * 4 = 24 and a_b_c', '2 * 3 * 4 = 24 and a_b_c'],
  ['an *open one', 'an *open one'],
  ['> > quoted\nnot > quoted', 'quoted\nnot > quoted'],
  ['```js\ncode\n```\nafter', 'code\nafter'],
  ['~~~~js\ncode', 'code'],
  ['`**code**` stays', '**code** stays'],
  ['[text](address) ![image](file.png) [[Page]]', 'text image Page'],
  ['- one\n- two', '- one\n- two'],
  ['', ''],
])('reads %j as %j', (markdown, text) => {
  expect(withoutMarks(markdown)).toBe(text);
});

it('takes nothing but signs and addresses, and leaves the rest in order', () => {
  const parts = fc.constantFrom('*', '**', '_', '`', '~~', '[', '](', ')', '[[', ']]', '# ', '> ', 'word', 'é', '👩‍👧', ' ', '\n', '\\');
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 40 }), (given) => {
      const markdown = given.join('');
      const letters = (text: string) => text.replace(/[^\p{L}]/gu, '');
      const text = withoutMarks(markdown);
      let from = 0;
      for (const character of text) {
        from = markdown.indexOf(character, from) + 1;
        expect(from).toBeGreaterThan(0);
      }
      // The address of a link goes, and so does the language of a fenced block.
      if (!/\]\(|`{3}|~{3}/.test(markdown)) expect(letters(text)).toBe(letters(markdown));
    }),
  );
});

it('takes no longer for a long run of signs than its length', () => {
  for (const sign of ['*', '_a', '[', '`', '**a ', '> '])
    expect(withoutMarks(sign.repeat(20_000)).length).toBeLessThanOrEqual(20_000 * sign.length);
});

const list = (levels: number, mark = '- ') => Array.from({ length: levels }, (_, level) => `${'  '.repeat(level)}${mark}x`).join('\n');

it.each([
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
])('tells whether Markdown is nested too deep: %s', (_name, markdown, expected) => {
  expect(isNestedTooDeep(markdown)).toBe(expected);
});
