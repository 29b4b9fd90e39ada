import { isDeepStrictEqual } from 'node:util';
import {
  applyChange,
  type DeletedNote,
  editionsOf,
  emptyNotebook,
  holdsNothing,
  isInCollection,
  isSameContent,
  mergeNotebooks,
  type Note,
  type Notebook,
  partIds,
  recordFields,
  withCollection,
  withEdition,
} from '#model';

/** How a notebook would be once another state of it was brought in. */
export interface Merged {
  /** The very notebook that was there when nothing is new. */
  notebook: Notebook;
  /** Notes that came. */
  added: Note[];
  /** Notes that both had, with the words of both: the later ones shown, the others in the history. */
  changed: Note[];
  /** Notes in the trash that have more words or versions than before, or came there. */
  inTrash: Note[];
  /** How many notes stay as they are. */
  kept: number;
  /** Notes that came along and that the reader has deleted since: they stay so. */
  deleted: Note[];
}

/**
 * Brings another state of a notebook in: note by note, nothing is overwritten and nothing that is there is taken away, also not what
 * the other side has deleted. With `undelete` the notes come back, too, that the reader has deleted since. Of notes that the reader was told were
 * here (`wasHere`, ids), one that went to the trash since stays there, with the words that come.
 */
export function mergeIncoming(
  present: Notebook | undefined,
  incoming: Notebook,
  undelete: boolean,
  wasHere: ReadonlySet<string> = new Set(),
): Merged {
  if (!present) return { notebook: incoming, added: incoming.notes, changed: [], inTrash: [], kept: 0, deleted: [] };
  const { purgedNotes: _purged, forgottenAt: _forgotten, sameAs: _same, ...other } = { ...incoming, id: present.id };
  // Most notebooks of a backup are as they were; merging takes a hundred times as long as seeing that.
  if (isDeepStrictEqual(present, other))
    return { notebook: present, added: [], changed: [], inTrash: [], kept: present.notes.length, deleted: [] };
  const merged = withOwnFields(mergeNotebooks(present, other), present, other);
  const isIn = (notes: readonly Note[]) => {
    const ids = new Set(notes.map(({ id }) => id));
    return ({ id }: Note) => ids.has(id);
  };
  const isHere = isIn(present.notes);
  const trashed = present.deletedNotes.filter(({ note }) => wasHere.has(note.id) && !isHere(note) && isIn(merged.notes)(note));
  const standing = present.notes.filter((note) => !isIn(merged.notes)(note)).reduce(bringBack, merged);
  const still = trashed.reduce(
    (notebook, { note, deletedAt }) => applyChange(notebook, { type: 'delete-note', noteId: note.id, at: deletedAt }),
    standing,
  );
  const deleted = incoming.notes.filter((note) => !isIn(still.notes)(note));
  const next = keepSame(present, undelete ? deleted.reduce(bringBack, still) : still);
  // In the order that merging gives: notes and versions that only stand in another order are no news.
  const ordered = keepSame(present, mergeNotebooks(present, present));
  const before = new Map(ordered.notes.map((note) => [note.id, note]));
  const trashBefore = new Map(ordered.deletedNotes.map(({ note }) => [note.id, note]));
  const added = next.notes.filter(({ id }) => !before.has(id));
  const changed = next.notes.filter((note) => {
    const known = before.get(note.id);
    return known && known !== note && !isSame(known, note);
  });
  return {
    notebook: isSameContent(ordered, next) ? present : next,
    added,
    changed,
    inTrash: next.deletedNotes.flatMap(({ note }) => {
      const known = trashBefore.get(note.id);
      return known && isSame(known, note) ? [] : note;
    }),
    kept: next.notes.length - added.length - changed.length,
    deleted: undelete ? [] : deleted,
  };
}

