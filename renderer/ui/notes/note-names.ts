import type { ColourNames } from '#api';
import { type Anchor, type Colour, isBookmark, type Note, quoteOf, type WithPassages } from '#model';

const COLOUR_NAMES: Record<Colour, string> = { yellow: 'Yellow', green: 'Green', blue: 'Blue', pink: 'Pink', violet: 'Violet' };
export const colourName = (colour: Colour): string => COLOUR_NAMES[colour];

/** A colour with what the reader means by it: "Green: evidence". */
export const colourWithMeaning = (colour: Colour, { [colour]: meaning }: ColourNames): string =>
  meaning === undefined ? colourName(colour) : `${colourName(colour)}: ${meaning}`;

/** UTF-16 code units that are more than any such place shows. */
const LONGEST_SHOWN = 2_000;

/** A quote for a place with few lines: its paragraphs are parted by line breaks alone, and what would not be seen is left out. */
export const closeLines = (quote: string): string =>
  (quote.length > LONGEST_SHOWN ? `${quote.slice(0, LONGEST_SHOWN)}…` : quote).replace(/\n{2,}/g, '\n');

/** UTF-16 code units of a quote within a sentence. */
const LONGEST_NAMED = 60;

/** The beginning of a note's quote, for a sentence that names it. */
export function shortQuote(note: WithPassages): string {
  const quote = closeLines(quoteOf(note) ?? '');
  return quote.length > LONGEST_NAMED ? `${quote.slice(0, LONGEST_NAMED)}…` : quote;
}

/** What is at the edge of a note, as `data-colour`: its colour, or that it is a bookmark. */
export const edgeOf = (note: Pick<Note, 'colour' | 'motivation'>): Colour | 'bookmark' => (isBookmark(note) ? 'bookmark' : note.colour);

/** "Green highlight", "Green area", "Note on a page", "Bookmark" or "Note on the document", and of whom, for those who do not see the bar at its edge. */
export function kindOf(note: Pick<Note, 'colour' | 'creator' | 'motivation'> & WithPassages): string {
  const { anchor, parts = [], colour, creator } = note;
  const mark = anchor && `${marked(anchor, colour)}${parts.length > 0 ? ` on ${parts.length + 1} passages` : ''}`;
  const kind = isBookmark(note) ? 'Bookmark' : (mark ?? 'Note on the document');
  return creator ? `${kind} by ${creator.name}` : kind;
}

function marked({ area }: Anchor, colour: Colour): string {
  if (area && !area.box) return 'Note on a page';
  return `${colourName(colour)} ${area ? 'area' : 'highlight'}`;
}

/** The list item of a note in the pane. */
export const cardOf = (within: ParentNode, noteId: string): HTMLElement | null =>
  within.querySelector<HTMLElement>(`[data-note-id="${CSS.escape(noteId)}"]`);
