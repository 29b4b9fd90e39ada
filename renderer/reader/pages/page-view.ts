import type { Area, AreaBox, DocumentHead, DocumentSection, DocumentSheets } from '#model';
import type { Places } from '../places';
import type { TextLayer } from '../text-layer';
import { drawPrinted } from './draw-printed';
import { createPageAreas, type PageAreas } from './page-areas';
import { createPagePlaces } from './page-places';
import { contentOf, pdfLimits } from './pdf-bytes';
import type { PdfBytes, PdfFile } from './pdf-file';
import { createPrintedIndex, type Zoom } from './printed-index';
import { createSheets } from './sheets';
import './pages.css';

/** A document as its pages were printed; its text lies unseen over them. */
export interface PageView {
  /** The first page is drawn, or none can be. */
  readonly shown: Promise<void>;
  /** What is known of the document before its text. */
  begin(head: DocumentHead): void;
  /** Pages are of another size than was known before. */
  resize(part: DocumentSheets): void;
  /** Draws the text of a section, which begins at `start`. */
  draw(part: DocumentSection, start: number): HTMLElement;
  /** Puts a section that was drawn at the document's end. */
  append(section: HTMLElement, part: DocumentSection): void;
  places(layer: TextLayer): Places;
  /** Where a place in the document is that a link names, in the text; waits until that has come. */
  placeOf(layer: TextLayer, name: string): Promise<number | undefined>;
  areas: PageAreas;
  /** Draws all annotations of the file but these. */
  hide(annotations: ReadonlySet<string>): void;
  /** A picture of a part of a page, at most so many CSS pixels wide and high. Rejects where it cannot be drawn, and as `signal` is aborted. */
  pictureOf(area: Area, room: { width: number; height: number }, signal: AbortSignal): Promise<HTMLCanvasElement>;
  /** A picture of what stands where a link leads, as wide as its column; `undefined` for what is no place on a page. Rejects as `pictureOf`. */
  pictureAt(name: string, room: { width: number; height: number }, signal: AbortSignal): Promise<HTMLCanvasElement | undefined>;
  /** The address of a picture on a page, as sharp as a window can show it; rejects where it cannot be drawn. */
  largePicture(picture: Element): Promise<{ src: string; alt: string } | undefined>;
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

/** CSS pixels of a point of a picture, at most: what is small stays so. */
const LARGEST_SCALE = 1.5;

/** Sections of a group. */
const GROUP = 24;

/** Points: how much is shown of a column to which a link leads, and beside what stands in it. */
const REACH = 190;
const BESIDE = 10;

/** Pixels that a side of a picture has at most that fills the window: it can be looked at more closely then. */
const LARGEST_SIDE = 3_200;

/** A place on a page (from 1) as links name it: points from its upper left corner. */
function placeIn(name: string): { page: number; top?: number; left?: number } | undefined {
  const [, page, top, left] = /^page=(\d+)(?:&top=(-?\d+)(?:&left=(-?\d+))?)?$/.exec(name) ?? [];
  if (page === undefined) return undefined;
  return { page: Number(page), ...(top !== undefined && { top: Number(top) }), ...(left !== undefined && { left: Number(left) }) };
}

/** CSS pixels that a key moves pages sideways. */
const SIDEWAYS = 60;

/** Shows pages in `root`, which `scroller` scrolls. */
export function createPageView(root: HTMLElement, scroller: HTMLElement, options: Options): PageView {
  const { signal } = options;
  const printed = createPrintedIndex();
  const shown = Promise.withResolvers<void>();
  root.classList.add('reading-pages');
  signal.addEventListener('abort', () => root.classList.remove('reading-pages'));
  const sheets = createSheets({
    root,
    scroller,
    zoom: options.zoom,
    signal,
    onScale: options.onScale,
    onShown: () => shown.resolve(),
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
    shown.resolve();
    if (!signal.aborted) options.onFailure(error);
  };
  const begun = Promise.withResolvers<DocumentHead>();
  async function open(): Promise<PdfFile> {
    // What they reject with is told where they are waited for.
    options.bytes.catch(() => undefined);
    const { openPdfFile } = await import('./pdf-file');
    signal.throwIfAborted();
    const content = options.bytes.then((bytes) => contentOf(bytes, async () => (await begun.promise).pageTree));
    return openPdfFile(content, { password: options.password, signal, limits: pdfLimits, onFailure: fail });
  }
  const file = open();
  file.then(sheets.setFile).catch(fail);

  /** Sections that are laid out together: what changes in them has not all of a long document looked at, and what is far is not even counted. */
  let group = { element: root, first: 0, last: 0 };
  function append(section: HTMLElement, { printed: runs = [] }: DocumentSection): void {
    const pages = runs.map(([, , page]) => page);
    if (group.element === root || group.element.childElementCount === GROUP) {
      const element = document.createElement('div');
      element.className = 'page-group';
      root.append(element);
      group = { element, first: Number.POSITIVE_INFINITY, last: 0 };
    }
    const first = pages.reduce((least, page) => Math.min(least, page), group.first);
    const last = pages.reduce((most, page) => Math.max(most, page), group.last);
    if (first <= last && (first !== group.first || last !== group.last)) sheets.putOver(group.element, first, last);
    group = { ...group, first, last };
    group.element.append(section);
  }

  let places: Places | undefined;
  const areas = createPageAreas(root, () => places?.sheets, sheets.put);
  /** Pictures are drawn one after the other, so that pages come first. */
  let drawing: Promise<unknown> = file;
  const inTurn: PageView['pictureOf'] = (area, room, stop) => {
    const picture = drawing.then(() => pictureOf(area, room, stop));
    drawing = picture.catch(() => undefined);
    return picture;
  };
  async function pictureOf({ page, box }: Area, room: { width: number; height: number }, stop: AbortSignal): Promise<HTMLCanvasElement> {
    const part = box ?? { x: 0, y: 0, ...sheets.sizeOf(page - 1) };
    const scale = Math.min(room.width / part.width, room.height / part.height, LARGEST_SCALE);
    const size = { width: part.width * scale * devicePixelRatio, height: part.height * scale * devicePixelRatio };
    stop.throwIfAborted();
    const canvas = await drawArea({ page, box: part }, size, AbortSignal.any([signal, stop]));
    canvas.style.width = `${part.width * scale}px`;
    return canvas;
  }

  /** Draws a part of a page (from 1), so many pixels wide and high. */
  async function drawArea(
    { page, box }: Area,
    { width, height }: { width: number; height: number },
    stop: AbortSignal,
  ): Promise<HTMLCanvasElement> {
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width));
    canvas.height = Math.max(1, Math.round(height));
    const part = box ?? { x: 0, y: 0, ...sheets.sizeOf(page - 1) };
    await (await file).drawPart(page - 1, part, canvas, stop);
    return canvas;
  }

