import { expect, it } from 'vitest';
import { readDate } from '../../../electron/formats/dates';

it.each([
  ['2021-12-03', '2021-12-03'],
  [' 2021-12-03T10:11:12Z', '2021-12-03'],
  ['2021/12/03', '2021-12-03'],
  ['20211203', '2021-12-03'],
  ['3 December 2021', '2021-12-03'],
  ['Fri, 03 Dec 2021 10:00:00 GMT', '2021-12-03'],
  ['December 3rd, 2021', '2021-12-03'],
  ['Friday, Dec. 3, 2021', '2021-12-03'],
  ['2024-02-29', '2024-02-29'],
  ['2023-02-29', undefined],
  ['2021-13-01', undefined],
  ['2021-00-10', undefined],
  ['0021-01-01', undefined],
  ['2021', undefined],
  ['2021-12', undefined],
  ['yesterday', undefined],
  ['20211203000', undefined],
  [20211203, undefined],
  [new Date('2021-12-03T00:00:00Z'), '2021-12-03'],
])('reads %s as %s', (stated, date) => {
  expect(readDate(stated)).toBe(date);
});
