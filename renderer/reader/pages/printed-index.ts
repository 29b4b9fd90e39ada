import { type DocumentSection, firstIndex, type PlacedRun, placedRun, type Sheet } from '#model';

/** An upright box on a page, in points. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where the text stands on pages, as far as it has come. */
export interface PrintedIndex {
  add(part: Pick<DocumentSection, 'printed' | 'blocks'>): void;
  /** The run that holds an offset, or is the last before it, or else the first. */
  runAt(offset: number): PlacedRun | undefined;
  /** Those of a page, in the order of the text, but for running heads and page numbers, which nobody reads. */
  runsOf(page: number): readonly PlacedRun[];
  /** The run that a place on a page (in points) leads to: the nearest of those that are not above it; without `left` in any column. `undefined` where none is. */
  runBelow(page: number, place: { top: number; left?: number | undefined }): PlacedRun | undefined;
  /** The column that begins at a place on a page, as far as `reach` points below it: as wide as the text that stands there. `undefined` where none does. */
  columnBelow(page: number, place: { top: number; left?: number | undefined }, reach: number): Box | undefined;
  /** The runs of a passage, in the order of the text. */
  runsWithin(start: number, end: number): readonly PlacedRun[];
}

export function createPrintedIndex(): PrintedIndex {
  const runs: PlacedRun[] = [];
  const byPage = new Map<number, PlacedRun[]>();
  const firstAfter = (offset: number): number => firstIndex(runs.length, (index) => (runs[index]?.start ?? 0) > offset);
  const runBelow: PrintedIndex['runBelow'] = (page, { top, left }) => {
    let nearest: PlacedRun | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const run of byPage.get(page) ?? []) {
      const box = boxOf(run);
      const distance = distanceTo(box, left ?? box.left, top);
      if ((box.top + box.bottom) / 2 >= top && distance < least) [nearest, least] = [run, distance];
    }
    return nearest;
  };
  return {
    add({ printed = [], blocks }) {
      let next = 0;
      for (const run of printed.map(placedRun)) {
        const { start, page } = run;
        runs.push(run);
        while ((blocks[next]?.[1] ?? Number.POSITIVE_INFINITY) <= start) next += 1;
        const [from = Number.POSITIVE_INFINITY, , kind] = blocks[next] ?? [];
        if (start < from || kind === 'header') continue;
        const ofPage = byPage.get(page);
        if (ofPage) ofPage.push(run);
        else byPage.set(page, [run]);
      }
    },
    runAt: (offset) => runs[Math.max(0, firstAfter(offset) - 1)],
    runsOf: (page) => byPage.get(page) ?? [],
    runBelow,
    columnBelow(page, place, reach) {
      const first = runBelow(page, place);
      if (!first) return undefined;
      const column = { ...boxOf(first), top: place.top, bottom: place.top + reach };
      for (const run of byPage.get(page) ?? []) {
        const box = boxOf(run);
        const isBelow = box.bottom > column.top && box.top < column.bottom;
        if (!isBelow || box.left >= column.right || box.right <= column.left) continue;
        column.left = Math.min(column.left, box.left);
        column.right = Math.max(column.right, box.right);
      }
      return column;
    },
    runsWithin(start, end) {
      const first = firstIndex(runs.length, (index) => (runs[index]?.end ?? 0) > start);
      return runs.slice(first, firstAfter(end - 1));
    },
  };
}

/** Letters reach so many sizes above and below their baseline. */
const ABOVE = 0.8;
const BELOW = 0.22;

/** The box of a run, or of the part of it from `from` to `to`, each 0 to 1. */
export function boxOf({ left, baseline, width, size, angle }: PlacedRun, from = 0, to = 1): Box {
  const turned = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turned), Math.sin(turned)];
  const x: number[] = [];
  const y: number[] = [];
  for (const along of [from * width, to * width])
    for (const across of [-ABOVE * size, BELOW * size]) {
      x.push(left + along * cos - across * sin);
      y.push(baseline + along * sin + across * cos);
    }
  return { left: Math.min(...x), top: Math.min(...y), right: Math.max(...x), bottom: Math.max(...y) };
}

/** The part of a run that lies within a passage, as in `boxOf`: letters are taken as equally wide. */
export function partWithin({ start, end }: PlacedRun, passage: { start: number; end: number }): [from: number, to: number] {
  const share = (offset: number): number => Math.min(1, Math.max(0, (offset - start) / Math.max(1, end - start)));
  return [share(passage.start), share(passage.end)];
}

/** How far a point (in points) is from a box; lines apart count more than words. */
export function distanceTo(box: Box, x: number, y: number): number {
  const across = Math.max(box.left - x, x - box.right, 0);
  const down = Math.max(box.top - y, y - box.bottom, 0);
  return across + 4 * down;
}

/** How pages are shown: as wide as there is room, whole, or at so many per cent of their size. */
export type Zoom = 'width' | 'page' | number;

/** CSS pixels of a point at 100 %. */
export const POINT = 96 / 72;

/** How many CSS pixels a point takes. `room`: what there is for a page, in CSS pixels. */
export function scaleOf(zoom: Zoom, sheets: readonly Sheet[], room: { width: number; height: number }): number {
  if (typeof zoom === 'number') return (zoom / 100) * POINT;
  const [width, height] = usualSheet(sheets);
  const wide = room.width / width;
  const scale = zoom === 'width' ? wide : Math.min(wide, room.height / height);
  return Math.min(4 * POINT, Math.max(0.1 * POINT, scale));
}

/** Of the usual width: one that is folded out does not make all others small. */
function usualSheet(sheets: readonly Sheet[]): Sheet {
  const byWidth = [...sheets].sort(([one], [other]) => one - other);
  return byWidth[Math.floor(byWidth.length / 2)] ?? [612, 792];
}
