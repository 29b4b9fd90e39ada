import { type Area, eyeInView, type PlacedRun, untilEye } from '#model';
import { edgesOf, shareRead } from '../flow-places';
import type { PagePlaces, Place, Places } from '../places';
import type { TextLayer } from '../text-layer';
import { boxOf, distanceTo, type PrintedIndex, partWithin } from './printed-index';
import type { Sheets } from './sheets';

/** Where a text stands on its pages. All but what is told to a letter comes from what is known of the pages: nothing far is laid out for it. */
export function createPagePlaces(
  layer: TextLayer,
  scroller: HTMLElement,
  { sheets, printed }: { sheets: Sheets; printed: PrintedIndex },
): Places {
  function rectOf(run: PlacedRun, passage?: { start: number; end: number }, sheet = sheets.boxOf(run.page)): DOMRect {
    const box = boxOf(run, ...(passage ? partWithin(run, passage) : []));
    const { scale } = sheets;
    return new DOMRect(
      sheet.left + box.left * scale,
      sheet.top + box.top * scale,
      (box.right - box.left) * scale,
      (box.bottom - box.top) * scale,
    );
  }

  function* seenPages(margin = 0): Generator<number> {
    const { top, bottom, height } = scroller.getBoundingClientRect();
    if (sheets.count === 0) return;
    const last = sheets.pageAt(bottom + margin * height);
    for (let page = sheets.pageAt(top - margin * height); page <= last; page++) yield page;
  }

  /** The first run, page by page in the order of the text, of which this holds. */
  function firstRun(holds: (rect: DOMRect) => boolean): PlacedRun | undefined {
    for (const page of seenPages()) {
      const sheet = sheets.boxOf(page);
      const run = printed.runsOf(page).find((each) => holds(rectOf(each, undefined, sheet)));
      if (run) return run;
    }
    return undefined;
  }

  /** Where the text of a page begins and ends; of one without text, where that of the page before ends. */
  function textOf(page: number): { start: number; end: number } {
    for (let before = page; before >= 0; before--) {
      const runs = printed.runsOf(before);
      const [first, last] = [runs[0], runs.at(-1)];
      if (first && last) return before === page ? { start: first.start, end: last.end } : { start: last.end, end: last.end };
    }
    return { start: layer.bodyStart, end: layer.bodyStart };
  }

  function rectOfArea({ page, box }: Area): DOMRect {
    const sheet = sheets.boxOf(page - 1);
    const { scale } = sheets;
    return box ? new DOMRect(sheet.left + box.x * scale, sheet.top + box.y * scale, box.width * scale, box.height * scale) : sheet;
  }

  /** What of a rectangle is within the view; without height at the edge that it lies beyond. */
  function seenOf({ left, top, right, bottom }: DOMRect): DOMRect {
    const view = scroller.getBoundingClientRect();
    const [from, to] = [Math.min(Math.max(top, view.top), view.bottom), Math.max(Math.min(bottom, view.bottom), view.top)];
    return new DOMRect(left, from, right - left, Math.max(0, to - from));
  }

  const within = (points: number, most: number): number => Math.min(most, Math.max(0, points));
  const pagePlaces: PagePlaces = {
    get count() {
      return sheets.count;
    },
    sizeOf: (page) => sheets.sizeOf(page - 1),
    pointAt(x, y, onPage) {
      if (sheets.count === 0) return undefined;
      const page = onPage ?? sheets.pageAt(y) + 1;
      const [sheet, { width, height }] = [sheets.boxOf(page - 1), sheets.sizeOf(page - 1)];
      return { page, x: within((x - sheet.left) / sheets.scale, width), y: within((y - sheet.top) / sheets.scale, height) };
    },
    rectOf: rectOfArea,
    seenAcross(page) {
      // Pages that are wider than their column are scrolled within it.
      const view = layer.root.getBoundingClientRect();
      const { width } = sheets.sizeOf(page - 1);
      const at = (x: number): number => within((x - sheets.boxOf(page - 1).left) / sheets.scale, width);
      return { left: at(view.left), right: at(view.right) };
    },
  };

  /** The view, what of the pages lies below it, and CSS pixels above it when the last page ends at its foot. */
  function measure(): { view: DOMRect; end: number; toEnd: number } {
    const view = scroller.getBoundingClientRect();
    const end = layer.root.getBoundingClientRect().bottom - view.bottom;
    return { view, end, toEnd: scroller.scrollTop + end };
  }

  function position(): Place {
    const { view, end, toEnd } = measure();
    if (sheets.count === 0) return { offset: layer.bodyStart, eye: layer.bodyStart, progress: 0, fits: false, atEnd: false };
    const fits = toEnd <= 0;
    const atEnd = layer.complete && end <= 2;
    const y = view.top + eyeInView(scroller.scrollTop, toEnd) * view.height;
    const page = sheets.pageAt(y);
    const sheet = sheets.boxOf(page);
    const share = Math.min(1, Math.max(0, (y - sheet.top) / sheet.height));
    const text = textOf(page);
    const eye = atEnd ? layer.length : Math.floor(text.start + share * (text.end - text.start));
    // A text that is not there, or not all of it, is read page by page.
    const progress = atEnd ? 1 : layer.length > layer.bodyStart ? shareRead(layer, eye) : (page + share) / sheets.count;
    const first = firstRun((rect) => rect.bottom > view.top + 1);
    const offset = Math.max(layer.bodyStart, first?.start ?? textOf(sheets.pageAt(view.top)).start);
    return { offset, eye, progress, fits, atEnd, sheet: { index: page, count: sheets.count } };
  }

  function caretIn(run: PlacedRun, x: number, y: number): CaretPosition | undefined {
    const rect = rectOf(run);
    const inset = Math.min(1, rect.width / 4, rect.height / 4);
    const caret = document.caretPositionFromPoint(
      Math.min(Math.max(x, rect.left + inset), rect.right - inset),
      Math.min(Math.max(y, rect.top + inset), rect.bottom - inset),
    );
    return caret && isText(caret.offsetNode) ? caret : undefined;
  }

  const isText = (node: Node): boolean => {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest('.page-run') != null && layer.root.contains(element);
  };

  const lineRectOf = (offset: number): DOMRect | undefined => {
    const run = printed.runAt(Math.max(layer.bodyStart, Math.min(offset, layer.length - 1)));
    return run && rectOf(run);
  };

  return {
    position,
    distanceToEye(offset) {
      const { view, end, toEnd } = measure();
      if (offset >= layer.length) return end;
      const run = printed.runAt(offset);
      if (!run) return 0;
      const sheet = sheets.boxOf(run.page);
      const text = textOf(run.page);
      const y = sheet.top + ((offset - text.start) / Math.max(1, text.end - text.start)) * sheet.height;
      return untilEye(y - view.top - eyeInView(scroller.scrollTop, toEnd) * view.height, view.height, toEnd);
    },
    firstBeginning() {
      const { top, bottom } = scroller.getBoundingClientRect();
      const run = firstRun((rect) => rect.top >= top && rect.top < bottom);
      const block = run && layer.blockAt(run.start);
      if (!run || !block || block.start === run.start) return run?.start ?? position().offset;
      const next = layer.blocks[layer.blocks.indexOf(block) + 1];
      const rect = next && lineRectOf(next.start);
      return rect && rect.top >= top && rect.top < bottom ? next.start : run.start;
    },
    visibleRectOf({ start, end, area }) {
      if (area) return seenOf(rectOfArea(area));
      const view = scroller.getBoundingClientRect();
      const seen = [...seenPages()];
      const rects = printed
        .runsWithin(start, end)
        .filter(({ page }) => seen.includes(page))
        .map((run) => rectOf(run, { start, end }))
        .filter(({ top, bottom }) => bottom > view.top && top < view.bottom);
      if (rects.length === 0) {
        const isBelow = (lineRectOf(start)?.top ?? view.top) >= view.bottom;
        return new DOMRect(view.left, isBelow ? view.bottom : view.top, view.width, 0);
      }
      const [left, right] = [Math.min(...rects.map((rect) => rect.left)), Math.max(...rects.map((rect) => rect.right))];
      const top = Math.max(view.top, Math.min(...rects.map((rect) => rect.top)));
      const bottom = Math.min(view.bottom, Math.max(...rects.map((rect) => rect.bottom)));
      return new DOMRect(left, top, right - left, bottom - top);
    },
    edgesOf: (passage) => edgesOf(layer, passage),
    caretAt(x, y) {
      const caret = document.caretPositionFromPoint(x, y);
      return caret && isText(caret.offsetNode) ? caret : undefined;
    },
    caretBeside(x, y) {
      if (sheets.count === 0) return undefined;
      const view = scroller.getBoundingClientRect();
      const within = Math.min(Math.max(y, view.top + 1), view.bottom - 1);
      const page = sheets.pageAt(within);
      const sheet = sheets.boxOf(page);
      const [alongSheet, downSheet] = [(x - sheet.left) / sheets.scale, (within - sheet.top) / sheets.scale];
      let nearest: PlacedRun | undefined;
      let least = Number.POSITIVE_INFINITY;
      for (const run of printed.runsOf(page)) {
        const distance = distanceTo(boxOf(run), alongSheet, downSheet);
        if (distance < least) [nearest, least] = [run, distance];
      }
      return nearest && caretIn(nearest, x, within);
    },
    isOneColumn: false,
    lineHeightAt: (offset) => 1.3 * (printed.runAt(offset)?.size ?? 0) * sheets.scale,
    lineRectOf,
    firstLine() {
      const top = scroller.getBoundingClientRect().top + scroller.clientTop;
      const run = firstRun((rect) => rect.top >= top);
      return run && { offset: run.start, y: rectOf(run).top - top };
    },
    topsOf(spots) {
      const origin = scroller.getBoundingClientRect().top + scroller.clientTop - scroller.scrollTop;
      return spots.map(({ start, area }) => {
        if (area) return rectOfArea(area).top - origin;
        return start < layer.length ? (lineRectOf(start)?.top ?? Number.NaN) - origin : Number.NaN;
      });
    },
    nearby() {
      const pages = [...seenPages(1)].map(textOf);
      return { start: Math.min(...pages.map(({ start }) => start), layer.length), end: Math.max(...pages.map(({ end }) => end), 0) };
    },
    sheets: pagePlaces,
  };
}
