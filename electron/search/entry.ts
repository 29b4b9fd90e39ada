import { type Colour, type Folded, fold, foldText, spaceQuotes } from '#model';
import type { SearchDocument } from './protocol';

/** A text as it is and as it is compared. */
export interface SearchText {
  original: string;
  folded: Folded;
}

/** A note, its moments in ms. */
export interface EntryNote {
  id: string;
  /** None for a bookmark. */
  colour: Colour | undefined;
  quote: SearchText;
  body: SearchText;
  tags: SearchText[];
  created: number;
  modified: number;
}

/** A document with all that is searched but its text, folded once. */
export interface Entry {
  document: SearchDocument;
  title: SearchText;
  tags: SearchText[];
  notes: EntryNote[];
  /** The folder's path, folded. */
  folder: string;
  author: string | undefined;
  /** The names of its collections, folded, each a line. */
  collections: string;
  /** There are notes on it, which need not be among `notes`. */
  isNoted: boolean;
}

export function makeEntry(document: SearchDocument, isNoted = document.notes.length > 0): Entry {
  return {
    document,
    title: searchText(document.title),
    tags: document.tags.map(searchText),
    notes: document.notes.map(({ id, colour, quote, body, tags, createdAt, modifiedAt }) => ({
      id,
      colour,
      quote: searchText(quote),
      body: searchText(body),
      tags: tags.map(searchText),
      created: Date.parse(createdAt),
      modified: Date.parse(modifiedAt),
    })),
    folder: spaceQuotes(foldText(document.folder)),
    author: document.author === undefined ? undefined : spaceQuotes(foldText(document.author)),
    collections: spaceQuotes(foldCollections(document.collections)),
    isNoted,
  };
}

/** Names of collections as they are compared. */
export const foldCollections = (names: readonly string[]): string => names.map(foldText).join('\n');

/** A text as terms are looked for in it: quotation marks, which no term can have, are spaces there. */
export function foldForSearch(original: string): Folded {
  const { text, shifts } = fold(original);
  return { text: spaceQuotes(text), shifts };
}

const searchText = (original: string): SearchText => ({ original, folded: foldForSearch(original) });
