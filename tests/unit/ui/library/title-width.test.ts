import { expect, test } from 'vitest';
import { partsOf, widestWord } from '../../../../renderer/ui/library/title-width';

test('the widest word of a title tells how small it must be set', () => {
  // By its letters, and not by their number alone.
  expect(widestWord('Document number 470')).toBeCloseTo(5.43);
  expect(widestWord('mummy')).toBeGreaterThan(widestWord('filly'));
  expect(widestWord('موسوعات')).toBeLessThan(widestWord('seconds'));
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

test('words that fit on no line are parted by their hyphenation, names and addresses behind their signs, and others not at all', () => {
  const everyFour = (word: string) => Array.from({ length: Math.ceil(word.length / 4) - 1 }, (_, index) => 4 * (index + 1));
  const parted = (title: string) => {
    const parts = partsOf(title, everyFour);
    expect(parts.map(([piece]) => piece).join('')).toBe(title);
    return parts.map(([piece, parting]) => piece + (parting === 'hyphen' ? '\u00ad' : parting ? '|' : '')).join('');
  };
  expect(parted('Responsible understanding of it')).toBe('Responsible understanding of it');
  expect(parted('On “internationalization”: a study')).toBe('On “inte\u00adrnat\u00adiona\u00adliza\u00adtion”: a study');
  expect(parted('some_function_with_underscores.py')).toBe('some_|function_|with_|underscores.|py|');
  expect(parted('https://example.org/a/long/address')).toBe('https://|example.|org/|a/|long/|address|');
});
