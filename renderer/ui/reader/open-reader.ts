import type { DocumentSource, Note } from '../../../electron/api';
import { keepDragInText } from '../../dom/drag-selection';
import { createFinder, type FindResult } from '../../dom/find-in-text';
import { createHighlightLayer, type HighlightEntry, type HighlightLayer } from '../../dom/highlights';
import { watchLinks } from '../../dom/links';
import { readPosition, scrollToOffset, topsOf, type View, watchLayout } from '../../dom/position';
import { type Rendering, renderDocument } from '../../dom/render-document';
import { clearSelection, extendSelection, readSelection, selectRange, watchSelection } from '../../dom/selection';
import type { TextLayer } from '../../dom/text-layer';
import { buildOutline, headingTitle } from '../../domain/outline';
import { quoteText } from '../../domain/quotes';
import { nextWordStart, previousWordStart } from '../../domain/word-steps';
import { documentDrawn, textReady, updateOpen } from '../../state/actions/documents';
import { focusNote } from '../../state/actions/notes';
import { reportError } from '../../state/actions/notices';
import { type ReaderHandle, type SelectionStep, setReaderHandle } from '../../state/reader-handle';
import { type AppState, getState, type SelectedPassage, selectNotebook, setState, store } from '../../state/store';
import { followLink } from './follow-links';
import { followGoals, keepPlace, nearbyOffsets, type Place } from './keep-place';

/** A document on the screen, joined to the store. */
export interface Reader {
  /** Rejects on a bug. */
  done: Promise<void>;
  close(): void;
}

/** Draws a document and keeps the screen and the store in step: highlights, selection, place, find and links. */
export function openReader(scroller: HTMLElement, container: HTMLElement, source: DocumentSource, opening: number): Reader {
  const stop = new AbortController();
  const { signal } = stop;
  const documentId = getState().open?.documentId ?? '';
  const rendering = renderDocument(container, source, {
    documentId,
    signal,
    onProgress: (drawn) => updateOpen(opening, { drawn }),
  });
  const { layer } = rendering;
  const view: View = { layer, scroller };
  const highlights = createHighlightLayer(layer);
  const place = keepPlace(view, opening, signal);
  setReaderHandle(createHandle({ documentId, rendering, view, highlights, place, signal }));

  const closers = [
    watchSelection(rendering, () => setState({ selection: selectedIn(rendering) })),
    keepDragInText(container, scroller),
    watchLinks(rendering, followLink),
    watchLayout(view, () => setState({ layoutVersion: getState().layoutVersion + 1 })),
    drawHighlights(highlights),
    followGoals(opening, place),
  ];
  container.addEventListener(
    'click',
    ({ clientX, clientY }) => {
      if (document.getSelection()?.isCollapsed !== false) focusNote(highlights.hitTest(clientX, clientY)[0]);
    },
    { signal },
  );

  async function finish(): Promise<void> {
    await rendering.started;
    if (signal.aborted) return;
    updateOpen(opening, { beginsWithTitle: beginsWith(layer, getState().documents.get(documentId)?.title ?? '') });
    void place.start().catch(reportError);
    const textHash = await layer.hash();
    if (signal.aborted) return;
    textReady(opening, textHash);
    if ((await rendering.done) === 'cancelled') return;
    documentDrawn(opening, {
      outline: buildOutline(rendering.headings),
      notices: rendering.notices,
      paragraphCount: layer.paragraphs.length,
    });
    place.tell();
  }

  return {
    done: finish(),
    close() {
      place.remember();
      stop.abort();
      for (const close of closers) close();
      highlights.dispose();
      rendering.dispose();
      setReaderHandle(undefined);
      setState({ selection: undefined, find: undefined });
    },
  };
}

/** Whether a text begins with a heading that is its title. */
function beginsWith({ blocks, bodyStart, headings }: TextLayer, title: string): boolean {
  const first = blocks.find(({ start }) => start >= bodyStart);
  const [heading] = headings;
  return heading !== undefined && heading.start === first?.start && heading.title === headingTitle(title);
}

