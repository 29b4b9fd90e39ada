import { isSameAnchor } from './anchors/placement';
import type { NotebookChange } from './changes';
import { type DeletedNote, justAfter, type Note, type Notebook, noteClock } from './notebook';
import { tagKey } from './tag-names';
import { haveSameWords, isMoved, nextHistory } from './versions';

type PutNote = Extract<NotebookChange, { type: 'put-note' }>;
type PutBasis = Pick<PutNote, 'basedOn' | 'keepsBefore' | 'from'>;

/** A note as it stands, or in the trash: one that comes back from there, by redo say, keeps what it was. */
export const stateOf = ({ notes, deletedNotes }: Notebook, noteId: string): Note | undefined =>
  notes.find(({ id }) => id === noteId) ?? deletedNotes.find(({ note }) => note.id === noteId)?.note;

/** What of a note a reader changes. */
export const propertiesOf = ({ colour, body, tags, anchor, partOf }: Note): NonNullable<PutNote['from']> => ({
  colour,
  body,
  tags,
  ...(anchor && { anchor }),
  ...(partOf !== undefined && { partOf }),
});

/** What becomes of a note by a change: what that leaves as it was stays as it is by now. */
export function givenTo(before: Note, { note, from }: Pick<PutNote, 'note' | 'from'>): Note {
  if (!from) return note;
  const { anchor: put, partOf: putInto, ...words } = note;
  const anchor = isSameAnchor(from.anchor, put) ? before.anchor : put;
  const partOf = from.partOf === putInto ? before.partOf : putInto;
  return {
    ...words,
    colour: from.colour === note.colour ? before.colour : note.colour,
    body: from.body === note.body ? before.body : note.body,
    tags: nextTags(before.tags, note.tags, from.tags),
    ...(anchor && { anchor }),
    ...(partOf !== undefined && { partOf }),
  };
}

/** Whether a change takes nothing away of a note that whoever made it did not know. */
const isKnown = (before: Note, after: Note, { basedOn: basis, from }: PutBasis): boolean =>
  basis === before.modifiedAt ||
  (from !== undefined &&
    (after.colour === before.colour || from.colour === before.colour) &&
    (after.body === before.body || from.body === before.body) &&
    (!isMoved(before, after) || isSameAnchor(from.anchor, before.anchor)));

export function putNote(notebook: Notebook, put: Note, basis: PutBasis): Notebook {
  const before = stateOf(notebook, put.id);
  const given = before ? givenTo(before, { note: put, from: basis.from }) : put;
  const isPresent = notebook.notes.some(({ id }) => id === given.id);
  const note = before ? withWordsOfAnother(before, given) : given;
  if (before && isPresent && !haveSameWords(given, note) && !isMoved(before, note)) return notebook;
  const deletedNotes = withoutDeleted(notebook.deletedNotes, note.id);
  const history = before ? nextHistory(before, note, isKnown(before, note, basis) && !basis.keepsBefore) : note.history;
  // What a later version keeps in a note stays; that it has no passage any more, or is none of another note, is said by its absence.
  const { anchor: _passage, partOf: _whole, ...known } = before ?? {};
  const { currentSince: _earlier, ...state } = { ...known, ...note, history };
  const currentSince = currentSinceOf(notebook, note, isPresent ? before : undefined);
  const merged: Note = { ...state, ...(currentSince !== undefined && { currentSince }) };
  const notes = isPresent ? notebook.notes.map((each) => (each.id === note.id ? merged : each)) : [...notebook.notes, merged];
  return { ...notebook, deletedNotes, notes };
}

/** Whose a note is stays, and another person's words do; where it stands may be changed. */
function withWordsOfAnother({ creator, colour, body, tags }: Note, { creator: _told, ...note }: Note): Note {
  return creator ? { ...note, creator, colour, body, tags } : note;
}

/** A state that takes the place of a later one (by undo, or out of the trash) stands since just after that one. */
function currentSinceOf({ deletedNotes, purgedNotes, forgottenAt }: Notebook, note: Note, present: Note | undefined): string | undefined {
  if (present && present.modifiedAt === note.modifiedAt && haveSameWords(present, note)) return present.currentSince;
  const trashed = deletedNotes.find((each) => each.note.id === note.id)?.note;
  const purged = purgedNotes?.find(({ noteId }) => noteId === note.id);
  const clocks = [present && noteClock(present), trashed && noteClock(trashed), purged?.clock, forgottenAt];
  const last = Math.max(0, ...clocks.map((clock) => (clock === undefined ? 0 : Date.parse(clock))));
  return Date.parse(note.modifiedAt) > last ? undefined : justAfter(last);
}

/** The tags after `from` was changed into `to`: both ways the same when nobody else changed them. */
export function nextTags(present: string[], to: string[], from: string[] = present): string[] {
  if (from.join('\n') === present.join('\n')) return to;
  const has = (tags: readonly string[], tag: string) => tags.some((each) => tagKey(each) === tagKey(tag));
  const kept = present.filter((tag) => has(to, tag) || !has(from, tag));
  return [...kept, ...to.filter((tag) => !has(from, tag) && !has(kept, tag))];
}

export const withoutDeleted = (deleted: DeletedNote[], noteId: string): DeletedNote[] => deleted.filter(({ note }) => note.id !== noteId);
