import { describe, expect, it } from 'vitest';
import { carryOver } from '#model';
import cases from '../../cases/earlier-texts.json' with { type: 'json' };
import { readAll } from './document-parts';

/**
 * Each document with the text that version 0.1.0 drew of it, on which readers made notes. What a format's reader makes of it today may
 * differ from that, but never so that a note is lost or stands elsewhere.
 */
const formats = { html: 'html', markdown: 'markdown' } as const;

const solid = (text: string): string => text.replace(/\s+/g, '');

describe('notes on the text that version 0.1.0 drew', () => {
  it.each(cases)('go along: $name', async ({ format, source, text: earlier }) => {
    const { text } = await readAll(source, formats[format as keyof typeof formats]);
    const carry = carryOver(earlier, text);
    const words = [...earlier.matchAll(/\S+/g)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
    expect(words.length).toBeGreaterThan(1);
    for (const [index, first] of words.entries()) {
      for (const last of words.slice(index)) {
        const passage = { start: first.start, end: last.end };
        const carried = carry(passage);
        expect(carried, earlier.slice(passage.start, passage.end)).toBeDefined();
        expect(solid(text.slice(carried?.start, carried?.end))).toBe(solid(earlier.slice(passage.start, passage.end)));
        expect(solid(text.slice(0, carried?.start))).toBe(solid(earlier.slice(0, passage.start)));
      }
    }
  });
});
