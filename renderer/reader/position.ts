import { eyeInView, firstIndex } from '#model';
import type { Stretch, TextLayer } from './text-layer';

/** A drawn document and the element that scrolls it. */
export interface View {
  layer: TextLayer;
  scroller: HTMLElement;
}

/** How often a scroll is corrected while sections take their real heights. */
const MAX_CORRECTIONS = 16;

/** The reader's place. */
export interface Place {
  /** Where the first paragraph that is visible begins, in the text layer. */
  offset: number;
  /** Where the eye is (`eyeInView`), in the text layer, and how much of the text lies above it: 0 to 1. */
  eye: number;
  progress: number;
  /** All of the text fits on the screen. */
  fits: boolean;
  /** The last line was reached. */
  atEnd: boolean;
}

export function readPosition({ layer, scroller }: View): Place {
  const view = scroller.getBoundingClientRect();
  const first = blockFrom(layer, (rect) => rect.bottom > view.top + 1);
  const offset = first?.start ?? layer.bodyStart;
  const end = layer.sections.at(-1)?.element.getBoundingClientRect().bottom ?? view.bottom;
  const toEnd = scroller.scrollTop + end - view.bottom;
  const fits = layer.complete && toEnd <= 0;
  const atEnd = layer.complete && scroller.scrollTop >= toEnd - 2;
  const y = view.top + (layer.complete ? eyeInView(scroller.scrollTop, toEnd) : 0) * view.height;
  const eye = atEnd ? layer.length : offsetAt(layer, y);
  const start = layer.shownBefore(layer.bodyStart);
  const share = (layer.shownBefore(eye) - start) / Math.max(1, layer.expectedShown - start);
  return { offset, eye, progress: atEnd ? 1 : Math.min(1, Math.max(0, share)), fits, atEnd };
}

/** Where the first block begins whose beginning is on the screen; without one, the first that is visible. */
export function firstBeginning(view: View): number {
  const { top, bottom } = view.scroller.getBoundingClientRect();
  const first = blockFrom(view.layer, (rect) => rect.top >= top);
  return first && first.element.getBoundingClientRect().top < bottom ? first.start : readPosition(view).offset;
}

/**
 * The rectangle of what is on the screen of a passage, in CSS pixels of the window; without height at the edge of the view that the passage
 * lies beyond. Only blocks on the screen are measured: the rectangle of a whole text would have all of its sections laid out.
 */
export function visibleRectOf({ layer, scroller }: View, { start, end }: { start: number; end: number }): DOMRect {
  const view = scroller.getBoundingClientRect();
  const first = blockFrom(layer, (rect) => rect.bottom > view.top);
  const last = blockFrom(layer, (rect) => rect.bottom >= view.bottom);
  const from = Math.max(start, first?.start ?? layer.length);
  const to = Math.min(end, last?.end ?? layer.length);
  const rect = layer.rangeOf(from, to)?.getBoundingClientRect();
  if (!rect) return new DOMRect(view.left, start > from ? view.bottom : view.top, view.width, 0);
  const top = Math.min(Math.max(rect.top, view.top), view.bottom);
  return new DOMRect(rect.left, top, rect.width, Math.max(0, Math.min(rect.bottom, view.bottom) - top));
}

/** Where a passage begins and ends on the screen, as rectangles without width; `undefined` where one of them is in a section that is not laid out. */
export function edgesOf({ layer }: View, { start, end }: { start: number; end: number }): { start: DOMRect; end: DOMRect } | undefined {
  const [first, last] = [start, end - 1].map((offset) => {
    if (!layer.blockAt(offset)?.element.checkVisibility({ contentVisibilityAuto: true })) return undefined;
    return [...(layer.rangeOf(offset, offset + 1)?.getClientRects() ?? [])].find(({ width }) => width > 0);
  });
  if (!first || !last) return undefined;
  const isRightToLeft = (offset: number) => {
    const block = layer.blockAt(offset);
    return block !== undefined && getComputedStyle(block.element).direction === 'rtl';
  };
  return {
    start: new DOMRect(isRightToLeft(start) ? first.right : first.left, first.top, 0, first.height),
    end: new DOMRect(isRightToLeft(end - 1) ? last.left : last.right, last.top, 0, last.height),
  };
}

/** The offset in the text at a point of the window, in CSS pixels; `undefined` outside of it. */
export function offsetAtPoint(layer: TextLayer, x: number, y: number): number | undefined {
  const caret = document.caretPositionFromPoint(x, y);
  return caret ? layer.offsetOf(caret.offsetNode, caret.offset) : undefined;
}

