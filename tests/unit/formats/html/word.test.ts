import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelOf } from '../../../../electron/formats/html/list-labels';
import { descendantsOf, type HtmlElement, parseHtml } from '../../../../electron/formats/html/tree';
import { restoreWordStructure } from '../../../../electron/formats/html/word';
import { expectSound, readAll } from '../document-parts';

/** A page as markup once its structure is restored, of names, attributes of lists and text alone. */
function restored(html: string): string {
  const { page } = parseHtml(`<!doctype html>${html}`);
  const body = [...descendantsOf(page)].find((node): node is HtmlElement => node.type === 'element' && node.name === 'body');
  if (!body) throw new Error('The page has no body.');
  restoreWordStructure(body);
  return inside(body).replace(/<\/?(?:o:p|span)>/g, '');
}

function inside(element: HtmlElement): string {
  let markup = '';
  for (let node = element.first; node; node = node.next) {
    if (node.type === 'text') markup += node.value.replace(/\s+/g, ' ').trim();
    else {
      const attributes = node.attributes.filter(({ name }) => /^(?:start|type|value)$/.test(name));
      markup += `<${[node.name, ...attributes.map(({ name, value }) => `${name}=${value}`)].join(' ')}>${inside(node)}</${node.name}>`;
    }
  }
  return markup;
}

const gap = `<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span>`;
/** An item as it is copied, with its level. */
const copied = (label: string, text: string, level = 1) =>
  `<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span\nstyle='font-family:Symbol'><span style='mso-list:Ignore'>${label}${gap}</span></span><![endif]>${text}<o:p></o:p></p>\n\n`;
/** An item as it is saved as a filtered page, with its margin. */
const filtered = (label: string, text: string, margin = '36.0pt') =>
  `<p class=MsoListParagraph style='margin-left:${margin};text-indent:-18.0pt'><span lang=DE>${label}${gap}</span><span>${text}</span></p>\n`;

test.each([
  ['numbers', copied('1.', 'one') + copied('2.', 'two'), '<ol><li>one</li><li>two</li></ol>'],
  ['bullets', copied('·', 'one') + copied('·', '<b>two</b>'), '<ul><li>one</li><li><b>two</b></li></ul>'],
  [
    'a list in an item',
    copied('1.', 'one') + copied('o', 'in it', 2) + copied('o', 'too', 2) + copied('2.', 'two'),
    '<ol><li>one<ul><li>in it</li><li>too</li></ul></li><li>two</li></ol>',
  ],
  ['a list that begins deeper', copied('a)', 'deep', 3) + copied('1.', 'one'), '<ol type=a><li>deep</li></ol><ol><li>one</li></ol>'],
  ['numbers that are left out', copied('3.', 'three') + copied('7.', 'seven'), '<ol start=3><li>three</li><li value=7>seven</li></ol>'],
  ['numbers that begin anew', copied('1.', 'one') + copied('1.', 'another'), '<ol><li>one</li></ol><ol><li>another</li></ol>'],
  ['bullets after numbers', copied('1.', 'one') + copied('§', 'box'), '<ol><li>one</li></ol><ul><li>box</li></ul>'],
  [
    'a list that goes on after a paragraph',
    `${copied('1.', 'one')}<p>Between</p>${copied('2.', 'two')}`,
    '<ol><li>one</li></ol><p>Between</p><ol start=2><li>two</li></ol>',
  ],
  [
    'a list that goes on after text',
    `${copied('1.', 'one')}Between${copied('2.', 'two')}`,
    '<ol><li>one</li></ol>Between<ol start=2><li>two</li></ol>',
  ],
  ['letters', copied('h)', 'eight') + copied('i)', 'nine'), '<ol start=8 type=a><li>eight</li><li>nine</li></ol>'],
  [
    'Roman numerals',
    copied('i)', 'one') + copied('ii)', 'two') + copied('v)', 'five'),
    '<ol type=i><li>one</li><li>two</li><li value=5>five</li></ol>',
  ],
  ['capitals in brackets', copied('(IV)', 'four'), '<ol start=4 type=I><li>four</li></ol>'],
  ['bullets that are pictures', copied('<img src="bullet.png">', 'picture'), '<ul><li>picture</li></ul>'],
  [
    'a filtered page, by its margins',
    filtered('1.', 'one') + filtered('a.', 'in it', '1.0in') + filtered('2.', 'two'),
    '<ol><li>one<ol type=a><li>in it</li></ol></li><li>two</li></ol>',
  ],
  [
    'a list in a cell',
    `<table><tr><td>${copied('-', 'in a cell')}</td></tr></table>`,
    '<table><tbody><tr><td><ul><li>in a cell</li></ul></td></tr></tbody></table>',
  ],
  ['a title', '<p class=MsoTitle>A <b>title</b></p><p class=MsoTitle>&nbsp;</p>', '<h1>A<b>title</b></h1><p></p>'],
])('of what Word wrote: %s', (_name, html, markup) => {
  expect(restored(html)).toBe(markup);
});

test.each([
  ['a label of several numbers', copied('1.1.', 'Clause')],
  ['a label of words', copied('Article 1', 'Words')],
  ['no label', copied('', 'No label')],
  ['a number written by hand', '<p>1. Written by hand</p>'],
  ['an initial', '<p>J. <span style="font:9pt Arial"> </span>Bach</p>'],
])('%s stays a paragraph, with all that is written there', (_name, html) => {
  expect(restored(html)).toMatch(/^<p>.*<\/p>$/);
  const { page } = parseHtml(html);
  const words = (markup: string) => markup.replace(/<[^>]*>|\s/g, '');
  expect(words(restored(html))).toBe(words(inside(page)));
});

test('labels are read as they would be written, whatever their type', () => {
  const label = fc.record({ number: fc.integer({ min: 1, max: 300 }), type: fc.constantFrom('a', 'A', 'i', 'I', undefined) });
  fc.assert(
    fc.property(label, ({ number, type }) => {
      const written = labelOf(number, type);
      const [, start = '1', read] = /^<ol(?: start=(\d+))?(?: type=(\w))?>/.exec(restored(copied(`${written}.`, 'x'))) ?? [];
      // A letter may be a Roman numeral as well: it is written in the same way.
      expect(labelOf(Number(start), read)).toBe(written);
    }),
  );
});

test('a page of Word’s is read with its lists, and by the title in its style', async () => {
  const read = await readAll(
    `<p class=MsoTitle>Bericht<o:p></o:p></p><h1>Erstens</h1>${copied('1.', 'Erster Punkt')}${copied('2.', 'Zweiter Punkt')}<p>Ende`,
    'html',
  );
  expectSound(read);
  expect(read.text).toBe('Bericht\nErstens\nErster Punkt\nZweiter Punkt\nEnde');
  expect(read.head.metadata.title).toBe('Bericht');
  expect(read.sections.flatMap(({ blocks }) => blocks).map(([, , kind]) => kind)).toEqual([
    ...['heading', 'heading', 'item', 'item', 'paragraph'],
  ]);
});
