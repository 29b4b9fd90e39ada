import { type Area, firstIndex, type Sheet, type SheetChange } from '#model';
import type { PagePicture, PdfFile } from './pdf-file';
import { POINT, scaleOf, type Zoom } from './printed-index';

/** CSS selector of the elements that show pictures of pages. */
export const PICTURES = '.page-picture';

/** CSS pixels between two pages; `--page-gap` says the same to style sheets. */
const GAP = 16;
/** Screens above and below the view whose pages are kept drawn. */
const AHEAD = 1;
/** Pixels of a canvas at most: larger ones are drawn coarser. */
const LARGEST_CANVAS = 24e6;

/** The pages of a document, one below the other, drawn only near the view. Pages are counted from 0; boxes are in CSS pixels of the window. */
export interface Sheets {
  /** CSS pixels of a point. */
  readonly scale: number;
  /** Of the pages' own size. */
  readonly percent: number;
  readonly count: number;
  boxOf(page: number): DOMRect;
  /** In points. */
  sizeOf(page: number): { width: number; height: number };
  /** The first page that reaches below `y` of the window; the last one where none does. */
  pageAt(y: number): number;
  /** Puts an element where a page is. */
  put(element: HTMLElement, page: number): void;
  /** Puts what holds elements of their own on these pages, and the pages between, over all of them. */
  putOver(element: HTMLElement, first: number, last: number): void;
  setSheets(sheets: readonly Sheet[]): void;
  /** Pages are of another size than was known; what is in view stays where it is. */
  resize(changes: readonly SheetChange[]): void;
  setZoom(zoom: Zoom): void;
  /** Draws with this from now on. */
  setFile(file: PdfFile): void;
  /** The part of a page that a picture on it is, as one of its elements shows (`PICTURES`). */
  areaOf(picture: Element): Area | undefined;
  /** The file draws pages otherwise than before. */
  drawAnew(): void;
}

interface Options {
  /** Holds the pages, and is emptied by whoever made it. */
  root: HTMLElement;
  scroller: HTMLElement;
  zoom: Zoom;
  signal: AbortSignal;
  /** All is laid out anew: the zoom or the room for pages is another. */
  onScale(): void;
  /** A page was drawn, cannot be, or none will be any more. */
  onShown(): void;
  /** A page that cannot be drawn. */
  onDamaged(page: number): void;
}

