/** A card that stands beside the text; all measures in CSS pixels. */
export interface MarginCard {
  /** Where its passage begins, and the card would stand if it were alone. */
  wanted: number;
  height: number;
}

export interface MarginOptions {
  /** What stays free between two cards. */
  gap: number;
  /** No card stands above this, unless the focused one pushes it there. */
  top?: number;
  /** Index of the card that gets exactly its wanted place; the others make room. */
  focused?: number;
}

/**
 * The tops of cards so that none overlaps another and their order stays. Each is pushed down as far as the one before it demands;
 * those before the focused card are pushed up instead.
 */
export function layoutMargin(cards: readonly MarginCard[], { gap, top = 0, focused }: MarginOptions): number[] {
  const tops: number[] = [];
  let free = top;
  cards.forEach(({ wanted, height }, index) => {
    const place = index === focused ? wanted : Math.max(wanted, free);
    tops.push(place);
    free = place + height + gap;
  });
  if (focused === undefined) return tops;
  let ceiling = tops[focused] ?? 0;
  for (let index = focused - 1; index >= 0; index -= 1) {
    const lowest = ceiling - gap - (cards[index]?.height ?? 0);
    ceiling = Math.min(tops[index] ?? lowest, lowest);
    tops[index] = ceiling;
  }
  return tops;
}
