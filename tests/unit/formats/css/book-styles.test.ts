import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DrawnElement } from '#model';
import { createBookStyles } from '../../../../electron/formats/epub/book-styles';
import { readPageFacts } from '../../../../electron/formats/html/page-facts';
import { descendantsOf, parseHtml } from '../../../../electron/formats/html/tree';
import { expectSound, type ReadDocument, readAll, walkNodes } from '../document-parts';
import { makeBook, type TestBook } from '../epub/make-book';

const elementsOf = ({ sections }: ReadDocument): DrawnElement[] =>
  sections.flatMap(({ nodes }) => [...walkNodes(nodes)].flatMap(({ node }) => (typeof node === 'object' && 'e' in node ? [node] : [])));

/** A book of one chapter, with a style sheet and long enough plain paragraphs. */
const PLAIN =
  '<p>It was a plain and rather long paragraph, as most of a book is made of, and it went on in this way for a while.</p>'.repeat(3);
const read = (css: string, body: string, files: TestBook['files'] = {}) =>
  readAll(
    makeBook({ chapters: { one: `<link rel="stylesheet" href="book.css"/>${body}${PLAIN}` }, files: { 'OPS/book.css': css, ...files } }),
    'epub',
  );
/** What is said of the first element of a name. */
async function ownOf(css: string, body: string, e: string, files?: TestBook['files']) {
  const book = await read(css, body, files);
  expectSound(book);
  return elementsOf(book).find((element) => element.e === e)?.own;
}

