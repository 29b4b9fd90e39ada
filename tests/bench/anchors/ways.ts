import type { TextRange } from '#model';
import { createRandom, type Random } from '../faults/trial';
import { type Edited, edit, joinPieces, type Piece, splitPieces } from './edits';

/** One way in which a document changes. */
export interface Way {
  what: string;
  /** The new file: what it holds, and where everything went. */
  change(text: string, quotes: readonly TextRange[], random: Random): Edited;
  /** How the file is written; UTF-8 without. */
  encode?(text: string): Uint8Array;
  /** The ending that the file gets. */
  ending?: string;
  /** The file gets another name. */
  isRenamed?: boolean;
}

/** Every way that a file of a reader's is known to change, each by itself. */
export const ways: readonly Way[] = [
  { what: '10 % of words replaced', change: (text, _, random) => edit(text, { replaced: 0.1 }, random) },
  {
    what: 'one word changed in each quote',
    change: (text, quotes, random) => editAtMiddles(text, quotes, (word) => [otherOf(word, random)]),
  },
  { what: 'a comma in each quote', change: (text, quotes) => editAtMiddles(text, quotes, (word) => [word, { text: ',' }]) },
  { what: 'upper case', change: (text) => mapPieces(text, (piece) => ({ ...piece, text: piece.text.toUpperCase() })) },
  { what: 'soft hyphens', change: (text) => mapPieces(text, (piece) => ({ ...piece, text: hyphenated(piece.text) })) },
  { what: 'context rewritten', change: rewriteContexts },
  { what: 'paragraphs doubled', change: (text, _, random) => edit(text, { paragraphsDoubled: 1 }, random) },
  { what: 'paragraphs split', change: (text, _, random) => edit(text, { paragraphsSplit: 1 }, random) },
  {
    what: '10 % of words changed, 10 % of paragraphs moved',
    change: (text, _, random) => edit(text, { words: 0.1, paragraphsMoved: 0.1 }, random),
  },
  { what: 'renamed and edited', change: (text, _, random) => edit(text, { words: 0.1 }, random), isRenamed: true },
  { what: '.txt to .md with markup', change: asMarkdown, ending: '.md' },
  {
    what: 'another encoding',
    change: (text) => edit(text, {}, createRandom(1)),
    encode: (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  },
];

function mapPieces(text: string, map: (piece: Piece) => Piece): Edited {
  return joinPieces(splitPieces(text).map((paragraph) => paragraph.map(map)));
}

const isWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Edits the word in the middle of each quote. */
function editAtMiddles(text: string, quotes: readonly TextRange[], change: (word: Piece) => Piece[]): Edited {
  const paragraphs = splitPieces(text);
  const words = paragraphs.flat().filter((piece) => isWord(piece.text));
  const chosen = new Set(
    quotes.flatMap(({ start, end }) => {
      const within = words.filter(({ place }) => place && place.start >= start && place.end <= end);
      return within[Math.floor(within.length / 2)] ?? [];
    }),
  );
  return joinPieces(paragraphs.map((paragraph) => paragraph.flatMap((piece) => (chosen.has(piece) ? change(piece) : [piece]))));
}

const otherOf = ({ place }: Piece, random: Random): Piece => ({ text: random.word(), ...(place && { place }), isOther: true });

const hyphenated = (text: string): string => (/^\p{L}{6,}$/u.test(text) ? `${text.slice(0, 3)}\u00ad${text.slice(3)}` : text);

/** Words before and after each quote that become others. */
const AROUND = 30;

function rewriteContexts(text: string, quotes: readonly TextRange[], random: Random): Edited {
  const paragraphs = splitPieces(text);
  const words = paragraphs.flat().filter((piece) => isWord(piece.text));
  const isQuoted = ({ place }: Piece) => place !== undefined && quotes.some(({ start, end }) => place.start < end && place.end > start);
  const rewritten = new Set<Piece>();
  for (const { start, end } of quotes) {
    const first = words.findIndex(({ place }) => (place?.end ?? 0) > start);
    const next = words.findIndex(({ place }) => (place?.start ?? 0) >= end);
    for (const piece of [...words.slice(Math.max(0, first - AROUND), first), ...words.slice(next, next + AROUND)])
      if (!isQuoted(piece)) rewritten.add(piece);
  }
  return joinPieces(paragraphs.map((paragraph) => paragraph.map((piece) => (rewritten.has(piece) ? otherOf(piece, random) : piece))));
}

/** Some words are emphasised, some lines are items of lists; what would be markup is escaped. Where things are counts in the file, not in what is read of it. */
function asMarkdown(text: string, _quotes: readonly TextRange[], random: Random): Edited {
  const paragraphs = splitPieces(text).map((paragraph) =>
    paragraph.map((piece): Piece => {
      const escaped = piece.text.replace(/[\\`*_{}[\]()#+\-.!<>|~&^$:=]/g, (sign) => `\\${sign}`);
      const isEmphasised = isWord(piece.text) && random() < 0.05;
      return { ...piece, text: isEmphasised ? `**${escaped}**` : escaped };
    }),
  );
  return joinPieces(
    paragraphs.map((paragraph) => {
      const [first] = paragraph;
      const rest = first && first.text.trim() === '' ? paragraph.slice(1) : paragraph;
      return [{ text: random() < 0.1 ? '\n- ' : '\n' }, ...rest];
    }),
  );
}
