import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type DocumentEnd, describe, type FileNote, type Note } from '#model';
import { documentBytes } from '../../../electron/formats/format';
import { openPdf } from '../../../electron/formats/pdf/pdfjs';
import { NoCopyError } from '../../../electron/formats/pdf/with-notes';
import { readerOf } from '../../../electron/formats/registry';
import { UnreadableDocument } from '../../../electron/formats/unreadable';
import { copyWithNotes } from '../../../electron/interchange/export/copy-with-notes';

/** The id of each document here. */
const DOCUMENT = '0123456789abcdef0123456789abcdef';
/** Words of each passage, at most, and how many of them a file gets. */
const WORDS = 8;
const PASSAGES = 3;

/** An annotation that pdf.js tells: what kind it is, where it stands, and what it says. */
type Told = readonly [subtype: string, place: string, contents: string];

const marks = new Set(['Highlight', 'Underline', 'Squiggly', 'StrikeOut']);

/**
 * Reads what stands in each file, puts three highlights and a note into a copy of it, and looks whether pdf.js finds all that it found in the file and
 * those, and this reader the same notes. With COPIES in the environment the copies stay in that folder. A table.
 */
export async function measureAnnotations(folder: string, names: readonly string[]): Promise<string> {
  const counts = new Map<string, number>();
  const count = (what: string, by = 1) => counts.set(what, (counts.get(what) ?? 0) + by);
  const odd: string[] = [];
  for (const name of names) {
    const bytes = new Uint8Array(await readFile(path.join(folder, name)));
    const document = await readAll(name, bytes).catch((error: unknown) => error);
    if (document instanceof UnreadableDocument) continue;
    if (document instanceof Error) {
      odd.push(`${name}: ${document.stack?.slice(0, 300)}`);
      continue;
    }
    const { text, end } = document as Read;
    count('files that are read');
    const fileNotes = end.fileNotes ?? [];
    const told = await annotationsIn(bytes);
    const marked = told.filter(([subtype]) => marks.has(subtype)).length;
    if (marked > 0) count('with marks on words, by pdf.js');
    count('such marks', marked);
    if (fileNotes.length > 0) count('with notes, here');
    count('notes', fileNotes.length);
    count('of them on words', fileNotes.filter(({ start }) => start !== undefined).length);
    const notes = notesOn(text, end.textHash);
    try {
      const { appendix } = await copyWithNotes({ source: documentBytes(bytes, name), documentId: DOCUMENT }, notes, async () => undefined);
      count('copies that were made');
      const copy = Buffer.concat([bytes, appendix]);
      if (process.env['COPIES']) await writeFile(path.join(process.env['COPIES'], name), copy);
      const [theirs, ours] = [await annotationsIn(new Uint8Array(copy)), await readAll(name, new Uint8Array(copy))];
      const lost = told.filter((each) => !theirs.some((other) => isSame(each, other)));
      const added = theirs.length - told.length;
      const isWhole =
        lost.length === 0 && added >= notes.length && ours.text === text && isGiven(notes, fileNotes, ours.end.fileNotes ?? []);
      if (isWhole) count('that pdf.js and this reader read back whole');
      else
        odd.push(
          `${name}: lost ${lost.length}, came ${added} of ${notes.length}, same text ${ours.text === text}, ${wrongOf(notes, ours.end.fileNotes ?? [])}`,
        );
    } catch (error) {
      if (error instanceof NoCopyError) count(`refused: ${error.why}`);
      else odd.push(`${name}: ${error instanceof Error ? error.stack?.slice(0, 400) : error}`);
    }
  }
  const rows = [...counts].map(([what, number]) => `| ${what} | ${number} |`);
  return ['| Annotations | |', '| --- | ---: |', ...rows, '', ...odd, ''].join('\n');
}

interface Read {
  text: string;
  end: DocumentEnd;
}

async function readAll(name: string, bytes: Uint8Array): Promise<Read> {
  const texts: string[] = [];
  const reader = await readerOf('pdf');
  for await (const part of reader.read(documentBytes(bytes, name), { signal: new AbortController().signal })) {
    if (part.part === 'section') texts.push(part.text);
    if (part.part === 'end') return { text: texts.join(''), end: part };
  }
  throw new Error('There is no end.');
}

async function annotationsIn(bytes: Uint8Array): Promise<Told[]> {
  const task = openPdf(new Uint8Array(bytes));
  try {
    const file = await task.promise;
    const told: Told[] = [];
    for (let number = 1; number <= file.numPages; number++) {
      const annotations = await file
        .getPage(number)
        .then((page) => page.getAnnotations())
        .catch(() => []);
      for (const { subtype, rect, quadPoints, contentsObj } of annotations)
        told.push([
          String(subtype),
          [...(quadPoints ?? rect ?? [])].map((each) => Number(each).toFixed(2)).join(' '),
          contentsObj?.str ?? '',
        ]);
    }
    return told;
  } finally {
    await task.destroy();
  }
}

const isSame = (one: Told, other: Told): boolean => one.every((part, index) => part === other[index]);

/** A note on the document, and passages of a few words from all over the text. */
function notesOn(text: string, textHash: string): Note[] {
  const words = [...text.matchAll(/\S+/g)];
  const base = { colour: 'green', body: 'What *I* think: “ja”', tags: ['a tag'], history: [] } as const;
  const dates = { createdAt: '2025-01-02T03:04:05.000Z', modifiedAt: '2025-01-02T03:04:05.000Z' };
  const id = (index: number) => `0190a5d0-0000-7000-8000-00000000000${index}`;
  const notes: Note[] = [{ ...base, ...dates, id: id(0), tags: [], history: [] }];
  const size = Math.min(WORDS, Math.floor(words.length / PASSAGES));
  for (let index = 1; index <= PASSAGES && size > 0; index++) {
    const first = Math.floor(((index - 0.5) / PASSAGES) * (words.length - size));
    const [from, to] = [words[first], words[first + size - 1]];
    const anchor = describe(text, from?.index ?? 0, (to?.index ?? 0) + (to?.[0].length ?? 0), textHash);
    notes.push({ ...base, ...dates, id: id(index), anchor, tags: [...base.tags], history: [] });
  }
  return notes;
}

const matches = (note: Note, given: FileNote | undefined): boolean =>
  given !== undefined &&
  given.start === note.anchor?.start &&
  given.end === note.anchor?.end &&
  given.body === note.body &&
  given.colour === note.colour &&
  given.tags.join() === note.tags.join();

const wrongOf = (notes: readonly Note[], given: readonly FileNote[]): string => {
  const wrong = notes.filter(
    (note) =>
      !matches(
        note,
        given.find(({ id }) => id === note.id),
      ),
  );
  return `${wrong.length} wrong: ${JSON.stringify(wrong.map(({ id, anchor }) => [anchor?.start, anchor?.exact, given.find((each) => each.id === id)?.start])).slice(0, 300)}`;
};

const isGiven = (notes: readonly Note[], before: readonly FileNote[], given: readonly FileNote[]): boolean =>
  notes.every((note) =>
    matches(
      note,
      given.find(({ id }) => id === note.id),
    ),
  ) && before.every(({ id }) => given.some((each) => each.id === id));
