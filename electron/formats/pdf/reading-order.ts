import { isRtl } from './line-order';
import type { Line } from './lines';

interface Box {
  group: Line[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** UTF-16 code units. */
  units: number;
}

/** Of the text of a page so much may be out of place, as boxes beside a text are, and the rest still be in order. */
const OUT_OF_PLACE = 0.4;

/**
 * Groups of lines as a page draws them, which is the order of reading, unless it goes back up within a column. Where little does so (browsers draw
 * what floats before all text), that is put where it stands; else all are read from top to bottom, and a column after the other.
 */
export function inReadingOrder(groups: Line[][]): Line[][] {
  if (groups.some((group) => group.some(({ isTurned, text }) => isTurned || isRtl(text)))) return groups;
  const flows: Box[][] = [];
  for (const box of groups.map(boxOf)) {
    const flow = flows.at(-1);
    const before = flow?.at(-1);
    if (flow && before && !goesBack(before, box)) flow.push(box);
    else flows.push([box]);
  }
  if (flows.length < 2) return groups;
  const unitsOf = (boxes: readonly Box[]): number => boxes.reduce((sum, { units }) => sum + units, 0);
  const main = flows.reduce((most, each) => (unitsOf(each) > unitsOf(most) ? each : most));
  const others = flows.filter((flow) => flow !== main).flat();
  const isLittle = unitsOf(others) <= OUT_OF_PLACE * unitsOf(flows.flat());
  const ordered = isLittle ? others.reduce(putWhereItStands, main) : cut(flows.flat(), 0);
  return ordered.map(({ group }) => group);
}

function boxOf(group: Line[]): Box {
  return {
    group,
    left: Math.min(...group.map(({ left }) => left)),
    right: Math.max(...group.map(({ right }) => right)),
    top: Math.max(...group.map(({ baseline, size }) => baseline + 0.7 * size)),
    bottom: Math.min(...group.map(({ baseline, size }) => baseline - 0.2 * size)),
    units: group.reduce((sum, { text }) => sum + text.length, 0),
  };
}

const overlap = (one: Box, other: Box): number => Math.min(one.right, other.right) - Math.max(one.left, other.left);

/** Up within a column, or to a column further left that begins as high. */
const goesBack = (before: Box, box: Box): boolean =>
  overlap(before, box) > 0 ? box.bottom > before.top || box.top > before.top + 2 : box.right <= before.left && box.top >= before.top - 2;

/** Whether text makes way for a box: it is as near as columns never are. */
function isBeside(text: Box, box: Box): boolean {
  const gap = Math.max(box.left - text.right, text.left - box.right);
  const size = text.group[0]?.size ?? 0;
  return gap >= 0 && gap < 1.7 * size && Math.min(text.top, box.top) > Math.max(text.bottom, box.bottom);
}

/** A box before the first one of its column that goes on below where it begins; after all where there is none. */
function putWhereItStands(boxes: readonly Box[], box: Box): Box[] {
  const inColumn = (each: Box): boolean =>
    isBeside(each, box) || overlap(each, box) > 0.5 * Math.min(each.right - each.left, box.right - box.left);
  const next = boxes.findIndex((each) => inColumn(each) && each.bottom < box.top - 2);
  const last = boxes.findLastIndex((each) => inColumn(each));
  const place = next !== -1 ? next : last === -1 ? boxes.length : last + 1;
  return boxes.toSpliced(place, 0, box);
}

/** Deeper than any page is made. */
const DEEPEST = 30;

/** From top to bottom, and a column after the other, by cuts where nothing stands (recursive XY-cut: Nagy and Seth, 1984). */
function cut(boxes: readonly Box[], depth: number): Box[] {
  if (boxes.length < 2 || depth > DEEPEST) return [...boxes];
  const columns = partBy(boxes, (box) => [box.left, box.right]);
  const rows = partBy(boxes, (box) => [-box.top, -box.bottom]);
  // Rows that part columns from what goes across them come first, then the columns.
  if (columns.length > 1 && columns.every((column) => column.length > 1 || rows.length === 1))
    return columns.flatMap((each) => cut(each, depth + 1));
  if (rows.length > 1) {
    const [first = [], ...others] = rows;
    const rest = others.flat();
    const isAcross = first.length === 1;
    return isAcross ? [...first, ...cut(rest, depth + 1)] : rows.flatMap((each) => cut(each, depth + 1));
  }
  if (columns.length > 1) return columns.flatMap((each) => cut(each, depth + 1));
  return [...boxes].sort((a, b) => b.top - a.top || a.left - b.left);
}

/** The boxes in groups between which nothing stands, along one axis. */
function partBy(boxes: readonly Box[], spanOf: (box: Box) => readonly [from: number, to: number]): Box[][] {
  const sorted = [...boxes].sort((a, b) => spanOf(a)[0] - spanOf(b)[0]);
  const parts: Box[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const box of sorted) {
    const [from, to] = spanOf(box);
    if (from >= end || parts.length === 0) parts.push([]);
    parts.at(-1)?.push(box);
    end = Math.max(end, to);
  }
  return parts;
}
