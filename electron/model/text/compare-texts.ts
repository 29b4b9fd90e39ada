import { diffArrays } from 'diff';

/** A paragraph of a text: where it begins and ends, in UTF-16 code units. */
export type Paragraph = readonly [start: number, end: number];

/** Paragraphs of an earlier text beside those of the present one; the same, changed, gone, or new. */
export interface ComparedParagraph {
  before?: Paragraph;
  now?: Paragraph;
  isSame: boolean;
}

/** UTF-16 code units from which on what stands between blank lines is taken for many paragraphs, one a line. */
const LONG = 4_000;

/** The paragraphs of a text: what stands between blank lines, and where there are none, its lines. */
export function paragraphsOf(text: string): Paragraph[] {
  const hasBlank = /\n[^\S\n]*\n/.test(text);
  const paragraphs = partsOf(text, [0, text.length], hasBlank ? /\n(?:[^\S\n]*\n)+/g : /\n+/g);
  return paragraphs.flatMap((each) => (each[1] - each[0] > LONG ? partsOf(text, each, /\n+/g) : [each]));
}

function partsOf(text: string, [from, to]: Paragraph, between: RegExp): Paragraph[] {
  const parts: Paragraph[] = [];
  let start = from;
  const add = (end: number) => {
    if (text.slice(start, end).trim() !== '') parts.push([start, end]);
  };
  for (const { index, 0: gap } of text.slice(from, to).matchAll(between)) {
    add(from + index);
    start = from + index + gap.length;
  }
  add(to);
  return parts;
}

/** Changes that are looked for between two paragraphs that are the same: what differs in more is gone and new. */
const MOST_EDITS = 1_000;

/**
 * What became of each paragraph of `before`, and which ones of `now` are new, in the order of both. White space does not matter. Paragraphs that
 * stand once in either text hold the comparison (patience diff, Cohen), so that it takes time in proportion to the texts.
 */
export function compareTexts(before: string, now: string): ComparedParagraph[] {
  const numbers = new Map<string, number>();
  const read = (text: string) => {
    const paragraphs = paragraphsOf(text);
    const ids = paragraphs.map(([start, end]) => {
      const key = text.slice(start, end).replace(/\s+/g, ' ').trim();
      const id = numbers.get(key) ?? numbers.size;
      numbers.set(key, id);
      return id;
    });
    return { paragraphs, ids };
  };
  const [old, present] = [read(before), read(now)];
  const rows: ComparedParagraph[] = [];
  let [i, j] = [0, 0];
  for (const [atOld, atNow] of [...pivots(old.ids, present.ids), [old.ids.length, present.ids.length] as const]) {
    compareBetween(old.ids.slice(i, atOld), present.ids.slice(j, atNow), (from, to, isSame) => {
      rows.push({
        ...(from !== undefined && { before: old.paragraphs[i + from] }),
        ...(to !== undefined && { now: present.paragraphs[j + to] }),
        isSame,
      });
    });
    const [oldOne, nowOne] = [old.paragraphs[atOld], present.paragraphs[atNow]];
    if (oldOne && nowOne) rows.push({ before: oldOne, now: nowOne, isSame: true });
    [i, j] = [atOld + 1, atNow + 1];
  }
  return rows;
}

type See = (before: number | undefined, now: number | undefined, isSame: boolean) => void;

/** What went and what came at one place is told side by side: most likely the one became the other. */
function compareBetween(before: number[], now: number[], see: See): void {
  const pieces = before.length === 0 || now.length === 0 ? undefined : diffArrays(before, now, { maxEditLength: MOST_EDITS });
  let [i, j] = [0, 0];
  let [gone, come] = [pieces ? 0 : before.length, pieces ? 0 : now.length];
  const settle = () => {
    for (let step = 0; step < Math.max(gone, come); step++)
      see(step < gone ? i + step : undefined, step < come ? j + step : undefined, false);
    [i, j] = [i + gone, j + come];
    [gone, come] = [0, 0];
  };
  for (const { value, added, removed } of pieces ?? []) {
    if (removed) gone += value.length;
    else if (added) come += value.length;
    else {
      settle();
      for (let step = 0; step < value.length; step++) see(i + step, j + step, true);
      [i, j] = [i + value.length, j + value.length];
    }
  }
  settle();
}

/** Places of paragraphs that stand once in either text, ascending in both: the longest such row (patience sorting). */
function pivots(before: readonly number[], now: readonly number[]): (readonly [before: number, now: number])[] {
  const placesNow = onceAt(now);
  const pairs = [...onceAt(before)].flatMap(([id, at]) => {
    const there = placesNow.get(id);
    return there === undefined ? [] : [[at, there] as const];
  });
  pairs.sort(([a], [b]) => a - b);
  /** For each length of a row the index of the pair that ends the one with the lowest end, and for each pair the one before it. */
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, [, there]] of pairs.entries()) {
    let [from, to] = [0, ends.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < there) from = middle + 1;
      else to = middle;
    }
    previous.push(from > 0 ? (ends[from - 1] ?? -1) : -1);
    ends[from] = index;
  }
  const row: (readonly [number, number])[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) row.push(pair);
  }
  return row.reverse();
}

function onceAt(ids: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  const repeated = new Set<number>();
  for (const [at, id] of ids.entries()) {
    if (places.has(id)) repeated.add(id);
    places.set(id, at);
  }
  for (const id of repeated) places.delete(id);
  return places;
}
