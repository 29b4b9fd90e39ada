import type { DocumentSummary } from '#api';
import { foldText, type NotebookOutline, type TagUses, tagKey } from '#model';

/** A document as the list knows it. Another object each time that anything of it changes. */
export interface Entry {
  row: DocumentSummary;
  /** The same object until something of the notebook changes. */
  notebook: NotebookOutline | undefined;
  deletedNotes: number;
  /** The tags of it and of its notes, with those above them, and how many of these carry each. */
  uses: TagUses;
  /** Keys of the tags that are in `uses`. */
  keys: ReadonlySet<string>;
  /** Those that it is in. */
  collections: readonly { id: string; name: string }[];
}

export function entryOf(row: DocumentSummary, notebook: NotebookOutline | undefined): Entry {
  const { tagUses: uses, deletedCount: deletedNotes, collections = NOTHING.collections } = notebook ?? NOTHING;
  return { row, notebook, deletedNotes, uses, keys: uses.length > 0 ? keysOf(uses) : NO_KEYS, collections };
}

const NOTHING = { tagUses: [], deletedCount: 0, collections: [] } as const satisfies Partial<NotebookOutline>;
const NO_KEYS: ReadonlySet<string> = new Set();

const keys = new WeakMap<TagUses, ReadonlySet<string>>();

function keysOf(uses: TagUses): ReadonlySet<string> {
  const known = keys.get(uses) ?? new Set(uses.map(([name]) => tagKey(name)));
  keys.set(uses, known);
  return known;
}

const filterTexts = new WeakMap<Entry, string>();

/** What words typed into the filter are looked for in, folded; `folderNameOf` gives the name of a library folder. */
export function filterTextOf(entry: Entry, folderNameOf: (folderId: string) => string): string {
  const { title, author = '', folderId, relativePath, tags } = entry.row;
  const text = filterTexts.get(entry) ?? foldText([title, author, folderNameOf(folderId), relativePath, ...tags].join('\n'));
  filterTexts.set(entry, text);
  return text;
}
