import { type FocusEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Page } from '#api';
import { isFocusLost } from '../../state/actions/focus';
import { registerList } from '../../state/list-handle';

export interface RowFocusOptions<T> {
  /** What is held of the list. */
  page: Page<T>;
  keyOf(item: T): string;
  /** CSS selector of what takes the focus in a row. */
  target: string;
  /** Asks for the rows from `first` to `last`. */
  want(first: number, last: number): void;
  /** Takes the focus when the list goes away with it. */
  onGone(): void;
  /** Selects all rows, where these can be selected. */
  chooseAll?(): void;
}

interface RowFocus<E extends HTMLElement> {
  /** For the element around the list. */
  ref: RefObject<E | null>;
  onFocus(event: FocusEvent): void;
  onBlur(event: FocusEvent): void;
  /** Index of the row that has the focus or gets it when the keyboard comes. */
  active: number;
  /** Gives the focus to a row, as soon as it is held. */
  goTo(index: number): void;
}

/** Rows that are asked for around one that is gone to. */
const AROUND = 15;

/**
 * The focus among the rows of a `VirtualList` in pages. It stays on its row when others come or go before it; when the row itself goes, the
 * one that is now in its place gets it, else the one before.
 */
export function useRowFocus<T, E extends HTMLElement>({ page, keyOf, target, want, onGone, chooseAll }: RowFocusOptions<T>): RowFocus<E> {
  const [chosen, setChosen] = useState<{ index: number; key?: string }>({ index: 0 });
  const held = chosen.key === undefined ? -1 : page.rows.findIndex((row) => keyOf(row) === chosen.key);
  const active = held >= 0 ? page.from + held : Math.max(0, Math.min(chosen.index, page.total - 1));
  const ref = useRef<E>(null);
  const hasFocus = useRef(false);
  const isAwaited = useRef(false);

  const keyAt = (index: number): string | undefined => {
    const row = page.rows[index - page.from];
    return row === undefined ? undefined : keyOf(row);
  };
  const ask = (index: number) => want(Math.max(0, index - AROUND), index + AROUND);

  // Without dependencies: with any drawing the row may have come, or gone.
  useLayoutEffect(() => {
    const isLost = hasFocus.current && isFocusLost();
    if (!isAwaited.current && !isLost) return;
    const element = ref.current?.querySelector<HTMLElement>(`[data-index="${active}"] ${target}`);
    isAwaited.current = element === null || element === undefined;
    if (element) element.focus();
    else if (keyAt(active) === undefined) ask(active);
  });

  const goTo = (index: number): void => {
    setChosen({ index, key: keyAt(index) });
    isAwaited.current = true;
    if (keyAt(index) === undefined) ask(index);
  };
  const canChoose = chooseAll !== undefined;
  const latest = useRef({ onGone, chooseAll, goTo, active, count: page.total });
  useLayoutEffect(() => {
    latest.current = { onGone, chooseAll, goTo, active, count: page.total };
  });
  useEffect(
    () =>
      registerList({
        step(direction) {
          const { goTo, active, count } = latest.current;
          goTo(hasFocus.current ? Math.min(Math.max(active + direction, 0), count - 1) : active);
        },
        chooseAll: canChoose ? () => latest.current.chooseAll?.() : undefined,
      }),
    [canChoose],
  );
  useLayoutEffect(
    () => () => {
      if (hasFocus.current) latest.current.onGone();
    },
    [],
  );

  return {
    ref,
    active,
    onFocus(event) {
      hasFocus.current = true;
      isAwaited.current = false;
      const index = Number(event.target.closest('li')?.dataset['index'] ?? -1);
      // One that is shown though it is no longer held keeps its key.
      if (index >= 0) setChosen((before) => ({ index, key: keyAt(index) ?? (before.index === index ? before.key : undefined) }));
    },
    onBlur({ currentTarget, relatedTarget }) {
      if (currentTarget.contains(relatedTarget as Node | null) || currentTarget.contains(document.activeElement)) return;
      hasFocus.current = false;
      isAwaited.current = false;
    },
    goTo,
  };
}
