import type { Random } from '../faults/trial';

/** A piece of a text: a word, or what stands between two, with where it stood before (UTF-16 code units); a new one has no place. */
export interface Piece {
  text: string;
  place?: { start: number; end: number };
  /** It took the place of what stood there. */
  isOther?: boolean;
}

/** What is done to a text, as shares of its words or paragraphs. */
export interface Edits {
  /** Words that become another word of the text, go, or come: a third each. */
  words?: number;
  /** Words that become another one, for sure. */
  replaced?: number;
  paragraphsMoved?: number;
  paragraphsSplit?: number;
  paragraphsJoined?: number;
  paragraphsDoubled?: number;
}

/** Where something that survived stands in the new text. */
export interface Kept {
  old: { start: number; end: number };
  now: { start: number; end: number };
  isOther: boolean;
}

export interface Edited {
  text: string;
  /** In the new text's order. */
  kept: Kept[];
}

/** Edits a text and keeps account of where everything went. */
export function edit(text: string, edits: Edits, random: Random): Edited {
  const paragraphs = splitPieces(text);
  const words = paragraphs.flat().filter(({ text: each }) => isWord(each));
  const some = () => words[Math.floor(random() * words.length)]?.text ?? 'word';
  let changed = paragraphs.map((paragraph) => paragraph.flatMap((piece) => editPiece(piece, edits, random, some)));
  changed = editParagraphs(changed, edits, random);
  return joinPieces(changed);
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const isWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** The pieces of each paragraph. */
export function splitPieces(text: string): Piece[][] {
  const paragraphs: Piece[][] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const pieces: Piece[] = [];
    for (const { segment, index } of segmenter.segment(line)) {
      const start = at + index;
      pieces.push({ text: segment, place: { start, end: start + segment.length } });
    }
    paragraphs.push(pieces);
    at += line.length + 1;
  }
  return paragraphs;
}

function editPiece(piece: Piece, { words = 0, replaced = 0 }: Edits, random: Random, some: () => string): Piece[] {
  if (!isWord(piece.text)) return [piece];
  const chance = random();
  const place = piece.place;
  const other: Piece = { text: differing(piece.text, some), ...(place && { place }), isOther: true };
  if (chance < replaced) return [other];
  if (chance >= replaced + words) return [piece];
  const kind = Math.floor(random() * 3);
  if (kind === 0) return [other];
  if (kind === 1) return [];
  return [piece, { text: ' ' }, { text: some() }];
}

function differing(text: string, some: () => string): string {
  for (let tries = 0; tries < 10; tries++) {
    const other = some();
    if (other.toLowerCase() !== text.toLowerCase()) return other;
  }
  return 'other';
}

function editParagraphs(paragraphs: Piece[][], edits: Edits, random: Random): Piece[][] {
  const { paragraphsMoved = 0, paragraphsSplit = 0, paragraphsJoined = 0, paragraphsDoubled = 0 } = edits;
  const result: Piece[][] = [];
  const moved: Piece[][] = [];
  for (const paragraph of paragraphs) {
    if (random() < paragraphsMoved) {
      moved.push(paragraph);
      continue;
    }
    const previous = result.at(-1);
    if (previous && random() < paragraphsJoined) previous.push({ text: ' ' }, ...paragraph);
    else if (paragraph.length > 4 && random() < paragraphsSplit) {
      const at = Math.floor(paragraph.length / 2);
      result.push(paragraph.slice(0, at), paragraph.slice(at));
    } else {
      result.push(paragraph);
      if (random() < paragraphsDoubled) result.push([...paragraph]);
    }
  }
  for (const paragraph of moved) result.splice(Math.floor(random() * (result.length + 1)), 0, paragraph);
  return result;
}

/** The text of paragraphs, with account of where each piece went. */
export function joinPieces(paragraphs: readonly (readonly Piece[])[]): Edited {
  const parts: string[] = [];
  const kept: Kept[] = [];
  let at = 0;
  for (const [index, paragraph] of paragraphs.entries()) {
    if (index > 0) {
      parts.push('\n');
      at += 1;
    }
    for (const { text, place, isOther = false } of paragraph) {
      if (place) kept.push({ old: place, now: { start: at, end: at + text.length }, isOther });
      parts.push(text);
      at += text.length;
    }
  }
  return { text: parts.join(''), kept };
}
