import { expect, it } from 'vitest';
import { findDate, readDate } from '../../../electron/formats/dates';

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

it.each([
  ['Published on 3 May 2021, updated since', undefined, '2021-05-03'],
  ['Montag, 3. Mai 2021, 10:00 Uhr', 'de', '2021-05-03'],
  ['03.05.21', 'de', '2021-05-03'],
  ['le 3 août 2021', 'fr', '2021-08-03'],
  ['3 de diciembre de 2021', 'es', '2021-12-03'],
  ['3 października 2021', 'pl', '2021-10-03'],
  ['2021年5月3日', 'zh', '2021-05-03'],
  ['3/4/2021', 'en-GB', '2021-04-03'],
  ['3/4/2021', 'en-US', '2021-03-04'],
  ['13/4/2021', 'en-US', '2021-04-13'],
  ['32.13.2021, then 3.5.2021', 'de', '2021-05-03'],
  ['version 1.2.2021.4', undefined, undefined],
  ['5.1.42. Other cards', 'en', undefined],
  ['sec 19.6.43: what it is', 'en', undefined],
  ['0000-05-03', undefined, undefined],
  ['since 1948', undefined, undefined],
])('finds in %j (%s) the day %s', (text, language, date) => {
  expect(findDate(text, language)).toBe(date);
});
