import { WORDS_PER_MINUTE } from '#model';

/** Minutes to read so many words; at least 1 when there are any. */
export const minutesForWords = (words: number): number => wholeMinutes(words / WORDS_PER_MINUTE);

/** Minutes that are left of `minutes` at `progress` (0 to 1). */
export const minutesLeft = (minutes: number, progress: number): number => wholeMinutes(minutes * (1 - Math.min(1, Math.max(0, progress))));

const wholeMinutes = (minutes: number): number => (minutes <= 0 ? 0 : Math.max(1, Math.round(minutes)));
