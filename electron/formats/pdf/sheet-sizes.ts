import type { Sheet, SheetChange } from '#model';

/** How large the pages of a document are: those that were not read yet are taken to be as the last one that was. */
export interface SheetSizes {
  /** A page (from 0) is so large as it is seen, in points. Pages come in order; one that cannot be read is as large as the one before. */
  see(page: number, width: number, height: number): void;
  /** Of all pages, as far as is known now. */
  all(): Sheet[];
  /** What turned out since `all` or this was asked last; empty where all pages are as they were taken to be. */
  changes(): SheetChange[];
}

const LETTER: Sheet = [612, 792];
/** Points: what PDF allows (ISO 32000-2, annex C), and what can be seen. */
const isSheet = (width: number, height: number): boolean => Math.min(width, height) >= 3 && Math.max(width, height) <= 14_400 * 10;

export function createSheetSizes(count: number): SheetSizes {
  /** The sizes that begin, each on the page where it does. */
  const sizes: SheetChange[] = [];
  let told = 0;
  return {
    see(page, width, height) {
      if (!isSheet(width, height)) return;
      const [, [lastWidth, lastHeight]] = sizes.at(-1) ?? [0, [0, 0]];
      if (width === lastWidth && height === lastHeight) return;
      // The pages before the first one that can be read are as large as it.
      sizes.push([sizes.length === 0 ? 0 : page, [width, height]]);
    },
    all() {
      told = sizes.length;
      return Array.from({ length: count }, (_, page) => sizes.findLast(([from]) => from <= page)?.[1] ?? LETTER);
    },
    changes() {
      const changes = sizes.slice(told);
      told = sizes.length;
      return changes;
    },
  };
}
