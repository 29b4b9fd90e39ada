import { expect, it } from 'vitest';
import { compare, compareStall, formatTable, median, megabytes, ms, quantile, state } from '../../bench/harness/report';

it('the table has a title for each section, and figures under each other', () => {
  const rows = [
    compare('first', 30, ms, 'peer', 10),
    compareStall('stall', 80, 'idle', 20),
    compareStall('calm', 8, 'idle', 20),
    state('size', megabytes(2e9)),
  ];
  expect(formatTable([{ title: 'A title that is longer than all else', rows }]).split('\n')).toEqual([
    '          Lectern   beside   its figure        ratio',
    '',
    'A title that is longer than all else',
    '  first     30 ms   peer          10 ms       3.00 ×',
    '  stall     80 ms   idle          20 ms   60 ms more',
    '  calm    8.00 ms   idle          20 ms      no more',
    '  size    2000 MB',
  ]);
});

it('a figure that there is none of is a dash', () => {
  expect(compare('none', median([]), ms, 'peer', 10)).toMatchObject({ lectern: '–', ratio: '–' });
});

it('the quantiles are values that were measured', () => {
  expect([0, 0.5, 0.95, 1].map((part) => quantile([5, 1, 4, 2, 3], part))).toEqual([1, 3, 5, 5]);
});