/** The height of a line of the text at an offset, in CSS pixels; 0 where none is drawn. */
export function lineHeightAt(layer: TextLayer, offset: number): number {
  const block = layer.blockAt(offset);
  return block ? Number.parseFloat(getComputedStyle(block.element).lineHeight) || 0 : 0;
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

/** What has no box (the hidden header) is passed over. */
function reachedBy(stretch: Stretch | undefined, reached: (rect: DOMRect) => boolean): boolean {
  const rect = stretch?.element.getBoundingClientRect();
  return rect !== undefined && (rect.width > 0 || rect.height > 0) && reached(rect);
}

/** Frames after which a section that has come near the view has its real height: the browser looks for such at the end of a frame. */
const FRAMES_TO_GROW = 4;

type Block = 'start' | 'center' | number;

interface ScrollOptions {
  /** Where in the view; a number is the distance of its line from the top of the view, in CSS pixels. */
  block?: Block;
  signal?: AbortSignal;
}

/**
 * Brings an offset into view and keeps it there until the sections around it have their real heights; waits for it to be
 * drawn. Ends early when the reader scrolls.
 */
export async function scrollToOffset(view: View, offset: number, options: ScrollOptions = {}): Promise<void> {
  const { layer, scroller } = view;
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal;
  for (const name of ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const) {
    scroller.addEventListener(name, () => stop.abort(), { signal, passive: true });
  }
  try {
    await drawnUpTo(layer, offset + 1, signal);
    let framesAtEnd = 0;
    for (let round = 0; round < MAX_CORRECTIONS && !signal.aborted; round += 1) {
      const distance = distanceTo(view, offset, options.block ?? 'start');
      if (Math.abs(distance) < 1) return;
      const before = scroller.scrollTop;
      scroller.scrollTo({ top: before + distance, behavior: 'instant' });
      // What was at the end is not, once the last section has its real height.
      framesAtEnd = Math.abs(scroller.scrollTop - before) < 1 ? framesAtEnd + 1 : 0;
      if (framesAtEnd === FRAMES_TO_GROW) return;
      await nextFrame();
    }
  } finally {
    stop.abort();
  }
}

/** The rectangle of the line that an offset stands in, in CSS pixels of the window. */
function lineRectOf(layer: TextLayer, offset: number): DOMRect | undefined {
  const at = Math.max(layer.bodyStart, Math.min(offset, layer.length - 1));
  return layer.rangeOf(at, at + 1)?.getClientRects()[0] ?? layer.blockAt(at)?.element.getBoundingClientRect();
}

/** The first line that is whole on the screen: an offset in it, and its distance from the top of the view in CSS pixels. */
export function firstLine({ layer, scroller }: View): { offset: number; y: number } | undefined {
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
}

/** CSS pixels to scroll so that the offset's line is where it is wanted. */
function distanceTo({ layer, scroller }: View, offset: number, block: Block): number {
  const rect = lineRectOf(layer, offset);
  if (!rect) return 0;
  const top = rect.top - scroller.getBoundingClientRect().top - scroller.clientTop;
  if (typeof block === 'number') return top - block;
  const padding = Number.parseFloat(getComputedStyle(scroller).scrollPaddingTop) || 0;
  if (block === 'start') return top - Math.max(padding, rect.height / 2);
  return top + rect.height / 2 - scroller.clientHeight / 2;
}

function drawnUpTo(layer: TextLayer, end: number, signal: AbortSignal): Promise<void> {
  if (layer.length >= end || layer.complete || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = (): void => {
      stopGrowing();
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const stopGrowing = layer.onGrow(() => {
      if (layer.length >= end || layer.complete) settle();
    });
    signal.addEventListener('abort', settle);
  });
}

/** Frames do not come while the page is hidden, so a timer stands in for them. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * Where passages stand, in CSS pixels from the top of what is scrolled: exact in sections that are laid out, else estimated
 * from the section's box, so that asking for thousands lays nothing out. NaN for what is not drawn yet.
 */
export function topsOf({ layer, scroller }: View, offsets: readonly number[]): number[] {
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
      const laidOut = inView || (section.element.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) ?? true);
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

/** Calls `listener`, at most once a frame, when heights may have changed: after growth, resizing, and when sections are laid out. */
export function watchLayout({ layer }: View, listener: () => void): () => void {
  let frame = 0;
  const tell = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(listener);
  };
  const observer = new ResizeObserver(tell);
  observer.observe(layer.root);
  layer.root.addEventListener('contentvisibilityautostatechange', tell);
  const stopGrowing = layer.onGrow(tell);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    layer.root.removeEventListener('contentvisibilityautostatechange', tell);
    stopGrowing();
  };
}
