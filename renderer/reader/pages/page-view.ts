import type { DocumentHead, DocumentSection, DocumentSheets } from '#model';
import type { Places } from '../places';
import type { TextLayer } from '../text-layer';
import { drawPrinted } from './draw-printed';
import { createPagePlaces } from './page-places';
import { contentOf } from './pdf-bytes';
import type { PdfBytes } from './pdf-file';
import { createPrintedIndex, type Zoom } from './printed-index';
import { createSheets } from './sheets';
import './pages.css';

/** A document as its pages were printed; its text lies unseen over them. */
export interface PageView {
  /** What is known of the document before its text. */
  begin(head: DocumentHead): void;
  /** Pages are of another size than was known before. */
  resize(part: DocumentSheets): void;
  /** Draws the text of a section, which begins at `start`. */
  draw(part: DocumentSection, start: number): HTMLElement;
  places(layer: TextLayer): Places;
  setZoom(zoom: Zoom): void;
  /** In per cent of the size of the pages. */
  zoom(): number;
}

interface Options {
  zoom: Zoom;
  signal: AbortSignal;
  /** The file; rejects where it cannot be had. */
  bytes: Promise<PdfBytes>;
  password: string | undefined;
  /** Pages are of another size, or in another place. */
  onScale(): void;
  /** A sentence for the reader: pages that cannot be drawn. */
  onNotice(sentence: string): void;
  /** The file cannot be drawn at all. */
  onFailure(error: unknown): void;
}

/** CSS pixels that a key moves pages sideways. */
const SIDEWAYS = 60;

/** Shows pages in `root`, which `scroller` scrolls. */
export function createPageView(root: HTMLElement, scroller: HTMLElement, options: Options): PageView {
  const { signal } = options;
  const printed = createPrintedIndex();
  root.classList.add('reading-pages');
  signal.addEventListener('abort', () => root.classList.remove('reading-pages'));
  const sheets = createSheets({
    root,
    scroller,
    zoom: options.zoom,
    signal,
    onScale: options.onScale,
    onDamaged: (page) =>
      options.onNotice(`Page ${page + 1} of this file is damaged and cannot be shown. “Text” shows what could be read of it.`),
  });

  // Pages that are wider than there is room are moved sideways by the keys, too: the focus is on what scrolls down.
  scroller.addEventListener(
    'keydown',
    ({ key, shiftKey, ctrlKey, metaKey, altKey, target }) => {
      const direction = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
      const isPlain = !(shiftKey || ctrlKey || metaKey || altKey);
      if (isPlain && target instanceof Element && target.contains(root)) root.scrollLeft += direction * SIDEWAYS;
    },
    { signal },
  );

  const fail = (error: unknown): void => {
    if (!signal.aborted) options.onFailure(error);
  };
  async function open(): Promise<void> {
    // What they reject with is told where they are waited for.
    options.bytes.catch(() => undefined);
    const { openPdfFile } = await import('./pdf-file');
    signal.throwIfAborted();
    sheets.setFile(await openPdfFile(options.bytes.then(contentOf), { password: options.password, signal, onFailure: fail }));
  }
  void open().catch(fail);

  return {
    begin: ({ sheets: given = [] }) => sheets.setSheets(given),
    resize: ({ changes }) => sheets.resize(changes),
    draw(part, start) {
      printed.add(part);
      return drawPrinted(part, start, sheets.put);
    },
    places: (layer) => createPagePlaces(layer, scroller, { sheets, printed }),
    setZoom: sheets.setZoom,
    zoom: () => Math.round(sheets.percent),
  };
}
