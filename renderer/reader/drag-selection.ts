import type { View } from './places';

/**
 * Keeps a selection that is drawn with the mouse in the text when the pointer leaves it: the selection then ends in the line
 * beside the pointer, or in the first or last line on the screen. Browsers would go on to whatever is there in the order of
 * the page: over a card in the margin, to the end of the document. Ends when the returned function is called.
 */
export function keepDragInText(container: HTMLElement, { scroller, places }: Pick<View, 'scroller' | 'places'>): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let held = false;
  /** Where the pointer is, in CSS pixels of the window, while it is outside of the text. */
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
    outside = undefined;
  };
  container.addEventListener('pointerdown', (event) => (held = event.pointerType === 'mouse' && event.button === 0), { signal });
  window.addEventListener(
    'pointermove',
    ({ target, clientX: x, clientY: y }) => {
      if (!held) return;
      outside = target instanceof Node && places.isText(target) ? undefined : { x, y };
      extend();
    },
    { signal },
  );
  // The browser's own idea of where the selection ends comes after the event, and once more when it scrolls by itself.
  document.addEventListener('selectionchange', extend, { signal });
  scroller.addEventListener('scroll', extend, { signal });
  for (const type of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(type, end, { signal });
  return () => stop.abort();
}
