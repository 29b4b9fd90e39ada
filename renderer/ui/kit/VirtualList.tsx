import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** What an item of the list must put on its `<li>`: how it is measured, and where it stands. */
export interface VirtualPlace {
  ref(element: HTMLLIElement | null): void;
  index: number;
  /** CSS pixels from the top of the list. */
  offset: number;
}

interface VirtualListProps<T> {
  label: string;
  className?: string;
  items: readonly T[];
  keyOf(item: T): string;
  /** A guess of an item's height in CSS pixels, until it is measured. */
  estimate: number;
  gap: number;
  /** The element that scrolls; the list may have others above it there. */
  scroller: HTMLElement | null;
  /** Index of an item that stays in the page wherever the list is scrolled to. */
  keep?: number;
  children(item: T, place: VirtualPlace): ReactNode;
}

/** A list of which only the items near the screen are in the page, and the one that has the keyboard. */
export function VirtualList<T>({ label, className, items, keyOf, estimate, gap, scroller, keep, children }: VirtualListProps<T>) {
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

  const virtualizer = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: useCallback(() => estimate, [estimate]),
    getItemKey: useCallback(
      (index: number) => {
        const item = items[index];
        return item === undefined ? index : keyOf(item);
      },
      [items, keyOf],
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

  // Without dependencies: what stands above the list may have grown with any drawing.
  useLayoutEffect(() => {
    if (!list.current || !scroller) return;
    const top = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    if (Math.abs(top - scrollMargin) >= 1) setScrollMargin(top);
  });

  return (
    <ul ref={list} aria-label={label} className={className} style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const item = items[index];
        return item !== undefined && children(item, { ref: virtualizer.measureElement, index, offset: start - scrollMargin });
      })}
    </ul>
  );
}
