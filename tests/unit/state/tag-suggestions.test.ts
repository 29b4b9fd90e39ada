import { describe, expect, it } from 'vitest';
import { tagKey } from '#model';
import type { TagNode } from '../../../renderer/state/selectors';
import { splitTyped, subjectTags, suggestTags } from '../../../renderer/state/tag-suggestions';

const node = (name: string, count = 1): TagNode => ({ key: tagKey(name), name, label: name, depth: 0, count });

const known = [
  node('claims to check', 2),
  node('diplomacy', 9),
  node('diplomacy/summits', 4),
  node('figures', 7),
  node('summits'),
  node('Économie'),
];
const names = (typed: string, taken: string[] = []) => suggestTags(known, typed, taken).map(({ name }) => name);

describe('suggestTags', () => {
  it('offers the most used when nothing is typed, without those that are there', () => {
    expect(names('', ['Figures']).slice(0, 2)).toEqual(['diplomacy', 'diplomacy/summits']);
    expect(names('', ['Figures'])).not.toContain('figures');
  });

  it('puts what begins so first, then levels, then what holds it', () => {
    expect(names('summ')).toEqual(['summits', 'diplomacy/summits']);
    expect(names('check')).toEqual(['claims to check']);
    expect(names('#DIPL')).toEqual(['diplomacy', 'diplomacy/summits']);
  });

  it('shows what lies under a tag after a slash', () => {
    expect(names('diplomacy/')).toEqual(['diplomacy/summits']);
  });

  it('does not mind case and diacritics, and leaves out what is written in full', () => {
    expect(names('eco')).toEqual(['Économie']);
    expect(names('figures')).toEqual([]);
  });
});

describe('splitTyped', () => {
  it('cuts at commas and keeps what is still being written', () => {
    expect(splitTyped('a, #b ,, c')).toEqual({ whole: ['a', 'b'], rest: ' c' });
    expect(splitTyped('one')).toEqual({ whole: [], rest: 'one' });
  });
});

it('what a book is about is offered as tags with levels, each once, unless it is a sentence', () => {
  expect(subjectTags(['Whales -- Fiction', 'whales/fiction', 'Sea stories', 'x'.repeat(41)])).toEqual(['Whales/Fiction', 'Sea stories']);
});
