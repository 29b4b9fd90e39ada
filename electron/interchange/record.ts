import type { DocumentSummary } from '#api';
import { carriedEditions, carriedMemberships, emptyNotebook, type Notebook, recordFields } from '#model';
import type { Described } from './selection';

/** Raised when an importer of the older shape could no longer read the newer one. */
export const RECORD_VERSION = 1;

/**
 * What an export carries of one document, beside its notes, so that it can be taken back in: the reader's own data whole, and of the
 * file only what is needed to know it again (hashes and names, no path of the reader's machine).
 */
export interface DocumentRecord {
  lectern: typeof RECORD_VERSION;
  document: {
    id: string;
    title: string;
    date?: string;
    author?: string;
    language?: string;
    format?: string;
    fileName: string;
    source: string;
    rawHash: string;
    textHash?: string;
  };
  notebook: RecordFields;
}

/** What a notebook says of its document beside its notes. What merging and forgetting count on belongs to one library, and leaves it in backups only. */
const carriedFields = [...recordFields, 'tags', 'collections', 'editions', 'position', 'lastReadAt'] as const;
export type RecordFields = Pick<Notebook, (typeof carriedFields)[number]>;

/** Of a notebook, or of what says that it is one, those fields alone that an export may carry from one library to another. */
export const recordFieldsOf = <T extends object>(notebook: T): Pick<T, Extract<(typeof carriedFields)[number], keyof T>> =>
  Object.fromEntries(Object.entries(notebook).filter(([field]) => (carriedFields as readonly string[]).includes(field))) as Pick<
    T,
    Extract<(typeof carriedFields)[number], keyof T>
  >;

/** What is carried without what came before. */
const carriedOf = (notebook: Pick<Notebook, 'collections' | 'editions'>): Pick<Notebook, 'collections' | 'editions'> => ({
  ...(notebook.collections && { collections: carriedMemberships(notebook) }),
  ...(notebook.editions && { editions: carriedEditions(notebook) }),
});

/** A notebook out of another library: its notes, its trash and what it says of its document, but nothing that merging or forgetting counts on. */
export const fromElsewhere = ({ id, identity, notes, deletedNotes, unreadable, ...rest }: Notebook): Notebook => ({
  ...emptyNotebook(id, identity),
  ...recordFieldsOf(rest),
  ...carriedOf(rest),
  notes,
  deletedNotes,
  ...(unreadable !== undefined && { unreadable }),
});

/** The record of a document; `summary` is absent when the library no longer knows it. */
export function documentRecord(
  { id, title, date, author, language, source }: Described,
  notebook: Notebook,
  summary: DocumentSummary | undefined,
): DocumentRecord {
  const { identity } = notebook;
  return {
    lectern: RECORD_VERSION,
    document: {
      id,
      title,
      date,
      author,
      language,
      format: summary?.format,
      fileName: summary?.fileName ?? source,
      source,
      rawHash: identity.rawHash,
      textHash: identity.textHash,
    },
    notebook: { ...recordFieldsOf(notebook), ...carriedOf(notebook) },
  };
}

/** JSON on one line that can end neither an HTML comment nor a `<script>`, nor be taken for the start of one. */
export const hiddenJson = (value: unknown): string => hideJson(JSON.stringify(value));

/** The same for JSON that is written already, or for a piece of it that ends outside of its strings. */
export const hideJson = (json: string): string =>
  json
    .replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/-(?=-)/g, '\\u002d');
