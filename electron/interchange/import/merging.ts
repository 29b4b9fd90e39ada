import { isDeepStrictEqual } from 'node:util';
import { applyChange, emptyNotebook, isSameContent, mergeNotebooks, type Note, type Notebook } from '#model';

/** How a notebook would be once another state of it was brought in. */
export interface Merged {
  /** The very notebook that was there when nothing is new. */
  notebook: Notebook;
  /** Notes that came. */
  added: Note[];
  /** Notes that both had, with the words of both: the later ones shown, the others in the history. */
  changed: Note[];
  /** How many notes stay as they are. */
  kept: number;
  /** Notes that came along and that the reader has deleted since: they stay so. */
  deleted: Note[];
}

/**
 * Brings another state of a notebook in: note by note, nothing is overwritten and nothing that is there is taken away, also not what
 * the other side has deleted. With `undelete` the notes come back, too, that the reader has deleted since.
 */
export function mergeIncoming(present: Notebook | undefined, incoming: Notebook, undelete: boolean): Merged {
  if (!present) return { notebook: incoming, added: incoming.notes, changed: [], kept: 0, deleted: [] };
  const { purgedNotes: _purged, ...other } = { ...incoming, id: present.id };
  // Most notebooks of a backup are as they were; merging takes a hundred times as long as seeing that.
  if (isDeepStrictEqual(present, other)) return { notebook: present, added: [], changed: [], kept: present.notes.length, deleted: [] };
  const merged = mergeNotebooks(present, other);
  const isIn = (notes: readonly Note[]) => {
    const ids = new Set(notes.map(({ id }) => id));
    return ({ id }: Note) => ids.has(id);
  };
  const still = present.notes.filter((note) => !isIn(merged.notes)(note)).reduce(bringBack, merged);
  const deleted = incoming.notes.filter((note) => !isIn(still.notes)(note));
  const next = keepSame(present, undelete ? deleted.reduce(bringBack, still) : still);
  // In the order that merging gives: notes and versions that only stand in another order are no news.
  const ordered = keepSame(present, mergeNotebooks(present, present));
  const before = new Map(ordered.notes.map((note) => [note.id, note]));
  const added = next.notes.filter(({ id }) => !before.has(id));
  const changed = next.notes.filter((note) => {
    const known = before.get(note.id);
    return known && known !== note && !isSame(known, note);
  });
  return {
    notebook: isSameContent(ordered, next) ? present : next,
    added,
    changed,
    kept: next.notes.length - added.length - changed.length,
    deleted: undelete ? [] : deleted,
  };
}

/** The notebook with those of its notes as they are in `present` that say the same there. */
function keepSame(present: Notebook, notebook: Notebook): Notebook {
  const known = new Map([...present.notes, ...present.deletedNotes.map(({ note }) => note)].map((note) => [note.id, note]));
  const kept = (note: Note): Note => {
    const before = known.get(note.id);
    return before && isSame(before, note) ? before : note;
  };
  return {
    ...notebook,
    notes: notebook.notes.map(kept),
    deletedNotes: notebook.deletedNotes.map((deleted) => ({ ...deleted, note: kept(deleted.note) })),
  };
}

/** Whether two states of a note say the same, with the same history. How long a version stood is lost by merging, and is no news. */
const isSame = (one: Note, other: Note): boolean => isDeepStrictEqual(one, other) || isSameContent(withoutEnds(one), withoutEnds(other));

const withoutEnds = (note: Note): Note => ({ ...note, history: note.history.map(({ until: _until, ...version }) => version) });

/** Out of the trash, or anew when it was removed from there for good. */
function bringBack(notebook: Notebook, note: Note): Notebook {
  const trashed = notebook.deletedNotes.some((each) => each.note.id === note.id);
  return applyChange(notebook, trashed ? { type: 'restore-note', noteId: note.id } : { type: 'put-note', note });
}

/**
 * The present notebook without what bringing in made of `before` (`undefined`: there was none) when it made `after`. What was changed
 * since stays. Notes that came go to the trash at the moment `at`, like every note that goes; without one they leave no trace, as if they had
 * never come.
 */
export function takeBack(present: Notebook, before: Notebook | undefined, after: Notebook, at?: string): Notebook {
  const earlier = new Map(before?.notes.map((note) => [note.id, note]));
  const brought = new Map(after.notes.map((note) => [note.id, note]));
  const isUntouched = (note: Note) => isSameContent(note, brought.get(note.id));
  let next: Notebook = {
    ...present,
    notes: present.notes.map((note) => (isUntouched(note) ? (earlier.get(note.id) ?? note) : note)),
  };
  for (const note of present.notes) {
    if (earlier.has(note.id) || !isUntouched(note)) continue;
    const deletedAt = before?.deletedNotes.find((each) => each.note.id === note.id)?.deletedAt ?? at;
    if (deletedAt !== undefined) next = applyChange(next, { type: 'delete-note', noteId: note.id, at: deletedAt });
    else next = { ...next, notes: next.notes.filter(({ id }) => id !== note.id) };
  }
  return { ...next, ...fieldsTakenBack(present, before ?? emptyNotebook(present.id, present.identity), after) };
}

/** What is not a list of notes, and was not changed since, as it was. */
function fieldsTakenBack(present: Notebook, before: Notebook, after: Notebook): Partial<Notebook> {
  const { notes: _notes, deletedNotes: _deleted, purgedNotes: _purged, ...fields } = { ...before, ...after };
  const changed = Object.keys(fields).filter(
    (field) => isSameContent(present[field], after[field]) && !isSameContent(before[field], after[field]),
  );
  return Object.fromEntries(changed.map((field) => [field, before[field]]));
}
