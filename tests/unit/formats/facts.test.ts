import { describe, expect, it } from 'vitest';
import type { DocumentFormat } from '#formats/list';
import { documentBytes } from '../../../electron/formats/bytes';
import { documentText } from '../../../electron/formats/document-text';
import { readFacts } from '../../../electron/formats/facts';
import { readerOf } from '../../../electron/formats/registry';

const { signal } = new AbortController();
const source = (text: string) => documentBytes(new TextEncoder().encode(text), 'file name.txt');
const factsOf = async (text: string, format: DocumentFormat) => readFacts(await readerOf(format), source(text), { signal });
const titleOf = async (text: string, format: DocumentFormat) => (await factsOf(text, format)).title;

describe('readFacts', () => {
  it('counts the words of the text and not of its header', async () => {
    expect(await factsOf(' date 2021-12-03 \nOne two, three.\n\nFour.', 'text')).toMatchObject({
      words: 4,
      metadata: { date: '2021-12-03' },
    });
    expect(await factsOf('---\ntitle: A title\nauthor: Ann\n---\n\nOne *two* three.', 'markdown')).toMatchObject({
      words: 3,
      title: 'A title',
      metadata: { author: 'Ann' },
    });
    expect((await factsOf('<p>One<p>Two<script>three</script><ul><li>Three<li>Four</ul>', 'html')).words).toBe(4);
  });

  it.each([
    ['<title>Page</title><h1>Heading</h1>', 'Page'],
    ['<p>Before<h2>Second</h2><h1>The <em>first</em></h1><h1>Another</h1>', 'The first'],
    ['<p>The first sentence. And a second one.<p>More', 'The first sentence.'],
    ['<div>A title line</div><p>The text begins here. And goes on.', 'A title line'],
    ['<svg><title>A picture</title></svg><p>Text of it.', 'Text of it.'],
    ['<hr><img alt="">.', 'file name'],
  ])('finds the title of HTML %j', async (text, title) => {
    expect(await titleOf(text, 'html')).toBe(title);
  });

  it.each([
    ['# The *big* `__init__` [link](https://x.org)', 'The big __init__ link'],
    ['Text first.\n\n# Later ##', 'Later'],
    ['Underlined\n===\n\nText.', 'Underlined'],
    ['```\n# a comment\n```\n\n# Real', 'Real'],
    ['~~~\n```\n# no\n~~~\n# Yes', 'Yes'],
    ['#hashtag is no heading. It is text.', '#hashtag is no heading.'],
    ['**Bold** start of snake_case words. More.', 'Bold start of snake_case words.'],
    ['## Only a second level\n\nText.', 'Only a second level'],
  ])('finds the title of Markdown %j', async (text, title) => {
    expect(await titleOf(text, 'markdown')).toBe(title);
  });

  it('takes no heading of a plain text for its title: how it begins is', async () => {
    expect(await titleOf('It begins so. And goes on.\n\nCHAPTER I\n\nText.', 'text')).toBe('It begins so.');
  });
});

describe('documentText', () => {
  it('is the text of all sections', async () => {
    const text = Array.from({ length: 500 }, (_, index) => `Paragraph ${index}.`).join('\n\n');
    expect(await documentText(await readerOf('text'), source(text), { signal })).toBe(text);
    expect(await documentText(await readerOf('html'), source('<p>One<p>Two'), { signal })).toBe('One\nTwo');
  });
});