/** Draws the notes' passages and the one in focus, anew whenever they change. */
function drawHighlights(highlights: HighlightLayer): () => void {
  let drawn: HighlightEntry[] = [];
  const draw = (state: AppState): void => {
    const entries = entriesOf(selectNotebook(state)?.notes ?? [], state.placements);
    // While a note is typed its passage stays: ten thousand highlights must not be drawn at each key.
    if (entries.length === drawn.length && entries.every((entry, index) => isSameEntry(entry, drawn[index]))) return;
    drawn = entries;
    highlights.set(entries);
  };
  draw(getState());
  return store.subscribe((state, before) => {
    if (state.placements !== before.placements || selectNotebook(state)?.notes !== selectNotebook(before)?.notes) draw(state);
    if (state.focusedNoteId !== before.focusedNoteId) highlights.focus(state.focusedNoteId);
  });
}

const isSameEntry = (a: HighlightEntry, b: HighlightEntry | undefined): boolean =>
  a.id === b?.id && a.colour === b.colour && a.start === b.start && a.end === b.end;

const entriesOf = (notes: readonly Note[], placements: AppState['placements']): HighlightEntry[] =>
  notes.flatMap(({ id, colour }) => {
    const placement = placements.get(id);
    return placement && placement.state !== 'unplaced' ? { id, colour, start: placement.start, end: placement.end } : [];
  });

interface HandleParts {
  documentId: string;
  rendering: Rendering;
  view: View;
  highlights: HighlightLayer;
  place: Place;
  signal: AbortSignal;
}

/** What actions may ask of this document. */
function createHandle({ documentId, rendering, view, highlights, place, signal }: HandleParts): ReaderHandle {
  const { layer } = view;
  // Made when the whole text is there, and folded at the first find only.
  let finder: ReturnType<typeof createFinder> | undefined;
  const finderOf = () => {
    if (!layer.complete) return createFinder(layer.text);
    finder ??= createFinder(layer.text);
    return finder;
  };
  let found: FindResult = { hits: [], total: 0 };

  return {
    documentId,
    text: () => layer.text,
    scrollTo(offset, { block = 'start', focus = false } = {}) {
      if (focus) rendering.container.closest<HTMLElement>('[data-pane-entry]')?.focus({ preventScroll: true });
      void place.goTo(offset, block).catch(reportError);
    },
    topOffset: () => readPosition(view).offset,
    rememberPlace: place.remember,
    topOf(offset) {
      const [top] = topsOf(view, [offset]);
      return top === undefined || Number.isNaN(top) ? undefined : top;
    },
    nearbyOffsets: () => nearbyOffsets(view),
    find(query) {
      found = finderOf().find(query);
      highlights.find(found.hits);
      return found.hits.length;
    },
    showHit(index) {
      const hit = found.hits[index];
      if (!hit) return;
      highlights.find(found.hits, index);
      void scrollToOffset(view, hit.start, { block: 'center', signal }).catch(reportError);
    },
    hitNearTop() {
      const top = readPosition(view).offset;
      const index = found.hits.findIndex(({ start }) => start >= top);
      return Math.max(index, 0);
    },
    clearFind() {
      found = { hits: [], total: 0 };
      highlights.find(found.hits);
    },
    selection: () => selectedIn(rendering),
    select: (step) => selectByStep(rendering, view, step),
    clearSelection,
  };
}

/** What is selected in the text, and how it reads. */
function selectedIn(rendering: Rendering): SelectedPassage | undefined {
  const passage = readSelection(rendering);
  if (!passage) return undefined;
  const { text, paragraphs } = rendering.layer;
  return { start: passage.start, end: passage.end, text: quoteText(text, passage, paragraphs) };
}

/** Moves one end of the selection by a unit of text. */
function selectByStep(rendering: Rendering, view: View, { edge, direction, unit }: SelectionStep): void {
  const { layer } = view;
  const selection = readSelection(rendering);
  if (edge === 'end' || !selection) {
    extendSelection(rendering, direction, unit, readPosition(view).offset);
    return;
  }
  const start = direction === 'forward' ? nextWordStart(layer.text, selection.start) : previousWordStart(layer.text, selection.start);
  if (start >= layer.bodyStart && start < selection.end) selectRange(layer, start, selection.end);
}
