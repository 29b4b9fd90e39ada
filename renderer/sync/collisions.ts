import type { Notebook, NotebookChange } from '#model';

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
