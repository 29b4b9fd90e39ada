import { type Colour, type Folded, fold, foldText } from '#model';
import type { SearchDocument } from './protocol';

/** A text as it is and as it is compared. */
export interface SearchText {
  original: string;
  folded: Folded;
}

/** A document with all that is searched but its text, folded once. */
export interface Entry {
  document: SearchDocument;
  title: SearchText;
  tags: SearchText[];
  notes: { id: string; colour: Colour; quote: SearchText; body: SearchText; tags: SearchText[] }[];
  /** The folder's path, folded. */
  folder: string;
}

export function makeEntry(document: SearchDocument): Entry {
  return {
    document,
    title: searchText(document.title),
    tags: document.tags.map(searchText),
    notes: document.notes.map(({ id, colour, quote, body, tags }) => ({
      id,
      colour,
      quote: searchText(quote),
      body: searchText(body),
      tags: tags.map(searchText),
    })),
    folder: foldText(document.folder),
  };
}

const searchText = (original: string): SearchText => ({ original, folded: fold(original) });
