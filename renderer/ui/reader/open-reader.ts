import { type DocumentSource, embeddedFileAddress } from '#api';
import { hasPages } from '#formats/list';
import type { WholeNote } from '#model';
import {
  anchorIn,
  anchorOfArea,
  buildOutline,
  headingTitle,
  isBookmark,
  isSameTitle,
  nextWordStart,
  previousWordStart,
  quoteText,
} from '#model';
import { DocumentFailedError, fetchDocument, openDocumentFile } from '../../bridge/document-parts';
import { contentAt, pictured } from '../../reader/content-at';
import { watchCopying } from '../../reader/copying';
import { keepDragInText } from '../../reader/drag-selection';
import { createLayerFinder, type LayerFinder } from '../../reader/find-in-layer';
import { createFlowPlaces } from '../../reader/flow-places';
import { createHighlightLayer, type HighlightEntry, type HighlightLayer } from '../../reader/highlights';
import { watchLinks } from '../../reader/links';
import type { AreaEntry, PageAreas } from '../../reader/pages/page-areas';
import { createPageView, type PageView } from '../../reader/pages/page-view';
import { describeImage, type PictureElement, pictureInSight, watchPictures } from '../../reader/pictures';
import { offsetAtPoint, type View } from '../../reader/places';
import { watchLayout } from '../../reader/position';
import { type Rendering, renderDocument } from '../../reader/render-document';
import { clearSelection, extendSelection, readSelection, selectRange, watchSelection } from '../../reader/selection';
import { playOneSound } from '../../reader/sounds';
import type { TextLayer } from '../../reader/text-layer';
import {
  addDocumentNotice,
  documentChanged,
  documentDrawn,
  documentFailed,
  takeAwaitedView,
  textReady,
  updateOpen,
} from '../../state/actions/documents';
import { fileNotesFound } from '../../state/actions/file-notes';
import { findAgain, updateFind } from '../../state/actions/find';
import { clickHighlight } from '../../state/actions/highlight-popover';
import { showSelection } from '../../state/actions/highlighting';
import { notify, reportError } from '../../state/actions/notices';
import { showPicture } from '../../state/actions/pictures';
import { selectedForms } from '../../state/actions/quoting';
import { extendHighlightTo } from '../../state/actions/resizing';
import { takenInAnnotations } from '../../state/file-notes';
import { placedRecords } from '../../state/passages';
import { passwordOf } from '../../state/passwords';
import { type DocumentPicture, type ReaderHandle, type SelectionStep, setReaderHandle } from '../../state/reader-handle';
import { shownNotes } from '../../state/selectors';
import { type AppState, getState, selectNotebook, setState, store } from '../../state/store';
import { drawHits } from './draw-hits';
import { followLink } from './follow-links';
import { followGoals, keepPlace, type Place } from './keep-place';
import { followPageKeys } from './page-keys';

/** A document on the screen, joined to the store. */
export interface Reader {
  /** Rejects on a bug. */
  done: Promise<void>;
  close(): void;
}

