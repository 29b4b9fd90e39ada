import { hash } from 'node:crypto';
import type { Result } from '#api';
import { exactOf, isBookmark, type WholeNote, withoutMarks } from '#model';
import type { DocumentText } from '../formats/document-text';
import type { SearchDocument, SearchNote } from './protocol';

/** A document as it is now. Its notes may be looked up only when they are asked for. */
export interface SearchedDocument extends SearchDocument {
  /** What tells one state of its notes from another, over a restart too. */
  notesState: string;
}

/** What is searched. */
export interface SearchSource {
  /** The ids of all documents. */
  ids(): Iterable<string>;
  /** A document as it is now; `undefined` when it is no more. */
  document(id: string): SearchedDocument | undefined;
  /** Reads a document's text once more; fails where that cannot be read. */
  read(id: string): Promise<Result<{ content: string; text: DocumentText }>>;
}

/** A note as it is searched: its words as they read. */
export const searchNote = (note: WholeNote): SearchNote => {
  const { id, motivation, colour, body, tags, createdAt, modifiedAt } = note;
  return {
    id,
    colour: isBookmark({ motivation }) ? undefined : colour,
    quote: exactOf(note) ?? '',
    body: withoutMarks(body),
    tags,
    createdAt,
    modifiedAt,
  };
};

/** Tells one state of a document from another, over a restart too. Its notes are not looked up: what `notesState` tells is enough. */
export const versionOf = (document: SearchedDocument): string => {
  const { id, title, folder, date, content, tags, notesState, author, format } = document;
  const { isFavourite, isLater, collections, status, isMissing, hasUnplaced, addedAt } = document;
  const shelf = [isFavourite, isLater, collections];
  const all = [id, title, folder, date, content, tags, notesState, author, format, ...shelf, status, isMissing, hasUnplaced, addedAt];
  return hash('sha1', JSON.stringify(all), 'base64url');
};
