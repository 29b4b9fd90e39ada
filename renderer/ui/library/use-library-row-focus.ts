import { type FocusEvent, useLayoutEffect, useRef } from 'react';
import { focusPane, isFocusLost } from '../../state/actions/focus';

const rowsOf = (section: HTMLElement) => [...section.querySelectorAll<HTMLElement>('.sidebar-row > .library-row')];

const nameOf = (row: HTMLElement): string => row.getAttribute('aria-label') ?? '';

interface Focused {
  row: HTMLElement;
  index: number;
  /** Name of the row that was there, and went. */
  inPlaceOf?: string;
}

/**
 * Keeps the focus among the rows of tags, collections, or saved searches: when the row that had it goes, the one that is in its place gets it, or the
 * one that has its name by now, as `nameNow` tells, also when it tells that only later.
 */
export function useLibraryRowFocus(section: HTMLElement | null, nameNow: (name: string) => string = (name) => name) {
  const last = useRef<Focused>(undefined);
  // Without dependencies: with any drawing the row may have gone.
  useLayoutEffect(() => {
    const before = last.current;
    if (!before || !section) return;
    const isGone = !before.row.isConnected;
    const wasCalled = isGone ? nameOf(before.row) : before.inPlaceOf;
    if (wasCalled === undefined) return;
    if (isGone) last.current = undefined;
    if (isGone ? !isFocusLost() : document.activeElement !== before.row) return;
    const rows = rowsOf(section);
    const name = nameNow(wasCalled);
    const renamed = rows.find((each) => nameOf(each) === name);
    const row = renamed ?? (isGone ? rows[Math.min(before.index, rows.length - 1)] : before.row);
    if (!row) {
      focusPane('library');
      return;
    }
    row.focus({ preventScroll: true });
    if (!renamed) last.current = { row, index: rows.indexOf(row), inPlaceOf: wasCalled };
  });
  return {
    onFocus({ target, currentTarget }: FocusEvent<HTMLElement>) {
      const row = target.closest('.sidebar-row')?.querySelector<HTMLElement>('.library-row');
      last.current = row ? { row, index: rowsOf(currentTarget).indexOf(row) } : undefined;
    },
  };
}