  /** What is shown of a page (from 1) to a place of which a link leads: the column there, where there is none the page as wide as it is. */
  function partBelow(page: number, { top, left }: { top: number; left: number | undefined }): AreaBox {
    const size = sheets.sizeOf(page - 1);
    const start = Math.max(0, Math.min(top - BESIDE, size.height - REACH));
    const column = printed.columnBelow(page - 1, { top, left }, REACH);
    const x = Math.max(0, (column?.left ?? BESIDE) - BESIDE);
    const end = Math.min(size.width, (column?.right ?? size.width) + BESIDE);
    return { x, y: start, width: end - x, height: Math.min(REACH, size.height - start) };
  }

  return {
    shown: shown.promise,
    begin(head) {
      begun.resolve(head);
      sheets.setSheets(head.sheets ?? []);
      areas.putAll();
    },
    resize({ changes }) {
      sheets.resize(changes);
      areas.putAll();
    },
    draw(part, start) {
      printed.add(part);
      return drawPrinted(part, start, sheets.put);
    },
    append,
    places(layer) {
      places = createPagePlaces(layer, scroller, { sheets, printed });
      return places;
    },
    async placeOf(layer, name) {
      const { page, top, left } = placeIn(name) ?? {};
      if (page === undefined || top === undefined) return layer.placeOf(name);
      const start = await layer.placeOf(`page=${page}`);
      return printed.runBelow(page - 1, { top, left })?.start ?? start;
    },
    areas,
    // That the file cannot be opened is told where it is.
    hide: (annotations) =>
      void file.then(
        (opened) => opened.hide(annotations) && sheets.drawAnew(),
        () => undefined,
      ),
    pictureOf: inTurn,
    async pictureAt(name, room, stop) {
      const place = placeIn(name);
      if (!place || place.page > sheets.count) return undefined;
      const { page, top, left } = place;
      return inTurn(top === undefined ? { page } : { page, box: partBelow(page, { top, left }) }, room, stop);
    },
    async largePicture(picture) {
      const area = sheets.areaOf(picture);
      if (!area?.box) return undefined;
      const { width, height } = area.box;
      const scale = LARGEST_SIDE / Math.max(width, height);
      const canvas = await drawArea(area, { width: width * scale, height: height * scale }, signal);
      const src = canvas.toDataURL('image/webp', 0.92);
      canvas.width = 0;
      return { src, alt: `On page ${area.page}` };
    },
    setZoom: sheets.setZoom,
    zoom: () => Math.round(sheets.percent),
  };
}
