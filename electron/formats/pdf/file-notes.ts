import { PDFDateString } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { validate as isUuid, v5 as uuidFromName } from 'uuid';
import { type Area, escapeMarkdown, type FileNote, roundedBox } from '#model';
import { type Annotation, framesArea, marksWords } from './annotations';
import type { Marked, PrintedWords } from './marked-words';
import { nearestColour } from './note-colours';
import type { PdfDict } from './objects/syntax';
import { bodyIn, readOwn, textIn } from './own-key';

/** Names made of what an annotation is are ids in this namespace. */
const OF_FILE = '9b1c5ad4-6a0e-4f55-8a3c-1d0f6b7e2c41';

/** What the annotations of a file are made notes with. */
interface Surroundings {
  words: PrintedWords;
  /** The document's text. */
  text: string;
  /** What the file itself has of them, by pdf.js’s names of them; none where its table is damaged: names that other programs gave are unknown then. */
  dicts: ReadonlyMap<string, PdfDict>;
  /** What pages are called, from 0. */
  labelOf(page: number): string;
}

/** An annotation with those that go on from it, on other pages say. */
interface Gathered {
  first: Annotation;
  marked: Marked | undefined;
  /** What pdf.js calls them. */
  refs: readonly string[];
}

/**
 * The notes that stand in a file. What marks words is a note on these, a rectangle or an ellipse one on an area of its page; an answer is one on what is answered; all else,
 * and what marks nothing that is text, is a note on the document that says on which page it stands.
 */
export function fileNotesOf(annotations: readonly Annotation[], surroundings: Surroundings): FileNote[] {
  const byRef = new Map(
    annotations.map((each) => [each.ref, beginsPart(each, surroundings) ? { ...each, goesOn: false, answers: undefined } : each]),
  );
  const gathered = new Map<string, Gathered>();
  for (const annotation of byRef.values()) {
    const first = firstOf(annotation, byRef);
    const marked = marksWords(annotation) ? surroundings.words.marked(annotation.page, annotation.areas) : undefined;
    const known = gathered.get(first.ref);
    gathered.set(first.ref, { first, marked: joined(known?.marked, marked), refs: [...(known?.refs ?? []), annotation.ref] });
  }
  const ids = new Set<string>();
  return [...gathered.values()].flatMap(({ first, marked, refs }) => {
    const answered = first.answers === undefined || first.goesOn ? undefined : answeredBy(first, byRef);
    const about = answered && firstOf(answered, byRef);
    const place = marked ?? (about && gathered.get(about.ref)?.marked);
    const note = noteOf(first, { marked: place, area: boxedBy(about ?? first) }, surroundings, ids);
    return note ? [{ ...note, annotations: refs }] : [];
  });
}

/** Whether an annotation is a further passage of a note of ours: other programs take it for one with the first, here each is placed by itself. */
function beginsPart({ ref, goesOn }: Annotation, { dicts }: Surroundings): boolean {
  const dict = goesOn ? dicts.get(ref) : undefined;
  return dict !== undefined && readOwn(dict)?.partOf !== undefined && isUuid(textIn(dict.get('NM')));
}

/** Steps from one annotation to another, at most: a file may lead in circles. */
const MOST_STEPS = 50;

/** The annotation that one goes on from; itself where it does not, or that is not there. */
function firstOf(annotation: Annotation, byRef: ReadonlyMap<string, Annotation>): Annotation {
  let first = annotation;
  for (let step = 0; first.goesOn && step < MOST_STEPS; step++) {
    const before = byRef.get(first.answers ?? '');
    if (!before || before === annotation) break;
    first = before;
  }
  return first;
}

/** What the first of a row of answers answers. */
function answeredBy(annotation: Annotation, byRef: ReadonlyMap<string, Annotation>): Annotation | undefined {
  let answered = byRef.get(annotation.answers ?? '');
  for (let step = 0; answered?.answers !== undefined && !answered.goesOn && step < MOST_STEPS; step++)
    answered = byRef.get(answered.answers) ?? answered;
  return answered;
}

/** The area of its page that an annotation is around. */
function boxedBy({ kind, page, areas: [around] }: Annotation): Area | undefined {
  if (!framesArea({ kind }) || !around) return undefined;
  const { left, top, right, bottom } = around;
  const box = roundedBox({ x: left, y: top, width: right - left, height: bottom - top });
  return box.width > 0 && box.height > 0 ? { page: page + 1, box } : undefined;
}

