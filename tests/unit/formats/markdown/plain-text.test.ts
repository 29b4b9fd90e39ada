import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownText } from '../../../../electron/formats/markdown/plain-text';

describe('markdownText', () => {
  it.each([
    ['# A title #\n\nText.', 'A title\n\nText.'],
    ['A title\n=======\n\nText.\n\n* * *', 'A title\n\nText.\n'],
    ['a **bold** and _soft_ word, 2 * 3 * 4, snake_case_name', 'a bold and soft word, 2 * 3 * 4, snake_case_name'],
    ['See [the web](https://example.org/word) and [this][id].\n\n[id]: https://example.org "word"', 'See the web and this.\n'],
    ['![the alt of an image](a.png)Text', 'Text'],
    ['<https://example.org/>', 'https://example.org/'],
    ['<p align="center">Text<!-- a > b --></p>', 'Text'],
    ['- [ ] open\n- [x] done\n  1. inner', 'open\ndone\ninner'],
    ['> > deep\n>close', 'deep\nclose'],
    ['| a | b |\n|---|:-:|\n| 1 | **2** |', 'a\tb\n1\t2'],
    ['```js\nconst a = **b**;\n# no heading\n```\nafter', 'const a = **b**;\n# no heading\nafter'],
    ['`a_b_c` and \\*stars\\*', 'a_b_c and *stars*'],
    ['one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['', ''],
  ])('reads %j', (markdown, text) => {
    expect(markdownText(markdown)).toBe(text);
  });

  it.each([
    ['5,000 >', `${'>'.repeat(5_000)} end`, 'end'],
    ['spaces', `a${' '.repeat(1_000_000)}b`, `a${' '.repeat(1_000_000)}b`],
    ['comments that never end', '<!--'.repeat(500_000), ''],
    ['brackets', '['.repeat(1_000_000), '['.repeat(1_000_000)],
  ])('reads a bomb of %s', (_name, markdown, text) => {
    expect(markdownText(markdown)).toBe(text);
  });

  it('keeps every word of a text without marks', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zäöü日本 ]{1,12}$/u)), (lines) => {
        expect(markdownText(lines.join('\n'))).toBe(lines.map((line) => line.trimEnd()).join('\n'));
      }),
    );
  });
});
