import { eyeInView, firstIndex, untilEye } from '#model';
import type { Place, Places } from './places';
import type { Stretch, TextLayer } from './text-layer';

/** Where a text stands that flows in one column: its blocks one below the other, in the order of the text. */
export function createFlowPlaces(layer: TextLayer, scroller: HTMLElement): Places {
  /** The view, and CSS pixels above it when the last line stands at its foot. */
  function measure(): { view: DOMRect; toEnd: number } {
    const view = scroller.getBoundingClientRect();
    const end = layer.sections.at(-1)?.element.getBoundingClientRect().bottom ?? view.bottom;
    return { view, toEnd: scroller.scrollTop + end - view.bottom };
  }

  function position(): Place {
    const { view, toEnd } = measure();
    const first = blockFrom(layer, (rect) => rect.bottom > view.top + 1);
    const offset = first?.start ?? layer.bodyStart;
    const fits = layer.complete && toEnd <= 0;
    const atEnd = layer.complete && scroller.scrollTop >= toEnd - 2;
    const y = view.top + (layer.complete ? eyeInView(scroller.scrollTop, toEnd) : 0) * view.height;
    const eye = atEnd ? layer.length : offsetAt(layer, y);
    return { offset, eye, progress: atEnd ? 1 : shareRead(layer, eye), fits, atEnd };
  }

  return {
    position,
    distanceToEye(offset) {
      const { view, toEnd } = measure();
      if (offset >= layer.length) return toEnd - scroller.scrollTop;
      const block = layer.blockAt(offset);
      if (!block) return 0;
      const rect = block.element.getBoundingClientRect();
      const y = rect.top + ((offset - block.start) / Math.max(1, block.end - block.start)) * rect.height;
      return untilEye(y - view.top - eyeInView(scroller.scrollTop, toEnd) * view.height, view.height, toEnd);
    },
    firstBeginning() {
      const { top, bottom } = scroller.getBoundingClientRect();
      const first = blockFrom(layer, (rect) => rect.top >= top);
      return first && first.element.getBoundingClientRect().top < bottom ? first.start : position().offset;
    },
    visibleRectOf({ start, end }) {
      // Only blocks on the screen are measured: the rectangle of a whole text would have all of its sections laid out.
      const view = scroller.getBoundingClientRect();
      const first = blockFrom(layer, (rect) => rect.bottom > view.top);
      const last = blockFrom(layer, (rect) => rect.bottom >= view.bottom);
      const from = Math.max(start, first?.start ?? layer.length);
      const to = Math.min(end, last?.end ?? layer.length);
      const rect = layer.rangeOf(from, to)?.getBoundingClientRect();
      if (!rect) return new DOMRect(view.left, start > from ? view.bottom : view.top, view.width, 0);
      const top = Math.min(Math.max(rect.top, view.top), view.bottom);
      return new DOMRect(rect.left, top, rect.width, Math.max(0, Math.min(rect.bottom, view.bottom) - top));
    },
    edgesOf: (passage) => edgesOf(layer, passage),
    caretAt: (x, y) => document.caretPositionFromPoint(x, y) ?? undefined,
    caretBeside(x, y) {
      const [text, view] = [layer.root.getBoundingClientRect(), scroller.getBoundingClientRect()];
      const top = Math.max(text.top, view.top);
      const bottom = Math.min(text.bottom, view.bottom);
      if (top >= bottom) return undefined;
      const caret = document.caretPositionFromPoint(
        Math.min(Math.max(x, text.left + 1), text.right - 1),
        Math.min(Math.max(y, top + 1), bottom - 1),
      );
      return caret && layer.root.contains(caret.offsetNode) ? caret : undefined;
    },
    isOneColumn: true,
    lineHeightAt(offset) {
      const block = layer.blockAt(offset);
      return block ? Number.parseFloat(getComputedStyle(block.element).lineHeight) || 0 : 0;
    },
    lineRectOf: (offset) => lineRectOf(layer, offset),
    firstLine() {
      const top = scroller.getBoundingClientRect().top + scroller.clientTop;
      const isBelow = (offset: number): boolean => (lineRectOf(layer, offset)?.top ?? Number.NEGATIVE_INFINITY) >= top;
      const block = blockFrom(layer, (rect) => rect.bottom > top + 1);
      if (!block) return undefined;
      const { start, end } = block;
      const from = isBelow(start) ? start : start + firstIndex(end - start, (index) => isBelow(start + index));
      // Where the last line of a block is cut, the next block has the first whole one.
      const offset =
        from < end
          ? from
          : (layer.blocks[firstIndex(layer.blocks.length, (index) => (layer.blocks[index]?.start ?? 0) >= end)]?.start ?? start);
      const rect = lineRectOf(layer, offset);
      return rect && { offset, y: rect.top - top };
    },
    topsOf: (spots) =>
      topsOf(
        layer,
        scroller,
        // What is on a page without text stands where the text goes on, or ends.
        spots.map(({ start, area }) => (area && layer.complete ? Math.min(start, Math.max(0, layer.length - 1)) : start)),
      ),
    nearby() {
      const { top, height } = scroller.getBoundingClientRect();
      const near = layer.sections.filter(({ element }) => {
        const rect = element.getBoundingClientRect();
        return rect.bottom >= top - height && rect.top <= top + 2 * height;
      });
      return { start: near[0]?.start ?? 0, end: near.at(-1)?.end ?? 0 };
    },
  };
}

