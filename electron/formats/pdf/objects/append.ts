import type { PdfObjects } from './objects';
import { dictOf, isDict, PdfName, PdfRef, PdfSyntaxError, type PdfValue, writeValue } from './syntax';

/** An object that takes the place of another, or is new; a stream where it has content, in ASCII. */
export interface WrittenObject {
  ref: PdfRef;
  value: PdfValue;
  stream?: string;
}

/** Gives numbers to new objects. */
export function createNumbers({ size }: Pick<PdfObjects, 'size'>): () => PdfRef {
  let next = size;
  return () => new PdfRef(next++, 0);
}

/**
 * What is put after the `length` bytes of a file so that these objects are in it (an incremental update, ISO 32000-2, 7.5.6): the bytes before stay
 * as they are. Throws `PdfSyntaxError` for a file that is encrypted.
 */
export function appendix(objects: PdfObjects, length: number, written: readonly WrittenObject[]): Uint8Array<ArrayBuffer> {
  const { trailer, table, isStream, base } = objects;
  if (trailer.has('Encrypt')) throw new PdfSyntaxError('The file is encrypted');
  const start = length - base;
  let text = '\n';
  const places = new Map<number, { at: number; generation: number }>();
  for (const { ref, value, stream } of written) {
    places.set(ref.number, { at: start + text.length, generation: ref.generation });
    const dict = stream !== undefined && isDict(value) ? new Map([...value, ['Length', stream.length]]) : value;
    text += `${ref.number} ${ref.generation} obj\n${writeValue(dict)}\n`;
    text += stream === undefined ? 'endobj\n' : `stream\n${stream}\nendstream\nendobj\n`;
  }
  const at = start + text.length;
  const kept = Object.fromEntries(['Root', 'Info', 'ID'].map((key) => [key, trailer.get(key)]));
  const highest = Math.max(objects.size - 1, ...places.keys());
  if (isStream) {
    // A file with such a table goes on with one.
    const number = highest + 1;
    places.set(number, { at, generation: 0 });
    const rows = sorted(places).map(([, place]) => String.fromCharCode(1, ...bytesOf(place.at, 5), ...bytesOf(place.generation, 2)));
    const value = dictOf({
      Type: new PdfName('XRef'),
      Size: number + 1,
      Prev: table,
      W: [1, 5, 2],
      Index: stretches(places).flat(),
      ...kept,
      Length: rows.join('').length,
    });
    text += `${number} 0 obj\n${writeValue(value)}\nstream\n${rows.join('')}\nendstream\nendobj\n`;
  } else {
    const sections = stretches(places).map(([first, count]) => {
      const rows = sorted(places).filter(([number]) => number >= first && number < first + count);
      return `${first} ${count}\n${rows.map(([, place]) => `${digits(place.at, 10)} ${digits(place.generation, 5)} n \n`).join('')}`;
    });
    const value = dictOf({ Size: highest + 1, Prev: table, ...kept });
    text += `xref\n${sections.join('')}trailer\n${writeValue(value)}\n`;
  }
  text += `startxref\n${at}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

const sorted = <T>(places: ReadonlyMap<number, T>): [number, T][] => [...places].sort(([a], [b]) => a - b);

/** The numbers as runs: the first, and how many follow one another. */
function stretches(places: ReadonlyMap<number, unknown>): [first: number, count: number][] {
  const runs: [number, number][] = [];
  for (const [number] of sorted(places)) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === number) last[1] += 1;
    else runs.push([number, 1]);
  }
  return runs;
}

const digits = (number: number, length: number): string => String(number).padStart(length, '0');
const bytesOf = (number: number, length: number): number[] =>
  Array.from({ length }, (_, index) => Math.floor(number / 256 ** (length - 1 - index)) % 256);
