import { firstIndex } from '../text/search-sorted';
import { findRuns, type Run, type SolidText } from './equal-runs';

/** A stretch of a text, in UTF-16 code units. */
export interface TextRange {
  start: number;
  end: number;
}

/** Where a passage of the old text is in the new one; `undefined` where that cannot be told. */
export type CarryOver = (range: TextRange) => TextRange | undefined;

/** How much of a passage may have been taken out of it, or put into it, as a share of its length. */
const MOST_CHANGED = 0.1;

/**
 * For a document that is read into another text than before: where each passage of `oldText` is in `newText`, by what the two have in
 * common but for white space. White space at a passage's ends is not carried over; a passage is not where more of it than the share
 * `mostChanged` was put in or taken out. Takes time and memory in proportion to the texts.
 */
export function carryOver(oldText: string, newText: string, mostChanged = MOST_CHANGED): CarryOver {
  const old = withoutSpace(oldText);
  const now = withoutSpace(newText);
  const runs = findRuns(old, now);
  const lastRunAt = (index: number) => firstIndex(runs.length, (each) => (runs[each]?.old ?? 0) > index) - 1;

  return ({ start, end }) => {
    const first = firstIndex(old.places.length, (index) => (old.places[index] ?? 0) >= start);
    const last = firstIndex(old.places.length, (index) => (old.places[index] ?? 0) >= end) - 1;
    const from = counterpart(runs[lastRunAt(first)], first);
    const to = counterpart(runs[lastRunAt(last)], last);
    if (last < first || from === undefined || to === undefined) return undefined;
    const length = last + 1 - first;
    const equal = runs.slice(lastRunAt(first), lastRunAt(last) + 1).reduce((sum, run) => sum + overlap(run, first, last + 1), 0);
    if (Math.max(length, to + 1 - from) - equal > length * mostChanged) return undefined;
    return { start: now.places[from] ?? 0, end: (now.places[to] ?? 0) + 1 };
  };
}

/** Where the old unit `index` is among the new ones, when it lies in `run`. */
const counterpart = (run: Run | undefined, index: number): number | undefined =>
  run && index < run.old + run.length ? run.now + index - run.old : undefined;

const overlap = ({ old, length }: Run, start: number, end: number): number =>
  Math.max(0, Math.min(end, old + length) - Math.max(start, old));

function withoutSpace(text: string): SolidText {
  const units = new Uint16Array(text.length);
  const places = new Uint32Array(text.length);
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (isSpace(unit)) continue;
    units[count] = unit;
    places[count] = index;
    count += 1;
  }
  return { units: units.subarray(0, count), places: places.subarray(0, count) };
}

/** What `\s` matches. */
const isSpace = (unit: number): boolean =>
  unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0 || (unit >= 0x1680 && /\s/.test(String.fromCharCode(unit)));
