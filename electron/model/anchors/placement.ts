import type { Anchor } from '../notebook';
import type { TextRange } from './carry-over';

/**
 * Where an anchor's passage is in a text, in UTF-16 code units. `exact`: where it was made, word for word. `moved`: elsewhere or in other words, without doubt. `close`: most
 * likely, for the reader to say, with a `score` from 0 to 1.
 */
export type Placement =
  | ({ state: 'exact' | 'moved' } & TextRange)
  | ({ state: 'close'; score: number } & TextRange)
  | { state: 'unplaced' };

/** Tells an anchor by its place in the text that it was made on. */
export const anchorKey = ({ textHash, start, end }: Pick<Anchor, 'textHash' | 'start' | 'end'>): string => `${textHash} ${start} ${end}`;

/** Whether two anchors mark one passage of one text, or neither is there. */
export const isSameAnchor = (one: Anchor | undefined, other: Anchor | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && anchorKey(one) === anchorKey(other));

/** Placements by `anchorKey`. */
export type Placements = Readonly<Record<string, Placement>>;
