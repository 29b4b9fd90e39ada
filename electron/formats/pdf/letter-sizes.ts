import type { TextItem } from 'pdfjs-dist/types/src/display/api';

/** How wide letters are on the average, in sizes, with the spaces between words. */
const LETTER = 0.47;
/** No letters are on the average so many times as wide as they are high. */
const WIDEST = 3;
/** A unit along the line and one across it are of one length in what is written, and never differ so many times. */
const DISTORTED = 5;
/** So many letters of a font tell nothing of the average. */
const FEW = 10;

/** Letters of one font on a page. */
interface Letters {
  count: number;
  /** How wide they are together, in units of the file, and in the font's own. */
  width: number;
  units: number;
  /** Of each the size that it is said to have, in units of the file. */
  sizes: number;
  isDistorted: boolean;
}

export interface LetterSizes {
  /** In units of the file. */
  sizeOf(item: TextItem): number;
  /** pdf.js takes its letters for larger or smaller than they are, and so what is between them for more or less. */
  isMisread(item: TextItem): boolean;
}

const none = (): Letters => ({ count: 0, width: 0, units: 0, sizes: 0, isDistorted: false });

/** In units of the file. */
const statedSize = ([a = 1, , c = 0, d = 1]: readonly number[]): number => Math.hypot(c, d) || Math.abs(a) || 1;
/** A unit of a font along the line, in units of the file. */
const unitOf = ([a = 1, b = 0]: readonly number[]): number => Math.hypot(a, b) || 1;

/**
 * The sizes of letters on a page, in units of the file. Of fonts whose letters are drawings (Type 3, as older papers have them) pdf.js takes the size from the
 * box that the font states, which may be any: it shows in letters that are far too narrow or wide for it, and then how wide they are tells their size.
 */
export function readLetterSizes(items: readonly TextItem[], isVertical: (item: TextItem) => boolean): LetterSizes {
  const fonts = new Map<string, Letters>();
  for (const item of items) {
    const { str, width, transform, fontName } = item;
    if (isVertical(item) || width <= 0 || str.trim() === '') continue;
    const letters = fonts.get(fontName) ?? none();
    const [size, unit] = [statedSize(transform), unitOf(transform)];
    letters.count += str.length;
    letters.width += width;
    letters.units += width / unit;
    letters.sizes += size * str.length;
    letters.isDistorted ||= size > DISTORTED * unit || unit > DISTORTED * size;
    fonts.set(fontName, letters);
  }
  const isFalse = ({ isDistorted, width, sizes }: Letters): boolean => isDistorted || width > WIDEST * sizes;
  const all = none();
  for (const letters of fonts.values()) {
    if (!isFalse(letters)) continue;
    all.count += letters.count;
    all.units += letters.units;
  }
  const misread = (item: TextItem): Letters | undefined => {
    const letters = fonts.get(item.fontName);
    return letters && !isVertical(item) && isFalse(letters) ? letters : undefined;
  };
  return {
    isMisread: (item) => misread(item) !== undefined,
    sizeOf(item) {
      const letters = misread(item);
      if (!letters) return statedSize(item.transform);
      const { count, units } = letters.count < FEW ? all : letters;
      return (unitOf(item.transform) * units) / count / LETTER;
    },
  };
}
