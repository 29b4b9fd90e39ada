import type { TextRange } from '#model';
import type { Edited, Kept } from './edits';

/** Where a passage is after an edit: the places where most of it stands together. */
export interface Truth {
  /** Any of them is right: a paragraph may have been doubled. */
  ranges: TextRange[];
  /** The share (0 to 1) of its words' code units that survive at the first of them. */
  survives: number;
}

/** Code units of other text between two pieces of a passage that are still together. */
const APART = 60;

/** Tells where passages of the old text went. */
export function createTruth({ text, kept }: Edited): (range: TextRange) => Truth {
  const byOld = [...kept].sort((a, b) => a.old.start - b.old.start || a.now.start - b.now.start);
  const last = byOld.reduce<number[]>((ends, each, index) => {
    ends.push(Math.max(each.old.end, ends[index - 1] ?? 0));
    return ends;
  }, []);
  return ({ start, end }) => {
    let low = 0;
    for (let high = byOld.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((last[middle] ?? 0) > start) high = middle;
      else low = middle + 1;
    }
    const within: Kept[] = [];
    for (let index = low; index < byOld.length && (byOld[index]?.old.start ?? 0) < end; index++) {
      const each = byOld[index];
      if (each && each.old.end > start) within.push(each);
    }
    return truthOf(within, start, end, text);
  };
}

function truthOf(within: readonly Kept[], start: number, end: number, text: string): Truth {
  const groups: { from: number; to: number; weight: number; kept: number }[] = [];
  let group: (typeof groups)[number] | undefined;
  let lastOld = -1;
  for (const { old, now, isOther } of [...within].sort((a, b) => a.now.start - b.now.start)) {
    const from = isOther ? now.start : now.start + Math.max(0, start - old.start);
    const to = isOther ? now.end : now.end - Math.max(0, old.end - end);
    if (!/[\p{L}\p{N}]/u.test(text.slice(from, to))) continue;
    const weight = to - from;
    // What comes once more, or from before, is another copy of it.
    const isAnother = old.start <= lastOld;
    lastOld = old.start;
    if (!group || isAnother || from - group.to > APART) {
      group = { from, to, weight: 0, kept: 0 };
      groups.push(group);
    }
    group.to = to;
    group.weight += weight;
    if (!isOther) group.kept += weight;
  }
  const best = Math.max(0, ...groups.map((each) => each.weight));
  const ranges = groups.filter((each) => each.weight >= best * 0.5 && best > 0).sort((a, b) => b.weight - a.weight);
  const all = Math.max(1, end - start);
  return { ranges: ranges.map(({ from, to }) => ({ start: from, end: to })), survives: Math.min(1, (ranges[0]?.kept ?? 0) / all) };
}

/** Whether a range is where a passage is: it holds four fifths of what is there, and at most half more. */
export function isRight(text: string, found: TextRange, { ranges }: Truth): boolean {
  const range = trimmed(text, found);
  return ranges
    .map((each) => trimmed(text, each))
    .some(({ start, end }) => {
      const common = Math.min(range.end, end) - Math.max(range.start, start);
      const length = end - start;
      return common >= length * 0.8 && range.end - range.start <= length * 1.5 + 24;
    });
}

/** A range without the signs at its ends. */
function trimmed(text: string, { start, end }: TextRange): TextRange {
  const [signs = ''] = /^[^\p{L}\p{N}]*/u.exec(text.slice(start, end)) ?? [];
  const [last = ''] = /[^\p{L}\p{N}]*$/u.exec(text.slice(start + signs.length, end)) ?? [];
  return { start: start + signs.length, end: end - last.length };
}
