import { expect, test } from 'vitest';
import { widestWord } from '../../../../renderer/ui/library/title-width';

test('the widest word of a title tells how small it must be set', () => {
  // By its letters, and not by their number alone.
  expect(widestWord('Document number 470')).toBeCloseTo(5.14);
  expect(widestWord('mummy')).toBeGreaterThan(widestWord('filly'));
  expect(widestWord('A Donaudampfschifffahrt of old')).toBe(widestWord('Donaudampfschifffahrt'));
  expect(widestWord('well-known')).toBe(widestWord('known'));
  // Accents that are characters of their own take no room.
  expect(widestWord('nai\u0308f')).toBeCloseTo(widestWord('naif'));
});

test('scripts without spaces have no word that is wide', () => {
  expect(widestWord('红楼梦与其他故事的历史')).toBe(1);
  expect(widestWord('ประวัติศาสตร์')).toBe(1);
  expect(widestWord('中文 and English')).toBe(widestWord('English'));
  expect(widestWord('')).toBe(1);
});
