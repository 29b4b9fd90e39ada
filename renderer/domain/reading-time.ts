/** Silent reading of English prose: Brysbaert 2019 finds 238 words a minute; rounded down for texts with figures and names. */
const WORDS_PER_MINUTE = 230;
/** Chinese and Japanese are written without spaces and read by the character. */
const CHARACTERS_PER_MINUTE = 400;

export interface ReadingMeasure {
  /** Words of scripts that are written with spaces. */
  words: number;
  /** Chinese characters and Japanese kana. */
  characters: number;
  minutes: number;
}

const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu;
const RUNS_OF_CHARACTERS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/** Counts what there is to read in a text, and how long that takes. */
export function measureReading(text: string): ReadingMeasure {
  let characters = 0;
  const spaced = text.replace(RUNS_OF_CHARACTERS, (run) => {
    characters += run.length;
    return ' ';
  });
  let words = 0;
  for (const _word of spaced.matchAll(WORDS)) words += 1;
  return { words, characters, minutes: wholeMinutes(words / WORDS_PER_MINUTE + characters / CHARACTERS_PER_MINUTE) };
}

/** Minutes to read so many words; at least 1 when there are any. */
export const minutesForWords = (words: number): number => wholeMinutes(words / WORDS_PER_MINUTE);

/** Minutes that are left of `minutes` at `progress` (0 to 1). */
export const minutesLeft = (minutes: number, progress: number): number => wholeMinutes(minutes * (1 - Math.min(1, Math.max(0, progress))));

const wholeMinutes = (minutes: number): number => (minutes <= 0 ? 0 : Math.max(1, Math.round(minutes)));
