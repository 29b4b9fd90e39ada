import type { NotebookChange } from '../changes';
import type { ReadingStatus } from '../choices';
import { isInCollection } from '../collections';
import { isSameContent } from '../merge';
import { deleteNotes, restoreNotes } from '../note-changes';
import type { Notebook, RecordField } from '../notebook';
import { tagKey } from '../tag-names';
import type { TagDetails } from '../tags';
import type { LocatedChange } from '../undo';
import { earlierVersions, haveSameWords } from '../versions';
import type { Activity } from './activity';

/**
 * The changes that take something back, the change of many that is taken back as one, the collection that becomes `from` again where it is
 * called `to`, the two documents that are to be parted, or why that is not
 * possible (a sentence for the reader).
 */
export type TakingBack =
  | { changes: LocatedChange[] }
  | { editId: string }
  | { collection: { id: string; from?: string; to?: string } }
  | { parts: { fromId: string; intoId: string } }
  | { obstacle: string };

/** The document that was joined with another one last, and when that was begun (ISO). */
export interface LastJoining {
  fromId: string;
  since: string;
}

interface Present {
  /** Of the activity's document. */
  notebook: Notebook | undefined;
  tags: readonly TagDetails[];
  /** Whether a change of many stands, and can be taken back on this machine. */
  canUndo(editId: string): boolean;
  /** The joining with the activity's document that can still be taken back. */
  joining?: LastJoining;
  /** ISO */
  now: string;
}

/**
 * What takes `activity` back as things stand now. Nothing that came after it is lost: notes that go are in the trash, words that are
 * replaced are a version, and of tags and fields only what still stands as it was left is changed.
 */
export function takeBack(activity: Activity, { notebook, tags, canUndo, joining, now }: Present): TakingBack {
  switch (activity.type) {
    case 'restored':
      return {
        obstacle: 'Until Lectern is closed, the last restore can be taken back in “Restore from a backup…”; an earlier one no longer.',
      };
    case 'imported':
      return { obstacle: 'Until Lectern is closed, the last import can be taken back in “Import notes…”; an earlier one no longer.' };
    case 'changed-together':
      if (activity.isUndo) return { obstacle: 'This took something back.' };
      return canUndo(activity.editId)
        ? { editId: activity.editId }
        : { obstacle: 'It was taken back, or it was done on another machine or too long ago to be taken back here.' };
    case 'notes-purged':
      return { obstacle: 'What was deleted for good cannot be brought back from here; a backup may still hold it.' };
    case 'document-added':
      return { obstacle: 'The file stays in the library. Nothing of yours was changed by adding it.' };
    case 'document-parted':
      return { obstacle: 'Say that they are the same again with “This is another document’s file…”.' };
    case 'document-joined': {
      const { fromId, documentId: intoId } = activity;
      return joining?.fromId === fromId && Date.parse(joining.since) <= Date.parse(activity.at)
        ? { parts: { fromId, intoId } }
        : { obstacle: 'The last joining of a document can be taken back on the machine where that was done; an earlier one no longer.' };
    }
    case 'collection-set': {
      const { collectionId: id, from, to } = activity;
      return { collection: { id, ...(from !== undefined && { from }), ...(to !== undefined && { to }) } };
    }
    case 'tag-coloured': {
      const { name, from, to } = activity;
      if (tags.find((tag) => tagKey(tag.name) === tagKey(name))?.colour !== to) return changedSince('The colour of the tag was');
      return { changes: [{ change: { type: 'set-tag-colour', name, ...(from && { colour: from }) } }] };
    }
  }
  if (!notebook) return { obstacle: 'There are no notes on this document any more.' };
  const taken = takeBackIn(notebook, activity, now);
  if ('obstacle' in taken) return taken;
  return { changes: withParts(notebook, taken).map((change) => ({ documentId: notebook.id, change })) };
}

/** With the further passages of the note that goes or comes. */
function withParts(notebook: Notebook, change: NotebookChange): NotebookChange[] {
  if (change.type === 'delete-note') return deleteNotes(notebook, new Set([change.noteId]), change.at);
  return change.type === 'restore-note' ? restoreNotes(notebook, change.noteId) : [change];
}

/** Those activities that are of a notebook. */
type InNotebook = Exclude<
  Activity,
  {
    type:
      | 'restored'
      | 'imported'
      | 'changed-together'
      | 'notes-purged'
      | 'document-added'
      | 'document-joined'
      | 'document-parted'
      | 'collection-set'
      | 'tag-coloured';
  }
>;

