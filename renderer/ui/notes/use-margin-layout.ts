import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import { layoutMargin } from '../../domain/margin-layout';
import { readerHandle } from '../../state/reader-handle';

/** CSS pixels between two cards. */
const GAP = 12;

interface MarginLayout {
  /** Begins where the scrolled content begins. */
  margin: RefObject<HTMLElement | null>;
  /** The cards, absolutely placed in it. */
  list: RefObject<HTMLElement | null>;
  /** Where a note's passage begins in the text layer; `undefined` for a note on the whole document. */
  startOf(noteId: string): number | undefined;
  focusedId: string | undefined;
}

/** Puts each card of `list` at the height of its passage: after each drawing, and when a card's height changes. */
export function useMarginLayout({ margin, list, startOf, focusedId }: MarginLayout): void {
  const arrange = () => {
    if (margin.current && list.current) arrangeCards(margin.current, list.current, startOf, focusedId);
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
    for (const element of [...(margin.current?.children ?? []), ...(list.current?.children ?? [])]) {
      // The list's own height is set here and would only be heard back.
      if (element === list.current || observed.current.has(element)) continue;
      observer.current.observe(element);
      observed.current.add(element);
    }
    arrange();
  });
}

function arrangeCards(margin: HTMLElement, list: HTMLElement, startOf: MarginLayout['startOf'], focusedId: string | undefined): void {
  const handle = readerHandle();
  const origin = list.getBoundingClientRect().top - margin.getBoundingClientRect().top;
  const shown: { card: HTMLElement; wished: number; height: number; isFocused: boolean }[] = [];
  for (const card of list.children) {
    if (!(card instanceof HTMLElement)) continue;
    const noteId = card.dataset['noteId'] ?? '';
    const start = startOf(noteId);
    const top = start === undefined ? origin : handle?.topOf(start);
    // A passage that is not drawn yet has no height; its card waits.
    card.style.visibility = top === undefined ? 'hidden' : '';
    if (top === undefined) continue;
    shown.push({ card, wished: top - origin, height: card.offsetHeight, isFocused: start !== undefined && noteId === focusedId });
  }
  const focused = shown.findIndex(({ isFocused }) => isFocused);
  const tops = layoutMargin(shown, { gap: GAP, focused: focused < 0 ? undefined : focused });
  shown.forEach(({ card }, index) => {
    card.style.top = `${tops[index] ?? 0}px`;
  });
  const last = shown.at(-1);
  list.style.height = `${last ? (tops.at(-1) ?? 0) + last.height + GAP : 0}px`;
}
