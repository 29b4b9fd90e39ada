import { type KeyboardEvent, useEffect, useRef } from 'react';

const ROW = '.library-row';
/** What opens the folders under a row is reached by the arrow keys of that row. */
const BUTTONS = 'button:not(.folder-turn)';

/**
 * Makes the rows of the library one tab stop, since there may be thousands: that is the row that had the keyboard last, else the current one, else the
 * first, with its menu. The arrow keys, Home and End go through them.
 */
export function useOneTabStop() {
  const places = useRef<HTMLDivElement>(null);
  const last = useRef<Element>(undefined);

  useEffect(() => {
    const element = places.current;
    if (!element) return;
    const settle = () => {
      const rows = rowsOf(element);
      const stop = rows.find((row) => row === last.current) ?? rows.find((row) => row.ariaCurrent === 'true') ?? rows[0];
      for (const row of rows)
        for (const button of row.parentElement?.querySelectorAll<HTMLElement>(BUTTONS) ?? []) button.tabIndex = row === stop ? 0 : -1;
    };
    const follow = ({ target }: FocusEvent) => {
      const row = target instanceof Element && target.closest('li')?.querySelector(ROW);
      if (!row) return;
      last.current = row;
      settle();
    };
    settle();
    const observer = new MutationObserver(settle);
    observer.observe(element, { subtree: true, childList: true, attributeFilter: ['aria-current'] });
    element.addEventListener('focusin', follow);
    return () => {
      observer.disconnect();
      element.removeEventListener('focusin', follow);
    };
  }, []);

  return {
    ref: places,
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const { key, target, currentTarget } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const rows = rowsOf(currentTarget);
      const at = target instanceof HTMLElement ? rows.indexOf(target) : -1;
      if (at < 0) return;
      const next = { ArrowDown: rows[at + 1], ArrowUp: rows[at - 1], Home: rows[0], End: rows.at(-1) }[key];
      if (!next) return;
      event.preventDefault();
      next.focus();
    },
  };
}

const rowsOf = (places: HTMLElement): HTMLElement[] => [...places.querySelectorAll<HTMLElement>(ROW)];