/** How much of what is shown lies before `offset`, 0 to 1. */
export function shareRead(layer: TextLayer, offset: number): number {
  const start = layer.shownBefore(layer.bodyStart);
  return Math.min(1, Math.max(0, (layer.shownBefore(offset) - start) / Math.max(1, layer.expectedShown - start)));
}

/** See `Places.edgesOf`. */
export function edgesOf(layer: TextLayer, { start, end }: { start: number; end: number }): { start: DOMRect; end: DOMRect } | undefined {
  const [first, last] = [edgeAt(layer, start), edgeAt(layer, end - 1)];
  if (!first || !last) return undefined;
  return {
    start: new DOMRect(first.isRightToLeft ? first.rect.right : first.rect.left, first.rect.top, 0, first.rect.height),
    end: new DOMRect(last.isRightToLeft ? last.rect.left : last.rect.right, last.rect.top, 0, last.rect.height),
  };
}

function edgeAt(layer: TextLayer, offset: number): { rect: DOMRect; isRightToLeft: boolean } | undefined {
  const range = layer.rangeOf(offset, offset + 1);
  const { startContainer: node } = range ?? {};
  const element = node instanceof Element ? node : node?.parentElement;
  if (!range || !element?.checkVisibility({ contentVisibilityAuto: true })) return undefined;
  const rect = [...range.getClientRects()].find(({ width }) => width > 0);
  return rect && { rect, isRightToLeft: getComputedStyle(element).direction === 'rtl' };
}

/** About which offset stands at `y` (CSS pixels of the window), inside or before its block. */
function offsetAt(layer: TextLayer, y: number): number {
  const block = blockFrom(layer, (rect) => rect.bottom >= y);
  if (!block) return layer.length;
  const rect = block.element.getBoundingClientRect();
  const within = Math.min(1, Math.max(0, (y - rect.top) / Math.max(1, rect.height)));
  return Math.floor(block.start + within * (block.end - block.start));
}

/** The first block for which `reached` holds. Sections are told by their own boxes, so that far ones are not laid out. */
function blockFrom(layer: TextLayer, reached: (rect: DOMRect) => boolean): Stretch | undefined {
  const { sections, blocks } = layer;
  const section = sections[firstIndex(sections.length, (index) => reachedBy(sections[index], reached))];
  if (!section) return undefined;
  const from = firstIndex(blocks.length, (index) => (blocks[index]?.start ?? 0) >= section.start);
  const to = firstIndex(blocks.length, (index) => (blocks[index]?.start ?? 0) >= section.end);
  return blocks[from + firstIndex(to - from, (index) => reachedBy(blocks[from + index], reached))];
}

/** Has the height that its text takes: that of a section far from the view is estimated. */
export function isLaidOut({ element }: Stretch): boolean {
  return element.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) ?? true;
}

/** What has no box is passed over. */
function reachedBy(stretch: Stretch | undefined, reached: (rect: DOMRect) => boolean): boolean {
  const rect = stretch?.element.getBoundingClientRect();
  return rect !== undefined && (rect.width > 0 || rect.height > 0) && reached(rect);
}

function lineRectOf(layer: TextLayer, offset: number): DOMRect | undefined {
  const at = Math.max(layer.bodyStart, Math.min(offset, layer.length - 1));
  return layer.rangeOf(at, at + 1)?.getClientRects()[0] ?? layer.blockAt(at)?.element.getBoundingClientRect();
}

/** Exact in sections that are laid out, else estimated from the section's box, so that asking for thousands lays nothing out. */
function topsOf(layer: TextLayer, scroller: HTMLElement, offsets: readonly number[]): number[] {
  const view = scroller.getBoundingClientRect();
  const origin = view.top + scroller.clientTop - scroller.scrollTop;
  const boxes = new Map<Stretch, { top: number; height: number; laidOut: boolean }>();
  return offsets.map((offset) => {
    const section = layer.sectionOf(offset);
    if (!section || offset >= layer.length) return Number.NaN;
    let box = boxes.get(section);
    if (!box) {
      const { top, height } = section.element.getBoundingClientRect();
      // After a jump the browser lays a visible section out only with the next frame.
      const inView = top < view.bottom && top + height > view.top;
      const laidOut = inView || isLaidOut(section);
      box = { top, height, laidOut };
      boxes.set(section, box);
    }
    if (box.laidOut) {
      const rect = layer.rangeOf(offset, offset + 1)?.getClientRects()[0] ?? layer.blockAt(offset)?.element.getBoundingClientRect();
      if (rect) return rect.top - origin;
    }
    // What is not shown stands where the section before it ends.
    return box.top - origin + box.height * Math.min(1, (offset - section.start) / Math.max(1, section.end - section.start));
  });
}
