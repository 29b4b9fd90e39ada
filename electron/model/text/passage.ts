/** A passage with what stands around it, as it is shown beside another one. */
export interface PassageText {
  before: string;
  exact: string;
  after: string;
}

/** UTF-16 code units that are shown on either side of a passage, and of a passage itself. */
const AROUND = 400;
const LONGEST = 20_000;

/** The passage from `start` to `end` of a text with the words around it; a long one is cut. */
export function passageOf(text: string, start: number, end: number): PassageText {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, end + AROUND);
  const before = text.slice(from, start);
  const after = text.slice(end, to);
  return {
    before: from > 0 ? `…${before.slice(Math.max(0, before.search(/\s/)))}` : before,
    exact: end - start > LONGEST ? `${text.slice(start, start + LONGEST)}…` : text.slice(start, end),
    after: to < text.length ? `${after.slice(0, 1 + Math.max(after.lastIndexOf(' '), after.lastIndexOf('\n')))}…` : after,
  };
}
