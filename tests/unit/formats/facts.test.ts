import { describe, expect, it } from 'vitest';
import type { DocumentFormat } from '#formats/list';
import { readFacts } from '../../../electron/formats/facts';
import { documentBytes } from '../../../electron/formats/format';
import { readerOf } from '../../../electron/formats/registry';

async function factsOf(content: string, format: DocumentFormat) {
  const source = documentBytes(new TextEncoder().encode(content), 'a file.txt');
  const seen: string[] = [];
  const parts = (await readerOf(format)).read(source, { signal: new AbortController().signal });
  const facts = await readFacts(parts, { format, fileName: source.fileName }, ({ part }) => seen.push(part));
  return { ...facts, title: facts.titles[0], seen };
}

describe('readFacts', () => {
  it.each<[DocumentFormat, string, string, number]>([
    ['text', ' date 2021-12-03 A first sentence here. And more.', 'A first sentence here.', 6],
    ['text', 'A Title Line\n\nA first sentence. And more.', 'A Title Line', 8],
    ['markdown', '---\ntitle: Stated\n---\nText of it.', 'Stated', 3],
    ['markdown', 'Before.\n\n# The *head*\n\nText.', 'The head', 4],
    ['markdown', '## Second level\n\nA first sentence. And more.', 'a file', 7],
    ['html', '<title>Stated</title><p>one two', 'Stated', 2],
    ['html', '<p>Before</p><h1>The <i>head</i></h1>', 'The head', 3],
    ['html', '<ul><li>One sentence. Two.<li>Three', 'One sentence.', 4],
    ['html', '<img src=x>', 'a file', 0],
  ])('of %s %j: %s, %i words', async (format, content, title, words) => {
    const facts = await factsOf(content, format);
    expect(facts).toMatchObject({ title, words });
    expect(facts.text).toHaveLength(facts.end.length);
    expect(facts.seen).toEqual(['head', 'section', 'end']);
  });

  it('counts words over sections, that of the header not among them', async () => {
    expect((await factsOf(`---\na: b c\n---\n${'one two\n\n'.repeat(500)}`, 'markdown')).words).toBe(1000);
  });

  it.each([
    ['<title>Page</title><h2>Heading</h2>', 'Page'],
    ['<title>Page</title><h1>Heading</h1>', 'Heading'],
    ['<title>Page</title><h1>Heading</h1><h1>Another</h1>', 'Page'],
    ['<p>Before<h2>Second</h2><h1>The <em>first</em></h1><h1>Another</h1>', 'The first'],
    ['<div>A title line</div><p>The text begins here. And goes on.', 'A title line'],
    ['<svg><title>A picture</title></svg><p>Text of it.', 'Text of it.'],
  ])('finds the title of HTML %j', async (content, title) => {
    expect((await factsOf(content, 'html')).title).toBe(title);
  });

  it.each([
    ['# The *big* `__init__` [link](https://x.org)', 'The big __init__ link'],
    ['Underlined\n===\n\nText.', 'Underlined'],
    ['```\n# a comment\n```\n\n# Real', 'Real'],
    ['~~~\n```\n# no\n~~~\n# Yes', 'Yes'],
    ['#hashtag is no heading. It is text.', 'a file'],
    ['**Bold** start of snake_case words. More.', 'a file'],
  ])('finds the title of Markdown %j', async (content, title) => {
    expect((await factsOf(content, 'markdown')).title).toBe(title);
  });

  it('finds the title of Markdown that is shown as it is written', async () => {
    expect((await factsOf(`# Quotes\n\n${'>'.repeat(5_000)} inmost\n`, 'markdown')).title).toBe('Quotes');
  });

  it.each([
    ['html', '<title>Riv\u00aders</title><p>x', 'Rivers'],
    ['html', '<h1>Riv&shy;ers</h1><p>x', 'Rivers'],
    ['markdown', '# Riv\u00aders\n\nx', 'Rivers'],
    ['text', 'Riv\u00aders rise here. And go on.', 'Rivers rise here.'],
  ] as const)('has no soft hyphens in the title of %s %j', async (format, content, title) => {
    expect((await factsOf(content, format)).title).toBe(title);
  });

  it('takes no heading of Markdown for its title that comes after others', async () => {
    for (const [markdown, title] of [
      ['Words.\n\n## On lakes\n\nMore.\n\n# An example', 'a file'],
      [`Words.\n\n## On lakes\n\n${'Words of it.\n\n'.repeat(400)}# An example`, 'a file'],
      ['Words.\n\n# A title\n\n## On lakes', 'A title'],
    ] as const)
      expect((await factsOf(markdown, 'markdown')).title).toBe(title);
  });

  it('takes no heading of a plain text for its title: how it begins is', async () => {
    expect((await factsOf('It begins so. And goes on.\n\nCHAPTER I\n\nText.', 'text')).title).toBe('It begins so.');
  });
});
