import { describe, expect, it } from 'vitest';
import type { DocumentFormat } from '#formats/list';
import { readFacts } from '../../../electron/formats/facts';
import { readerOf } from '../../../electron/formats/registry';

async function factsOf(content: string, format: DocumentFormat) {
  const bytes = new TextEncoder().encode(content);
  const source = { size: bytes.length, fileName: 'a file.txt', read: async (start: number, end: number) => bytes.subarray(start, end) };
  const seen: string[] = [];
  const parts = (await readerOf(format)).read(source, { signal: new AbortController().signal });
  const facts = await readFacts(parts, { format, fileName: source.fileName }, ({ part }) => seen.push(part));
  return { ...facts, seen };
}

describe('readFacts', () => {
  it.each<[DocumentFormat, string, string, number]>([
    ['text', ' date 2021-12-03 A first sentence here. And more.', 'A first sentence here.', 6],
    ['text', 'A Title Line\n\nA first sentence. And more.', 'A Title Line', 8],
    ['markdown', '---\ntitle: Stated\n---\nText of it.', 'Stated', 3],
    ['markdown', 'Before.\n\n# The *head*\n\nText.', 'The head', 4],
    ['markdown', '## Second level\n\nA first sentence. And more.', 'Second level', 7],
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
});
