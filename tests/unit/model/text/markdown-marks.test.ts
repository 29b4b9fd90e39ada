import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withoutMarks } from '#model';

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
