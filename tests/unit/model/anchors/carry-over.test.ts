import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryOver } from '#model';

const solid = (text: string): string => text.replace(/\s+/g, '');

const word = fc.constantFrom('tension', 'border', 'winter', 'Ukraine', 'the', 'of', '🙂', '北京', 'talks', 'said,', 'minister.');
const space = fc.constantFrom('', ' ', '\n', '\n\n', '\t', '\u00a0', '\r\n');
/** One text twice, with other white space. */
const twice = fc
  .array(fc.tuple(word, space, space), { minLength: 1, maxLength: 200 })
  .map((parts) => ({ old: parts.map(([w, s]) => w + s).join(''), now: parts.map(([w, , s]) => w + s).join('') }));

describe('carryOver', () => {
  it('carries every passage over where the texts differ only in white space', () => {
    fc.assert(
      fc.property(twice, fc.nat(), fc.nat(), ({ old, now }, a, b) => {
        const [start = 0, last = 0] = [a % old.length, b % old.length].sort((x, y) => x - y);
        const passage = old.slice(start, last + 1);
        const carried = carryOver(old, now)({ start, end: last + 1 });
        if (solid(passage) === '') {
          expect(carried).toBeUndefined();
          return;
        }
        expect(solid(now.slice(carried?.start, carried?.end))).toBe(solid(passage));
        expect(solid(now.slice(0, carried?.start))).toBe(solid(old.slice(0, start)));
        expect(now.slice(carried?.start, carried?.end)).toBe(now.slice(carried?.start, carried?.end).trim());
      }),
    );
  });

  it('is the identity on one text', () => {
    fc.assert(
      fc.property(twice, fc.nat(), ({ old }, a) => {
        const at = a % old.length;
        const carried = carryOver(old, old)({ start: at, end: at + 1 });
        expect(carried).toEqual(/\s/.test(old[at] ?? '') ? undefined : { start: at, end: at + 1 });
      }),
    );
  });

  it('gives what it carries over in the order of the old text, wherever the texts differ', () => {
    const piece = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(piece, piece, piece, piece, fc.nat(), fc.nat(), (one, two, three, four, a, b) => {
        const old = `${one} ${two} ${three}`;
        const now = `${one} ${four}\n${three}`;
        const carry = carryOver(old, now);
        const [first = 0, second = 0] = [a % old.length, b % old.length].sort((x, y) => x - y);
        const [left, right] = [carry({ start: first, end: first + 1 }), carry({ start: second, end: second + 1 })];
        for (const [at, carried] of [[first, left] as const, [second, right] as const])
          if (carried) expect(now.slice(carried.start, carried.end)).toBe(old[at]);
        if (left && right && first < second) expect(left.start).toBeLessThan(right.start);
      }),
    );
  });

  const essay = Array.from(
    { length: 300 },
    (_, index) => `Sentence ${index} of the essay says ${index * 7919} things about ${index % 13}.`,
  );

  it.each([
    ['glued blocks', essay.join(''), essay.join('\n')],
    [
      'text that was not shown before',
      essay.join(' '),
      `Skip to content\n${essay.slice(0, 150).join(' ')} [picture] ${essay.slice(150).join(' ')}`,
    ],
    ['text that is not shown any more', `Menu ${essay.slice(0, 20).join(' ')} Sign in ${essay.slice(20).join(' ')}`, essay.join('\n')],
  ])('carries the passages of an essay over %s', (_name, old, now) => {
    const carry = carryOver(old, now);
    for (const sentence of essay) {
      const start = old.indexOf(sentence);
      const carried = carry({ start, end: start + sentence.length });
      expect(now.slice(carried?.start, carried?.end)).toBe(sentence);
    }
  });

  it('carries a passage over that a few words were put into, and not one that much was put into', () => {
    const old = `${essay[0]} ${essay[1]} ${essay[2]}`;
    const range = { start: 0, end: old.length };
    const few = `${essay[0]} ${essay[1]} [1] ${essay[2]}`;
    expect(carryOver(old, few)(range)).toEqual({ start: 0, end: few.length });
    const much = `${essay[0]} ${essay[1]} ${essay.slice(100, 110).join(' ')} ${essay[2]}`;
    expect(carryOver(old, much)(range)).toBeUndefined();
  });

  it('carries over only what is equal but for white space where nothing may have changed', () => {
    const old = 'In the spring of 1848 the province was governed by nine ministers.';
    const now = 'In the spring of 1848 the province\nwas governed by five ministers.';
    const carry = carryOver(old, now, 0);
    expect(carry({ start: 0, end: 34 })).toEqual({ start: 0, end: 34 });
    expect(carry({ start: 0, end: old.length })).toBeUndefined();
    expect(carryOver(old, now)({ start: 0, end: old.length })).toEqual({ start: 0, end: now.length });
  });

  it('does not carry over what is not there', () => {
    expect(carryOver('One thing and quite another thing', '')({ start: 0, end: 9 })).toBeUndefined();
    expect(carryOver('', 'One thing')({ start: 0, end: 0 })).toBeUndefined();
    const carry = carryOver(`${essay[0]} The deleted passage stood here. ${essay[1]}`, `${essay[0]} ${essay[1]}`);
    const start = (essay[0]?.length ?? 0) + 1;
    expect(carry({ start, end: start + 31 })).toBeUndefined();
  });

  it('comes to an end with texts that repeat themselves', () => {
    const old = 'a'.repeat(300_000);
    const now = `${'a'.repeat(150_000)}b${'a'.repeat(150_000)}`;
    expect(carryOver(old, now)({ start: 10, end: 20 })).toEqual({ start: 10, end: 20 });
    const lines = 'The same line again. '.repeat(20_000);
    expect(carryOver(lines, `x ${lines}`)({ start: 4, end: 8 })).toEqual({ start: 6, end: 10 });
  });
});
