import {
  AnnotationMode,
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
  type PDFPageProxy,
  PDFWorker,
  type RenderTask,
  VerbosityLevel,
} from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import type { AreaBox } from '#model';
import { startWorker } from '../trusted-types';
import { createRenewable } from './renewable';

/** What pdf.js brings along: encodings of Asian fonts, standard fonts, colour profiles, and what decodes some kinds of pictures. */
const files: Readonly<Record<string, string>> = import.meta.glob(
  [
    '../../../node_modules/pdfjs-dist/cmaps/*.bcmap',
    '../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
    '../../../node_modules/pdfjs-dist/iccs/*.icc',
    '../../../node_modules/pdfjs-dist/wasm/{jbig2,openjpeg,qcms_bg}.wasm',
  ],
  { query: '?url', import: 'default', eager: true },
);
const addresses = new Map(Object.entries(files).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]));

/** Pixels of a picture that is drawn at most: a poster of one square metre at 400 dots per inch. A page must not be able to take the window's memory. */
const LARGEST_PICTURE = 2 ** 28;

/** What pdf.js asks for files of its own by: its worker loads nothing. */
class DataFiles {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const address = addresses.get(filename);
    const response = address === undefined ? undefined : await fetch(address);
    if (!response?.ok) throw new Error(`pdf.js asks for ${filename}, which is not there.`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** A file of which only those bytes are taken that are needed. */
export interface PdfBytes {
  /** Bytes */
  size: number;
  /** What is there already; of a small file all. */
  beginning: Uint8Array<ArrayBuffer>;
  /** Stretches of it, in their order, the ends not included. */
  read(ranges: readonly (readonly [start: number, end: number])[]): Promise<Uint8Array<ArrayBuffer>[]>;
  /** The numbers of the objects that its pages are, in their order, where they are known. */
  pages?: readonly number[];
}

/** All bytes of a file, or what reads them in parts. */
export type PdfContent = Uint8Array<ArrayBuffer> | PdfBytes;

/** A picture on a page: parts of the page's width and height. */
export interface PagePicture {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A link on a page, in points from its upper left corner. */
export interface PageLink {
  left: number;
  top: number;
  width: number;
  height: number;
  /** An address, or within the file `#page=N` (counted from 1), with `&top=` and `&left=` where it leads to a place on that: points from the upper left corner. */
  href: string;
}

/** A PDF that is drawn. Pages are counted from 0. */
export interface PdfFile {
  /** The size of a page, in points. Rejects where the page is damaged. */
  sizeOf(page: number): Promise<{ width: number; height: number }>;
  /** Draws a page to fill the canvas, and tells the pictures on it. Rejects with the signal's reason when that is aborted, else where the page is damaged. */
  draw(page: number, canvas: HTMLCanvasElement, signal: AbortSignal): Promise<PagePicture[]>;
  /** Draws a part of a page (in points from its upper left corner) to fill the canvas, without what stands in it as annotations; rejects as `draw`. */
  drawPart(page: number, part: AreaBox, canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void>;
  links(page: number): Promise<PageLink[]>;
  /** Draws all annotations but these (by pdf.js's names) from now on; tells whether they are others than before. */
  hide(annotations: ReadonlySet<string>): boolean;
  /** Lets go of what was kept for drawing a page again. */
  release(page: number): void;
  close(): void;
}

/** Stretches, and bytes, that are fetched as one: where pages are not in a tree, pdf.js asks for each of them to begin with. */
const MOST_PARTS = 200;
const MOST_BYTES = 8 * 1024 * 1024;

/** ms that pdf.js gets to let go of a file. */
const GRACE = 2_000;

interface Options {
  password: string | undefined;
  signal: AbortSignal;
  /** Bytes of a large file that pdf.js asks for at once, and keeps before the file is opened anew without them. */
  limits: { chunk: number; kept: number };
  /** The file cannot be drawn any further. */
  onFailure(error: unknown): void;
}

/** Opens a PDF, whose bytes are taken over, in a worker of its own, which starts while they come. Nothing of it is run or fetched. Rejects as they do, else with pdf.js's error. */
export async function openPdfFile(given: Promise<PdfContent>, { password, signal, limits, onFailure }: Options): Promise<PdfFile> {
  const port = startWorker(workerUrl);
  const end = (): void => port.terminate();
  const failed = Promise.withResolvers<never>();
  // Told where it is waited for, and to `onFailure`.
  failed.promise.catch(() => undefined);
  const fail = (error: unknown): void => {
    if (signal.aborted) return;
    failed.reject(error);
    end();
  };
  port.addEventListener('error', ({ message }) => onFailure(new Error(message)), { signal });
  signal.addEventListener('abort', end, { once: true });
  const content = await given.catch((error: unknown) => {
    end();
    throw error;
  });
  signal.throwIfAborted();
  const indexes = new Map((content instanceof Uint8Array ? undefined : content.pages)?.map((number, index) => [number, index]));
  const worker = PDFWorker.create({ port, verbosity: VerbosityLevel.ERRORS });

  async function load() {
    const ranges = content instanceof Uint8Array ? undefined : new Ranges(content, fail);
    const task = getDocument({
      ...(content instanceof Uint8Array ? { data: content } : { range: ranges }),
      rangeChunkSize: limits.chunk,
      disableAutoFetch: true,
      disableStream: true,
      ...(password !== undefined && { password }),
      worker,
      verbosity: VerbosityLevel.ERRORS,
      // Only says that there are such files: `DataFiles` has them.
      cMapUrl: '/',
      standardFontDataUrl: '/',
      wasmUrl: '/',
      iccUrl: '/',
      BinaryDataFactory: DataFiles,
      useWorkerFetch: false,
      useSystemFonts: false,
      enableXfa: false,
      maxImageSize: LARGEST_PICTURE,
      canvasMaxAreaInBytes: 4 * LARGEST_PICTURE,
    });
    const file = await Promise.race([task.promise, failed.promise]).catch((error: unknown) => {
      void task.destroy().catch(() => undefined);
      throw error;
    });
    return { file, task, ranges, begun: ranges?.given ?? 0, pages: new Set<number>() };
  }

  const first = await load().catch((error: unknown) => {
    end();
    throw error;
  });
  /** Ids of the annotations of the file that are not drawn. */
  let hidden: ReadonlySet<string> = new Set();
  /** The file, opened anew without most of what was drawn of it where that is much: pdf.js keeps all that it was given. */
  const opened = createRenewable(first, {
    isDue: ({ ranges, begun }) => (ranges?.given ?? 0) - begun >= limits.kept,
    async open() {
      const next = await load();
      for (const id of hidden) next.file.annotationStorage.setValue(id, { noView: true });
      return next;
    },
    close: ({ task }) => void task.destroy().catch(() => undefined),
  });
  const close = (): void => {
    // Fonts that it put into the page are taken out once the worker has answered; then that goes with all that it holds, whatever it is doing.
    const late = new Promise((resolve) => setTimeout(resolve, GRACE));
    void Promise.race([opened.current.task.destroy(), late])
      .catch(() => undefined)
      .finally(end);
  };
  signal.removeEventListener('abort', end);
  signal.addEventListener('abort', close, { once: true });
  failed.promise.catch(onFailure);

  return {
    sizeOf: (number) =>
      opened.use(async (loaded) => {
        const { width, height } = (await pageOf(loaded, number)).getViewport({ scale: 1 });
        return { width, height };
      }),
    draw: (number, canvas, stop) =>
      opened.use(async (loaded) => {
        const page = await pageOf(loaded, number);
        stop.throwIfAborted();
        const { width } = page.getViewport({ scale: 1 });
        const viewport = page.getViewport({ scale: canvas.width / width });
        const drawing = page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE_STORAGE, recordImages: true });
        await drawn(drawing, stop);
        // Those of the page, which pdf.js finds as it draws it for the first time only.
        return picturesOf((page.imageCoordinates as ArrayLike<number> | null) ?? []);
      }),
    drawPart: (number, { x, y, width }, canvas, stop) =>
      opened.use(async (loaded) => {
        const page = await pageOf(loaded, number);
        stop.throwIfAborted();
        const scale = canvas.width / width;
        const viewport = page.getViewport({ scale, offsetX: -x * scale, offsetY: -y * scale });
        await drawn(page.render({ canvas, viewport, annotationMode: AnnotationMode.DISABLE }), stop);
      }),
    links: (number) => opened.use(async (loaded) => linksOf(loaded.file, await pageOf(loaded, number), indexes)),
    hide(annotations) {
      const shown = hidden.difference(annotations);
      const others = annotations.difference(hidden);
      const { annotationStorage } = opened.current.file;
      for (const id of shown) annotationStorage.remove(id);
      for (const id of others) annotationStorage.setValue(id, { noView: true });
      hidden = new Set(annotations);
      return shown.size + others.size > 0;
    },
    release(number) {
      const { current } = opened;
      // Of a page that was never asked for nothing is kept, and to ask for it now would read it.
      if (!current.pages.has(number)) return;
      pageOf(current, number)
        .then((page) => page.cleanup())
        .catch(() => undefined);
    },
    close,
  };
}

/** A file, and the pages (from 0) that it was asked for. */
interface Loaded {
  file: PDFDocumentProxy;
  pages: Set<number>;
}

function pageOf({ file, pages }: Loaded, number: number): Promise<PDFPageProxy> {
  pages.add(number);
  return file.getPage(number + 1);
}

/** Which page (from 0) an object is, by its number, where that is known. */
type PageIndexes = ReadonlyMap<number, number>;

/** The links on a page. */
async function linksOf(file: PDFDocumentProxy, page: PDFPageProxy, indexes: PageIndexes): Promise<PageLink[]> {
  const viewport = page.getViewport({ scale: 1 });
  const annotations: LinkAnnotation[] = await page.getAnnotations();
  const links = annotations.map(async ({ subtype, rect, url, dest }): Promise<PageLink | undefined> => {
    if (subtype !== 'Link' || !rect) return undefined;
    const href = url ?? (await addressOf(file, dest, indexes));
    const [fromX = 0, fromY = 0, toX = 0, toY = 0] = rect;
    const corners = [viewport.convertToViewportPoint(fromX, fromY), viewport.convertToViewportPoint(toX, toY)];
    const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = corners as [number, number][];
    return href === undefined
      ? undefined
      : { href, left: Math.min(x1, x2), top: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
  });
  return (await Promise.all(links)).filter((link) => link !== undefined);
}

type PageRef = Parameters<PDFDocumentProxy['getPageIndex']>[0];

/** Where a destination (ISO 32000-2, 12.3.2) leads. */
async function addressOf(file: PDFDocumentProxy, dest: LinkAnnotation['dest'], indexes: PageIndexes): Promise<string | undefined> {
  const place = typeof dest === 'string' ? await file.getDestination(dest) : dest;
  const [target, fit, ...values]: unknown[] = place ?? [];
  const indexOf = async (ref: PageRef): Promise<number | undefined> =>
    indexes.get(ref.num) ?? (await file.getPageIndex(ref).catch(() => undefined));
  const index = typeof target === 'object' && target !== null ? await indexOf(target as PageRef) : target;
  if (typeof index !== 'number') return undefined;
  const { left, top } = placeIn(fit, values);
  const page = top === undefined ? undefined : await file.getPage(index + 1).catch(() => undefined);
  const [x = 0, y = 0] = page?.getViewport({ scale: 1 }).convertToViewportPoint(left ?? 0, top ?? 0) ?? [];
  const within = page ? `&top=${Math.round(y)}${left === undefined ? '' : `&left=${Math.round(x)}`}` : '';
  return `#page=${index + 1}${within}`;
}

/** The place on its page that a destination names, in the file's own units. */
function placeIn(fit: unknown, values: readonly unknown[]): { left?: number | undefined; top?: number | undefined } {
  const name = typeof fit === 'object' && fit !== null && 'name' in fit ? fit.name : undefined;
  const numberAt = (index: number): number | undefined => {
    const value = values[index];
    return typeof value === 'number' ? value : undefined;
  };
  if (name === 'XYZ') return { left: numberAt(0), top: numberAt(1) };
  if (name === 'FitH' || name === 'FitBH') return { top: numberAt(0) };
  return name === 'FitR' ? { left: numberAt(0), top: numberAt(3) } : {};
}

/** Waits until a page is drawn; stops that, and rejects with the signal's reason, when it is aborted. */
async function drawn(drawing: RenderTask, stop: AbortSignal): Promise<void> {
  const cancel = (): void => drawing.cancel();
  stop.addEventListener('abort', cancel, { once: true });
  try {
    await drawing.promise;
  } catch (error) {
    stop.throwIfAborted();
    throw error;
  } finally {
    stop.removeEventListener('abort', cancel);
  }
}

/** Gives pdf.js the stretches of a file that it asks for. */
class Ranges extends PDFDataRangeTransport {
  /** Bytes */
  given = 0;
  readonly #waiting: (readonly [start: number, end: number])[] = [];
  #isFetching = false;
  #isOver = false;
  readonly #read: PdfBytes['read'];
  readonly #fail: (error: unknown) => void;

  constructor({ size, beginning, read }: PdfBytes, fail: (error: unknown) => void) {
    // What is given to begin with is taken over.
    super(size, beginning.slice());
    this.#read = read;
    this.#fail = fail;
  }

  override requestDataRange(start: number, end: number): void {
    this.given += end - start;
    this.#waiting.push([start, end]);
    // pdf.js waits for ever for what does not come: whoever is told ends it.
    this.#fetch().catch(this.#fail);
  }

  /** Nobody waits any more. */
  override abort(): void {
    this.#isOver = true;
  }

  /** Fetches what is waited for, as much as comes together while something is under way. */
  async #fetch(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    while (this.#waiting.length > 0) {
      let bytes = 0;
      const fits = ([start, end]: readonly [number, number]): boolean => {
        bytes += end - start;
        return bytes <= MOST_BYTES;
      };
      const beyond = this.#waiting.findIndex((range, index) => index > 0 && (!fits(range) || index === MOST_PARTS));
      const ranges = this.#waiting.splice(0, beyond < 0 ? this.#waiting.length : beyond);
      const parts = await this.#read(ranges);
      if (this.#isOver) return;
      for (const [index, [start]] of ranges.entries()) this.onDataRange(start, parts[index] ?? new Uint8Array());
    }
    this.#isFetching = false;
  }
}

/** As much of an annotation as is used here. */
interface LinkAnnotation {
  subtype?: string;
  rect?: number[];
  url?: string;
  dest?: string | unknown[] | null;
}

/** pdf.js tells three corners of each. */
function picturesOf(corners: ArrayLike<number>): PagePicture[] {
  const pictures: PagePicture[] = [];
  for (let at = 0; at + 6 <= corners.length; at += 6) {
    const at_ = (index: number): number => corners[at + index] ?? 0;
    const [x, y] = [
      [at_(0), at_(2), at_(4), at_(2) + at_(4) - at_(0)],
      [at_(1), at_(3), at_(5), at_(3) + at_(5) - at_(1)],
    ];
    const [left, top] = [Math.max(0, Math.min(...x)), Math.max(0, Math.min(...y))];
    pictures.push({ left, top, width: Math.min(1, Math.max(...x)) - left, height: Math.min(1, Math.max(...y)) - top });
  }
  return pictures;
}
