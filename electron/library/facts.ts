import type { Failure } from '#api';
import { type DocumentFormat, revisions } from '#formats/list';

/** What the library knows of one file; kept in the cache as it is. */
export interface FileFacts {
  /** Absolute. */
  path: string;
  folderId: string;
  /** Bytes. */
  size: number;
  /** ms since 1970: the modification time, and when the file came into its folder. */
  changedAt: number;
  addedAt: number;
  format: DocumentFormat;
  /** SHA-256 of the bytes; absent when they were not read. */
  rawHash?: string | undefined;
  /** SHA-256 of the text that it was read into; absent for what cannot be read. */
  textHash?: string | undefined;
  title: string;
  /** What it is called instead where that is no title, the best first, the file's name last; absent where the document states its title. */
  otherTitles?: readonly string[] | undefined;
  /** ISO `YYYY-MM-DD`. */
  date?: string | undefined;
  author?: string | undefined;
  language?: string | undefined;
  /** Of a saved page: what its site is called, and its address. */
  site?: string | undefined;
  address?: string | undefined;
  /** Of a book. */
  publisher?: string | undefined;
  series?: string | undefined;
  volume?: string | undefined;
  subjects?: readonly string[] | undefined;
  /** What else links call it. */
  aliases?: readonly string[] | undefined;
  hasCover?: boolean | undefined;
  words: number;
  /** The encoding that the reader had chosen when the file was read. */
  chosen?: string | undefined;
  /** Why it cannot be read. */
  problem?: Failure | undefined;
  /** Its folder cannot be reached at the moment. */
  absent?: boolean | undefined;
}

/** Names what a file holds and how it is read, by which reader: files of the same have the same text. Absent for what cannot be read. */
export const contentOf = ({ rawHash, problem, format, chosen = '' }: FileFacts): string | undefined =>
  problem || !rawHash ? undefined : `${rawHash} ${format}-${revisions[format]} ${chosen}`.trimEnd();
