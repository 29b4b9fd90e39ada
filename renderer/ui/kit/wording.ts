import { diffWords } from 'diff';

/** A piece of two wordings: in both, only in the earlier one, or only in the present one. */
export interface WordingPiece {
  text: string;
  kind: 'same' | 'gone' | 'new';
}

/** Words that are compared at most: what differs in more is another text. */
const MOST_EDITS = 400;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** What of a wording went and what came, by words, in any script. */
export function compareWording(before: string, now: string): WordingPiece[] {
  const pieces = diffWords(before, now, { intlSegmenter: segmenter, maxEditLength: MOST_EDITS });
  if (!pieces) {
    const all: WordingPiece[] = [
      { text: before, kind: 'gone' },
      { text: now, kind: 'new' },
    ];
    return all.filter(({ text }) => text !== '');
  }
  return pieces.map(({ value, added, removed }) => ({ text: value, kind: removed ? 'gone' : added ? 'new' : 'same' }));
}