export function createSheets({ root, scroller, zoom: firstZoom, signal, onScale, onShown, onDamaged }: Options): Sheets {
  let sheets: readonly Sheet[] = [];
  /** Points above each page. */
  let above: number[] = [];
  /** Points */
  let widest = 0;
  let zoom = firstZoom;
  let scale = 1;
  let file: PdfFile | undefined;
  /** Those of the pages near the view: the others are not even white. */
  const elements = new Map<number, HTMLElement>();
  /** The pixels of a point that pages are drawn with. */
  const drawn = new Map<number, number>();
  const damaged = new Set<number>();
  /** Which part of its page each picture is that is drawn. */
  const parts = new WeakMap<Element, PagePicture>();
  let drawing: { page: number; stop: AbortController } | undefined;
  let frame = 0;

  root.style.setProperty('--page-gap', `${GAP}px`);

  const topOf = (page: number): number => (above[page] ?? 0) * scale + page * GAP;
  const widthOf = (page: number): number => (sheets[page]?.[0] ?? 0) * scale;
  const heightOf = (page: number): number => (sheets[page]?.[1] ?? 0) * scale;

  function boxOf(page: number): DOMRect {
    const rect = root.getBoundingClientRect();
    const left = (Math.max(root.clientWidth, widest * scale) - widthOf(page)) / 2 - root.scrollLeft;
    return new DOMRect(rect.left + left, rect.top + topOf(page), widthOf(page), heightOf(page));
  }

  function pageAt(y: number): number {
    const within = y - root.getBoundingClientRect().top;
    return Math.min(
      sheets.length - 1,
      firstIndex(sheets.length, (page) => topOf(page) + heightOf(page) > within),
    );
  }

  /** Lays the pages below one another. */
  function arrange(given: readonly Sheet[]): void {
    sheets = given;
    let height = 0;
    above = sheets.map(([, each]) => {
      height += each;
      return height - each;
    });
    root.style.setProperty('--all-points', String(height));
    const before = widest;
    widest = sheets.reduce((most, [width]) => Math.max(most, width), 0);
    root.style.setProperty('--widest', String(widest));
    if (widest !== before) centre();
    root.style.setProperty('--all-gaps', String(Math.max(0, sheets.length - 1)));
  }

  function put(element: HTMLElement, page: number): void {
    const [width, height] = sheets[page] ?? [0, 0];
    element.style.cssText += `;--above:${above[page] ?? 0};--page:${page};--sheet-width:${width};--sheet-height:${height}`;
  }

  function putOver(element: HTMLElement, first: number, last: number): void {
    const from = above[first] ?? 0;
    const to = (above[last] ?? 0) + (sheets[last]?.[1] ?? 0);
    element.style.cssText = `--from:${from};--from-page:${first};--points:${to - from};--gaps:${last - first}`;
  }

  /** Fits the pages to the room that there is; tells whether they are of another size then. */
  function fit(): boolean {
    const { paddingTop } = getComputedStyle(scroller);
    const room = { width: root.clientWidth, height: scroller.clientHeight - Number.parseFloat(paddingTop) - 2 * GAP };
    const next = scaleOf(zoom, sheets, room);
    if (next === scale || root.clientWidth === 0) return false;
    scale = next;
    root.style.setProperty('--scale', String(scale));
    centre();
    return true;
  }

  /** Shows the middle of the pages, which is one for all. */
  function centre(): void {
    root.scrollLeft = (root.scrollWidth - root.clientWidth) / 2;
    // What is moved sideways takes the keyboard, as all that scrolls does.
    if (root.scrollWidth > root.clientWidth) root.tabIndex = 0;
    else root.removeAttribute('tabindex');
  }

  function update(): void {
    const view = scroller.getBoundingClientRect();
    const margin = AHEAD * view.height;
    if (sheets.length === 0 || signal.aborted) return;
    const [first, last] = [pageAt(view.top - margin), pageAt(view.bottom + margin)];
    const isNear = (page: number): boolean => page >= first && page <= last;
    for (const page of [...elements.keys()]) if (!isNear(page)) letGo(page);
    for (let page = first; page <= last; page++) if (!elements.has(page)) addSheet(page);
    if (drawing && !isNear(drawing.page)) drawing.stop.abort();
    void drawNext();
  }

  /** The sheet of a page, before that of the next one, so that the keyboard comes to what is on them in their order. */
  function addSheet(page: number): void {
    const element = document.createElement('div');
    element.className = damaged.has(page) ? 'page-sheet page-damaged' : 'page-sheet';
    put(element, page);
    const next = [...elements.keys()]
      .filter((each) => each > page)
      .reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
    const after = elements.get(next);
    if (after) after.before(element);
    else if (elements.size === 0) root.prepend(element);
    else elements.get(Math.max(...elements.keys()))?.after(element);
    elements.set(page, element);
  }

  /** Draws what is near and not drawn as it is to be, what is on the screen first. */
  async function drawNext(): Promise<void> {
    if (drawing || !file || signal.aborted) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    const seen = [pageAt(top), pageAt(bottom)] as const;
    const distance = (page: number): number => Math.max(seen[0] - page, page - seen[1], 0);
    const wanted = [...elements.keys()]
      .filter((page) => !damaged.has(page) && drawn.get(page) !== densityOf(page))
      .sort((one, other) => distance(one) - distance(other) || one - other);
    const [page] = wanted;
    if (page === undefined) return;
    const stop = new AbortController();
    drawing = { page, stop };
    try {
      await draw(file, page, densityOf(page), AbortSignal.any([signal, stop.signal]));
    } catch {
      if (!signal.aborted && !stop.signal.aborted) {
        damaged.add(page);
        elements.get(page)?.classList.add('page-damaged');
        onDamaged(page);
      }
    } finally {
      drawing = undefined;
    }
    if (!stop.signal.aborted) onShown();
    update();
  }

  /** Pixels of a point. */
  function densityOf(page: number): number {
    const [width, height] = sheets[page] ?? [1, 1];
    return Math.min(scale * devicePixelRatio, Math.sqrt(LARGEST_CANVAS / (width * height)));
  }

  async function draw(from: PdfFile, page: number, density: number, stop: AbortSignal): Promise<void> {
    const [width, height] = sheets[page] ?? [1, 1];
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * density));
    canvas.height = Math.max(1, Math.round(height * density));
    canvas.ariaHidden = 'true';
    const pictures = await from.draw(page, canvas, stop);
    const links = await from.links(page).catch(() => []);
    stop.throwIfAborted();
    const sheet = elements.get(page);
    const focused = linksOn(sheet).findIndex((link) => link.matches(':focus'));
    empty(page);
    drawn.set(page, density);
    const copies = pictures.flatMap((picture) => {
      const copy = drawPicture(canvas, picture);
      if (copy) parts.set(copy, picture);
      return copy ?? [];
    });
    sheet?.replaceChildren(canvas, ...copies, ...links.map(drawLink));
    sheet?.toggleAttribute('data-dark', shareOf(canvas, isDark) >= DARK_PAGE);
    linksOn(sheet)[focused]?.focus({ preventScroll: true });
  }

  /** A canvas without pixels holds no memory, whenever it is collected. */
  function empty(page: number): void {
    const sheet = elements.get(page);
    for (const canvas of sheet?.querySelectorAll('canvas') ?? []) canvas.width = 0;
    sheet?.replaceChildren();
    drawn.delete(page);
  }

  function letGo(page: number): void {
    // What is far from the view does not take the keyboard along.
    if (elements.get(page)?.contains(document.activeElement)) root.closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
    empty(page);
    elements.get(page)?.remove();
    elements.delete(page);
    file?.release(page);
  }

  const soon = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(update);
  };
  const refit = (): void => {
    if (fit()) onScale();
    soon();
  };
  scroller.addEventListener('scroll', soon, { passive: true, signal });
  const observer = new ResizeObserver(refit);
  observer.observe(root);
  observer.observe(scroller);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    for (const page of [...elements.keys()]) letGo(page);
    onShown();
  });

  return {
    get scale() {
      return scale;
    },
    get percent() {
      return (100 * scale) / POINT;
    },
    get count() {
      return sheets.length;
    },
    boxOf,
    sizeOf(page) {
      const [width, height] = sheets[page] ?? [0, 0];
      return { width, height };
    },
    pageAt,
    put,
    putOver,
    setSheets(given) {
      arrange(given);
      fit();
      update();
    },
    resize(changes) {
      const [first = [sheets.length]] = changes;
      const seen = pageAt(scroller.getBoundingClientRect().top);
      const before = topOf(seen);
      const next = [...sheets];
      for (const [from, sheet] of changes) next.fill(sheet, from);
      arrange(next);
      for (const [page, element] of elements) {
        if (page < first[0]) continue;
        put(element, page);
        // Drawn anew where it is near, and let go of where it is not.
        if (drawn.has(page)) drawn.set(page, 0);
      }
      if (drawing && drawing.page >= first[0]) drawing.stop.abort();
      if (fit()) onScale();
      else if (topOf(seen) !== before) scroller.scrollTop += topOf(seen) - before;
      soon();
    },
    setZoom(next) {
      zoom = next;
      refit();
    },
    setFile(given) {
      file = given;
      soon();
    },
    areaOf(picture) {
      const [page] = [...elements].find(([, element]) => element.contains(picture)) ?? [];
      const part = parts.get(picture);
      if (!part || page === undefined) return undefined;
      const [width, height] = sheets[page] ?? [0, 0];
      const box = { x: part.left * width, y: part.top * height, width: part.width * width, height: part.height * height };
      return { page: page + 1, box };
    },
    drawAnew() {
      // What is drawn stays until the new is there.
      for (const page of drawn.keys()) drawn.set(page, Number.NaN);
      drawing?.stop.abort();
      soon();
    },
  };
}

