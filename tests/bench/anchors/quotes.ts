import type { TextRange } from '#model';
import type { Random } from '../faults/trial';

/**
 * Quotes as readers make them: the first half of one to four words, the others of five to sixty, four of five of which end with their paragraph at
 * the latest.
 */
export function chooseQuotes(text: string, count: number, random: Random): TextRange[] {
  const words = wordsOf(text);
  if (words.length < 100) throw new Error('The text is too short to choose quotes from');
  return Array.from({ length: count }, (_, index) => {
    const length = index < count / 2 ? 1 + random.below(4) : Math.floor(5 * 12 ** random());
    const at = random.below(words.length - length);
    const start = words[at]?.start ?? 0;
    const end = words[at + length - 1]?.end ?? start;
    const paragraphEnd = text.indexOf('\n', start);
    return { start, end: random() < 0.8 && paragraphEnd >= 0 ? Math.min(end, paragraphEnd) : end };
  });
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function wordsOf(text: string): TextRange[] {
  const words: TextRange[] = [];
  let lineStart = 0;
  // The segmenter keeps the whole of what it is given for each word.
  for (const line of text.split('\n')) {
    for (const { segment, index, isWordLike } of segmenter.segment(line))
      if (isWordLike) words.push({ start: lineStart + index, end: lineStart + index + segment.length });
    lineStart += line.length + 1;
  }
  return words;
}
