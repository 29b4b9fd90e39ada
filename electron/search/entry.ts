import { type Colour, type Folded, fold, foldName, foldText, spaceQuotes } from '#model';
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

/** What is told of a document beside its tags and notes. */
export type DocumentFacts = Omit<SearchDocument, 'tags' | 'notes'>;

/** A document with all that is searched but its text, folded once. */
export interface Entry {
  document: DocumentFacts;
  title: SearchText;
  tags: SearchText[];
  notes: EntryNote[];
  /** There are notes on it, which need not be among `notes`. */
  isNoted: boolean;
}

export const makeEntry = ({ tags, notes, ...facts }: SearchDocument): Entry => ({
  document: facts,
  title: searchText(facts.title),
  tags: tags.map(searchText),
  notes: notes.map(({ quote, body, tags: own, createdAt, modifiedAt, ...note }) => ({
    ...note,
    quote: searchText(quote),
    body: searchText(body),
    tags: own.map(searchText),
    created: Date.parse(createdAt),
    modified: Date.parse(modifiedAt),
  })),
  isNoted: notes.length > 0,
});

const FOLDER_WORDS = /[/\s_-]+/;

/** A folder as it is compared: its words, and those of the folders that it is in, each between slashes. */
export const foldFolder = (folder: string): string => `/${foldName(folder).split(FOLDER_WORDS).filter(Boolean).join('/')}/`;

/** What a folder as it is compared holds where it is meant by `in:`: words of names follow one another there, of which the last may be longer unless a slash ends it. */
export const soughtFolder = (text: string): string => (text.endsWith('/') ? foldFolder(text) : foldFolder(text).slice(0, -1));

/** Names of collections as they are compared. */
export const foldCollections = (names: readonly string[]): string => names.map(foldText).join('\n');

/** A text as terms are looked for in it: quotation marks, which no term can have, are spaces there. */
export function foldForSearch(original: string): Folded {
  const { text, shifts } = fold(original);
  return { text: spaceQuotes(text), shifts };
}

export const searchText = (original: string): SearchText => ({ original, folded: foldForSearch(original) });
