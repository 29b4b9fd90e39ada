import type { DocumentSummary } from '#api';
import { countTagUses, foldText, type Notebook, type TagUses, tagKey } from '#model';

/** A document as the list knows it. Another object each time that anything of it changes. */
export interface Entry {
  row: DocumentSummary;
  deletedNotes: number;
  /** The tags of it and of its notes, with those above them, and how many of these carry each. */
  uses: TagUses;
  /** Keys of the tags that are in `uses`. */
  keys: ReadonlySet<string>;
}

export function entryOf(row: DocumentSummary, notebook: Notebook | undefined): Entry {
  const uses = notebook ? tagUsesIn(notebook) : NONE;
  return { row, deletedNotes: notebook?.deletedNotes.length ?? 0, uses, keys: uses.length > 0 ? keysOf(uses) : NO_KEYS };
}

const NONE: TagUses = [];
const NO_KEYS: ReadonlySet<string> = new Set();

const tagUses = new WeakMap<Notebook['notes'], { tags: Notebook['tags']; uses: TagUses }>();

/** Counted once for each state of a notebook's notes: it may have many. */
function tagUsesIn({ tags, notes }: Notebook): TagUses {
  const known = tagUses.get(notes);
  if (known?.tags === tags) return known.uses;
  const uses = countTagUses([tags, ...notes.map((note) => note.tags)]);
  tagUses.set(notes, { tags, uses });
  return uses;
}

const keys = new WeakMap<TagUses, ReadonlySet<string>>();

function keysOf(uses: TagUses): ReadonlySet<string> {
  const known = keys.get(uses) ?? new Set(uses.map(([name]) => tagKey(name)));
  keys.set(uses, known);
  return known;
}

const filterTexts = new WeakMap<Entry, string>();

/** What words typed into the filter are looked for in, folded. */
export function filterTextOf(entry: Entry): string {
  const { title, fileName, tags } = entry.row;
  const text = filterTexts.get(entry) ?? foldText(`${title}\n${fileName}\n${tags.join('\n')}`);
  filterTexts.set(entry, text);
  return text;
}