/** Pixels: what is smaller is a sign in a line. */
const SMALLEST_PICTURE = 24;
/** A picture that is so much of the page, and so much of which is as light as paper, is a scan of a page. Pixels of the sample on a side, and how light, of 255. */
const WHOLE_PAGE = 0.6;
const PAPER = 0.5;
const SAMPLE = 24;
const LIGHT = 190;
/** A page that is so dark for so much of it, as slides are, is made for the dark, and to turn it round at night would make it light. Luminance, of 255. */
const DARK_PAGE = 0.6;
const DARK = 100;

/**
 * A copy of a picture, over the page: where the page is inverted it is not. The pointer finds it where it is not the ground of all of the page; of what is no
 * more than a sign, and of a scan, there is none.
 */
function drawPicture(page: HTMLCanvasElement, { left, top, width, height }: PagePicture): HTMLElement | undefined {
  const [w, h] = [Math.round(width * page.width), Math.round(height * page.height)];
  if (w < SMALLEST_PICTURE || h < SMALLEST_PICTURE) return undefined;
  const canvas = document.createElement('canvas');
  canvas.className = 'page-picture';
  canvas.ariaHidden = 'true';
  canvas.width = w;
  canvas.height = h;
  canvas.style.cssText = `left:${100 * left}%;top:${100 * top}%;width:${100 * width}%;height:${100 * height}%`;
  canvas.getContext('2d')?.drawImage(page, Math.round(left * page.width), Math.round(top * page.height), w, h, 0, 0, w, h);
  const isGround = width * height > WHOLE_PAGE;
  canvas.toggleAttribute('data-ground', isGround);
  return isGround && isPaper(canvas) ? undefined : canvas;
}