/** How many notes came, changed, also in the trash, and stay deleted, as their reader counts them: one with further passages is one. */
export function countWhole(
  incoming: Notebook,
  { notebook, added, changed, inTrash, deleted }: Merged,
): Record<'added' | 'changed' | 'inTrash' | 'deleted', number> {
  const parts = partIds([...incoming.notes, ...notebook.deletedNotes.map(({ note }) => note)]).union(partIds(notebook.notes));
  const countOf = (notes: readonly Note[]) => notes.filter(({ id }) => !parts.has(id)).length;
  return { added: countOf(added), changed: countOf(changed), inTrash: countOf(inTrash), deleted: countOf(deleted) };
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
 * The merged notebook with what was set here, where what comes does not say that it was set later; what was never set here, nor forgotten, is
 * taken from what comes.
 */
function withOwnFields(merged: Notebook, present: Notebook, incoming: Notebook): Notebook {
  const { id, identity, fieldTimes = {}, forgottenAt } = present;
  const unset = emptyNotebook(id, identity);
  const isOwn = (field: keyof Notebook & string) => fieldTimes[field] !== undefined || present[field] !== unset[field];
  const own = recordFields.filter((field) => incoming.fieldTimes?.[field] === undefined);
  const fields = own.map((field) => [field, isOwn(field) || forgottenAt !== undefined ? present[field] : incoming[field]]);
  return withoutAbsent({ ...merged, ...Object.fromEntries(fields) });
}

const withoutAbsent = (notebook: Notebook): Notebook =>
  Object.fromEntries(Object.entries(notebook).filter(([, value]) => value !== undefined)) as Notebook;

/**
 * The present notebook without what bringing in made of `before` (`undefined`: there was none) when it made `after`, with all that was
 * there before, in the trash too. What was changed since stays. Notes that came go to the trash at the moment `at`, like every note that
 * goes; without one they leave no trace, as if they had never come.
 */
export function takeBack(present: Notebook, before: Notebook | undefined, after: Notebook, at?: string): Notebook {
  const earlier = before ?? emptyNotebook(present.id, present.identity);
  const back = withoutAbsent({
    ...present,
    ...fieldsTakenBack(present, earlier, after),
    ...Object.assign({}, ...counted.map((each) => countedTakenBack(each, { present, before: earlier, after, at }))),
    ...notesTakenBack(present, earlier, after, at),
  });
  if (before !== undefined || at === undefined || back.deletedNotes.length > 0) return back;
  // One that there was not before, and that would hold nothing but counts, is no more.
  const without = takeBack(present, before, after);
  return holdsNothing(without) ? without : back;
}

function notesTakenBack(
  present: Notebook,
  before: Notebook,
  after: Notebook,
  at: string | undefined,
): Pick<Notebook, 'notes' | 'deletedNotes'> {
  const [was, became, is] = [placesIn(before), placesIn(after), placesIn(present)];
  const places = [...new Set([...was.keys(), ...is.keys()])].flatMap((id): Place[] => {
    const place = is.get(id);
    if (!isSameContent(place, became.get(id))) return place ? [place] : [];
    const earlier = was.get(id);
    if (earlier || !place) return earlier ? [earlier] : [];
    if (at === undefined) return [];
    return [{ deleted: place.deleted ?? { note: place.note, deletedAt: at } }];
  });
  return {
    notes: places.flatMap(({ note }) => note ?? []),
    deletedNotes: places.flatMap(({ deleted }) => deleted ?? []),
  };
}

/** Where a note is: among the notes, or in the trash. */
type Place = { note: Note; deleted?: undefined } | { note?: undefined; deleted: DeletedNote };

const placesIn = ({ notes, deletedNotes }: Notebook): Map<string, Place> =>
  new Map<string, Place>([
    ...deletedNotes.map((deleted) => [deleted.note.id, { deleted }] as const),
    ...notes.map((note) => [note.id, { note }] as const),
  ]);

/** What is neither a list of notes nor counted, and was not changed since, as it was. */
function fieldsTakenBack(present: Notebook, before: Notebook, after: Notebook): Partial<Notebook> {
  const { notes: _notes, deletedNotes: _deleted, purgedNotes: _purged, ...fields } = { ...before, ...after };
  const whole = Object.keys(fields).filter((field) => !counted.some((each) => each.field === field));
  const changed = whole.filter((field) => isSameContent(present[field], after[field]) && !isSameContent(before[field], after[field]));
  return Object.fromEntries(changed.map((field) => [field, before[field]]));
}

/** What a notebook counts by a key, how often it came and went: where that is odd it is there. */
interface Counted {
  field: 'editions' | 'collections';
  isThere(notebook: Notebook, key: string): boolean;
  turn(notebook: Notebook, key: string, isThere: boolean): Notebook;
}

const counted: readonly Counted[] = [
  { field: 'editions', isThere: (notebook, rawHash) => editionsOf(notebook).includes(rawHash), turn: withEdition },
  {
    field: 'collections',
    isThere: isInCollection,
    turn: (notebook, id, isIn) => withCollection(notebook, { id, name: notebook.collections?.[id]?.name ?? id, isIn }),
  },
];

/** Each key by itself: others may have come and gone since. */
function countedTakenBack(
  { field, isThere, turn }: Counted,
  { present, before, after, at }: { present: Notebook; before: Notebook; after: Notebook; at: string | undefined },
): Partial<Notebook> {
  const changed = Object.keys(after[field] ?? {}).filter((key) => {
    const now = after[field]?.[key];
    return !isSameContent(now, before[field]?.[key]) && isSameContent(now, present[field]?.[key]);
  });
  // Other machines may have it by now: that it went must count as later.
  if (at !== undefined) return { [field]: changed.reduce((notebook, key) => turn(notebook, key, isThere(before, key)), present)[field] };
  const kept = Object.entries({ ...present[field], ...Object.fromEntries(changed.map((key) => [key, before[field]?.[key]])) });
  const rest = kept.filter(([, value]) => value !== undefined);
  return { [field]: rest.length > 0 ? Object.fromEntries(rest) : undefined };
}
