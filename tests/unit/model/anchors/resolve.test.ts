import fc from 'fast-check';
import { expect, describe as suite, test } from 'vitest';
import { describe, resolve } from '#model';

const OLD = 'a'.repeat(64);
const NEW = 'b'.repeat(64);
const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

const words = fc.array(
  fc.constantFrom('tension', 'border', 'winter', 'Ukraine', 'the', 'of', '🙂', '北京', 'talks', 'said,', 'minister.\n\n'),
  { minLength: 8, maxLength: 80 },
);
const passage = words.chain((list) => {
  const text = list.join(' ');
  return fc
    .tuple(fc.nat(text.length - 1), fc.nat(text.length - 1))
    .map(([a, b]) => ({ text, start: Math.min(a, b), end: Math.max(a, b) + 1 }));
});

suite('describe', () => {
  test('keeps the quote and 32 code units on either side', () => {
    const text = `${'x'.repeat(50)}QUOTE${'y'.repeat(50)}`;
    expect(describe(text, 50, 55, OLD)).toEqual({
      start: 50,
      end: 55,
      exact: 'QUOTE',
      prefix: 'x'.repeat(32),
      suffix: 'y'.repeat(32),
      textHash: OLD,
    });
  });

  test('never splits a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), fc.nat(), fc.nat(), (text, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        const anchor = describe(text, start ?? 0, end ?? 0, OLD);
        for (const part of [anchor.prefix, anchor.exact, anchor.suffix]) expect(part.isWellFormed()).toBe(true);
      }),
    );
  });
});

suite('resolve', () => {
  test('gives back the place in the same text', () => {
    fc.assert(
      fc.property(passage, ({ text, start, end }) => {
        const anchor = describe(text, start, end, OLD);
        expect(resolve(anchor, text, OLD)).toEqual({ state: 'exact', start: anchor.start, end: anchor.end });
      }),
    );
  });

  test('never gives a passage that reads otherwise, white space aside', () => {
    fc.assert(
      fc.property(passage, words, ({ text, start, end }, other) => {
        const changed = other.join(' ');
        const anchor = describe(text, start, end, OLD);
        const found = resolve(anchor, changed, NEW);
        if (found.state !== 'unplaced') expect(folded(changed.slice(found.start, found.end))).toBe(folded(anchor.exact));
      }),
    );
  });

  test('moves with text that is put in before it', () => {
    const text = Array.from({ length: 60 }, (_, index) => `Sentence number ${index} is about the ${index * 7}th thing.`).join(' ');
    fc.assert(
      fc.property(fc.nat(text.length - 40), fc.integer({ min: 5, max: 40 }), fc.string({ maxLength: 60 }), (start, length, added) => {
        const anchor = describe(text, start, start + length, OLD);
        expect(resolve(anchor, `${added}\n\n${text}`, NEW)).toEqual({
          state: 'moved',
          start: start + added.length + 2,
          end: start + length + added.length + 2,
        });
      }),
    );
  });

  test('distrusts stored offsets that do not hold the quote', () => {
    const text = 'The minister said that talks would go on.';
    const anchor = { ...describe(text, 4, 12, OLD), start: 0, end: 8 };
    expect(resolve(anchor, text, OLD)).toEqual({ state: 'moved', start: 4, end: 12 });
  });

  test('chooses among equal quotes by their context', () => {
    const before = 'On Monday the talks failed. On Friday the talks went on.';
    const start = before.lastIndexOf('the talks');
    const anchor = describe(before, start, start + 9, OLD);
    const after = `On Friday the talks went on, too. ${'Between, much happened. '.repeat(5)}On Monday the talks failed.`;
    expect(resolve(anchor, after, NEW)).toEqual({ state: 'moved', start: 10, end: 19 });
  });

  test('leaves equal places alone that nothing tells apart', () => {
    const line = 'Yes, he said, and went on with the long and dull report of the day.\n';
    const anchor = describe(line.repeat(3), line.length + 5, line.length + 12, OLD);
    expect(resolve(anchor, `New first line.\n${line.repeat(4)}`, NEW)).toEqual({ state: 'unplaced' });
  });

  test('takes a quote without its context only when it is long', () => {
    const old = 'AAAA BBBB the next day CCCC DDDD';
    const short = describe(old, 10, 22, OLD);
    expect(resolve(short, 'It happened on the next day, or so.', NEW)).toEqual({ state: 'unplaced' });
    const quote = 'about 114 thousand soldiers on the border with Ukraine';
    const long = describe(`AAAA ${quote} BBBB`, 5, 5 + quote.length, OLD);
    expect(resolve(long, `xx ${quote} yy`, NEW)).toMatchObject({ state: 'moved', start: 3 });
  });

  test('looks past new line breaks', () => {
    const old = 'Russia has accumulated about 114 thousand soldiers on the border.';
    const anchor = describe(old, 23, 50, OLD);
    const wrapped = old.replace('about 114 ', 'about\n114  ');
    const found = resolve(anchor, wrapped, NEW);
    expect(found).toMatchObject({ state: 'moved', start: 23, end: 51 });
  });
});

test('a passage as long as a book is found again when white space differs', () => {
  const words = Array.from({ length: 120_000 }, (_, index) => `word${index}`);
  const before = `Before. ${words.join(' ')} After.`;
  const anchor = describe(before, 8, before.length - 7, OLD);
  const after = `Before.\n${words.join('\n')}\nAfter.`;
  expect(resolve(anchor, after, NEW)).toEqual({ state: 'moved', start: 8, end: after.length - 7 });
});
