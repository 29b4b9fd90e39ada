import { pageOf, type UnplacedNote, type UnplacedNotesPage } from '#api';
import { compareTitles, type Note, type NotebookOutline } from '#model';
import type { Pause } from '../../pacing';
import type { DocumentTitles } from './document-titles';
import { listed } from './found-notes';
import { emptyList, type Item, type KeptList, type NotebooksAtHand, type Part, updateList } from './kept-list';

/** Ids of a document's notes that have no place; another object each time that they are others. */
export type UnplacedIds = (documentId: string) => readonly string[] | undefined;

interface Unplaced extends Item {
  outline: NotebookOutline;
  title: string;
  note: Note;
}

interface UnplacedPart extends Part<Unplaced> {
  ids: readonly string[] | undefined;
  title: string;
}

/** The notes without a place as far as the notebooks that it was asked of go. */
export type UnplacedNotes = KeptList<Unplaced, UnplacedPart>;

interface UnplacedSource extends NotebooksAtHand {
  titles: DocumentTitles;
  unplaced: UnplacedIds;
}

/** The notes without a place as they are now; `before` is what they were when they were asked for last. */
export const findUnplaced = (
  before: UnplacedNotes | undefined,
  { outlines, notebook, titles, unplaced }: UnplacedSource,
  pause: Pause,
): Promise<UnplacedNotes> =>
  updateList<Unplaced, UnplacedPart>(
    before ?? emptyList(),
    outlines(),
    {
      async read(outline) {
        const { id: documentId } = outline;
        const ids = unplaced(documentId);
        const title = ids ? titles.of(outline) : '';
        const wanted = new Set(ids);
        const notes = ids ? ((await notebook(documentId))?.notes ?? []) : [];
        const items = notes.filter(({ id }) => wanted.has(id)).map((note) => ({ documentId, outline, title, note }));
        return { outline, ids, title, items };
      },
      isCurrent: ({ outline, ids, title }) => ids === unplaced(outline.id) && (!ids || title === titles.of(outline)),
      compare: (a, b) =>
        compareTitles(a.title, b.title) ||
        compareText(a.documentId, b.documentId) ||
        (a.note.anchor?.start ?? 0) - (b.note.anchor?.start ?? 0) ||
        compareText(a.note.id, b.note.id),
    },
    pause,
  );

const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);

export function unplacedPage(
  { order, parts }: UnplacedNotes,
  place: { from: number; count: number },
  isMissing: (documentId: string) => boolean,
): UnplacedNotesPage {
  const { rows, from, total } = pageOf(order, place);
  return {
    from,
    total,
    rows: rows.map(({ documentId, title, note }, index): UnplacedNote => {
      const isFirst = order[from + index - 1]?.documentId !== documentId;
      const inDocument = parts.get(documentId)?.items.length;
      const row = { documentId, title, note: listed(note), isMissing: isMissing(documentId) };
      return { ...row, ...(isFirst && inDocument !== undefined && { inDocument }) };
    }),
  };
}
