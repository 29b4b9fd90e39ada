import { z } from 'zod';
import { carriedAnchorSchema, withCarriedAnchors } from './anchors/carried';
import { forget } from './forget';
import {
  type DeletedNote,
  languageSchema,
  momentSchema,
  type Note,
  type Notebook,
  noteClock,
  noteSchema,
  positionSchema,
  type RecordField,
  readingStatusSchema,
  recordFields,
  tagNameSchema,
} from './notebook';
import { tagKey } from './tags';
import { haveSameWords, isMoved, nextHistory } from './versions';

/** One change of a notebook. Each can be applied twice with the same outcome, so a retry is harmless. */
export const notebookChangeSchema = z.discriminatedUnion('type', [
  /**
   * `basedOn`: the `modifiedAt` of the note as it stood where it was changed; absent for a new one. When another state stands
   * there by then, whoever made this change did not know its words, so they are kept in the note's history. `keepsBefore`: they are
   * kept in any case, as where an earlier version is brought back. `fromTags`: the note's tags that were changed into these, as in `set-tags`;
   * without them the note's tags are put as they are.
   */
  z.object({
    type: z.literal('put-note'),
    note: noteSchema,
    basedOn: momentSchema.optional(),
    keepsBefore: z.boolean().optional(),
    fromTags: z.array(tagNameSchema).optional(),
  }),
  z.object({ type: z.literal('delete-note'), noteId: z.uuid(), at: momentSchema }),
  z.object({ type: z.literal('restore-note'), noteId: z.uuid() }),
  /** Removes a note from the trash for good. `deletedAt`: only when it lies there since then, and did not come back meanwhile. */
  z.object({ type: z.literal('purge-note'), noteId: z.uuid(), deletedAt: momentSchema.optional() }),
  /** `from`: the tags that were changed into these. What another window did to them meanwhile stays. */
  z.object({ type: z.literal('set-tags'), tags: z.array(tagNameSchema), from: z.array(tagNameSchema).optional() }),
  /**
   * Tags of many notes at once, each as `set-tags`, also in the trash. A note counts as no newer by it, so that it hides no words of another
   * machine, and gets no version: what it was is known to whoever takes it back. Another person's notes stay as they are.
   */
  z.object({
    type: z.literal('retag-notes'),
    notes: z.array(z.object({ noteId: z.uuid(), tags: z.array(tagNameSchema), from: z.array(tagNameSchema) })),
    at: momentSchema,
  }),
  /** `undefined` gives back what the file says. `at`: when it was set; of two machines the later one's is taken. */
  z.object({ type: z.literal('set-title'), title: z.string().trim().min(1).optional(), at: momentSchema.optional() }),
  z.object({ type: z.literal('set-author'), author: z.string().trim().min(1).max(1000).optional(), at: momentSchema.optional() }),
  z.object({ type: z.literal('set-language'), language: languageSchema.optional(), at: momentSchema.optional() }),
  z.object({ type: z.literal('set-date'), date: z.iso.date().optional(), at: momentSchema.optional() }),
  z.object({ type: z.literal('set-encoding'), encoding: z.string().optional(), at: momentSchema.optional() }),
  z.object({ type: z.literal('set-status'), status: readingStatusSchema, at: momentSchema.optional() }),
  /** Anchors go along in silence when the document is read into another text than before; no note counts as changed by it. */
  z.object({ type: z.literal('carry-anchors'), carried: z.array(carriedAnchorSchema) }),
  z.object({ type: z.literal('set-position'), position: positionSchema, at: momentSchema }),
  /** Takes all out of the notebook that was there until then, and leaves when that was (`forget.ts`). It cannot be undone. */
  z.object({ type: z.literal('forget'), at: momentSchema }),
]);
export type NotebookChange = z.infer<typeof notebookChangeSchema>;

/** The note that a change is of, where it is of one. */
export function noteIdOf(change: NotebookChange): string | undefined {
  if (change.type === 'put-note') return change.note.id;
  return 'noteId' in change ? change.noteId : undefined;
}

/** The notebook after `change`; the argument is left as it was. Unknown fields survive. */
export function applyChange(notebook: Notebook, change: NotebookChange): Notebook {
  switch (change.type) {
    case 'put-note':
      return putNote(notebook, change.note, change);
    case 'delete-note':
      return deleteNote(notebook, change.noteId, change.at);
    case 'restore-note':
      return restoreNote(notebook, change.noteId);
    case 'purge-note':
      return purgeNote(notebook, change.noteId, change.deletedAt);
    case 'set-tags':
      return withTags(notebook, nextTags(notebook.tags, change.tags, change.from));
    case 'retag-notes':
      return retagNotes(notebook, change);
    case 'set-title':
      return withField(notebook, 'title', change.title, change.at);
    case 'set-author':
      return withField(notebook, 'author', change.author, change.at);
    case 'set-date':
      return withField(notebook, 'date', change.date, change.at);
    case 'set-language':
      return withField(notebook, 'language', change.language, change.at);
    case 'set-encoding':
      return withField(notebook, 'encoding', change.encoding, change.at);
    case 'set-status':
      return withField(notebook, 'status', change.status, change.at);
    case 'carry-anchors':
      return withCarriedAnchors(notebook, change.carried);
    case 'set-position':
      return { ...notebook, position: { ...notebook.position, ...change.position }, lastReadAt: change.at };
    case 'forget':
      return forget(notebook, change.at);
  }
}

