import { type DeletedNotesPage, pageOf } from '#api';
import { type DeletedWhole, earlierVersions, type NotebookOutline, wholeDeleted } from '#model';
import type { Pause } from '../../pacing';
import type { DocumentTitles } from './document-titles';
import { listed } from './found-notes';
import { emptyList, type Item, type KeptList, type NotebooksAtHand, type Part, updateList } from './kept-list';

interface Deleted extends Item {
  outline: NotebookOutline;
  deleted: DeletedWhole;
}

/** The trash as far as the notebooks that it was asked of go. */
export type DeletedNotes = KeptList<Deleted>;

/** The trash as it is now; `before` is what it was when it was asked for last. */
export const findDeleted = (
  before: DeletedNotes | undefined,
  { outlines, notebook }: NotebooksAtHand,
  pause: Pause,
): Promise<DeletedNotes> =>
  updateList<Deleted, Part<Deleted>>(before ?? emptyList(), outlines(), { read: (outline) => read(outline, notebook), compare }, pause);

async function read(outline: NotebookOutline, notebook: NotebooksAtHand['notebook']): Promise<Part<Deleted>> {
  const { id: documentId, deletedCount } = outline;
  const deletedNotes = deletedCount > 0 ? (await notebook(documentId))?.deletedNotes : undefined;
  return { outline, items: wholeDeleted(deletedNotes ?? []).map((deleted) => ({ documentId, outline, deleted })) };
}

function compare({ deleted: a }: Deleted, { deleted: b }: Deleted): number {
  if (a.deletedAt !== b.deletedAt) return a.deletedAt < b.deletedAt ? 1 : -1;
  return Number(a.note.id > b.note.id) - Number(a.note.id < b.note.id);
}

export function deletedPage({ order }: DeletedNotes, place: { from: number; count: number }, titles: DocumentTitles): DeletedNotesPage {
  const { rows, ...page } = pageOf(order, place);
  return {
    ...page,
    rows: rows.map(({ documentId, outline, deleted: { note, deletedAt } }) => ({
      documentId,
      title: titles.of(outline),
      note: listed(note),
      deletedAt,
      hasVersions: earlierVersions(note).length > 0,
    })),
  };
}
