import type { PageViewport } from 'pdfjs-dist/types/src/display/page_viewport';
import { type Area, type AreaBox, isBookmark, type Note, type PrintedLetters, type PrintedRun } from '#model';
import type { DocumentBytes } from '../format';
import type { Marked } from './marked-words';
import { noteColours } from './note-colours';
import { appendix, createNumbers, type WrittenObject } from './objects/append';
import { openObjects, type PdfObjects } from './objects/objects';
import { createParts, type Parts } from './objects/parts';
import { dictOf, isDict, type PdfDict, PdfName, PdfRef, PdfSyntaxError, type PdfValue, stringOf } from './objects/syntax';
import { contentsOf, OWN_KEY, textIn, writeOwn } from './own-key';
import { openPdfSource, type PdfSource } from './pdf-source';
import { cornersOf, printedLetters } from './printed-areas';

/** A note record, and where its passage is in the text as it is now; without a place it is a note on the document. */
export interface PlacedNote {
  note: Note;
  place?: Marked | undefined;
  /** The page that it is on by now, or a part of that, in place of a passage. */
  area?: Area | undefined;
}

/** What notes are written into. */
export interface NotesInto {
  /** The file, of which no more is taken into memory than is needed. */
  source: DocumentBytes;
  /** The id of its document. */
  documentId: string;
  /** Who is told as the author of notes that are nobody else's. */
  author?: string | undefined;
  /** Its text, and where that is printed, in order. */
  text: string;
  runs: readonly PrintedRun[];
}

/** Why no copy with notes can be made of a file. */
export type NoCopy = 'encrypted' | 'damaged';

export class NoCopyError extends Error {
  override name = 'NoCopyError';
  readonly why: NoCopy;
  constructor(why: NoCopy, options?: ErrorOptions) {
    super(`No copy with notes can be made of a file that is ${why}`, options);
    this.why = why;
  }
}

/** The objects of a file to which notes can be put, and its parts in which these stand. Throws `NoCopyError`. */
export async function objectsToAddTo(source: DocumentBytes): Promise<{ objects: PdfObjects; parts: Parts }> {
  const parts = createParts(source);
  try {
    const objects = await parts.whenThere(() => openObjects(parts.bytes));
    if (objects.trailer.has('Encrypt')) throw new NoCopyError('encrypted');
    return { objects, parts };
  } catch (error) {
    if (error instanceof PdfSyntaxError) throw new NoCopyError('damaged', { cause: error });
    throw error;
  }
}

/**
 * What is put after the bytes of a PDF so that notes stand in it, as annotations that all programs show: highlights on passages, squares around areas, signs for notes that are
 * on neither; the further passages of a note come after it, and have an annotation each that goes on from its own. An annotation that Lectern wrote for one of these notes before gives way to the new one. Throws `NoCopyError`.
 */
