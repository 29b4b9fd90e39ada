/** What a reader steps over. */
export type TextUnit = 'word' | 'sentence';

const segmenters: Record<TextUnit, Intl.Segmenter> = {
  word: new Intl.Segmenter(undefined, { granularity: 'word' }),
  sentence: new Intl.Segmenter(undefined, { granularity: 'sentence' }),
};

/** Where the first word or sentence ends that goes on after `offset`, without the white space after it; `undefined` where there is none. */
export function endOfNext(text: string, offset: number, unit: TextUnit): number | undefined {
  for (const { start, end } of units(text, unit)) if (end > offset && end > start) return end;
  return undefined;
}

/** Where the last word or sentence begins that begins before `offset`; `undefined` where there is none. */
export function startOfPrevious(text: string, offset: number, unit: TextUnit): number | undefined {
  let last: number | undefined;
  for (const { start } of units(text, unit)) {
    if (start >= offset) break;
    last = start;
  }
  return last;
}

function* units(text: string, unit: TextUnit): Generator<{ start: number; end: number }> {
  for (const { index, segment, isWordLike } of segmenters[unit].segment(text)) {
    const isUnit = unit === 'word' ? isWordLike === true : segment.trim() !== '';
    if (isUnit) yield { start: index + segment.length - segment.trimStart().length, end: index + segment.trimEnd().length };
  }
}