const joined = (one: Marked | undefined, other: Marked | undefined): Marked | undefined =>
  one && other ? { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) } : (one ?? other);

/** What an annotation is on: words, or an area of a page. */
interface On {
  marked: Marked | undefined;
  area: Area | undefined;
}

function noteOf(
  annotation: Annotation,
  { marked, area: boxed }: On,
  surroundings: Surroundings,
  ids: Set<string>,
): Omit<FileNote, 'annotations'> | undefined {
  const { text, dicts, labelOf } = surroundings;
  const { page, kind, author, contents, created, modified, colour } = annotation;
  const dict = dicts.get(annotation.ref);
  const own = dict && readOwn(dict);
  // Without words and an area it says nothing, unless Lectern knows more of it.
  if (contents === '' && !marksWords(annotation) && !boxedBy(annotation) && !own) return undefined;
  const name = dict && textIn(dict.get('NM'));
  const id = own && name !== undefined && isUuid(name) && !ids.has(name) ? name : freshId(annotation, name, ids);
  ids.add(id);
  const place = own?.exact === undefined ? marked : exactly({ exact: own.exact, start: own.start }, marked, text);
  const area = place ? undefined : own?.isArea ? (boxed ?? { page: page + 1 }) : boxed;
  // What goes on from an annotation is told with the words of that one.
  const isPassage = own?.partOf !== undefined && (place ?? area) !== undefined;
  const [createdAt, modifiedAt] = [momentOf(created), momentOf(modified)];
  return {
    id,
    ...place,
    ...(area && { area }),
    colour: own?.colour ?? nearestColour(colour),
    body: isPassage ? '' : own ? bodyIn(contents, own.tags) : bodyOf(kind, contents, place || area ? undefined : labelOf(page)),
    tags: own?.tags ?? [],
    ...(author !== '' && { author }),
    ...(createdAt !== undefined && { createdAt }),
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(own && { madeOn: own.madeOn }),
    ...(own?.isBookmark && { isBookmark: true as const }),
    ...(own?.partOf !== undefined && { partOf: own.partOf }),
  };
}

/** An id made of what makes an annotation this one: not of its words, which may be written anew. */
function freshId({ page, kind, areas, created, author }: Annotation, name: string | undefined, ids: ReadonlySet<string>): string {
  const places = areas.map(({ left, top, right, bottom }) => [left, top, right, bottom].map(Math.round));
  for (let count = 0; ; count++) {
    const id = uuidFromName(JSON.stringify([name ?? [created, author], page, kind, places, count]), OF_FILE);
    if (!ids.has(id)) return id;
  }
}

/** The quote that Lectern wrote down: where it began, if it stands there among the words that are marked; else where it stands nearest to these. */
function exactly(
  { exact, start: began = -1 }: { exact: string; start: number | undefined },
  marked: Marked | undefined,
  text: string,
): Marked | undefined {
  if (exact === '') return marked;
  const isThere = text.startsWith(exact, began) && (!marked || (began < marked.end && began + exact.length > marked.start));
  if (isThere && began >= 0) return { start: began, end: began + exact.length };
  const about = marked?.start ?? 0;
  const [before, after] = [text.lastIndexOf(exact, about), text.indexOf(exact, about)];
  const starts = [before, after].filter((start) => start !== -1).sort((a, b) => Math.abs(a - about) - Math.abs(b - about));
  const [start] = starts;
  return start === undefined ? marked : { start, end: start + exact.length };
}

/** What another program has as plain text, as Markdown that reads the same. */
function bodyOf(kind: string, contents: string, pageLabel: string | undefined): string {
  const struck = kind === 'StrikeOut' ? ['*Struck out.*'] : [];
  const page = pageLabel === undefined ? [] : [`*On page ${escapeMarkdown(pageLabel)}.*`];
  return [...page, ...struck, ...(contents === '' ? [] : [markdownOf(contents)])].join(' ');
}

const markdownOf = (plain: string): string =>
  plain
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n').map(lineAsMarkdown).join('\\\n'))
    .join('\n\n');

const lineAsMarkdown = (line: string): string =>
  escapeMarkdown(line.trim())
    .replace(/^([-+#=~|]|&(?=[#\w]))/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');

/** A date of a PDF as a moment; `undefined` for what is none. */
function momentOf(date: string | undefined): string | undefined {
  const read = date === undefined ? null : PDFDateString.toDateObject(date);
  const year = read?.getUTCFullYear() ?? 0;
  return read && year >= 1980 && year < 2200 ? read.toISOString() : undefined;
}
