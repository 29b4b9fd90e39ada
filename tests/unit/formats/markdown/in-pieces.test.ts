import fc from 'fast-check';
import { Marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { createMarkdownHtml, type MarkdownHtml, markdownToHtml } from '../../../../electron/formats/markdown/markdown-html';
import { expectSound, readAll } from '../document-parts';

/** HTML as marked itself makes it of the whole, headings without their names; pictures at the top of a site are looked for beside the document. */
const whole = new Marked({ gfm: true, renderer: { checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') } });
const unnamed = (html: string): string => html.replace(/<(h[1-6]) id="[^"]*">/g, '<$1>').replace(/<img src="\/(?!\/)/g, '<img src="');

function inPieces(markdown: string, size: number): string[] {
  const html = createMarkdownHtml(markdown, { pieceAt: () => size });
  const pieces: string[] = [];
  while (!html.isDone) pieces.push(html.next());
  return pieces;
}

const line = fc.constantFrom(
  ...['word', 'two words', '# Head', '## Head ##', '===', '---', '***', '- item', '* item', '+ item', '1. item', '2) item', '- [x] done'],
  ...[
    '- - inner',
    '- # Head in it',
    '- ```',
    '-',
    '1.',
    '  indented',
    '   three',
    '    four',
    '\ttab',
    '      six',
    '> quote',
    '> > deeper',
  ],
  ...['> - item', '> ```', '>', '```', '```js', '~~~', '````', '    ```', '| a | b |', '|---|---|', '| c | [x] |', 'a | b', '-|-'],
  ...[
    '<div>',
    '</div>',
    '<div id="a">',
    '<p>',
    '<!-- open',
    'closed -->',
    '<pre>',
    '</pre>',
    '<script>',
    '</script>',
    '<?php',
    '?>',
    '<b>',
  ],
  ...[
    'text <b>bold',
    'text <a href="x">',
    'end</a> www.example.org',
    '<details><summary>S</summary>',
    '</details>',
    '<table><tr><td>',
    '</table>',
  ],
  ...['[x]', '[X][]', 'see [it][x]', '*a [b][y]*', '![z]', '[a [x] b][y]', '[y]: /y "title"', '[x]: <u v>', '[x]: /second', '> [z]: /z'],
  ...['a[x]: /no-definition', '[a\\[b]: /escaped', '[a\\[b]', '- [ ] [y]: /in-task', '1. > [z]: /deep', '> [two', '> lines]: /l'],
  ...['- [y]: /in-item', '[z]:', '/next-line', '[open]: /o "not', 'closed"', '[two', 'lines]: /l', '[two lines]', '\\[x]'],
  ...[
    'a\\',
    'hard  ',
    '**strong',
    'strong**',
    '`code',
    'code`',
    '&amp; <',
    'www.example.com',
    'a@b.org',
    '\u00a0',
    ' \t',
    '\u000c',
    '☃ שלום',
  ],
);
/** What marked by itself does not know. */
const more = fc.constantFrom(
  ...[
    '[^1]',
    'a[^1] b[^b]',
    '[^1]: A note',
    '[^b]: More\n    of it\n\n    and more',
    '[^1]: Again',
    '$x_1$',
    '$$',
    '$$a\nb$$',
    '\\[ c \\]',
  ],
  ...['> [!note] See', '> [!tip]-', '==marked==', '%%unseen%%', '%%', '[[Title|words]]', '![[a.png|30]]', '$5 or $6'],
);
const join = (lines: fc.Arbitrary<string>) =>
  fc
    .array(fc.tuple(lines, fc.constantFrom('\n', '\n', '\n', '\n\n', '\n\n', '\n\n\n', '\n \n', '\r\n', '\r\n\r\n', '\n  ', '\n    ')), {
      maxLength: 40,
    })
    .map((all) => all.flat().join(''));

describe('Markdown in pieces', () => {
  it('is what it is in one piece', () => {
    fc.assert(
      fc.property(join(line), fc.integer({ min: 1, max: 60 }), (markdown, size) => {
        const html = inPieces(markdown, size).join('');
        expect(unnamed(html)).toBe(unnamed(whole.parse(markdown, { async: false })));
        expect(html).toBe(markdownToHtml(markdown));
      }),
      { numRuns: 200, examples: [['![z]\n> [z]: /z\n', 1]] },
    );
  });

  it('has its formulas, footnotes and remarks as in one piece', () => {
    fc.assert(
      fc.property(join(fc.oneof(line, more)), fc.integer({ min: 1, max: 60 }), (markdown, size) => {
        expect(inPieces(markdown, size).join('')).toBe(markdownToHtml(markdown));
      }),
      { numRuns: 150 },
    );
  });

  it('can be asked again for a piece that was cut off', () => {
    const chapter = '# Head\n\nOne[^1] and two[^b], *three* [x].\n\n[^1]: Note\n\n[^b]: Other\n\n```js\na\n```\n\n[x]: /y\n\n';
    const whole = createMarkdownHtml(chapter.repeat(3), { pieceAt: () => 1, colourCode: () => 'a' });
    let asked = 0;
    const cutOff = createMarkdownHtml(chapter.repeat(3), {
      pieceAt: () => 1,
      colourCode: () => {
        asked += 1;
        if (asked % 2 === 1) throw new Error('cut off');
        return 'a';
      },
    });
    const pieceOf = (html: MarkdownHtml): string => {
      try {
        return html.next();
      } catch (error) {
        if (error instanceof Error && error.message === 'cut off') return html.next();
        throw error;
      }
    };
    while (!whole.isDone) expect(pieceOf(cutOff)).toBe(whole.next());
    expect([cutOff.isDone, asked]).toEqual([true, 6]);
  });

  it.each([
    ['loose lists', '- one\n\n  still\n\n- two\n\n      code\n\n1. other\n\n2. last\n'],
    ['a fence that nothing closes', 'a\n\n```\n\nb\n\n# c\n\n    d\n'],
    ['a comment over blank lines', 'a\n\n<!-- b\n\n# c\n\n-->\n\nd\n'],
    ['a title over blank lines', 'a [b]\n\n[b]: /b "one\n\ntwo"\n\nc\n'],
    ['a link that an HTML tag left open', 'a <a href="x">b\n\nwww.example.org\n\n</a> www.example.org\n'],
    [
      'links that are defined at the end, the first definition counting',
      '[a] [B][] [c][d]\n\nx\n\n> [b]: /b\n\n- [d]: /d\n\n[a]: /1\n\n[a]: /2\n',
    ],
    ['what only looks like a definition', '[a] [b]\n\n```\n[a]: /code\n```\n\ntext\n[b]: /text\n\n[a]: /real\n'],
    ['a label over two lines', '[one two]\n\n> [one\n> two]: /quoted\n'],
    ['headings of one name', '# A\n\n# A\n\nA\n=\n\n## a-1\n'],
  ])('keeps %s', (_, markdown) => {
    for (let size = 1; size < 20; size++) expect(inPieces(markdown, size).join('')).toBe(markdownToHtml(markdown));
    expect(unnamed(markdownToHtml(markdown))).toBe(unnamed(whole.parse(markdown, { async: false })));
  });

  it('begins without its end, also where its links are defined there', () => {
    const chapter = '# Chapter\n\nText with [a link][1], [another] and [none].\n\n';
    const plain = createMarkdownHtml(chapter.repeat(1_000), { pieceAt: () => 1_000 });
    expect(plain.next()).toContain('[none]');
    expect(plain.position).toBeLessThan(1_100);
    const linked = createMarkdownHtml(`${chapter.repeat(1_000)}[1]: /one\n[another]: /two\n`, { pieceAt: () => 1_000 });
    expect(linked.next()).toContain('<a href="/one">a link</a>, <a href="/two">another</a> and [none]');
    expect(linked.position).toBeLessThan(1_100);
  });

  it.each([
    ['definitions of nothing', `${'[a] '.repeat(10_000)}\n\n\`\`\`\n${'[a]: x\n'.repeat(10_000)}`],
    ['brackets', `${'[x] '.repeat(10_000)}\n\na ${'[x]:'.repeat(20_000)}`],
    ['escaped brackets', `${'\\['.repeat(20_000)}]:`],
    ['labels', `${'[b]\n\n'.repeat(4_000)}${'x]:\n\n'.repeat(20_000)}`],
  ])('comes to an end with very many %s', (_, markdown) => {
    expect(inPieces(markdown, 1_000).join('').length).toBeGreaterThan(10_000);
  });
});

describe('A long Markdown file', () => {
  const chapter = `## Chapter\n\n${'Some words that fill a line.\n'.repeat(20)}\n- one\n- two\n\n`;

  it('is laid out up to what takes no layout; the rest is as it is written', async () => {
    const read = await readAll(`${chapter.repeat(200)}${'>'.repeat(5_000)} inmost\n\nThe end.\n`, 'markdown');
    expectSound(read);
    expect(read.head.notices).toEqual([]);
    expect(read.end.notices).toEqual(['The rest of this Markdown is nested too deep to lay out, so you see it as it is written.']);
    expect(read.text.startsWith('Chapter\nSome words')).toBe(true);
    expect(read.text).toMatch(/one\ntwo\n(?:Chapter[^>]*)?>{5000} inmost\n\nThe end\.\n$/);
    expect(read.sections.flatMap(({ headings }) => headings).length).toBeGreaterThan(100);
  });

  it('is laid out up to where its markup grows without end', async () => {
    const fonts = Array.from({ length: 1_500 }, (_, index) => `<font color=c${index}>`).join('');
    const read = await readAll(`${chapter.repeat(200)}<p>${fonts}</p>${'<p>x'.repeat(3_000)}\n\nThe end.\n`, 'markdown');
    expectSound(read);
    expect(read.end.notices).toEqual(['The rest of this Markdown is nested too deep to lay out, so you see it as it is written.']);
    expect(read.text.endsWith('The end.\n')).toBe(true);
  });
});
