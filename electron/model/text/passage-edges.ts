import { nextWordStart, previousWordStart, wordAround } from './word-steps';

/** Offsets in a text, UTF-16 code units; `end` is exclusive. */
interface Passage {
  start: number;
  end: number;
}

/** The passage with one of its ends a word further; `undefined` where there is no such word, before `least`, or nothing would be left. */
export function moveEdge(
  text: string,
  { start, end }: Passage,
  edge: 'start' | 'end',
  direction: 'forward' | 'backward',
  least = 0,
): Passage | undefined {
  const moved =
    edge === 'start'
      ? { start: direction === 'forward' ? nextWordStart(text, start) : previousWordStart(text, start), end }
      : { start, end: direction === 'forward' ? nextWordEnd(text, end) : previousWordEnd(text, end) };
  const isMoved = moved.start !== start || moved.end !== end;
  return isMoved && moved.start >= least && moved.start < moved.end ? moved : undefined;
}

/** The passage with its nearer end at the word at `offset`. */
export function extendTo(text: string, { start, end }: Passage, offset: number): Passage {
  const word = wordAround(text, offset);
  const isStart = offset < start || (offset < end && offset - start < end - offset);
  const moved = isStart ? { start: word.start, end } : { start, end: word.end };
  return moved.start < moved.end ? moved : { start, end };
}

/** The end of the first word that ends after `offset`; `offset` where there is none near. */
function nextWordEnd(text: string, offset: number): number {
  const here = wordAround(text, offset).end;
  if (here > offset) return here;
  const next = nextWordStart(text, offset);
  return Math.max(offset, wordAround(text, next).end);
}

/** The end of the last word that ends before `offset`; 0 where there is none near. */
function previousWordEnd(text: string, offset: number): number {
  const last = previousWordStart(text, offset);
  const end = wordAround(text, last).end;
  if (end < offset) return end;
  return last === 0 ? 0 : wordAround(text, previousWordStart(text, last)).end;
}
