import { type FocusEvent, useLayoutEffect, useRef } from 'react';
import { isFocusLost, stepPane } from '../../state/actions/focus';

/**
 * For a list whose rows go away, in this window or by another one's doing: when the row with the focus has gone, the row that is now
 * in its place gets it, else the one before, else the next pane. A row is an `li`, and its last button takes the focus.
 */
export function useKeptFocus(count: number): { onFocus(event: FocusEvent<HTMLUListElement>): void; onBlur(): void } {
  const held = useRef<{ list: HTMLUListElement; row: Element; index: number }>(undefined);

  useLayoutEffect(() => {
    const { list, row, index } = held.current ?? {};
    // The count says only that rows may have gone.
    if (!list || !row || row.isConnected || !isFocusLost()) return;
    held.current = undefined;
    const next = count > 0 ? list.children[Math.min(index ?? 0, count - 1)] : undefined;
    const button = [...(next?.querySelectorAll('button') ?? [])].at(-1);
    if (button) button.focus();
    else stepPane(1);
  }, [count]);

  return {
    onFocus({ currentTarget: list, target }) {
      const row = target.closest('li');
      if (row) held.current = { list, row, index: [...list.children].indexOf(row) };
    },
    onBlur() {
      held.current = undefined;
    },
  };
}
