import { LINKED } from './page-attributes';
import type { View } from './places';

/**
 * Keeps a selection that is drawn with the mouse in the text when the pointer leaves it: the selection then ends in the line
 * beside the pointer, or in the first or last line on the screen. Browsers would go on to whatever is there in the order of
 * the page: over a card in the margin, to the end of the document. On pages they know no way between columns, nor from beside a
 * line into it: all of the selection is drawn here. So is one that begins on a link, such as the sign of a footnote, since browsers draw none there.
 * Ends when the returned function is called.
 */
export function keepDragInText(container: HTMLElement, { scroller, places }: Pick<View, 'scroller' | 'places'>): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let held = false;
  let isDrawnHere = !places.isOneColumn;
  /** Where a link was pressed: it is followed unless the pointer goes on. In CSS pixels of the window. */
  let pressed: { x: number; y: number } | undefined;
  /** Where the pointer is, in CSS pixels of the window, while it is outside of what the browser selects in by itself. */
  let outside: { x: number; y: number } | undefined;
  const extend = (): void => {
    const selection = document.getSelection();
    if (!outside || !selection || !container.contains(selection.anchorNode)) return;
    const caret = places.caretBeside(outside.x, outside.y);
    if (!caret || (selection.focusNode === caret.offsetNode && selection.focusOffset === caret.offset)) return;
    selection.extend(caret.offsetNode, caret.offset);
  };
  const end = (): void => {
    if (held) extend();
    held = false;
    isDrawnHere = !places.isOneColumn;
    pressed = undefined;
    outside = undefined;
  };
  /** Begins a selection at a point; false where there is no text. */
  const begin = (x: number, y: number): boolean => {
    const caret = places.caretBeside(x, y);
    if (!caret) return false;
    container.closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
    document.getSelection()?.collapse(caret.offsetNode, caret.offset);
    held = true;
    return true;
  };
  container.addEventListener(
    'pointerdown',
    ({ pointerType, button }) => (held = places.isOneColumn && pointerType === 'mouse' && button === 0),
    { signal },
  );
  container.addEventListener(
    'mousedown',
    (event) => {
      const { target, button, detail, shiftKey, clientX: x, clientY: y } = event;
      // Words and lines are selected by two and three clicks as everywhere, and what is selected can be dragged away.
      if (!(target instanceof Element) || button !== 0 || detail > 1 || shiftKey || isSelected(places.caretAt(x, y))) return;
      if (target.closest(LINKED)) pressed = { x, y };
      else if (isDrawnHere && begin(x, y)) event.preventDefault();
    },
    { signal },
  );
  window.addEventListener(
    'pointermove',
    ({ target, clientX: x, clientY: y }) => {
      if (pressed && Math.hypot(x - pressed.x, y - pressed.y) >= DRAG) {
        isDrawnHere = begin(pressed.x, pressed.y);
        pressed = undefined;
      }
      if (!held) return;
      const isBrowsers = !isDrawnHere && target instanceof Node && container.contains(target);
      outside = isBrowsers ? undefined : { x, y };
      extend();
    },
    { signal },
  );
  // What was just selected under the press would be dragged away.
  container.addEventListener('dragstart', (event) => held && isDrawnHere && event.preventDefault(), { signal });
  // The browser's own idea of where the selection ends comes after the event, and once more when it scrolls by itself.
  document.addEventListener('selectionchange', extend, { signal });
  scroller.addEventListener('scroll', extend, { signal });
  for (const type of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(type, end, { signal });
  return () => stop.abort();
}

/** From how far on a press is a drag, in CSS pixels. */
const DRAG = 4;

/** Whether a place is within what is selected. */
function isSelected(caret: CaretPosition | undefined): boolean {
  const selection = document.getSelection();
  if (!caret || !selection || selection.isCollapsed || selection.rangeCount === 0) return false;
  return selection.getRangeAt(0).isPointInRange(caret.offsetNode, caret.offset);
}
