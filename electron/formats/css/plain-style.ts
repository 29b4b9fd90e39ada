import type { Computed } from './computed';

/** How most of a text is set: the reader's own choices stand in place of that. */
export interface PlainStyle {
  /** em, see `Computed`. */
  start: number;
  end: number;
  /** The deeper one of most of the book and of most of the chapter: what stands before the first chapter may be set otherwise. */
  indent: number;
  before: number;
  hyphens: string;
}

/** Finds out how most of a text is set, as more and more of it is known. */
export interface PlainStyleCount {
  /** What is added from now on is of another chapter. */
  begin(): void;
  /** `weight`: UTF-16 code units of text in a block. */
  add(block: Computed, weight: number): void;
  plain(): PlainStyle;
}

export function createPlainStyleCount(): PlainStyleCount {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  const indents = new Map<number, number>();
  let ofChapter = new Map<number, number>();
  const befores = new Map<number, number>();
  const hyphens = new Map<string, number>();
  return {
    begin() {
      ofChapter = new Map();
    },
    add({ start, end, indent, before, inherited }, weight) {
      count(starts, start, weight);
      count(ends, end, weight);
      count(indents, indent, weight);
      count(ofChapter, indent, weight);
      count(befores, before, weight);
      count(hyphens, inherited.hyphens, weight);
    },
    plain() {
      const indent = most(indents) ?? 0;
      return {
        // Where its first lines begin, when the others are further in.
        start: Math.max(0, (most(starts) ?? 0) + Math.min(0, indent)),
        end: most(ends) ?? 0,
        indent: Math.max(indent, most(ofChapter) ?? 0),
        before: most(befores) ?? 0,
        hyphens: most(hyphens) ?? 'manual',
      };
    },
  };
}

const count = <T>(counts: Map<T, number>, value: T, weight: number): void => void counts.set(value, (counts.get(value) ?? 0) + weight);

function most<T>(counts: ReadonlyMap<T, number>): T | undefined {
  let found: T | undefined;
  let highest = 0;
  for (const [value, weight] of counts) {
    if (weight <= highest) continue;
    found = value;
    highest = weight;
  }
  return found;
}
