import { expect, it } from 'vitest';
import { pairsOf } from '../../bench/harness/hand-index';
import { asFts5, asLectern } from '../../bench/subjects/search-peers';

it('asks Lectern and FTS5 the same: beginnings of words, phrases, pairs of Chinese characters', () => {
  const ask = (kind: Parameters<typeof asFts5>[0]['kind'], ...words: string[]) => [
    asLectern({ kind, words }),
    asFts5({ kind, words }).match,
  ];
  expect(ask('rare words', 'quarry')).toEqual(['quarry', '"quarry"*']);
  expect(ask('phrases', 'a', 'grey', 'morning')).toEqual(['"a grey morning"', '"a grey morning"']);
  expect(ask('Chinese', '灯塔看守')).toEqual(['灯塔看守', '"灯塔 塔看 看守"']);
});

it('the pairs of a text are those within each run of characters', () => {
  expect([...pairsOf('The 灯塔看 and 人, 海岸.')]).toEqual(['灯塔', '塔看', '海岸']);
});