/** Whether what is drawn is for the most part as light as paper, as a page of text is. */
export const isPaper = (picture: HTMLCanvasElement): boolean => shareOf(picture, isLight) >= PAPER;

/** A colour: red, green and blue, of 255. */
type IsOfKind = (red: number, green: number, blue: number) => boolean;
const isLight: IsOfKind = (...colour) => Math.min(...colour) >= LIGHT;
const isDark: IsOfKind = (red, green, blue) => 0.2126 * red + 0.7152 * green + 0.0722 * blue < DARK;

/** The share of a picture, 0 to 1, that is of a kind of colours, by a sample. */
function shareOf(picture: HTMLCanvasElement, isOfKind: IsOfKind): number {
  const context = new OffscreenCanvas(SAMPLE, SAMPLE).getContext('2d', { willReadFrequently: true });
  context?.drawImage(picture, 0, 0, SAMPLE, SAMPLE);
  const { data = [] } = context?.getImageData(0, 0, SAMPLE, SAMPLE) ?? {};
  let count = 0;
  for (let at = 0; at < data.length; at += 4) if (isOfKind(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)) count += 1;
  return count / (SAMPLE * SAMPLE);
}

const linksOn = (element: HTMLElement | undefined): HTMLElement[] => [...(element?.querySelectorAll<HTMLElement>('.page-link') ?? [])];

/** A link, which the application follows as it follows those of a text (`watchLinks`). */
function drawLink({
  left,
  top,
  width,
  height,
  href,
}: {
  left: number;
  top: number;
  width: number;
  height: number;
  href: string;
}): HTMLElement {
  const link = document.createElement('span');
  link.className = 'page-link';
  link.dataset['href'] = href;
  link.role = 'link';
  link.tabIndex = 0;
  const [, page] = /^#page=(\d+)/.exec(href) ?? [];
  link.ariaLabel = page === undefined ? href : `Page ${page}`;
  link.style.cssText = `left:calc(${left}px * var(--scale));top:calc(${top}px * var(--scale));width:calc(${width}px * var(--scale));height:calc(${height}px * var(--scale))`;
  return link;
}
