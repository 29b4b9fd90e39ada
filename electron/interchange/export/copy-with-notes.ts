import { createPlacing, type Note, type PrintedRun, recordsOf, type WholeNote } from '#model';
import { documentBytes } from '../../formats/bytes';
import type { Marked } from '../../formats/pdf/marked-words';
import { pdf } from '../../formats/pdf/pdf';
import { notesAppendix, objectsToAddTo } from '../../formats/pdf/with-notes';
import type { ReadText } from './positions';

interface Original {
  bytes: Uint8Array<ArrayBuffer>;
  /** Without folders. */
  fileName: string;
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
  { bytes, fileName, documentId, author }: Original,
  notes: readonly WholeNote[],
  readText: ReadText,
): Promise<CopyWithNotes> {
  // Said before all of it is read in vain.
  objectsToAddTo(bytes);
  const texts: string[] = [];
  const runs: PrintedRun[] = [];
  let textHash = '';
  const present = new Set<string>();
  for await (const part of pdf.read(documentBytes(bytes, fileName), { signal: new AbortController().signal })) {
    if (part.part === 'section') {
      texts.push(part.text);
      for (const run of part.printed ?? []) runs.push(run);
    } else if (part.part === 'end') {
      textHash = part.textHash;
      for (const { id, madeOn } of part.fileNotes ?? []) if (madeOn === undefined) present.add(id);
    }
  }
  const text = texts.join('');
  const records = notes.flatMap(inColourOfNote);
  const heads = new Set(notes.map(({ id }) => id));
  const countNotes = (all: readonly { note: Note }[]) => all.filter(({ note }) => heads.has(note.id)).length;
  const added = records.filter(({ id }) => !present.has(id));
  const placeOf = createPlaces(text, textHash, readText);
  const placed: { note: Note; place: Marked | undefined }[] = [];
  for (const note of added) placed.push({ note, place: await placeOf(note) });
  const unplaced = placed.filter(({ note, place }) => note.anchor && !place);
  const written = placed.map(({ note, place }) => ({ note: note.anchor && !place ? withQuote(note) : note, place }));
  const onPassages = countNotes(placed.filter(({ place }) => place !== undefined));
  return {
    appendix: await notesAppendix({ bytes, documentId, author, text, runs }, written),
    onPassages,
    onDocument: countNotes(placed) - onPassages,
    unplaced: countNotes(unplaced),
    present: notes.length - countNotes(placed),
  };
}

/** The records of a note, all in its colour. */
const inColourOfNote = (note: WholeNote): Note[] => recordsOf(note).map((record) => ({ ...record, colour: note.colour }));

/** Where notes stand in a text; `undefined` where that is not certain. */
function createPlaces(text: string, textHash: string, readText: ReadText): (note: Note) => Promise<Marked | undefined> {
  const placings = new Map<string, ReturnType<ReturnType<typeof createPlacing>>>();
  let placing: ReturnType<typeof createPlacing> | undefined;
  return async ({ anchor }) => {
    if (!anchor) return undefined;
    const { start, end } = anchor;
    if (anchor.textHash === textHash && text.slice(start, end) === anchor.exact) return { start, end };
    placing ??= createPlacing(text);
    const place = placings.get(anchor.textHash) ?? placing(await readText(anchor.textHash));
    placings.set(anchor.textHash, place);
    const found = place(anchor);
    return found.state === 'exact' || found.state === 'moved' ? { start: found.start, end: found.end } : undefined;
  };
}

/** A note whose passage is not in the file, with its quote above its words. */
const withQuote = (note: Note): Note => ({
  ...note,
  body: [`“${note.anchor?.exact ?? ''}”`, note.body].filter((part) => part !== '').join('\n\n'),
});