/**
 * The change that undoes `change` when it is applied after it; `undefined` for what is not worth undoing. It is based on what `change`
 * made, so that what another window did since is not lost by it.
 */
export function invertChange(notebook: Notebook, change: NotebookChange): NotebookChange | undefined {
  switch (change.type) {
    case 'put-note': {
      const before = notebook.notes.find((note) => note.id === change.note.id);
      // An added note that is taken back goes to the trash, like every other note that goes.
      return before
        ? { type: 'put-note', note: before, basedOn: change.note.modifiedAt, fromTags: change.note.tags }
        : { type: 'delete-note', noteId: change.note.id, at: change.note.modifiedAt };
    }
    case 'delete-note':
      return { type: 'restore-note', noteId: change.noteId };
    case 'restore-note': {
      const deleted = notebook.deletedNotes.find(({ note }) => note.id === change.noteId);
      return deleted && { type: 'delete-note', noteId: change.noteId, at: deleted.deletedAt };
    }
    case 'set-tags':
      return { type: 'set-tags', tags: notebook.tags, from: change.tags };
    case 'retag-notes':
      return { ...change, notes: change.notes.map(({ noteId, tags, from }) => ({ noteId, tags: from, from: tags })) };
    case 'set-title':
      return { type: 'set-title', title: notebook.title };
    case 'set-author':
      return { type: 'set-author', author: notebook.author };
    case 'set-date':
      return { type: 'set-date', date: notebook.date };
    case 'set-language':
      return { type: 'set-language', language: notebook.language };
    case 'set-status':
      return { type: 'set-status', status: notebook.status };
    case 'set-encoding':
      return { type: 'set-encoding', encoding: notebook.encoding };
    case 'purge-note':
    case 'carry-anchors':
    case 'set-position':
    case 'forget':
      return undefined;
  }
}

/** `change` as it is made in `notebook` at `now`: with the state of its note, or the tags, that it is based on. */
export function basedOn(notebook: Notebook, change: NotebookChange, now = new Date().toISOString()): NotebookChange {
  if (change.type === 'set-tags') return { ...change, from: notebook.tags };
  if (setsField(change)) return { at: now, ...change };
  if (change.type !== 'put-note') return change;
  const { basedOn: _earlier, fromTags: _tags, ...rest } = change;
  const before = stateOf(notebook, change.note.id);
  return before ? { ...rest, basedOn: before.modifiedAt, fromTags: before.tags } : rest;
}

const setsField = (change: NotebookChange): change is Extract<NotebookChange, { type: `set-${RecordField}` }> =>
  recordFields.some((field) => change.type === `set-${field}`);

/** Whether `change`, made in `notebook`, puts words of a note into its history that whoever made the change did not know. */
export function replacesUnknown({ notes }: Notebook, change: NotebookChange): boolean {
  if (change.type !== 'put-note') return false;
  const { note, basedOn } = change;
  const before = notes.find(({ id }) => id === note.id);
  return before !== undefined && before.body !== '' && before.body !== note.body && before.modifiedAt !== basedOn;
}

/** Whether `change` says other words of a note that another person made: they stay as they are, whoever asks. */
export function editsAnother(notebook: Notebook, change: NotebookChange): boolean {
  if (change.type !== 'put-note') return false;
  const before = stateOf(notebook, change.note.id);
  return before?.creator !== undefined && !haveSameWords(before, change.note);
}

/** A note as it stands, or in the trash: one that comes back from there, by redo say, keeps what it was. */
const stateOf = ({ notes, deletedNotes }: Notebook, noteId: string): Note | undefined =>
  notes.find(({ id }) => id === noteId) ?? deletedNotes.find(({ note }) => note.id === noteId)?.note;

type PutBasis = Pick<Extract<NotebookChange, { type: 'put-note' }>, 'basedOn' | 'keepsBefore' | 'fromTags'>;

