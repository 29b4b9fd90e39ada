import { type DocumentSource, embeddedFileAddress } from '#api';
import { hasPages } from '#formats/list';
import { buildOutline, headingTitle, isSameTitle } from '#model';
import { DocumentFailedError, fetchDocument, openDocumentFile } from '../../bridge/document-parts';
import { watchCopying } from '../../reader/copying';
import { keepDragInText } from '../../reader/drag-selection';
import { showEmbeds } from '../../reader/embeds';
import { createFlowPlaces } from '../../reader/flow-places';
import { createHighlightLayer } from '../../reader/highlights';
import { watchLinks } from '../../reader/links';
import { createPageView } from '../../reader/pages/page-view';
import { describeImage, type PictureElement, watchPictures } from '../../reader/pictures';
import { offsetAtPoint, type View } from '../../reader/places';
import { watchPlayers } from '../../reader/players';
import { watchLayout } from '../../reader/position';
import { type Rendering, renderDocument } from '../../reader/render-document';
import { readSelection, watchSelection } from '../../reader/selection';
import type { TextLayer } from '../../reader/text-layer';
import {
  addDocumentNotice,
  documentChanged,
  documentDrawn,
  documentFailed,
  endOpening,
  takeAwaitedView,
  tellLayout,
  textReady,
  updateOpen,
} from '../../state/actions/documents';
import { fileNotesFound } from '../../state/actions/file-notes';
import { findAgain } from '../../state/actions/find';
import { clickHighlight } from '../../state/actions/highlight-popover';
import { showSelection } from '../../state/actions/highlighting';
import { reportError } from '../../state/actions/notices';
import { showPicture } from '../../state/actions/pictures';
import { selectedForms } from '../../state/actions/quoting';
import { extendHighlightTo } from '../../state/actions/resizing';
import { passwordOf } from '../../state/passwords';
import { type DocumentPicture, type ReaderHandle, setReaderHandle } from '../../state/reader-handle';
import { getState, selectNotebook, store } from '../../state/store';
import { createHandle } from './create-handle';
import { drawHighlights, hideTakenIn } from './draw-highlights';
import { drawHits } from './draw-hits';
import { followLink } from './follow-links';
import { followGoals, keepPlace, type Place } from './keep-place';
import { contentOf } from './link-content';
import { followPageKeys } from './page-keys';
import { createFind } from './reader-find';

/** A document on the screen, joined to the store. */
export interface Reader {
  /** Rejects on a bug. */
  done: Promise<void>;
  close(): void;
}

/** Draws a document and keeps the screen and the store in step: highlights, selection, place, find and links. */
export function openReader(scroller: HTMLElement, container: HTMLElement, source: DocumentSource, opening: number): Reader {
  const { rawHash, format } = source;
  const stop = new AbortController();
  const { signal } = stop;
  const documentId = getState().open?.documentId ?? '';
  const { wholePage: showsWholePage = false, asText = false, progress = 0 } = selectNotebook(getState())?.position ?? {};
  const { typography } = getState().settings;
  const parts = fetchDocument(documentId, source, signal, (placed) => updateOpen(opening, { placed }));
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
  watchPlayers(container, scroller, signal);
  showEmbeds(container, scroller, { contentOf, signal, onError: reportError });

  const closers = [
    watchSelection(rendering, showSelection),
    keepDragInText(container, view),
    watchCopying(container, selectedForms),
    watchLinks(rendering, (link) => followLink(link, container), placeOf),
    watchPictures(
      container,
      (picture) =>
        void describe(picture)
          .then((found) => found && showPicture(found))
          .catch(reportError),
    ),
    watchLayout(view, tellLayout),
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
      endOpening(opening, documentId);
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
function tellTitle({ blocks, headings }: TextLayer, opening: number): void {
  const { documents, open } = getState();
  const title = headingTitle(documents.get(open?.documentId ?? '')?.title ?? '');
  const [first] = blocks;
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