describe('what a book says of its passages', () => {
  test.each([
    ['.i {font-style: italic}', '<p>A <span class="i">word</span></p>', 'span', { 'font-style': 'italic' }],
    ['.b {font-weight: 700}', '<p>A <span class="b">word</span></p>', 'span', { 'font-weight': 'bold' }],
    ['.sc {font-variant: small-caps}', '<p>A <span class="sc">word</span></p>', 'span', { 'font-variant-caps': 'small-caps' }],
    [
      '.s {font: italic small-caps bold 1em/1.2 serif}',
      '<p>A <span class="s">word</span></p>',
      'span',
      { 'font-style': 'italic', 'font-weight': 'bold', 'font-variant-caps': 'small-caps' },
    ],
    ['.u {text-decoration: underline}', '<p>A <span class="u">word</span></p>', 'span', { 'text-decoration-line': 'underline' }],
    ['.up {text-transform: uppercase}', '<p>A <span class="up">word</span></p>', 'span', { 'text-transform': 'uppercase' }],
    [
      '.n {vertical-align: super; font-size: .7em}',
      '<p>A <span class="n">2</span></p>',
      'span',
      { 'vertical-align': 'super', 'font-size': '0.75em', 'line-height': '0' },
    ],
    ['.c {text-align: center}', '<p class="c">A line</p>', 'p', { 'text-align': 'center' }],
    ['em {font-style: normal; font-weight: bold}', '<p>An <em>emphasis</em></p>', 'em', { 'font-style': 'normal', 'font-weight': 'bold' }],
    ['', '<p align="right">A line</p>', 'p', { 'text-align': 'right' }],
    ['', '<p style="text-align: center; color: red">A line</p>', 'p', { 'text-align': 'center' }],
    ['ol {list-style: upper-roman inside}', '<ol><li>One</li></ol>', 'ol', { 'list-style-type': 'upper-roman' }],
    [
      '.k {-epub-text-emphasis-style: filled sesame}',
      '<p>A <span class="k">word</span></p>',
      'span',
      { 'text-emphasis-style': 'filled sesame' },
    ],
    ['.f {text-transform: -epub-fullwidth}', '<p class="f">ab</p>', 'p', { 'text-transform': 'full-width' }],
  ])('%s', async (css, body, e, own) => {
    expect(await ownOf(css, body, e)).toEqual(own);
  });

  test('does not change what is most of it: the reader chooses how that is set', async () => {
    const css =
      'body {margin: 0 5%; font-family: serif} p {text-align: justify; text-indent: 1.5em; margin: 0; hyphens: auto; color: red; font-size: 2em}';
    const book = await read(css, '');
    expect(elementsOf(book).flatMap(({ own }) => (own ? [own] : []))).toEqual([]);
  });

  test('tells verses apart from it, which stand together and hang out', async () => {
    const css = 'p {margin: 0; text-indent: 1.5em} .v {margin-left: 3em; text-indent: -1em} .w {margin-left: 5em; text-indent: -1em}';
    const book = await read(css, '<p class="v">A verse</p><p class="w">further in</p>');
    const [first, second, plain] = elementsOf(book).filter(({ e }) => e === 'p');
    expect(first?.own).toEqual({ 'text-indent': '-1em', 'margin-inline-start': 'min(3em, 15%)', 'margin-block-end': '0' });
    expect(second?.own).toEqual({ 'text-indent': '-1em', 'margin-inline-start': 'min(5em, 25%)' });
    expect(plain?.own).toBeUndefined();
  });

  test('draws lines that its style sheet makes of other elements', async () => {
    const css = 'p > span {display: block; padding-left: 1em; text-indent: -1em} p > span.i {padding-left: 2em}';
    const book = await read(css, '<p><span>A verse</span><br/><span class="i">further in</span></p>');
    expectSound(book);
    const [first, second] = elementsOf(book).filter(({ e }) => e === 'span');
    expect(first?.own).toMatchObject({
      display: 'inline-block',
      'inline-size': '100%',
      'padding-inline-start': 'min(1em, 5%)',
      'text-indent': '-1em',
    });
    expect(second?.own).toMatchObject({ 'padding-inline-start': 'min(2em, 10%)' });
    expect(book.text).toMatch(/^A verse\nfurther in\nIt was/);
  });

  test('hides nothing, and never changes the text', async () => {
    const css = '.x {display: none} .y {visibility: hidden} .z::before {content: "No"} p {white-space: pre}';
    const body = '<p class="x">One</p><p class="y">two</p><p class="z">three  and</p>';
    expect((await read(css, body)).text).toBe((await read('', body)).text);
  });

  test('goes by the cascade', async () => {
    const css = '#a {font-style: italic} p.c i {font-style: italic} span {font-style: normal} .w {font-weight: normal !important}';
    expect(await ownOf(css, '<p>A <span id="a" class="w" style="font-weight: bold">word</span></p>', 'span')).toEqual({
      'font-style': 'italic',
    });
  });

  test('knows siblings, attributes and namespaces', async () => {
    const css =
      '@namespace epub "http://www.idpf.org/2007/ops"; h2 + p {text-align: right} [epub|type~="z3998:song"] p {font-style: italic} p:first-child {text-transform: uppercase}';
    const body = '<section epub:type="x z3998:song"><h2>Song</h2><p>One</p><p>Two</p></section>';
    const book = await read(css, body);
    expect(
      elementsOf(book)
        .filter(({ e }) => e === 'p')
        .slice(0, 2)
        .map(({ own }) => own),
    ).toEqual([{ 'font-style': 'italic', 'text-align': 'right' }, { 'font-style': 'italic' }]);
  });

  test('takes in other sheets of the book, and what is for screens', async () => {
    const css =
      '@import "more/other.css"; @import url(print.css) print; @media screen {.a {font-weight: bold}} @media print {.a {text-transform: uppercase}} @media (max-width: 3px) {.a {text-transform: lowercase}}';
    const files = { 'OPS/more/other.css': '@import "../book.css"; .a {font-style: italic}', 'OPS/print.css': '.a {text-align: right}' };
    expect(await ownOf(css, '<p>A <b class="a">x</b><i class="a">y</i></p>', 'i', files)).toEqual({ 'font-weight': 'bold' });
    expect(await ownOf(css, '<p>A <span class="a">x</span></p>', 'span', files)).toEqual({ 'font-style': 'italic', 'font-weight': 'bold' });
  });

  test('says of boxes that are not drawn what holds of all in them', async () => {
    const body = `<div class="poem">${'<p><b>A verse</b></p>'.repeat(60)}</div>`;
    const book = await read('.poem {margin-left: 3em; font-style: italic}', `${PLAIN.repeat(9)}${body}`);
    const verses = elementsOf(book).filter(({ own }) => own);
    expect(verses).toHaveLength(60);
    expect(verses[0]?.own).toMatchObject({ 'font-style': 'italic', 'margin-inline-start': 'min(3em, 15%)' });
  });

  test('lets a book say that its lines go downwards', async () => {
    const book = await read('html {-epub-writing-mode: vertical-rl}', '');
    expect(book.sections.map(({ writing }) => writing)).toEqual(['vertical-rl']);
    expect(elementsOf(book).flatMap(({ own }) => (own ? [own] : []))).toEqual([]);
  });

  test('tells of the fonts that are used', async () => {
    const css =
      '@font-face {font-family: "My Font"; src: url(f/a.woff2), url(a.ttf); font-weight: bold} @font-face {font-family: other; src: url(b.ttf)} .x {font-family: serif, "my  font"}';
    const book = await read(css, '<p class="x">A line</p>', { 'OPS/a.ttf': 'x', 'OPS/b.ttf': 'x' });
    expect(book.sections[0]?.fonts).toEqual([{ family: 'book-font-1', weight: '700', style: 'normal', path: 'OPS/a.ttf' }]);
    expect(elementsOf(book).find(({ e }) => e === 'p')?.own).toEqual({ '--own-font': 'book-font-1' });
  });

  test.each([
    ['siblings', 'p ~ '.repeat(7), '<p>a</p>'.repeat(250)],
    ['ancestors', 'div '.repeat(12), `${'<div>'.repeat(150)}<p>a</p>${'</div>'.repeat(150)}`],
  ])(
    'goes without styles where one selector looks among %s for ever, and no further chapter begins it again',
    async (_, around, markup) => {
      const css = `.none ~ ${around}p, .none ${around}p {font-style: italic} i {font-style: normal}`;
      const styles = createBookStyles({ sizeOf: () => 1, read: async () => Buffer.from(css) }, 50);
      const stylesOf = async (html: string) => {
        const { body } = readPageFacts(parseHtml(`<link rel="stylesheet" href="book.css"/>${html}`).page);
        return body && styles.of(body.parent ?? body, body, 'OPS/one.xhtml');
      };
      expect(await stylesOf('<i>An emphasis</i>')).toBeDefined();
      expect(await stylesOf(markup)).toBeUndefined();
      expect(await stylesOf('<i>An emphasis</i>')).toBeUndefined();
    },
  );

  test('reads what each chapter has written in it again but once', async () => {
    const styles = createBookStyles({ sizeOf: () => undefined, read: async () => undefined });
    const css = `i {font-style: normal} /*${'.'.repeat(500_000)}*/`;
    for (let chapter = 1; chapter <= 12; chapter += 1) {
      const { page } = parseHtml(`<style>${css}</style><p>An <i>emphasis</i>`);
      const { body = page } = readPageFacts(page);
      const found = await styles.of(page, body, `OPS/${chapter}.xhtml`);
      const [emphasis = body] = [...descendantsOf(body)].filter((node) => node.type === 'element' && node.name === 'i');
      expect(emphasis.type === 'element' && found?.of(emphasis, 'i', found.top).own).toEqual({ 'font-style': 'normal' });
    }
  });

  test('gives a sound document whatever stands in its style sheets', async () => {
    const piece = fc.constantFrom(
      ...[
        'p',
        '.a',
        '#b',
        ' > ',
        ' + ',
        ':not(',
        ')',
        '{',
        '}',
        ';',
        ':',
        'font-style',
        'italic',
        'margin',
        '-9em',
        '200%',
        '1e9px',
        'text-indent',
        '@media',
        '@import',
        '"',
      ],
      ...[
        'text-align',
        'center',
        'inherit',
        'initial',
        '!important',
        'display',
        'block',
        'none',
        'writing-mode',
        'vertical-rl',
        '/*',
        '*/',
        '\\',
        'url(',
        '::before',
        ':nth-child(2n)',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.string(), async (pieces, junk) => {
        const css = `${pieces.join('')}${junk}`;
        const book = await read(
          css,
          '<div class="a"><p id="b" style="margin:-2em">One <span class="a">two</span></p><ul><li>three</li></ul></div>',
        );
        expectSound(book);
        expect(book.text).toMatch(/^One two\nthree\nIt was/);
      }),
      { numRuns: 60 },
    );
  });
});