export async function notesAppendix(
  { source, documentId, author, text, runs }: NotesInto,
  notes: readonly PlacedNote[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { objects, parts } = await objectsToAddTo(source);
  const opened = await openPdfSource(source, { signal: new AbortController().signal });
  try {
    const sheets = await sheetsOf(opened, notes, { documentId, author, text, runs, next: createNumbers(objects) });
    const ids = new Set(notes.map(({ note }) => note.id));
    const written: WrittenObject[] = [];
    const { numPages } = opened.file;
    for (let page = 0; page < numPages; page++) {
      const sheet = sheets.get(page);
      // A page that is damaged stays as it is.
      const { ref } = await opened.of(opened.file.getPage(page + 1)).catch(() => ({ ref: null }));
      opened.signal.throwIfAborted();
      await opened.refresh();
      const { dict, present, kept } = await parts.whenThere(() => annotationsOn(ref && new PdfRef(ref.num, ref.gen), ids, objects));
      if (!ref || !dict) {
        if (sheet) throw new NoCopyError('damaged');
        continue;
      }
      if (!sheet && kept.length === present.length) continue;
      const added = sheet?.annotations ?? [];
      const value = new Map([...dict, ['Annots', [...kept, ...added.map((each) => each.ref)]]]);
      written.push({ ref: new PdfRef(ref.num, ref.gen), value }, ...added, ...(sheet?.appearances ?? []));
    }
    return appendix(objects, source.size, written);
  } catch (error) {
    if (error instanceof PdfSyntaxError) throw new NoCopyError('damaged', { cause: error });
    throw error;
  } finally {
    await opened.close();
  }
}

/** A page, its annotations, and those that stay there: all but those that were written for these notes before. */
function annotationsOn(
  page: PdfRef | null,
  ids: ReadonlySet<string>,
  objects: PdfObjects,
): { dict?: PdfDict; present: readonly PdfValue[]; kept: readonly PdfValue[] } {
  const dict = page && objects.get(page);
  if (!isDict(dict)) return { present: [], kept: [] };
  const annotations = objects.get(dict.get('Annots'));
  const present: readonly PdfValue[] = Array.isArray(annotations) ? annotations : [];
  return { dict, present, kept: withoutOwn(present, ids, objects) };
}

/** Without what was written for these notes before, and the windows that other programs gave to it. */
function withoutOwn(annotations: readonly PdfValue[], ids: ReadonlySet<string>, objects: PdfObjects): readonly PdfValue[] {
  const gone = new Set<number>();
  for (const annotation of annotations) {
    const dict = objects.get(annotation);
    const [id] = (isDict(dict) && dict.has(OWN_KEY) ? textIn(dict.get('NM')) : undefined)?.split('/') ?? [];
    if (id !== undefined && ids.has(id) && annotation instanceof PdfRef) gone.add(annotation.number);
  }
  if (gone.size === 0) return annotations;
  return annotations.filter((annotation) => {
    const dict = objects.get(annotation);
    const parent = isDict(dict) ? dict.get('Parent') : undefined;
    return !(annotation instanceof PdfRef && gone.has(annotation.number)) && !(parent instanceof PdfRef && gone.has(parent.number));
  });
}

/** What comes to a page. */
interface Sheet {
  ref: PdfRef;
  viewport: PageViewport;
  annotations: WrittenObject[];
  appearances: WrittenObject[];
  /** Signs for notes on no passage. */
  signs: number;
}

interface Writing extends Omit<NotesInto, 'source'> {
  next(): PdfRef;
}

async function sheetsOf(opened: PdfSource, notes: readonly PlacedNote[], writing: Writing): Promise<Map<number, Sheet>> {
  const sheets = new Map<number, Sheet>();
  const sheetOf = async (number: number): Promise<Sheet> => {
    const known = sheets.get(number);
    if (known) return known;
    const page = await opened.of(opened.file.getPage(number + 1)).catch(() => undefined);
    opened.signal.throwIfAborted();
    if (!page?.ref) throw new NoCopyError('damaged');
    const ref = new PdfRef(page.ref.num, page.ref.gen);
    const sheet: Sheet = { ref, viewport: page.getViewport({ scale: 1 }), annotations: [], appearances: [], signs: 0 };
    sheets.set(number, sheet);
    return sheet;
  };
  const heads = new Map<string, PdfRef>();
  for (const { note, place, area } of notes) {
    const after = heads.get(note.partOf ?? '');
    if (area?.box) {
      heads.set(note.id, addSquare({ note, after }, area.box, await sheetOf(area.page - 1), writing));
      continue;
    }
    const letters = place ? printedLetters(writing.text, writing.runs, place) : [];
    const [first] = letters;
    if (first && !isBookmark(note)) {
      const head = await addHighlight(note, { letters, after }, sheetOf, writing);
      if (head) heads.set(note.id, head);
    } else await addSign(note, first, await sheetOf(area ? area.page - 1 : (first?.page ?? 0)), writing);
  }
  return sheets;
}

/**
 * One annotation for each page on which the passage is; those after the first go on from it, and that one from `after`, the first of the note of which
 * it is a further passage. Gives the first.
 */
async function addHighlight(
  note: Note,
  { letters, after }: { letters: readonly PrintedLetters[]; after: PdfRef | undefined },
  sheetOf: (page: number) => Promise<Sheet>,
  writing: Writing,
): Promise<PdfRef | undefined> {
  const { next } = writing;
  let first: PdfRef | undefined;
  let part = 0;
  for (const [page, onPage] of Map.groupBy(letters, (each) => each.page)) {
    const sheet = await sheetOf(page);
    const quads = onPage.map((each) => cornersOf(each).map(([x, y]) => sheet.viewport.convertToPdfPoint(x, y) as [number, number]));
    const [ref, look] = [next(), next()];
    part += 1;
    const rect = boundsOf(quads.flat());
    const value = dictOf({
      ...common(note, writing, sheet.ref, part),
      Subtype: new PdfName('Highlight'),
      Rect: rect,
      QuadPoints: quads.flat(2).map(round),
      ...((first ?? after) && { IRT: first ?? after, RT: new PdfName('Group') }),
      F: PRINTED,
      AP: dictOf({ N: look }),
    });
    sheet.annotations.push({ ref, value });
    sheet.appearances.push(appearanceOf(note, look, rect, quads));
    first ??= ref;
  }
  return first;
}

/** Points: the line around an area. */
const LINE = 1.5;

/** A square around an area of a page, which goes on from the annotation `after` where its note has several passages. Gives its reference. */
function addSquare(
  { note, after }: { note: Note; after: PdfRef | undefined },
  { x, y, width, height }: AreaBox,
  { viewport, annotations, appearances, ref: page }: Sheet,
  writing: Writing,
): PdfRef {
  const corners = [viewport.convertToPdfPoint(x, y), viewport.convertToPdfPoint(x + width, y + height)] as [number, number][];
  const rect = boundsOf(corners);
  const [ref, look] = [writing.next(), writing.next()];
  const value = dictOf({
    ...common(note, writing, page, 1),
    Subtype: new PdfName('Square'),
    Rect: rect,
    ...(after && { IRT: after, RT: new PdfName('Group') }),
    BS: dictOf({ W: LINE }),
    F: PRINTED,
    AP: dictOf({ N: look }),
  });
  annotations.push({ ref, value });
  const [left = 0, bottom = 0, right = 0, top = 0] = rect;
  const inner = [left + LINE / 2, bottom + LINE / 2, right - left - LINE, top - bottom - LINE].map(round).join(' ');
  appearances.push({
    ref: look,
    value: dictOf({ Type: new PdfName('XObject'), Subtype: new PdfName('Form'), BBox: rect }),
    stream: `${noteColours[note.colour].join(' ')} RG ${LINE} w ${inner} re S`,
  });
  return ref;
}

/** A sign in the margin beside the passage, or at the head of the page. */
async function addSign(note: Note, beside: PrintedLetters | undefined, sheet: Sheet, writing: Writing): Promise<void> {
  const { viewport } = sheet;
  const place = sheet.signs;
  if (!beside) sheet.signs += 1;
  const perColumn = Math.max(1, Math.floor((viewport.height - MARGIN) / SIGN));
  const x = beside ? MARGIN / 2 : viewport.width - MARGIN / 2 - SIGN * (1 + Math.floor(place / perColumn));
  const y = beside ? beside.baseline - beside.size : MARGIN / 2 + SIGN * (place % perColumn);
  const corners = [viewport.convertToPdfPoint(x, y), viewport.convertToPdfPoint(x + SIGN, y + SIGN)] as [number, number][];
  const value = dictOf({
    ...common(note, writing, sheet.ref, 1),
    Subtype: new PdfName('Text'),
    Rect: boundsOf(corners),
    Name: new PdfName('Note'),
    F: PRINTED | NO_ZOOM | NO_ROTATE,
  });
  sheet.annotations.push({ ref: writing.next(), value });
}

/** Points: how large a sign is, and how far from the edges. */
const SIGN = 20;
const MARGIN = 24;
/** What is to be done with an annotation (ISO 32000-2, 12.5.3). */
const PRINTED = 4;
const NO_ZOOM = 8;
const NO_ROTATE = 16;

/** What all annotations of notes have. */
const common = (note: Note, { documentId, author }: Writing, page: PdfRef, part: number): Record<string, PdfValue | undefined> => ({
  Type: new PdfName('Annot'),
  NM: stringOf(part === 1 ? note.id : `${note.id}/${part}`),
  P: page,
  C: noteColours[note.colour],
  Contents: stringOf(contentsOf(note)),
  T: authorOf(note, author),
  CreationDate: stringOf(dateOf(note.createdAt)),
  M: stringOf(dateOf(note.modifiedAt)),
  [OWN_KEY]: writeOwn(note, documentId),
});

const authorOf = ({ creator }: Note, author: string | undefined): PdfValue | undefined => {
  const name = creator?.name ?? author;
  return name === undefined ? undefined : stringOf(name);
};

/** How a highlight looks, for programs that draw only what they are given: its colour, through which the words are seen. */
function appearanceOf(
  { colour }: Note,
  ref: PdfRef,
  rect: readonly number[],
  quads: readonly (readonly [number, number][])[],
): WrittenObject {
  const point = ([x = 0, y = 0]: readonly number[] = []) => `${round(x)} ${round(y)}`;
  const paths = quads.map(([a, b, c, d]) => `${point(a)} m ${point(b)} l ${point(d)} l ${point(c)} l h f`);
  const multiply = dictOf({ Type: new PdfName('ExtGState'), BM: new PdfName('Multiply') });
  const value = dictOf({
    Type: new PdfName('XObject'),
    Subtype: new PdfName('Form'),
    BBox: rect,
    Group: dictOf({ S: new PdfName('Transparency') }),
    Resources: dictOf({ ExtGState: dictOf({ G: multiply }) }),
  });
  return { ref, value, stream: ['/G gs', `${noteColours[colour].join(' ')} rg`, ...paths].join('\n') };
}

function boundsOf(points: readonly (readonly [number, number])[]): number[] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map(round);
}

const round = (points: number): number => Math.round(points * 100) / 100;

/** A moment as PDF writes it. */
const dateOf = (moment: string): string =>
  `D:${new Date(moment)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:T]/g, '')}Z`;
