import { expect, test } from 'vitest';
import type { Clip } from '#api';
import { readFacts } from '../../../electron/formats/facts';
import { documentBytes } from '../../../electron/formats/format';
import { readerOf } from '../../../electron/formats/registry';
import { documentOf } from '../../../renderer/state/pasted-document';

const pasted = (clip: Partial<Clip>) => documentOf({ text: '', html: '', ...clip }, '3 May 2026');

/** A page that was made, as Lectern reads it. */
async function read(file: File | undefined) {
  if (!file) throw new Error('Nothing was made.');
  const source = documentBytes(new Uint8Array(await file.arrayBuffer()), file.name);
  const parts = (await readerOf('html')).read(source, { signal: new AbortController().signal });
  return readFacts(parts, { format: 'html', fileName: file.name });
}

test('plain text stays as it is, under its first words', async () => {
  const file = pasted({ text: '\n  First line of it\r\nand a second.\n' });
  expect(file?.name).toBe('First line of it.txt');
  expect(await file?.text()).toBe('\n  First line of it\r\nand a second.\n');
  expect(pasted({ text: `${'word '.repeat(40)}` })?.name).toBe(`${'word '.repeat(12).trim()}.txt`);
  expect(pasted({ text: 'https://example.com/a/b?c=d' })?.name).toBe('https: example.com a b?c=d.txt');
  expect(pasted({ text: 'Either/or' })?.name).toBe('Either or.txt');
  expect(pasted({ text: `${'字'.repeat(100)}` })?.name).toBe(`${'字'.repeat(60)}.txt`);
});

test('Markdown is known by two kinds of its marks', async () => {
  const markdown = '## On lakes\n\n- a **deep** one\n- a [shallow](https://example.org/x) one\n';
  const file = pasted({ text: markdown });
  expect(file?.name).toBe('On lakes.md');
  expect(await file?.text()).toBe(markdown);
  expect(pasted({ text: 'Words:\n\n```js\na\n```\n\n**Note** it.' })?.name).toBe('Words:.md');
  for (const text of [
    '#!/bin/sh\n# A comment\n- one\n- two',
    '# A comment\nx = a ** b',
    '- one\n- two',
    'a[1](x)',
    '| a | b |\n'.repeat(3),
  ])
    expect(pasted({ text })?.name).toMatch(/\.txt$/);
  const long = '- a\n'.repeat(50_000) + '|---'.repeat(50_000) + '**a '.repeat(50_000) + '[a]('.repeat(50_000);
  expect(pasted({ text: long })?.name).toMatch(/\.txt$/);
});

test('the cells of a spreadsheet become a table', async () => {
  const html =
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table width=192><!--StartFragment--><col width=64><tr><td>Name</td><td>Age</td></tr><tr><td>Ann</td><td>12</td></tr><!--EndFragment--></table></body></html>';
  const file = pasted({ text: 'Name\tAge\r\nAnn\t12\r\n', html });
  expect(file?.name).toBe('Name Age.html');
  expect((await read(file)).text).toBe('Name\tAge\nAnn\t12');
  expect(await file?.text()).toContain('<table><col width=64><tr>');
});

test('HTML that only dresses plain text is that text', () => {
  const html = '<div style="color: red"><span>const a = 1;</span><br></div>';
  expect(pasted({ text: 'const a = 1;', html })?.name).toBe('const a = 1;.txt');
  expect(pasted({ text: 'here', html: '<span><a\n   href="https://example.org/">here</a></span>' })?.name).toBe('here.html');
});

test('a part of a page becomes a page that says where it is from', async () => {
  const html =
    'Version:0.9\r\nStartHTML:1\r\nSourceURL:https://example.org/a--b?c=1#d\r\n<html><body><!--StartFragment--><h2>A <em>title</em></h2><p>Its text.</p><!--EndFragment--></body></html>';
  const file = pasted({ text: 'A title\nIts text.', html });
  expect(file?.name).toBe('A title.html');
  const facts = await read(file);
  expect(facts.text).toBe('A title\nIts text.');
  expect(facts.head.metadata.address).toBe('https://example.org/a%2D%2Db?c=1');
  const told = await read(pasted({ text: 'Words', html: '<p>Words</p>', address: 'https://example.org/told' }));
  expect(told.head.metadata.address).toBe('https://example.org/told');
  const local = await read(pasted({ text: 'Words', html: '<p>Words</p>', address: 'file:///home/anna' }));
  expect(local.head.metadata.address).toBeUndefined();
});

test('a picture by itself becomes a page that holds it; beside words it is left to them', async () => {
  const picture = 'data:image/png;base64,iVBORw0KGgo=';
  const file = pasted({ html: '<img src="https://example.org/a.png" alt="A &quot;lake&quot; &amp; more">', picture });
  expect(file?.name).toBe('A "lake" & more.html');
  const facts = await read(file);
  expect(facts.text).toBe('A "lake" & more');
  expect(await file?.text()).toContain(`<img src="${picture}"`);
  expect((await read(pasted({ picture }))).text).toBe('Picture, pasted on 3 May 2026');
  expect(pasted({ text: 'A table', picture })?.name).toBe('A table.txt');
});

test.each([
  ['<p>Share</p><h1 class="top">On <em>lakes</em><br>&amp;&nbsp;seas</h1><h1>More</h1>', 'On lakes & seas'],
  ['<p class=MsoTitle>Bericht<o:p></o:p></p><h1>Erstens</h1>', 'Bericht'],
])('the file of a page is called as the page is, %s', async (html, title) => {
  const file = pasted({ text: 'Share\nOn lakes', html });
  expect(file?.name).toBe(`${title}.html`);
  expect((await read(file)).titles[0]).toBe(title);
});

test.each([
  '<meta charset=utf-8><p> </p><script>let a = "words";</script>',
  '<!-- words --><style>p { color: red }</style><title>Words</title><table><tr><td>&nbsp;&#160;\u200b</td></tr></table>',
  '<p><img src="https://example.org/a.png" alt=" "></p>',
  '<p></p><script>never closed',
  '<p></p><!-- never closed',
])('of HTML without anything to read, %s, no document is made, or one of the text beside it', (html) => {
  expect(pasted({ html })).toBeUndefined();
  expect(pasted({ html, text: 'Words beside' })?.name).toBe('Words beside.txt');
});

test.each([
  '<div>Words</div>',
  '<p>&eacute;</p>',
  '<p>1 < 2',
  '<embed><p>Words',
  '<p><img src="data:image/png;base64,iVBORw0KGgo="></p>',
  '<p><img alt="A lake" src="a.png"></p>',
  '<svg><path d="M0 0h9v9"/></svg>',
])('HTML by itself, %s, becomes a page', (html) => {
  expect(pasted({ html })?.name).toBe('Pasted page.html');
});

test('of nothing, and of what is no picture, no document is made', () => {
  expect(pasted({ text: ' \n' })).toBeUndefined();
  expect(pasted({ picture: 'data:text/html,<b>' })).toBeUndefined();
});
