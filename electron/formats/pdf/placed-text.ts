import type { PlacedRun, PrintedRun } from '#model';

/** A text, and where its letters stand: in order, apart, all but white space. */
export interface PlacedText {
  text: string;
  runs: readonly PlacedRun[];
}

/** A text of which each code unit knows its place in the one that it was made of. */
export interface TracedText {
  text: string;
  from: readonly number[];
}

export const traced = (text: string): TracedText => ({ text, from: Array.from({ length: text.length }, (_, index) => index) });

/** Writes anew what matches (a global pattern). What is longer or shorter then is spread evenly over what it stands for. */
export function rewrite({ text, from }: TracedText, pattern: RegExp, write: (match: string) => string): TracedText {
  let written = '';
  const places: number[] = [];
  let last = 0;
  const keep = (end: number): void => {
    written += text.slice(last, end);
    for (; last < end; last++) places.push(from[last] ?? 0);
  };
  for (const { 0: match, index } of text.matchAll(pattern)) {
    keep(index);
    const instead = write(match);
    written += instead;
    for (let unit = 0; unit < instead.length; unit++) places.push(from[index + Math.floor((unit * match.length) / instead.length)] ?? 0);
    last = index + match.length;
  }
  keep(text.length);
  return { text: written, from: places };
}

/** Without white space at its ends. */
export function trimmed({ text, from }: TracedText): TracedText {
  const start = text.length - text.trimStart().length;
  const within = text.trim();
  return { text: within, from: from.slice(start, start + within.length) };
}

/** What a run is drawn as when only a part of its letters is left. */
export function partOf<R extends Pick<PlacedRun, 'left' | 'baseline' | 'width' | 'angle'>>(
  run: R,
  text: string,
  from: number,
  to: number,
): R {
  const before = shareOf(text, from);
  const along = run.width * before;
  const turned = (run.angle * Math.PI) / 180;
  return {
    ...run,
    left: run.left + along * Math.cos(turned),
    baseline: run.baseline + along * Math.sin(turned),
    width: run.width * (shareOf(text, to) - before),
  };
}

/** About how much of a line's width its first letters take, 0 to 1: how wide each of them is nobody says. */
export const shareOf = (text: string, length: number): number => widthOf(text.slice(0, length)) / Math.max(widthOf(text), Number.EPSILON);
const widthOf = (text: string): number =>
  text.length - 0.5 * (text.match(/[\sfijltrI.,;:'’|!()[\]‐-]/g)?.length ?? 0) + 0.4 * (text.match(/[mwMW—]/g)?.length ?? 0);

/** Puts texts one after the other as `join` does, which takes nothing away but the last letter of what stands before: a hyphen. */
export function joinTexts<T extends PlacedText>(parts: readonly T[], join: (before: string, part: T) => string): PlacedText {
  let text = '';
  const runs: PlacedRun[] = [];
  for (const part of parts) {
    const next = join(text, part);
    const start = next.length - part.text.length;
    const last = runs.at(-1);
    if (last && last.end > start) {
      runs.pop();
      const letters = text.slice(last.start, last.end);
      if (start > last.start) runs.push({ ...partOf(last, letters, 0, start - last.start), end: start });
    }
    for (const run of part.runs) runs.push({ ...run, start: start + run.start, end: start + run.end });
    text = next;
  }
  return { text, runs };
}

/** As it is told, `start` code units further on. Lengths are told to a hundredth of a point. */
export const printed = ({ start, end, page, left, baseline, width, size, angle }: PlacedRun, by: number): PrintedRun => [
  by + start,
  by + end,
  page,
  round(left),
  round(baseline),
  round(width),
  round(size),
  ...(angle ? ([angle] as const) : ([] as const)),
];

/** Points: beyond any page. Damaged files say such things, and worse. */
const FARTHEST = 1e6;
const round = (points: number): number => (Math.abs(points) < FARTHEST ? Math.round(points * 100) / 100 : 0);
