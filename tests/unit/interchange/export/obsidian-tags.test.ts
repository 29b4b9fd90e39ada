import { describe, expect, it } from 'vitest';
import { obsidianTag, obsidianTags } from '../../../../electron/interchange/export/obsidian-tags';

describe('obsidianTag', () => {
  it.each([
    ['figures', 'figures'],
    ['Ukraine/armed forces', 'Ukraine/armed-forces'],
    ['2021', '_2021'],
    ['2021/12', '_2021/12'],
    ['2021/December', '2021/December'],
    ['C++, C# & co.', 'C-C-co'],
    ['snake_case-kept', 'snake_case-kept'],
    ['军事', '军事'],
    ['हिन्दी', 'हिन्दी'],
    ['👩‍👩‍👧‍👦 family', '👩‍👩‍👧‍👦-family'],
    ['a//b', 'a/b'],
    ['?!', ''],
  ])('%j -> %j', (name, expected) => expect(obsidianTag(name)).toBe(expected));

  it('takes any number of marks', () => {
    expect(obsidianTag(`-a${'-'.repeat(400_000)}b-`)).toBe(`a${'-'.repeat(400_000)}b`);
  });

  it('writes tags that become one only once, and none that is empty', () => {
    expect(obsidianTags(['a b', 'A-b', '?', 'c'])).toEqual(['a-b', 'c']);
  });
});