function takeBackIn(notebook: Notebook, activity: InNotebook, now: string): NotebookChange | { obstacle: string } {
  if (activity.type === 'document-tagged') {
    const { from, to } = activity;
    const tags = tagsWithout(notebook.tags, from, to);
    return tags ? { type: 'set-tags', tags } : changedSince('The tags were');
  }
  if (activity.type === 'document-collected') {
    const { collectionId: id, name, isIn } = activity;
    return isInCollection(notebook, id) === isIn
      ? { type: 'set-collection', id, name, isIn: !isIn }
      : { obstacle: `The document is ${isIn ? 'out of' : 'in'} the collection again.` };
  }
  if (activity.type === 'field-set') {
    const { field, from, to } = activity;
    const value = notebook[field];
    // Another place in the reading list is a place in it.
    const isSo =
      field === 'later' ? (value === undefined) === (to === undefined) : (value === undefined ? undefined : String(value)) === to;
    return isSo ? fieldBack(field, from) : changedSince(fieldNames[field]);
  }
  const { noteId } = activity;
  const note = notebook.notes.find(({ id }) => id === noteId);
  const trashed = notebook.deletedNotes.find((each) => each.note.id === noteId)?.note;
  if (activity.type === 'note-deleted') {
    if (trashed) return { type: 'restore-note', noteId };
    return { obstacle: note ? 'The note is back already.' : 'The note was deleted for good since.' };
  }
  if (!note) return { obstacle: trashed ? 'The note is in the trash.' : 'The note was deleted for good since.' };
  const { creator } = note;
  const ofAnother = { obstacle: `This note is by ${creator?.name}. It can be deleted, but is not edited.` };
  switch (activity.type) {
    case 'note-made':
    case 'note-restored':
      return { type: 'delete-note', noteId, at: now };
    case 'note-tagged': {
      if (creator) return ofAnother;
      const tags = tagsWithout(note.tags, activity.from, activity.to);
      return tags ? { type: 'put-note', note: { ...note, tags, modifiedAt: now }, keepsBefore: true } : changedSince('The tags were');
    }
    case 'note-written':
    case 'note-moved': {
      const { version: at } = activity;
      if (at === undefined) return { obstacle: 'Before, the note had no words.' };
      const version = earlierVersions(note).find((each) => each.at === at);
      if (!version) return { obstacle: 'What stood before is under “Earlier versions” in the note’s menu.' };
      const { colour, body, tags, anchor } = version;
      const before = { ...note, colour, body, tags, ...(anchor && { anchor }) };
      // Where it stands may be taken back.
      if (creator && !haveSameWords(note, before)) return ofAnother;
      if (isSameContent(note, before)) return { obstacle: 'The note stands as it was before.' };
      return { type: 'put-note', note: { ...before, modifiedAt: now }, keepsBefore: true };
    }
  }
}

const fieldNames: Record<RecordField, string> = {
  title: 'The title was',
  author: 'The author was',
  date: 'The date was',
  language: 'The language was',
  encoding: 'The encoding was',
  status: 'The reading status was',
  favourite: 'Whether it is a favourite was',
  later: 'Its place in the reading list was',
};

function fieldBack(field: RecordField, value: string | undefined): NotebookChange {
  switch (field) {
    case 'title':
      return { type: 'set-title', ...(value !== undefined && { title: value }) };
    case 'author':
      return { type: 'set-author', ...(value !== undefined && { author: value }) };
    case 'date':
      return { type: 'set-date', ...(value !== undefined && { date: value }) };
    case 'language':
      return { type: 'set-language', ...(value !== undefined && { language: value }) };
    case 'encoding':
      return { type: 'set-encoding', ...(value !== undefined && { encoding: value }) };
    case 'favourite':
      return { type: 'set-favourite', ...(value !== undefined && { favourite: true }) };
    case 'later':
      return { type: 'set-later', ...(value !== undefined && { later: value }) };
    case 'status':
      return { type: 'set-status', status: value === 'finished' || value === 'reading' ? value : ('unread' satisfies ReadingStatus) };
  }
}

const changedSince = (what: string): { obstacle: string } => ({ obstacle: `${what} changed again since.` });

/** The tags without what came when `from` became `to`, and with what went then; `undefined` where none of it is so any more. */
function tagsWithout(present: readonly string[], from: readonly string[], to: readonly string[]): string[] | undefined {
  const has = (tags: readonly string[], tag: string) => tags.some((each) => tagKey(each) === tagKey(tag));
  const kept = present.filter((tag) => has(from, tag) || !has(to, tag));
  const back = from.filter((tag) => !has(to, tag) && !has(kept, tag));
  return kept.length === present.length && back.length === 0 ? undefined : [...kept, ...back];
}
