import { describe, expect, it } from 'vitest';
import { createGuardedMarkup } from '../../../../electron/formats/markdown/guarded-markup';

function layOut(markdown: string, timeLimit?: number) {
  const markup = createGuardedMarkup(markdown, timeLimit);
  let html = '';
  while (!markup.isDone) html += markup.next();
  return { html, fault: markup.fault, rest: markup.rest };
}

/** A list in each item of a list: the deeper, the longer each of its lines. */
const listsWithin = (levels: number): string => Array.from({ length: levels }, (_, depth) => `${'  '.repeat(depth)}- level\n`).join('');

describe('Markdown with lists in lists', () => {
  it('is left off where it takes too long, before the piece that does', () => {
    expect(layOut(`# Head\n\n${listsWithin(1_500)}`, 10)).toMatchObject({
      fault: 'takes too long',
      rest: expect.stringContaining('- level'),
    });
  });

  it('is laid out to its end where it does not', () => {
    const { html, fault } = layOut(listsWithin(3));
    expect(fault).toBeUndefined();
    expect(html.match(/<ul/g)).toHaveLength(3);
  });
});
