import {
  createPlacing,
  type Note,
  type PagedText,
  type PageStart,
  type PrintedRun,
  placeArea,
  quotedIn,
  recordsOf,
  type WholeNote,
} from '#model';
import type { DocumentBytes } from '../../formats/format';
import { pdf } from '../../formats/pdf/pdf';
import { notesAppendix, objectsToAddTo, type PlacedNote } from '../../formats/pdf/with-notes';
import type { ReadText } from './positions';

interface Original {
  /** Its file, of which no more is taken into memory than is needed. */
  source: DocumentBytes;
  /** Of its document. */
  documentId: string;
  /** Who is told as the author of notes that are nobody else's. */
  author?: string | undefined;
}

/** What makes a copy of a PDF with notes out of the PDF. */
export interface CopyWithNotes {
  /** What follows the original’s bytes. */
  appendix: Uint8Array<ArrayBuffer>;
  /** How many notes stand on passages, how many on the document, and how many had their passages in another text of it: these are on the document, too. */
  onPassages: number;
  onDocument: number;
  unplaced: number;
  /** Notes that were taken out of this file, where they stand already. */
  present: number;
}

/**
 * Puts notes into a PDF: each on its passage in the file as it is now, which is looked for where the note was made on another text (`readText` gives
 * those that were kept). Throws `NoCopyError`, and `UnreadableDocument` where the file cannot be read.
 */
export async function copyWithNotes(
  { source, documentId, author }: Original,
  notes: readonly WholeNote[],
  readText: ReadText,
): Promise<CopyWithNotes> {
  // Said before all of it is read in vain.
  await objectsToAddTo(source);
  const texts: string[] = [];
  const runs: PrintedRun[] = [];
  const pages: PageStart[] = [];
  let sheetCount = 0;
  let textHash = '';
  const present = new Set<string>();
  for await (const part of pdf.read(source, { signal: new AbortController().signal })) {
    if (part.part === 'section') {
      texts.push(part.text);
      for (const run of part.printed ?? []) runs.push(run);
      pages.push(...(part.pages ?? []));
    } else if (part.part === 'head') sheetCount = part.sheets?.length ?? 0;
    else if (part.part === 'end') {
      textHash = part.textHash;
      for (const { id, madeOn } of part.fileNotes ?? []) if (madeOn === undefined) present.add(id);
    }
  }
  const text = texts.join('');
  const records = notes.flatMap(inColourOfNote);
  const heads = new Set(notes.map(({ id }) => id));
  const countNotes = (all: readonly { note: Note }[]) => all.filter(({ note }) => heads.has(note.id)).length;
  const added = records.filter(({ id }) => !present.has(id));
  const placeOf = createPlaces({ text, pages, headings: [], sheetCount }, textHash, readText);
  const placed: PlacedNote[] = [];
  for (const note of added) placed.push({ note, ...(await placeOf(note)) });
  const isPlaced = ({ place, area }: PlacedNote): boolean => place !== undefined || area !== undefined;
  const unplaced = placed.filter((each) => each.note.anchor && !isPlaced(each));
  const written = placed.map((each) => (unplaced.includes(each) ? { note: withQuote(each.note) } : each));
  const onPassages = countNotes(placed.filter(isPlaced));
  return {
    appendix: await notesAppendix({ source, documentId, author, text, runs }, written),
    onPassages,
    onDocument: countNotes(placed) - onPassages,
    unplaced: countNotes(unplaced),
    present: notes.length - countNotes(placed),
  };
}

/** The records of a note, all in its colour. */
const inColourOfNote = (note: WholeNote): Note[] => recordsOf(note).map((record) => ({ ...record, colour: note.colour }));

/** Where notes stand in a text or on its pages; nowhere where that is not certain. */
function createPlaces(whole: PagedText, textHash: string, readText: ReadText): (note: Note) => Promise<Omit<PlacedNote, 'note'>> {
  const { text } = whole;
  const placings = new Map<string, ReturnType<ReturnType<typeof createPlacing>>>();
  let placing: ReturnType<typeof createPlacing> | undefined;
  return async ({ anchor }) => {
    if (!anchor) return {};
    const { start, end, area } = anchor;
    if (area) {
      const earlier = anchor.textHash === textHash ? undefined : await readText(anchor.textHash);
      const found = placeArea({ ...anchor, area }, whole, textHash, earlier);
      return found.state === 'exact' || found.state === 'moved' ? { area: found.area } : {};
    }
    if (anchor.textHash === textHash && text.slice(start, end) === anchor.exact) return { place: { start, end } };
    placing ??= createPlacing(text);
    const place = placings.get(anchor.textHash) ?? placing(await readText(anchor.textHash));
    placings.set(anchor.textHash, place);
    const found = place(anchor);
    return found.state === 'exact' || found.state === 'moved' ? { place: { start: found.start, end: found.end } } : {};
  };
}

/** A note whose passage is not in the file, with its quote above its words. */
const withQuote = (note: Note): Note => ({
  ...note,
  body: [note.anchor ? `“${quotedIn(note.anchor)}”` : '', note.body].filter((part) => part !== '').join('\n\n'),
});
