import { type KeyboardEvent, useCallback, useRef } from 'react';
import { nextIndex } from './list-keys';
import { type RowFocusOptions, useRowFocus } from './use-row-focus';

/** `useRowFocus`, with the keys that go from row to row. `focus` is for the element around the list, `onRange` for the `VirtualList`. */
export function useRowKeys<T, E extends HTMLElement>(options: RowFocusOptions<T>) {
  const { page, want } = options;
  const { active, goTo, ...focus } = useRowFocus<T, E>(options);
  const shown = useRef({ first: 0, last: 0 });
  const onRange = useCallback(
    (first: number, last: number) => {
      shown.current = { first, last };
      want(first, last);
    },
    [want],
  );
  /** Goes where a key leads; false for one that leads nowhere. */
  const step = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const { first, last } = shown.current;
    const next = nextIndex(event.key, { active, count: page.total, page: last - first });
    if (next === undefined) return false;
    event.preventDefault();
    if (next !== active) goTo(next);
    return true;
  };
  return { focus, active, goTo, onRange, step };
}
