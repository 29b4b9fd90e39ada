import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api';
import { ownTime } from '../../time-limit';
import type { Area } from './marked-words';

/** What somebody wrote or marked on a page of a PDF (ISO 32000-2, 12.5.6: markup annotations), as pdf.js tells it. */
export interface Annotation {
  /** As pdf.js calls it: `12R` for the object 12. */
  ref: string;
  /** Counted from 0. */
  page: number;
  kind: string;
  /** What it marks, or where it stands. */
  areas: readonly Area[];
  contents: string;
  author: string;
  /** Red, green and blue, 0 to 255. */
  colour: readonly [number, number, number] | undefined;
  /** As PDF writes dates. */
  created: string | undefined;
  modified: string | undefined;
  /** The annotation that it answers, or goes on from. */
  answers: string | undefined;
  goesOn: boolean;
}

/** Those that mark words. */
const marks = new Set(['Highlight', 'Underline', 'Squiggly', 'StrikeOut']);
/** Those that are there for what is written in them, where that is anything. */
const remarks = new Set(['Text', 'FreeText', 'Caret', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Line', 'Ink', 'Stamp']);

/** Those that are around a part of their page. */
const frames = new Set(['Square', 'Circle']);
/** Those that may say something without words: what frames an area, and Lectern's own notes on pages. */
const mayBeBare = new Set([...frames, 'Text']);

/** Whether it is around an area of its page, as its rectangle tells. */
export const framesArea = ({ kind }: Pick<Annotation, 'kind'>): boolean => frames.has(kind);

export const marksWords = ({ kind }: Pick<Annotation, 'kind'>): boolean => marks.has(kind);

/** At most so many are read of a file, and for so long (ms of the thread's own time). */
const MOST = 2_000;
const LONGEST = 5_000;
/** UTF-16 code units of what is written in one. */
const MOST_WORDS = 20_000;

export interface Annotations {
  readonly found: readonly Annotation[];
  /** The pages (from 0) on which something was found. */
  readonly pages: ReadonlySet<number>;
  /** Not all were read: there are too many, or it takes too long. */
  readonly isCut: boolean;
  /** Reads those of a page. What is damaged on it is left out, and stops nothing. */
  read(page: PDFPageProxy, transform: readonly number[]): Promise<void>;
}

/** As much as is used here of what pdf.js tells of an annotation. */
interface Told {
  id?: unknown;
  subtype?: unknown;
  quadPoints?: ArrayLike<number> | null;
  rect?: ArrayLike<number>;
  contentsObj?: { str?: unknown };
  titleObj?: { str?: unknown };
  color?: ArrayLike<number> | null;
  creationDate?: unknown;
  modificationDate?: unknown;
  inReplyTo?: unknown;
  replyType?: unknown;
  stateModel?: unknown;
}

export function createAnnotations(): Annotations {
  const found: Annotation[] = [];
  const pages = new Set<number>();
  let spent = 0;
  let isCut = false;
  return {
    found,
    pages,
    get isCut() {
      return isCut;
    },
    async read(page, transform) {
      if (isCut) return;
      const begun = ownTime();
      const told: Told[] = await page.getAnnotations().catch(() => []);
      spent += ownTime() - begun;
      for (const each of told) {
        const annotation = annotationOf(each, page.pageNumber - 1, transform);
        if (!annotation) continue;
        isCut = found.length >= MOST;
        if (isCut) return;
        found.push(annotation);
        pages.add(annotation.page);
      }
      isCut = spent > LONGEST;
    },
  };
}

function annotationOf(told: Told, page: number, transform: readonly number[]): Annotation | undefined {
  const { id, subtype: kind, color } = told;
  if (typeof id !== 'string' || typeof kind !== 'string') return undefined;
  // A state that somebody gave to another annotation, such as “accepted”, says nothing by itself.
  if (typeof told.stateModel === 'string') return undefined;
  const contents = written(told.contentsObj?.str, MOST_WORDS);
  if (!marks.has(kind) && !(contents === '' ? mayBeBare : remarks).has(kind)) return undefined;
  const { quadPoints, rect } = told;
  const isQuads = marks.has(kind) && quadPoints != null && quadPoints.length >= 8;
  const corners = isQuads ? quadsOf(quadPoints) : rect ? [Array.from(rect)] : [];
  return {
    ref: id,
    page,
    kind,
    areas: corners.map((each) => areaOf(each, transform)).filter(({ left, top }) => Number.isFinite(left + top)),
    contents,
    author: written(told.titleObj?.str, 200),
    colour: color?.length === 3 ? [color[0] ?? 0, color[1] ?? 0, color[2] ?? 0] : undefined,
    created: dateIn(told.creationDate),
    modified: dateIn(told.modificationDate),
    answers: typeof told.inReplyTo === 'string' ? told.inReplyTo : undefined,
    goesOn: told.replyType === 'Group',
  };
}

const dateIn = (date: unknown): string | undefined => (typeof date === 'string' ? date : undefined);

const written = (text: unknown, most: number): string =>
  typeof text === 'string' ? text.slice(0, most).toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\0', '').trim() : '';

/** The corners of each quadrilateral, of which pdf.js gives rectangles: two that lie opposite each other. */
function quadsOf(quadPoints: ArrayLike<number>): number[][] {
  const quads: number[][] = [];
  for (let at = 0; at + 8 <= quadPoints.length; at += 8)
    quads.push([quadPoints[at] ?? 0, quadPoints[at + 1] ?? 0, quadPoints[at + 6] ?? 0, quadPoints[at + 7] ?? 0]);
  return quads;
}

/** Two corners in the file's own units, as the page is seen. */
function areaOf([x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[], [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[]): Area {
  const xs = [a * x1 + c * y1 + e, a * x2 + c * y2 + e];
  const ys = [b * x1 + d * y1 + f, b * x2 + d * y2 + f];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
