import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableDocument } from '../../../../electron/formats/unreadable';
import { expectSound, readAll } from '../document-parts';

describe('plain text', () => {
  it('is the file, all of it, with its header unseen', async () => {
    const file = readFileSync('seeds/000_1f77a48d763ee880.txt', 'utf8');
    const read = await readAll(file, 'text');
    expectSound(read);
    expect(read.text).toBe(file);
    expect(read.head.metadata).toEqual({ date: '2021-12-03' });
    expect(read.head.language).toBe('en');
    expect(read.sections[0]?.nodes[0]).toEqual({ e: 'div', a: { hidden: '' }, l: ['header'], c: [{ unseen: 17 }] });
    expect(read.sections[0]?.blocks[0]).toEqual([0, 17, 'header']);
    expect(read.end.textHash).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('draws what it recognises', async () => {
    const { sections } = await readAll('A Title\n\nCHAPTER ONE\n\nSome words that\nare wrapped.\n\n- item\n\n    code();\n', 'text');
    expect(sections).toHaveLength(1);
    expect(sections[0]?.nodes).toEqual([
      { e: 'h2', a: { dir: 'auto' }, l: ['heading'], c: [7] },
      2,
      { e: 'h2', a: { dir: 'auto' }, l: ['heading'], c: [11] },
      2,
      { e: 'p', a: { dir: 'auto' }, l: ['paragraph'], c: [28] },
      2,
      { e: 'p', a: { dir: 'auto' }, l: ['list-item'], c: [6] },
      2,
      { e: 'pre', a: { dir: 'auto' }, l: ['preformatted'], c: [11] },
      1,
    ]);
    expect(sections[0]?.headings.map(({ level, title }) => [level, title])).toEqual([
      [2, 'A Title'],
      [2, 'CHAPTER ONE'],
    ]);
  });

  it('stays as it is, without its byte order mark, whatever it holds', async () => {
    const piece = fc.constantFrom(
      'word ',
      '\n',
      '\r\n',
      '\r',
      '\n\n',
      '    x = 1;',
      '- a',
      '\ud800',
      '\ud83d\ude00',
      'é',
      'x'.repeat(30_000),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const text = `A${pieces.join('')}`.toWellFormed();
        const read = await readAll(`\ufeff${text}`, 'text');
        expectSound(read);
        expect(read.text).toBe(text);
        expect(read.end.textHash).toBe(createHash('sha256').update(text).digest('hex'));
      }),
      { numRuns: 200 },
    );
  });

  it('goes on in a block that begins where the one before ends, where it was cut for its length', async () => {
    const { sections } = await readAll('word '.repeat(10_000), 'text');
    const blocks = sections.flatMap((section) => section.blocks);
    expect(blocks.length).toBeGreaterThan(1);
    for (const [index, [start]] of blocks.entries()) if (index > 0) expect(start).toBe(blocks[index - 1]?.[1]);
    expect(sections[0]?.nodes[1]).toMatchObject({ l: ['paragraph', 'continued'] });
  });

  it.each([
    ['nothing', new Uint8Array(), 'document-empty'],
    ['only white space', new TextEncoder().encode(' \n'), 'document-empty'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'document-binary'],
    ['more than is read', new Uint8Array(33 * 1024 * 1024), 'document-too-large'],
  ])('is not read out of %s', async (_, bytes, code) => {
    const failed = await readAll(bytes, 'text').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UnreadableDocument);
    expect(failed).toMatchObject({ code });
  });
});
