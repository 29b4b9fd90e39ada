import type { Notebook, NotebookChange } from '#model';

/** Whether `change`, made in `notebook`, puts words of a note into its history that whoever made the change did not know. */
export function replacesUnknown({ notes }: Notebook, change: NotebookChange): boolean {
  if (change.type !== 'put-note') return false;
  const { note, basedOn } = change;
  const before = notes.find(({ id }) => id === note.id);
  return before !== undefined && before.body !== '' && before.body !== note.body && before.modifiedAt !== basedOn;
}

/**
 * Whether `change`, which was made in `notebook` at some time, met words that were written without knowledge of it, or it of them. For
 * when the state that it was made in is not known: it is told by what lies in the note's history.
 */
export function hasMetUnknown({ notes }: Notebook, change: NotebookChange): boolean {
  if (change.type !== 'put-note' || change.basedOn === undefined) return false;
  const basis = Date.parse(change.basedOn);
  const history = notes.find(({ id }) => id === change.note.id)?.history ?? [];
  return history.some(({ at, body }) => body !== '' && (at === change.note.modifiedAt || Date.parse(at) > basis));
}
