import { isLaidOut } from './flow-places';
import type { View } from './places';
import type { Stretch, TextLayer } from './text-layer';

/** How often a scroll is corrected while sections take their real heights. */
const MAX_CORRECTIONS = 16;

/** ms that pictures may take to come before a place is not held any more. */
const HELD = 5_000;

/** Frames after which a section that has come near the view has its real height: the browser looks for such at the end of a frame. */
const FRAMES_TO_GROW = 4;

/** Where in the view; `eye`: where the eye is by then; a number is the distance of its line from the top of the view, in CSS pixels. */
export type Block = 'start' | 'center' | 'eye' | number;

interface ScrollOptions {
  block?: Block;
  signal?: AbortSignal;
}

/**
 * Brings an offset into view and keeps it there until the sections around it have their real heights; waits for it to be
 * drawn. Ends early when the reader scrolls: gives false then.
 */
export async function scrollToOffset(view: View, offset: number, options: ScrollOptions = {}): Promise<boolean> {
  const { layer, scroller } = view;
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal;
  stopByReader(scroller, stop, signal);
  try {
    await drawnUpTo(layer, offset + 1, signal);
    unfold(layer, offset);
    const { block = 'start' } = options;
    let framesAtRest = 0;
    for (let round = 0; round < MAX_CORRECTIONS && !signal.aborted; round += 1) {
      const distance = distanceTo(view, offset, block);
      const isThere = Math.abs(distance) < 1;
      // Where the eye is depends on how far it is to the end, which sections out of view change too.
      if (isThere && block !== 'eye' && isSettled(view, offset)) break;
      const before = scroller.scrollTop;
      if (!isThere) scroller.scrollTo({ top: before + distance, behavior: 'instant' });
      // What was there, or at the end, is not any more once the sections around it have their real heights.
      framesAtRest = Math.abs(scroller.scrollTop - before) < 1 ? framesAtRest + 1 : 0;
      if (framesAtRest === FRAMES_TO_GROW) break;
      await nextFrame();
    }
    return !signal.aborted;
  } finally {
    stop.abort();
  }
}

function stopByReader(scroller: HTMLElement, stop: AbortController, signal: AbortSignal): void {
  for (const name of ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const) {
    scroller.addEventListener(name, () => stop.abort(), { signal, passive: true });
  }
}

/**
 * Keeps an offset where `scrollToOffset` brought it while pictures come, which have no height before: the browser holds what is at the top of the view only.
 * Ends when the reader scrolls, and after a while. `onMoved` is called after each correction.
 */
export function holdOffset(view: View, offset: number, options: ScrollOptions, onMoved: () => void): void {
  const { layer, scroller } = view;
  const { block = 'start', signal: given } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(HELD), ...(given ? [given] : [])]);
  let frame = 0;
  const correct = (): void => {
    const distance = distanceTo(view, offset, block);
    if (signal.aborted || Math.abs(distance) < 1) return;
    scroller.scrollTo({ top: scroller.scrollTop + distance, behavior: 'instant' });
    onMoved();
  };
  const correctSoon = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(correct);
  };
  stopByReader(scroller, stop, signal);
  for (const name of ['load', 'error'] as const) layer.root.addEventListener(name, correctSoon, { capture: true, signal });
}

/** The section of an offset and those in view around it have their real heights. */
function isSettled({ layer, scroller }: View, offset: number): boolean {
  const { sections } = layer;
  const { top, bottom } = scroller.getBoundingClientRect();
  const isInView = ({ element }: Stretch): boolean => {
    const rect = element.getBoundingClientRect();
    return rect.bottom > top && rect.top < bottom;
  };
  const section = layer.sectionOf(offset);
  if (!section) return true;
  const at = sections.indexOf(section);
  const isHeld = (step: 1 | -1): boolean => {
    for (let index = at + step, next = sections[index]; next && isInView(next); index += step, next = sections[index]) {
      if (!isLaidOut(next)) return false;
    }
    return true;
  };
  return isLaidOut(section) && isHeld(-1) && isHeld(1);
}

/** Opens what is closed around an offset, such as the rest of a passage that its author folded away: it would not be seen. */
function unfold(layer: TextLayer, offset: number): void {
  let closed = layer.rangeOf(offset, offset + 1)?.startContainer.parentElement?.closest('details:not([open])');
  for (; closed; closed = closed.parentElement?.closest('details:not([open])')) closed.setAttribute('open', '');
}

/** Scrolls what lies around a passage and is wider than the text, such as a table, so that the passage’s first line is seen in it. */
export function scrollSideways(layer: TextLayer, { start, end }: { start: number; end: number }): void {
  const range = layer.rangeOf(start, end);
  const lineOf = (): DOMRect | undefined => [...(range?.getClientRects() ?? [])].find(({ width }) => width > 0);
  let holder = range?.startContainer.parentElement;
  for (; holder && holder !== layer.root; holder = holder.parentElement) {
    const line = holder.scrollWidth > holder.clientWidth ? lineOf() : undefined;
    const view = holder.getBoundingClientRect();
    // What cannot be scrolled stays as it is.
    if (line && (line.left < view.left || line.right > view.right))
      holder.scrollLeft += (line.left + line.right - view.left - view.right) / 2;
  }
}

/** CSS pixels to scroll so that the offset's line is where it is wanted. */
function distanceTo({ places, scroller }: View, offset: number, block: Block): number {
  if (block === 'eye') return places.distanceToEye(offset);
  const rect = places.lineRectOf(offset);
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

/** Frames do not come while the page is hidden, so a timer stands in for them. A busy machine is late with those of a page that is seen. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, document.hidden ? 100 : 1_000);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Calls `listener`, at most once a frame, when heights may have changed: after growth, resizing, and when sections are laid out. */
export function watchLayout({ layer }: Pick<View, 'layer'>, listener: () => void): () => void {
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
