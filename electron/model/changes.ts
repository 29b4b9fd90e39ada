import { z } from 'zod';
import { carriedAnchorSchema, withCarriedAnchors } from './anchors/carried';
import { collectionIdSchema, collectionNameSchema, isInCollection, withCollection } from './collections';
import { forget } from './forget';
import {
  justAfter,
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
import { givenTo, nextTags, propertiesOf, putNote, stateOf, withoutDeleted } from './put-note';
import { rankSchema } from './ranks';
import { tagKey } from './tag-names';
import { haveSameWords } from './versions';

/** One change of a notebook. Each can be applied twice with the same outcome, so a retry is harmless. */
export const notebookChangeSchema = z.discriminatedUnion('type', [
  /**
   * `basedOn`: the `modifiedAt` of the note as it stood where it was changed; absent for a new one. When another state stands
   * there by then, whoever made this change did not know its words, so they are kept in the note's history. `keepsBefore`: they are
   * kept in any case, as where an earlier version is brought back. `from`: what was changed into this. What another window made meanwhile of
   * a property that is the same in both stays, and of tags as in `set-tags`; without it all is put as it is.
   */
  z.object({
    type: z.literal('put-note'),
    note: noteSchema,
    basedOn: momentSchema.optional(),
    keepsBefore: z.boolean().optional(),
    from: noteSchema.pick({ colour: true, body: true, tags: true, anchor: true, partOf: true }).optional(),
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
  z.object({ type: z.literal('set-favourite'), favourite: z.literal(true).optional(), at: momentSchema.optional() }),
  /** `undefined` takes it off the reading list. */
  z.object({ type: z.literal('set-later'), later: rankSchema.optional(), at: momentSchema.optional() }),
  /** `name`: what the collection is called. */
  z.object({ type: z.literal('set-collection'), id: collectionIdSchema, name: collectionNameSchema, isIn: z.boolean() }),
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
    case 'set-favourite':
      return withField(notebook, 'favourite', change.favourite, change.at);
    case 'set-later':
      return withField(notebook, 'later', change.later, change.at);
    case 'set-collection':
      return withCollection(notebook, change);
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
        ? { type: 'put-note', note: before, basedOn: change.note.modifiedAt, from: propertiesOf(givenTo(before, change)) }
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
    case 'set-favourite':
      return { type: 'set-favourite', favourite: notebook.favourite };
    case 'set-later':
      return { type: 'set-later', later: notebook.later };
    case 'set-collection':
      return isInCollection(notebook, change.id) === change.isIn ? undefined : { ...change, isIn: !change.isIn };
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
  const { basedOn: _earlier, from: _state, ...rest } = change;
  const before = stateOf(notebook, change.note.id);
  return before ? { ...rest, basedOn: before.modifiedAt, from: propertiesOf(before) } : rest;
}

/** Whether a change sets a field of a document's record. */
export const setsField = (change: NotebookChange): change is Extract<NotebookChange, { type: `set-${RecordField}` }> =>
  recordFields.some((field) => change.type === `set-${field}`);

/** Whether `change`, made in `notebook`, puts words of a note into its history that whoever made the change did not know. */
export function replacesUnknown({ notes }: Notebook, change: NotebookChange): boolean {
  if (change.type !== 'put-note') return false;
  const before = notes.find(({ id }) => id === change.note.id);
  if (!before || before.body === '' || before.modifiedAt === change.basedOn) return false;
  return before.body !== givenTo(before, change).body && before.body !== change.from?.body;
}

/** Whether `change` says other words of a note that another person made: they stay as they are, whoever asks. */
export function editsAnother(notebook: Notebook, change: NotebookChange): boolean {
  if (change.type !== 'put-note') return false;
  const before = stateOf(notebook, change.note.id);
  return before?.creator !== undefined && !haveSameWords(before, givenTo(before, change));
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
