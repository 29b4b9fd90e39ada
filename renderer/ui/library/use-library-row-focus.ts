import { type FocusEvent, useLayoutEffect, useRef } from 'react';
import { focusPane } from '../../state/actions/focus';

const rowsOf = (section: HTMLElement) => [...section.querySelectorAll<HTMLElement>('.sidebar-row > .library-row')];

/** Keeps the focus among the rows of tags, collections, or saved searches: when the row that had it goes, as by another name, the one that is in its place gets it. */
export function useLibraryRowFocus(section: HTMLElement | null) {
  const last = useRef<{ row: HTMLElement; index: number }>(undefined);
  // Without dependencies: with any drawing the row may have gone.
  useLayoutEffect(() => {
    const before = last.current;
    if (!before || before.row.isConnected || !section) return;
    last.current = undefined;
    if ((document.activeElement ?? document.body) !== document.body) return;
    const rows = rowsOf(section);
    const row = rows[Math.min(before.index, rows.length - 1)];
    if (row) row.focus({ preventScroll: true });
    else focusPane('library');
  });
  return {
    onFocus({ target, currentTarget }: FocusEvent<HTMLElement>) {
      const row = target.closest('.sidebar-row')?.querySelector<HTMLElement>('.library-row');
      last.current = row ? { row, index: rowsOf(currentTarget).indexOf(row) } : undefined;
    },
  };
}
