import { isBookmark, type WholeNote } from '#model';
import type { HighlightEntry, HighlightLayer } from '../../reader/highlights';
import type { AreaEntry, PageAreas } from '../../reader/pages/page-areas';
import type { PageView } from '../../reader/pages/page-view';
import { takenInAnnotations } from '../../state/file-notes';
import { placedRecords } from '../../state/passages';
import { shownNotes } from '../../state/selectors';
import { type AppState, getState, selectNotebook, store } from '../../state/store';

/** Draws the notes' passages and areas and the one in focus, anew whenever they change. */
export function drawHighlights(highlights: HighlightLayer, areas: PageAreas | undefined): () => void {
  let drawn: HighlightEntry[] = [];
  let around: AreaEntry[] = [];
  let notes: readonly WholeNote[] = [];
  const draw = (state: AppState): void => {
    notes = shownNotes(state);
    const entries = entriesOf(notes, state);
    const onPages = areas ? areasOf(notes, state) : [];
    // While a note is typed its passage stays: ten thousand highlights must not be drawn at each key.
    if (onPages.length !== around.length || !onPages.every((entry, index) => isSameArea(entry, around[index]))) {
      around = onPages;
      areas?.set(onPages);
    }
    if (entries.length === drawn.length && entries.every((entry, index) => isSameEntry(entry, drawn[index]))) return;
    drawn = entries;
    highlights.set(entries);
  };
  const focus = ({ focusedNoteId }: AppState): void => {
    highlights.focus(focusedNoteId);
    areas?.focus(focusedNoteId);
  };
  draw(getState());
  return store.subscribe((state, before) => {
    const isDrawn = state.resizing !== before.resizing || state.drawnArea !== before.drawnArea;
    if (isDrawn || state.placements !== before.placements || shownNotes(state) !== notes) draw(state);
    if (state.focusedNoteId !== before.focusedNoteId) focus(state);
  });
}

/** What was taken in out of the file is drawn as a note is, and not as an annotation once more. */
export function hideTakenIn(pages: PageView, opening: number): () => void {
  const hide = (state: AppState): void => {
    if (state.open?.opening === opening) pages.hide(takenInAnnotations(state.open.fileNotes, selectNotebook(state)));
  };
  hide(getState());
  return store.subscribe((state, before) => {
    if (state.open?.fileNotes !== before.open?.fileNotes || selectNotebook(state)?.notes !== selectNotebook(before)?.notes) hide(state);
  });
}

const isSameEntry = (a: HighlightEntry, b: HighlightEntry | undefined): boolean =>
  a.id === b?.id && a.noteId === b.noteId && a.colour === b.colour && a.isClose === b.isClose && a.start === b.start && a.end === b.end;

/** The areas themselves are compared as objects: they stay the same until notes are placed anew. */
const isSameArea = (a: AreaEntry, b: AreaEntry | undefined): boolean =>
  a.id === b?.id && a.noteId === b.noteId && a.colour === b.colour && a.isClose === b.isClose && a.area === b.area;

const entriesOf = (notes: readonly WholeNote[], { placements, resizing }: AppState): HighlightEntry[] =>
  notes.flatMap((note) => {
    if (isBookmark(note)) return [];
    return placedRecords(note, placements).flatMap(({ record: { id }, placement }) => {
      if (placement.area) return [];
      const { start, end } = resizing?.noteId === id ? resizing : placement;
      return { id, noteId: note.id, colour: note.colour, start, end, isClose: placement.state === 'close' };
    });
  });

const areasOf = (notes: readonly WholeNote[], { placements, drawnArea }: AppState): AreaEntry[] =>
  notes.flatMap((note) => {
    if (isBookmark(note)) return [];
    return placedRecords(note, placements).flatMap(({ record: { id }, placement: { area, state } }) =>
      area
        ? [
            {
              id,
              noteId: note.id,
              area: drawnArea?.recordId === id ? { page: drawnArea.page, box: drawnArea.box } : area,
              colour: note.colour,
              isClose: state === 'close',
            },
          ]
        : [],
    );
  });
