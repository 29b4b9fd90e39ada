import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWordCounter } from '#model';

function countWords(text: string): number {
  const counter = createWordCounter();
  counter.add(text);
  return counter.total();
}

describe('createWordCounter', () => {
  it.each([
    ['', 0],
    ['  \n\t ', 0],
    ['one', 1],
    ['Two words.', 2],
    ['well-known, isn’t it?', 3],
    ['a — b', 2],
    ['* * *', 0],
    ['1,000 men', 2],
    ['Привет, мир', 2],
    ['مرحبا بالعالم', 2],
    ['👍 yes', 1],
    ['我们喜欢读书', 3],
    ['I read 我们喜欢读书 today', 6],
    ['สวัสดีครับ', 2],
    ['안녕하세요 세계', 2],
    ['𠀀𠀁 rare', 3],
  ])('counts %j as %i', (text, words) => {
    expect(countWords(text)).toBe(words);
  });

  it('counts a long Chinese text in proportion', () => {
    const words = countWords('我们喜欢读书。'.repeat(50_000));
    expect(words).toBeGreaterThan(140_000);
    expect(words).toBeLessThan(160_000);
  });

  it('counts spaced text the same however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', ' ', '-', 'é', '\n', '7', '.'), { maxLength: 60 }), fc.nat(60), (characters, cut) => {
        const text = characters.join('');
        const counter = createWordCounter();
        counter.add(text.slice(0, cut));
        counter.add(text.slice(cut));
        expect(counter.total()).toBe(countWords(text));
        expect(countWords(text)).toBe(text.split(/\s+/).filter((run) => /[a-zé7]/.test(run)).length);
      }),
    );
  });
});
