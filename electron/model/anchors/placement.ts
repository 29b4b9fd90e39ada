import type { Anchor, Area } from '../notebook';
import type { TextRange } from './carry-over';

/**
 * Where an anchor's passage is in a text, in UTF-16 code units. `exact`: where it was made, word for word. `moved`: elsewhere or in other words, without doubt. `close`: most
 * likely, for the reader to say, with a `score` from 0 to 1. With an `area`, as that is by now, it is the text of its page.
 */
export type Placement =
  | ({ state: 'exact' | 'moved'; area?: Area } & TextRange)
  | ({ state: 'close'; score: number; area?: Area } & TextRange)
  | { state: 'unplaced' };

/** What tells one anchor of a text from another. */
type AnchorPlace = Pick<Anchor, 'textHash' | 'start' | 'end' | 'area'>;

/** Tells an anchor by its place in the text that it was made on. */
export const anchorKey = ({ textHash, start, end, area }: AnchorPlace): string => `${textHash} ${start} ${end}${areaKey(area)}`;

/** Tells one area of a page from another; empty for a passage. */
export function areaKey(area: Area | undefined): string {
  const { x, y, width, height } = area?.box ?? {};
  return area ? ` ${[area.page, x, y, width, height]}` : '';
}

/** Whether two anchors mark one passage of one text, or neither is there. */
export const isSameAnchor = (one: Anchor | undefined, other: Anchor | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && anchorKey(one) === anchorKey(other));

/** Placements by `anchorKey`. */
export type Placements = Readonly<Record<string, Placement>>;
