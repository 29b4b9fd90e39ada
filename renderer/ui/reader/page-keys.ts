import type { View } from '../../reader/places';

/** Lines that are seen on both pages: two whole ones, wherever the edge of the view cuts a third. */
const OVERLAP = 2.5;

/** Space and the page keys go on by what is on the screen, less two lines by which the eye finds its way. */
export function followPageKeys(view: View, signal: AbortSignal): void {
  const { places, scroller } = view;
  scroller.addEventListener(
    'keydown',
    (event) => {
      const direction = directionOf(event);
      // Buttons, fields and tables that scroll have these keys for themselves.
      const isOfText = event.target instanceof Element && event.target.matches('.reading-article');
      if (direction === 0 || !isOfText || event.defaultPrevented) return;
      event.preventDefault();
      const line = places.lineHeightAt(places.position().offset);
      scroller.scrollBy({ top: direction * Math.max(line, scroller.clientHeight - OVERLAP * line), behavior: 'instant' });
    },
    { signal },
  );
}

function directionOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): 1 | 0 | -1 {
  if (ctrlKey || metaKey || altKey) return 0;
  if (key === ' ') return shiftKey ? -1 : 1;
  if (shiftKey) return 0;
  return key === 'PageDown' ? 1 : key === 'PageUp' ? -1 : 0;
}
