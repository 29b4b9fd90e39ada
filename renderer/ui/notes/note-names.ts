import type { Colour, Note } from '../../../electron/api';
import { quoteFromExact } from '../../domain/quotes';

const COLOUR_NAMES: Record<Colour, string> = { yellow: 'Yellow', green: 'Green', blue: 'Blue', pink: 'Pink', violet: 'Violet' };
export const colourName = (colour: Colour): string => COLOUR_NAMES[colour];

/** A note's passage as it reads; `undefined` for a note on the whole document. */
export const quoteOf = ({ anchor }: Note): string | undefined => anchor && quoteFromExact(anchor.exact);

/** A quote for a place with few lines: its paragraphs are parted by line breaks alone. */
export const closeLines = (quote: string): string => quote.replace(/\n{2,}/g, '\n');

/** "Green highlight" or "Note on the document", for those who do not see the bar at its edge. */
export const kindOf = ({ anchor, colour }: Note): string => (anchor ? `${colourName(colour)} highlight` : 'Note on the document');

/** The list item of a note in the pane. */
export const cardOf = (within: ParentNode, noteId: string): HTMLElement | null =>
  within.querySelector<HTMLElement>(`[data-note-id="${CSS.escape(noteId)}"]`);
