import { applyChange, invertChange, type NotebookChange, setsField } from './changes';
import type { ReadingStatus } from './choices';
import { collectionsOf, isInCollection } from './collections';
import { deleteNotes } from './note-changes';
import { type Note, type Notebook, readersFields } from './notebook';
import { type Mover, moveTags } from './tag-moves';
import { tagKey } from './tag-names';

/** What is done to each of many notebooks, or to some notes in each. */
export type NotebookEdit =
  /** Of the document and all of its notes, also those in the trash. */
  | { type: 'move-tags'; mover: Mover }
  | { type: 'tag-document'; add: readonly string[]; remove: readonly string[] }
  | { type: 'set-status'; status: ReadingStatus }
  | { type: 'set-favourite'; favourite: true | undefined }
  /** `later`: the place in the reading list of a document that is not in it yet. */
  | { type: 'set-later'; later: string | undefined }
  | { type: 'set-collection'; id: string; name: string; isIn: boolean }
  | { type: 'tag-notes'; noteIds: ReadonlySet<string>; add: readonly string[]; remove: readonly string[] }
  | { type: 'delete-notes'; noteIds: ReadonlySet<string> }
  /** All notes go to the trash; what else the reader set of the document is not set any more. */
  | { type: 'remove-record' };

/** The changes that make `edit` of a notebook at `at`; none where nothing of it changes. */
export function changesOf(notebook: Notebook, edit: NotebookEdit, at: string): NotebookChange[] {
  switch (edit.type) {
    case 'move-tags': {
      const { notes, deletedNotes } = notebook;
      const all = [...notes, ...deletedNotes.map(({ note }) => note)];
      return [...retagDocument(notebook, moveTags(notebook.tags, edit.mover)), ...retag(all, (tags) => moveTags(tags, edit.mover), at)];
    }
    case 'tag-document':
      return retagDocument(notebook, withAndWithout(notebook.tags, edit));
    case 'tag-notes':
      return retag(
        notebook.notes.filter(({ id }) => edit.noteIds.has(id)),
        (tags) => withAndWithout(tags, edit),
        at,
      );
    case 'set-status':
      return notebook.status === edit.status ? [] : [{ type: 'set-status', status: edit.status, at }];
    case 'set-favourite':
      return notebook.favourite === edit.favourite ? [] : [{ ...edit, at }];
    case 'set-later':
      return (notebook.later === undefined) === (edit.later === undefined) ? [] : [{ ...edit, at }];
    case 'set-collection':
      return isInCollection(notebook, edit.id) === edit.isIn ? [] : [edit];
    case 'delete-notes':
      return deleteNotes(notebook, edit.noteIds, at);
    case 'remove-record':
      return [
        ...retagDocument(notebook, notebook.tags.length > 0 ? [] : notebook.tags),
        ...collectionsOf(notebook).map((each) => ({ type: 'set-collection' as const, ...each, isIn: false })),
        ...readersFields.filter((field) => notebook[field] !== undefined).map((field) => ({ type: `set-${field}` as const, at })),
        ...notebook.notes.map(({ id: noteId }) => ({ type: 'delete-note' as const, noteId, at })),
      ];
  }
}

const retagDocument = ({ tags: from }: Notebook, tags: readonly string[]): NotebookChange[] =>
  tags === from ? [] : [{ type: 'set-tags', tags: [...tags], from: [...from] }];

function retag(notes: readonly Note[], next: (tags: readonly string[]) => readonly string[], at: string): NotebookChange[] {
  const changed = notes.flatMap(({ id: noteId, tags: from, creator }) => {
    const tags = creator ? from : next(from);
    return tags === from ? [] : [{ noteId, tags: [...tags], from: [...from] }];
  });
  return changed.length > 0 ? [{ type: 'retag-notes', notes: changed, at }] : [];
}

/** Tags with those of `add` among them and without those of `remove`; the same array where that is so already. */
function withAndWithout(
  tags: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): readonly string[] {
  const gone = new Set(remove.map(tagKey));
  const kept = tags.filter((tag) => !gone.has(tagKey(tag)));
  const there = new Set(kept.map(tagKey));
  const came = add.filter((tag) => !there.has(tagKey(tag)));
  return kept.length === tags.length && came.length === 0 ? tags : [...kept, ...came];
}

/** The changes that take `changes` back once they were made of `notebook`, in the order in which they are to be made. */
export function inversesOf(notebook: Notebook, changes: readonly NotebookChange[]): NotebookChange[] {
  const inverses: NotebookChange[] = [];
  let state = notebook;
  for (const change of changes) {
    const inverse = invertChange(state, change);
    if (inverse) inverses.unshift(inverse);
    state = applyChange(state, change);
  }
  return inverses;
}

/**
 * Those of `changes`, which take something back or do it again, that still have something to change in a notebook as it is now, at `at`. What came
 * between stays: tags that came since, a status that was set to another one, a note that is back, or was deleted by hand.
 */
export function stillNeeded(
  notebook: Notebook,
  changes: readonly NotebookChange[],
  replaced: readonly NotebookChange[],
  at: string,
): NotebookChange[] {
  return changes.flatMap((change): NotebookChange[] => {
    if (change.type === 'set-status') {
      const was = replaced.find((each) => each.type === 'set-status');
      return was && notebook.status === was.status ? [{ ...change, at }] : [];
    }
    if (change.type === 'set-collection') return isInCollection(notebook, change.id) === change.isIn ? [] : [change];
    const field = readersFields.find((each) => change.type === `set-${each}`);
    if (field && setsField(change)) {
      const was = replaced.find((each) => each.type === change.type);
      return was && notebook[field] === was[field as keyof typeof was] ? [{ ...change, at }] : [];
    }
    // At the moment that is recorded: by that it is told from a deletion by hand.
    if (change.type === 'delete-note') return notebook.notes.some(({ id }) => id === change.noteId) ? [change] : [];
    if (change.type === 'restore-note') {
      const deletion = replaced.find((each) => each.type === 'delete-note' && each.noteId === change.noteId);
      const deleted = notebook.deletedNotes.find(({ note }) => note.id === change.noteId);
      return deletion?.type === 'delete-note' && deleted?.deletedAt === deletion.at ? [change] : [];
    }
    return [change.type === 'retag-notes' ? { ...change, at } : change];
  });
}
