import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { Spot } from '../../reader/places';
import { readerHandle } from '../../state/reader-handle';
import { layoutMargin } from './margin-layout';

/** Of what stands above all passages. */
const FIRST = Number.MIN_SAFE_INTEGER;

/** CSS pixels between two cards. */
const GAP = 12;

interface MarginLayout {
  /** Begins where the scrolled content begins. */
  margin: RefObject<HTMLElement | null>;
  /** What stands above the first card. */
  head: RefObject<HTMLElement | null>;
  /** The cards, absolutely placed in it. */
  list: RefObject<HTMLElement | null>;
  /** Where a note's passage or area begins; `undefined` for a note on the whole document. */
  startOf(noteId: string): Spot | undefined;
  focusedId: string | undefined;
}

/** Puts each card of `list` at the height of its passage: after each drawing, and when a card's height changes. */
export function useMarginLayout({ margin, head, list, startOf, focusedId }: MarginLayout): void {
  const arrange = () => {
    if (margin.current && head.current && list.current) arrangeCards(margin.current, head.current, list.current, startOf, focusedId);
  };
  const rearrange = useEffectEvent(arrange);
  const observer = useRef<ResizeObserver>(undefined);
  const observed = useRef(new Set<Element>());

  useEffect(() => {
    const seen = observed.current;
    return () => {
      observer.current?.disconnect();
      observer.current = undefined;
      seen.clear();
    };
  }, []);

  // Without dependencies: every drawing may have changed texts, cards or places.
  useLayoutEffect(() => {
    observer.current ??= new ResizeObserver(() => rearrange());
    for (const element of observed.current) {
      if (element.isConnected) continue;
      observer.current.unobserve(element);
      observed.current.delete(element);
    }
    for (const element of [head.current, ...(list.current?.children ?? [])]) {
      if (!element || observed.current.has(element)) continue;
      observer.current.observe(element);
      observed.current.add(element);
    }
    arrange();
  });
}

function arrangeCards(
  margin: HTMLElement,
  head: HTMLElement,
  list: HTMLElement,
  startOf: MarginLayout['startOf'],
  focusedId: string | undefined,
): void {
  const handle = readerHandle();
  // Everything is measured from the top of the list, which stands under the head.
  const origin = list.getBoundingClientRect().top - margin.getBoundingClientRect().top;
  const blocks = [{ element: head, wanted: -origin, height: Math.max(0, origin - GAP), order: FIRST, isFocused: false }];
  for (const card of list.children) {
    if (!(card instanceof HTMLElement)) continue;
    const noteId = card.dataset['noteId'] ?? '';
    const start = startOf(noteId);
    // A passage that is not drawn yet has no height: its card waits, or stays where it was.
    const top =
      start === undefined ? origin : (handle?.topOf(start) ?? (card.style.top ? origin + Number.parseFloat(card.style.top) : undefined));
    card.style.visibility = top === undefined ? 'hidden' : '';
    if (top === undefined) continue;
    const isPlaced = start !== undefined;
    const wanted = top - origin;
    blocks.push({
      element: card,
      wanted,
      height: card.offsetHeight,
      order: isPlaced ? wanted : FIRST,
      isFocused: isPlaced && noteId === focusedId,
    });
  }
  // In a page of two columns, or beside an area of it, what comes later may stand higher.
  blocks.sort((one, other) => one.order - other.order);
  const focused = blocks.findIndex(({ isFocused }) => isFocused);
  const tops = layoutMargin(blocks, { gap: GAP, top: -origin, focused: focused < 0 ? undefined : focused });
  blocks.forEach(({ element, wanted }, index) => {
    const top = tops[index] ?? 0;
    // The head makes room for the focused card as the others do.
    if (element === head) head.style.translate = `0 ${top - wanted}px`;
    else element.style.top = `${top}px`;
  });
  const last = blocks.at(-1);
  list.style.height = `${last && blocks.length > 1 ? (tops.at(-1) ?? 0) + last.height + GAP : 0}px`;
}