/** Draws a document and keeps the screen and the store in step: highlights, selection, place, find and links. */
export function openReader(scroller: HTMLElement, container: HTMLElement, { rawHash, format }: DocumentSource, opening: number): Reader {
  const stop = new AbortController();
  const { signal } = stop;
  const documentId = getState().open?.documentId ?? '';
  const { wholePage: showsWholePage = false, asText = false, progress = 0 } = selectNotebook(getState())?.position ?? {};
  const { typography } = getState().settings;
  const parts = fetchDocument(documentId, rawHash, signal, (placed) => updateOpen(opening, { placed }));
  // The room for pages is another, and is there before they are.
  updateOpen(opening, { asText });
  const pages =
    hasPages(format) && !asText
      ? createPageView(container, scroller, {
          zoom: getState().settings.pageZoom,
          signal,
          bytes: openDocumentFile(documentId, rawHash, signal),
          password: passwordOf(documentId),
          onScale: () => tellScale(),
          onNotice: (sentence) => addDocumentNotice(opening, sentence),
          onFailure: (error) => tellUnshown(opening, error),
        })
      : undefined;
  let sheetCount = 0;
  const rendering = renderDocument(container, parts, {
    documentId,
    language: selectNotebook(getState())?.language,
    hyphenate: typography.hyphenate,
    own: {
      styles: typography.ownStyles,
      fonts: typography.font === 'book',
      addressOf: (path) => embeddedFileAddress(documentId, rawHash, path),
    },
    showsArticle: !showsWholePage,
    drawing: pages,
    // Further on the text is needed to tell which page that is.
    first: progress === 0 && !getState().open?.goal ? pages?.shown : undefined,
    signal,
    onProgress: (drawn) => updateOpen(opening, { drawn }),
    onHead({ encoding, revision, hasArticle = false, isLocked, sheets = [] }) {
      sheetCount = sheets.length;
      updateOpen(opening, { encoding, revision, hasArticle, isLocked, showsWholePage, asText, zoom: pages?.zoom() });
      takeAwaitedView(opening);
    },
    onEnd: ({ fileNotes }) => fileNotes && void fileNotesFound(opening, fileNotes).catch(reportError),
    onNotice: (sentence) => addDocumentNotice(opening, sentence),
  });
  const { layer } = rendering;
  const view: View = { layer, scroller, places: pages?.places(layer) ?? createFlowPlaces(layer, scroller) };
  const highlights = createHighlightLayer(view);
  const place = keepPlace(view, opening, signal);
  const tellScale = (): void => {
    updateOpen(opening, { zoom: pages?.zoom() });
    place.setAnew();
  };
  const placeOf: TextLayer['placeOf'] = (name) => pages?.placeOf(layer, name) ?? layer.placeOf(name);
  const find = createFind(view, highlights, place);
  /** A picture as it is shown large. */
  const describe = async (picture: PictureElement): Promise<DocumentPicture | undefined> =>
    picture instanceof HTMLImageElement ? describeImage(picture) : pages?.largePicture(picture);
  const recordsAt: ReaderHandle['recordsAt'] = (x, y) => [...highlights.hitTest(x, y), ...(pages?.areas.hitTest(x, y) ?? [])];
  setReaderHandle(
    createHandle({ documentId, rendering, view, pages, place, find, placeOf, sheetCount: () => sheetCount, recordsAt, describe }),
  );

  followPageKeys(view, signal);

  const closers = [
    watchSelection(rendering, showSelection),
    keepDragInText(container, view),
    watchCopying(container, selectedForms),
    watchLinks(rendering, followLink, placeOf),
    watchPictures(
      container,
      (picture) =>
        void describe(picture)
          .then((found) => found && showPicture(found))
          .catch(reportError),
    ),
    playOneSound(container),
    watchLayout(view, () => setState({ layoutVersion: getState().layoutVersion + 1 })),
    drawHighlights(highlights, pages?.areas),
    pages ? hideTakenIn(pages, opening) : () => undefined,
    drawHits(highlights, opening),
    followGoals(opening, place),
    followWholePage(rendering, opening, place),
    store.subscribe(({ settings: { pageZoom } }, before) => pageZoom !== before.settings.pageZoom && pages?.setZoom(pageZoom)),
  ];
  const isExtending = ({ shiftKey }: MouseEvent): boolean =>
    shiftKey && getState().focusedNoteId !== undefined && !readSelection(rendering);
  container.addEventListener(
    'mousedown',
    // With a highlight in focus it is that which grows, and not a selection.
    (event) => isExtending(event) && event.preventDefault(),
    { signal },
  );
  container.addEventListener(
    'click',
    (event) => {
      const { clientX, clientY } = event;
      const offset = isExtending(event) ? offsetAtPoint(view, clientX, clientY) : undefined;
      if (offset !== undefined) {
        extendHighlightTo(offset);
        return;
      }
      if (document.getSelection()?.isCollapsed !== false) clickHighlight(recordsAt(clientX, clientY));
    },
    { signal },
  );

  async function finish(): Promise<void> {
    // What waits for the whole text waits for ever when that does not come: then drawing says why.
    await Promise.all([follow(), rendering.done]).catch(tellFailure);
  }

  async function tellFailure(error: unknown): Promise<void> {
    if (!(error instanceof DocumentFailedError)) throw error;
    if (error.failure.code === 'document-changed') await documentChanged(opening, error.failure);
    else documentFailed(opening, error.failure);
  }

  async function follow(): Promise<void> {
    await rendering.started;
    if (signal.aborted) return;
    tellTitle(layer, opening);
    findAgain({ isPlaced: false });
    void place
      .start()
      .then(() => !signal.aborted && findAgain({ isPlaced: true }))
      .catch(reportError);
    const textHash = await layer.hash();
    if (signal.aborted) return;
    textReady(opening, textHash);
    if ((await rendering.done) === 'cancelled') return;
    documentDrawn(opening, {
      outline: buildOutline(layer.headings),
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
      find.dispose();
      highlights.dispose();
      rendering.dispose();
      setReaderHandle(undefined);
      const { marking, open, view } = getState();
      setState({ selection: undefined, marking: undefined });
      if (marking && view.type === 'document' && open?.documentId === documentId)
        notify('info', 'No area was marked, since the document is shown anew.');
      // Another opening has its own find, or goes on with this one's.
      if (getState().open?.opening === opening) setState({ find: undefined });
    },
  };
}

/** Pages that cannot be drawn: the text of the document stays readable. */
function tellUnshown(opening: number, error: unknown): void {
  // The text asks for it.
  if (error instanceof Error && error.name === 'PasswordException') return;
  const why = whyUnshown(error);
  addDocumentNotice(opening, `The pages of this document cannot be shown.${why ?? ''} Choose “Text” to read what could be read of it.`);
  if (why === undefined) reportError(error);
}

/** In words for the reader; `undefined` for what should not have happened. */
function whyUnshown(error: unknown): string | undefined {
  if (error instanceof DocumentFailedError) return ` ${error.failure.message}`;
  return error instanceof Error && error.name === 'InvalidPDFException' ? ' Its file is damaged.' : undefined;
}

/** Tells the store whether the text that is shown begins with a heading that is its title. */
function tellTitle({ blocks, bodyStart, headings }: TextLayer, opening: number): void {
  const { documents, open } = getState();
  const title = headingTitle(documents.get(open?.documentId ?? '')?.title ?? '');
  const first = blocks.find(({ start }) => start >= bodyStart);
  const [heading] = headings;
  updateOpen(opening, { beginsWithTitle: heading !== undefined && heading.start === first?.start && isSameTitle(heading.title, title) });
}

/** Shows a page as its article or whole, as the store says; the line that is being read stays where it is. */
function followWholePage(rendering: Rendering, opening: number, place: Place): () => void {
  const { layer } = rendering;
  return store.subscribe(({ open }, before) => {
    if (open?.opening !== opening || !open.hasArticle || open.showsWholePage === before.open?.showsWholePage) return;
    rendering.showArticle(!open.showsWholePage);
    tellTitle(layer, opening);
    if (open.phase === 'ready') updateOpen(opening, { outline: buildOutline(layer.headings), paragraphCount: layer.paragraphs.length });
    place.setAnew();
  });
}

/** Draws the notes' passages and areas and the one in focus, anew whenever they change. */
function drawHighlights(highlights: HighlightLayer, areas: PageAreas | undefined): () => void {
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
function hideTakenIn(pages: PageView, opening: number): () => void {
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

interface HandleParts {
  documentId: string;
  rendering: Rendering;
  view: View;
  pages: PageView | undefined;
  place: Place;
  find: Find;
  placeOf: TextLayer['placeOf'];
  sheetCount(): number;
  recordsAt: ReaderHandle['recordsAt'];
  describe(picture: PictureElement): Promise<DocumentPicture | undefined>;
}

/** CSS pixels that a picture of what stands where a link leads has at most. */
const PREVIEW = { width: 400, height: 270 };

/** What actions may ask of this document. */
function createHandle({
  documentId,
  rendering,
  view,
  pages,
  place,
  find,
  placeOf,
  sheetCount,
  recordsAt,
  describe,
}: HandleParts): ReaderHandle {
  const { layer, places } = view;
  const whole = () => ({ ...layer.landmarks, text: layer.text, sheetCount: sheetCount() });
  const { sheets } = places;
  const current = (): number => (places.position().sheet?.index ?? 0) + 1;
  return {
    documentId,
    text: () => layer.text,
    whole,
    anchorOf: (passage, textHash) => anchorIn(whole(), passage, textHash),
    anchorOfArea: (area, textHash) => anchorOfArea(whole(), area, textHash),
    ...(sheets &&
      pages && {
        pages: {
          ...sheets,
          get count() {
            return sheets.count;
          },
          current,
          pictureOf: pages.pictureOf,
        },
      }),
    scrollTo(offset, { block = 'start', focus = false } = {}) {
      if (focus) rendering.container.closest<HTMLElement>('[data-pane-entry]')?.focus({ preventScroll: true });
      void place.goTo(offset, block).catch(reportError);
    },
    reveal: (spot) => void place.goToSpot(spot).catch(reportError),
    arrive: place.arrive,
    topOffset: () => places.position().offset,
    firstBeginning: places.firstBeginning,
    rememberPlace: place.remember,
    topOf(spot) {
      const [top] = places.topsOf([spot]);
      return top === undefined || Number.isNaN(top) ? undefined : top;
    },
    topsOf: places.topsOf,
    nearbyOffsets: places.nearby,
    ...find.handle,
    selection: () => readSelection(rendering),
    bodyStart: () => layer.bodyStart,
    edgesOf: places.edgesOf,
    recordsAt,
    offsetAt: (x, y) => offsetAtPoint(view, x, y),
    quote: (passage) => quoteText(layer.text, passage, layer.paragraphs),
    placeOf: (passage) => ({
      contextElement: rendering.container,
      lineHeight: passage.area ? 0 : places.lineHeightAt(passage.end - 1),
      getBoundingClientRect: () => places.visibleRectOf(passage),
    }),
    select: (step) => selectByStep(rendering, view, step),
    clearSelection,
    async contentAt(name, stop) {
      const words = contentAt(layer, await placeOf(name));
      // A page that cannot be drawn is told where it is shown.
      const picture = await pages?.pictureAt(name, PREVIEW, stop).catch(() => undefined);
      return picture ? [pictured(picture, words)] : words;
    },
    async pictureInSight() {
      const picture = pictureInSight(view);
      return picture && describe(picture);
    },
  };
}

type FindHandle = Pick<ReaderHandle, 'find' | 'showHit' | 'hitNearTop' | 'clearFind' | 'hits'>;

interface Find {
  handle: FindHandle;
  dispose(): void;
}

/** Find in this document; the hits that come while it is drawn are added, and the current one stays the same passage. */
function createFind(view: View, highlights: HighlightLayer, place: Place): Find {
  let currentStart: number | undefined;
  const finder: LayerFinder = createLayerFinder(view.layer, () => {
    const { hits } = finder.found;
    const current = currentStart === undefined ? -1 : hits.findIndex(({ start }) => start >= (currentStart ?? 0));
    highlights.find(hits, current < 0 ? undefined : current);
    updateFind({ ...counted(finder), current });
  });
  return {
    handle: {
      find(query) {
        currentStart = undefined;
        highlights.find(finder.find(query).hits);
        return counted(finder);
      },
      showHit(index, { scroll = true } = {}) {
        const { hits } = finder.found;
        const hit = hits[index];
        if (!hit) return;
        currentStart = hit.start;
        highlights.find(hits, index);
        if (scroll) void place.goTo(hit.start, 'center').catch(reportError);
      },
      hitNearTop() {
        const top = view.places.position().offset;
        const index = finder.found.hits.findIndex(({ start }) => start >= top);
        return Math.max(index, 0);
      },
      clearFind() {
        highlights.find(finder.find('').hits);
      },
      hits: () => finder.found.hits,
    },
    dispose: finder.dispose,
  };
}

const counted = ({ found: { hits, total } }: LayerFinder) => ({ count: hits.length, hasMore: total > hits.length });

/** Moves one end of the selection by a unit of text. */
function selectByStep(rendering: Rendering, view: View, { edge, direction, unit }: SelectionStep): void {
  const { layer } = view;
  const selection = readSelection(rendering);
  if (edge === 'end' || !selection) {
    extendSelection(rendering, direction, unit, view.places.position().offset);
    return;
  }
  const start = direction === 'forward' ? nextWordStart(layer.text, selection.start) : previousWordStart(layer.text, selection.start);
  if (start >= layer.bodyStart && start < selection.end) selectRange(layer, start, selection.end);
}
