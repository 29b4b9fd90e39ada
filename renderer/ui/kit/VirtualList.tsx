import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Page, rowAt } from '#api';

/** What an item of the list must put on its `<li>`: how it is measured, and where it stands. */
export interface VirtualPlace {
  ref(element: HTMLLIElement | null): void;
  index: number;
  /** CSS pixels from the top of the list. */
  offset: number;
}

/** Items behind what is held or shown that are laid out, too. */
const SPARE = 200;

interface VirtualListProps<T> {
  label: string;
  className?: string;
  /** What is held of the list. Its other items have a place and are not drawn, but for the one that has the keyboard. */
  items: Page<T>;
  keyOf(item: T): string;
  /** A guess of an item's height in CSS pixels, until it is measured. */
  estimate: number;
  gap: number;
  /** The element that scrolls; the list may have others above it there. */
  scroller: HTMLElement | null;
  /** Index of an item that stays in the page wherever the list is scrolled to. */
  keep?: number;
  /** Told which items are on the screen. */
  onRange?(first: number, last: number): void;
  children(item: T, place: VirtualPlace): ReactNode;
}

/** A list of which only the items near the screen are in the page, and the one that has the keyboard. */
export function VirtualList<T>({ label, className, items, keyOf, estimate, gap, scroller, keep, onRange, children }: VirtualListProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  const [focused, setFocused] = useState(-1);

  useEffect(() => {
    const element = list.current;
    const see = ({ target }: FocusEvent): void => {
      const item = target instanceof Element ? target.closest('li') : null;
      setFocused(Number(item?.dataset['index'] ?? -1));
    };
    element?.addEventListener('focusin', see);
    return () => element?.removeEventListener('focusin', see);
  }, []);

  const { keys, keptAt } = useSeen(items, keyOf, [keep ?? -1, focused]);
  // With each height that is measured all items behind it are laid out anew: of a long list only as many as are needed.
  const [reach, setReach] = useState(0);
  const laidOut = Math.min(items.total, Math.max(items.from + items.rows.length, reach, (keep ?? -1) + 1, focused + 1) + SPARE);
  const virtualizer = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: laidOut,
    getScrollElement: () => scroller,
    estimateSize: useCallback(() => estimate, [estimate]),
    getItemKey: useCallback(
      (index: number) => {
        const item = rowAt(items, index);
        return item === undefined ? (keys.get(index) ?? index) : keyOf(item);
      },
      [items, keyOf, keys],
    ),
    rangeExtractor: useCallback(
      (range: Range) => {
        const kept = [keep ?? -1, focused].filter((index) => index >= 0 && index < range.count);
        return [...new Set([...defaultRangeExtractor(range), ...kept])].sort((a, b) => a - b);
      },
      [keep, focused],
    ),
    gap,
    overscan: 6,
    scrollMargin,
  });

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: -1 };
  useEffect(() => {
    if (endIndex >= startIndex) onRange?.(startIndex, endIndex);
  }, [startIndex, endIndex, onRange]);

  const size = virtualizer.getTotalSize();
  useEffect(() => {
    if (!scroller || laidOut === items.total) return;
    const see = (): void => {
      const beyond = scroller.scrollTop + scroller.clientHeight - scrollMargin - size;
      if (beyond > 0) setReach(laidOut + Math.ceil(beyond / (estimate + gap)));
    };
    see();
    scroller.addEventListener('scroll', see);
    return () => scroller.removeEventListener('scroll', see);
  }, [scroller, laidOut, items.total, scrollMargin, size, estimate, gap]);
  const isShownHeld = endIndex < items.from + items.rows.length;
  useEffect(() => {
    if (isShownHeld) setReach(0);
  }, [isShownHeld]);

  // Without dependencies: what stands above the list may have grown with any drawing.
  useLayoutEffect(() => {
    if (!list.current || !scroller) return;
    const top = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    if (Math.abs(top - scrollMargin) >= 1) setScrollMargin(top);
  });

  return (
    <ul
      ref={list}
      aria-label={label}
      className={className}
      style={{ position: 'relative', height: size + (items.total - laidOut) * (estimate + gap) }}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const item = rowAt(items, index) ?? keptAt(index);
        return item !== undefined && children(item, { ref: virtualizer.measureElement, index, offset: start - scrollMargin });
      })}
    </ul>
  );
}

/** What was seen of the items that are not held any more. */
interface Seen<T> {
  /** Keys by index: the heights that were measured stay theirs, so that nothing moves when a part of the list makes room for another. */
  keys: Map<number, string>;
  /** One of those that stay in the page, unless it has another place by now. */
  keptAt(index: number): T | undefined;
}

function useSeen<T>(items: Page<T>, keyOf: (item: T) => string, keep: readonly number[]): Seen<T> {
  const [{ keys, kept }] = useState(() => ({ keys: new Map<number, string>(), kept: new Map<number, T>() }));
  const noted = useRef<Page<T>>(undefined);
  if (noted.current !== items) {
    noted.current = items;
    for (const [place, item] of items.rows.entries()) keys.set(items.from + place, keyOf(item));
  }
  for (const index of [...kept.keys()]) if (!keep.includes(index) || index >= items.total) kept.delete(index);
  for (const index of keep) {
    const item = rowAt(items, index);
    if (item !== undefined) kept.set(index, item);
  }
  return {
    keys,
    keptAt(index) {
      const item = kept.get(index);
      const key = item === undefined ? undefined : keyOf(item);
      return items.rows.some((row) => keyOf(row) === key) ? undefined : item;
    },
  };
}
