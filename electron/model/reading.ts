import type { ReadingStatus } from './choices';

/** Silent reading of English prose: Brysbaert 2019 finds 238 words a minute; rounded down for texts with figures and names. */
export const WORDS_PER_MINUTE = 230;

/** s with a document after which it is being read: who only looks what it is has gone on by then. */
const LITTLE = 10;

/** What was read of a document. */
export interface ReadSoFar {
  words: number;
  /** s that were spent with it since it was opened, and ever. */
  seconds: number;
  secondsEver: number;
  /** The reader went on in it, or back. */
  hasScrolled: boolean;
  /** Its last line was on the screen. */
  hasSeenEnd: boolean;
}

/**
 * The status of a document after so much of reading: opening it alone changes nothing; it is finished by who saw its end and took a quarter of
 * the time that reading it takes.
 */
export function statusOfReading(status: ReadingStatus, { words, seconds, secondsEver, hasScrolled, hasSeenEnd }: ReadSoFar): ReadingStatus {
  const quarter = ((words / WORDS_PER_MINUTE) * 60) / 4;
  if (hasSeenEnd && secondsEver >= Math.max(LITTLE, quarter)) return 'finished';
  return status === 'unread' && (hasScrolled || seconds >= LITTLE) ? 'reading' : status;
}

/**
 * Where the eye is in the view, as a share of its height: at the top where the text begins, at the foot once its end is seen, and evenly in
 * between. `scrolled`: CSS pixels above the view. `toEnd`: those above it when the last line stands at its foot; none where all of the text fits.
 */
export const eyeInView = (scrolled: number, toEnd: number): number => (toEnd <= 0 ? 1 : Math.min(1, Math.max(0, scrolled / toEnd)));

/**
 * CSS pixels to scroll until the eye is at a line that is `below` it now: the eye goes down the view meanwhile, which is `height` high and can be
 * scrolled by `toEnd` in all.
 */
export const untilEye = (below: number, height: number, toEnd: number): number => (toEnd <= 0 ? 0 : below / (1 + height / toEnd));
