/** A passage with what stands around it, as it is shown beside another one. */
export interface PassageText {
  before: string;
  exact: string;
  after: string;
}

/** UTF-16 code units that are shown on either side of a passage, and of a passage itself. */
const AROUND = 400;
const LONGEST = 20_000;
const LONGEST_WORD = 40;

/** The passage from `start` to `end` of a text with the words around it; a long one is cut. */
export function passageOf(text: string, start: number, end: number): PassageText {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, end + AROUND);
  const before = text.slice(from, start);
  const after = text.slice(end, to);
  // Where words are spaced, the one at the cut is left out.
  const cut = before.slice(0, LONGEST_WORD).search(/\s/);
  const last = /\s\S*$/.exec(after.slice(-LONGEST_WORD))?.[0].length ?? 0;
  return {
    before: from > 0 ? `…${whole(before.slice(Math.max(0, cut)))}` : before,
    exact: end - start > LONGEST ? `${whole(text.slice(start, start + LONGEST))}…` : text.slice(start, end),
    after: to < text.length ? `${whole(after.slice(0, after.length - Math.max(0, last - 1)))}…` : after,
  };
}

/** UTF-16 code units of the words that a place is known by, and of those at least. */
const LONGEST_OPENING = 120;
const SHORTEST_OPENING = 40;

/** Where the opening words of the line that begins at `start` end: what a place in a text is known by. */
export function openingEnd(text: string, start: number): number {
  const lineEnd = text.indexOf('\n', start);
  const end = lineEnd === -1 ? text.length : lineEnd;
  if (end - start <= LONGEST_OPENING) return end;
  const opening = whole(text.slice(start, start + LONGEST_OPENING));
  const space = opening.lastIndexOf(' ');
  return start + (space >= SHORTEST_OPENING ? space : opening.length);
}

/** Without the half of a character at either end. */
const whole = (text: string): string => text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
