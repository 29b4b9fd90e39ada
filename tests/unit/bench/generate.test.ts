import { describe, expect, it } from 'vitest';
import { createRandom } from '../../bench/faults/trial';
import { createProse, generateDocuments, generateParagraphs, upTo } from '../../bench/harness/generate';
import { readPartsOf } from '../../read-parts';

const endings = { '.txt': 'text', '.md': 'markdown', '.html': 'html' } as const;

describe('the library that the bench makes up', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect([...generateDocuments(30, 7)]).toEqual([...generateDocuments(30, 7)]);
    expect([...generateDocuments(30, 7)]).not.toEqual([...generateDocuments(30, 8)]);
  });

  it('has text, Markdown and HTML in turns, each twentieth document in Chinese', () => {
    const documents = [...generateDocuments(60, 1)];
    for (const ending of Object.keys(endings)) expect(documents.filter(({ name }) => name.endsWith(ending))).toHaveLength(20);
    const chinese = documents.filter(({ content }) => /\p{Script=Han}{5}/u.test(content));
    expect(chinese.map(({ name }) => Number.parseInt(name, 10))).toEqual([19, 39, 59]);
  });

  it('is read by the application, each title in front of its text', async () => {
    for (const { name, content } of generateDocuments(21, 3)) {
      const [, ending = ''] = /(\.\w+)$/.exec(name) ?? [];
      const parts = await readPartsOf(endings[ending as keyof typeof endings], content);
      const text = parts.flatMap((part) => (part.part === 'section' ? part.text : [])).join('');
      expect(text).toMatch(new RegExp(`^\\w+ \\w+ \\w+ ${Number.parseInt(name, 10)}\\s`));
    }
  });

  it('uses words as often as a language does: the twentieth about a twentieth as often as the first', () => {
    const counts = new Map<string, number>();
    for (const word of createProse(createRandom(1)).words(200_000).split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
    const sorted = [...counts.values()].sort((one, other) => other - one);
    const ratio = (sorted[0] ?? 0) / (sorted[19] ?? 1);
    expect(ratio).toBeGreaterThan(10);
    expect(ratio).toBeLessThan(40);
  });
});

it('paragraphs are taken as far as they fit', () => {
  const paragraphs = generateParagraphs(50_000, 1);
  const taken = upTo(paragraphs, 20_000).join('\n\n').length;
  expect(taken).toBeGreaterThan(17_000);
  expect(taken).toBeLessThanOrEqual(20_000);
  expect(upTo(['one'], 20_000)).toEqual(['one']);
});