function putNote(notebook: Notebook, put: Note, { basedOn: basis, keepsBefore = false, fromTags }: PutBasis): Notebook {
  const before = stateOf(notebook, put.id);
  const given = before && fromTags ? { ...put, tags: nextTags(before.tags, put.tags, fromTags) } : put;
  const isPresent = notebook.notes.some(({ id }) => id === given.id);
  const note = before ? withWordsOfAnother(before, given) : given;
  if (before && isPresent && !haveSameWords(given, note) && !isMoved(before, note)) return notebook;
  const deletedNotes = withoutDeleted(notebook.deletedNotes, note.id);
  const history = before ? nextHistory(before, note, basis === before.modifiedAt && !keepsBefore) : note.history;
  // What a later version keeps in a note stays; that it has no passage any more is said by its absence.
  const { anchor: _passage, ...known } = before ?? {};
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

/** The moment one millisecond after another; `time`: ms since the epoch. */
export const justAfter = (time: number): string => new Date(time + 1).toISOString();

/** The tags after `from` was changed into `to`: both ways the same when nobody else changed them. */
function nextTags(present: string[], to: string[], from: string[] = present): string[] {
  if (from.join('\n') === present.join('\n')) return to;
  const has = (tags: readonly string[], tag: string) => tags.some((each) => tagKey(each) === tagKey(tag));
  const kept = present.filter((tag) => has(to, tag) || !has(from, tag));
  return [...kept, ...to.filter((tag) => !has(from, tag) && !has(kept, tag))];
}

function retagNotes(notebook: Notebook, { notes: retagged, at }: Extract<NotebookChange, { type: 'retag-notes' }>): Notebook {
  const byId = new Map(retagged.map((each) => [each.noteId, each]));
  const retag = (note: Note): Note => {
    const change = byId.get(note.id);
    if (!change || note.creator) return note;
    const tags = nextTags(note.tags, change.tags, change.from);
    if (tags.join('\n') === note.tags.join('\n')) return note;
    const last = Date.parse(note.retaggedAt ?? '') || 0;
    return { ...note, tags, retaggedAt: Date.parse(at) > last ? at : justAfter(last) };
  };
  return {
    ...notebook,
    notes: notebook.notes.map(retag),
    deletedNotes: notebook.deletedNotes.map((deleted) => {
      const note = retag(deleted.note);
      return note === deleted.note ? deleted : { ...deleted, note };
    }),
  };
}

function deleteNote(notebook: Notebook, noteId: string, at: string): Notebook {
  const note = notebook.notes.find(({ id }) => id === noteId);
  if (!note) return notebook;
  return {
    ...notebook,
    notes: notebook.notes.filter(({ id }) => id !== noteId),
    deletedNotes: [...withoutDeleted(notebook.deletedNotes, noteId), { note, deletedAt: at }],
  };
}

function restoreNote(notebook: Notebook, noteId: string): Notebook {
  const deleted = notebook.deletedNotes.find(({ note }) => note.id === noteId);
  return deleted ? putNote(notebook, deleted.note, { basedOn: deleted.note.modifiedAt }) : notebook;
}

const withoutDeleted = (deleted: DeletedNote[], noteId: string): DeletedNote[] => deleted.filter(({ note }) => note.id !== noteId);

function purgeNote(notebook: Notebook, noteId: string, deletedAt: string | undefined): Notebook {
  const deleted = notebook.deletedNotes.find(({ note }) => note.id === noteId);
  if (!deleted || (deletedAt !== undefined && deleted.deletedAt !== deletedAt)) return notebook;
  const others = (notebook.purgedNotes ?? []).filter((each) => each.noteId !== noteId);
  return {
    ...notebook,
    deletedNotes: withoutDeleted(notebook.deletedNotes, noteId),
    purgedNotes: [...others, { noteId, clock: noteClock(deleted.note) }],
  };
}

/** The notebook with these tags, counting those that come and go. */
function withTags(notebook: Notebook, tags: string[]): Notebook {
  const before = new Set(notebook.tags.map(tagKey));
  const after = new Set(tags.map(tagKey));
  const counts = new Map(Object.entries(notebook.tagCounts ?? {}));
  for (const key of before) if (!after.has(key)) counts.set(key, (counts.get(key) ?? 1) + 1);
  for (const key of after) if (!before.has(key) && counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return { ...notebook, tags, ...(counts.size > 0 && { tagCounts: Object.fromEntries(counts) }) };
}

/** The notebook with a field set, or given back to what the file says, at a moment that is later than the last. */
function withField<K extends RecordField>(notebook: Notebook, field: K, value: Notebook[K] | undefined, at?: string): Notebook {
  if (notebook[field] === value) return notebook;
  const { [field]: _dropped, ...rest } = notebook;
  const last = Date.parse(notebook.fieldTimes?.[field] ?? '') || 0;
  const set = at !== undefined && Date.parse(at) > last ? at : justAfter(last);
  return { ...rest, ...(value !== undefined && { [field]: value }), fieldTimes: { ...notebook.fieldTimes, [field]: set } } as Notebook;
}
