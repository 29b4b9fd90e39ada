import { inflateSync } from 'node:zlib';
import { PDF_END } from '#model';
import { isDict, latin, type PdfDict, PdfName, PdfParser, PdfRef, PdfSyntaxError, type PdfValue } from './syntax';

/** The objects of a PDF, found by its table of them (ISO 32000-2, 7.5), as it was saved last. */
export interface PdfObjects {
  /** The newest trailer. */
  trailer: PdfDict;
  /** One more than the highest number of an object. */
  size: number;
  /** Where the newest table stands, as the file counts, and whether that is a stream. */
  table: number;
  isStream: boolean;
  /** Bytes before `%PDF`, which the file does not count. */
  base: number;
  /** An object, or what a reference leads to; `null` where there is none. Throws `PdfSyntaxError`. */
  get(value: PdfValue | undefined): PdfValue;
}

/** The bytes of a file, as far as they are there. */
export interface FileBytes {
  /** Bytes of the whole file. */
  readonly length: number;
  /** From a byte on as many as are there, at least so many or all to the end; throws where they are not there. */
  from(at: number, least: number): Uint8Array;
}

/** Where an object stands: at a byte, or within a stream of objects. */
type Place = { at: number } | { within: number };

/** Where objects begin in a stream of them. */
interface StreamOfObjects {
  content: Uint8Array;
  starts: ReadonlyMap<number, number>;
}

interface Table {
  places: Map<number, Place | undefined>;
  trailer: PdfDict;
  isStream: boolean;
}

/** Tables that are older versions of one another, at most. */
const MOST_TABLES = 1000;
/** Bytes of all tables and streams of objects, so that a file cannot fill the memory. */
const MOST_UNPACKED = 256 * 1024 * 1024;
/** References that lead to one another. */
const MOST_STEPS = 32;
const NO_PLACE = -1;
/** Bytes that are looked at first for what begins somewhere, and how much more of them when that goes on beyond. */
const AHEAD = 16 * 1024;
const MORE = 4;
/** Bytes at the end of those in which a value may have been cut: the longest number, and what makes a reference of it. */
const CUT = 32;

/** Finds the objects of a PDF. Throws `PdfSyntaxError` where its tables are damaged (a program that repairs them would have to guess), and what `from` throws. */
export function openObjects(file: Uint8Array | FileBytes): PdfObjects {
  const bytes: FileBytes = file instanceof Uint8Array ? { length: file.length, from: (at) => file.subarray(at) } : file;
  const base = Math.max(0, latin(bytes.from(0, START).subarray(0, START)).indexOf('%PDF-'));
  let unpacked = 0;
  const inflate = (packed: Uint8Array): Uint8Array => {
    try {
      const inflated = inflateSync(packed, { maxOutputLength: MOST_UNPACKED - unpacked });
      unpacked += inflated.length;
      return inflated;
    } catch (cause) {
      throw new PdfSyntaxError('The file has a stream that cannot be unpacked', { cause });
    }
  };

  const places = new Map<number, Place | undefined>();
  const table = startOfTable(bytes);
  const newest = readTable(table);
  const seen = new Set([table]);
  for (let next: Table | undefined = newest; next; ) {
    addPlaces(next.places);
    const hybrid = next.trailer.get('XRefStm');
    if (typeof hybrid === 'number' && !seen.has(hybrid)) {
      seen.add(hybrid);
      addPlaces(readTable(hybrid).places);
    }
    const before: PdfValue | undefined = next.trailer.get('Prev');
    if (typeof before !== 'number' || seen.has(before) || seen.size > MOST_TABLES) break;
    seen.add(before);
    next = readTable(before);
  }
  const streams = new Map<number, StreamOfObjects>();
  const stated = newest.trailer.get('Size');
  const highest = places.keys().reduce((most, number) => Math.max(most, number), 0);

  return {
    trailer: newest.trailer,
    size: Math.max(typeof stated === 'number' ? stated : 0, highest + 1),
    table,
    isStream: newest.isStream,
    base,
    get: (value) => resolve(value),
  };

  function addPlaces(more: ReadonlyMap<number, Place | undefined>): void {
    for (const [number, place] of more) if (!places.has(number)) places.set(number, place);
  }

  function resolve(value: PdfValue | undefined): PdfValue {
    let found = value ?? null;
    for (let step = 0; found instanceof PdfRef; step++) {
      if (step === MOST_STEPS) throw new PdfSyntaxError('The file has references that lead to each other');
      found = read(found.number);
    }
    return found;
  }

  function read(number: number): PdfValue {
    const place = places.get(number);
    if (!place) return null;
    if ('at' in place) return readAt(place.at, number).value;
    const within = places.get(place.within);
    if (!within || !('at' in within)) throw new PdfSyntaxError(`The file has no stream of objects ${place.within}`);
    const stream = streams.get(place.within) ?? readStreamOfObjects(within.at, place.within);
    streams.set(place.within, stream);
    const start = stream.starts.get(number);
    return start === undefined ? null : new PdfParser(stream.content, start).value();
  }

  /** Reads what begins at a byte. */
  function readFrom<T>(at: number, read: (parser: PdfParser) => T): T {
    for (let least = AHEAD; ; least *= MORE) {
      const here = bytes.from(at, least);
      const parser = new PdfParser(here);
      const isCut = (): boolean => at + here.length < bytes.length && parser.at > here.length - CUT;
      try {
        const found = read(parser);
        if (!isCut()) return found;
      } catch (error) {
        if (!isCut()) throw error;
      }
    }
  }

  /** The object at a byte, and where in the file its stream begins, if it has one. */
  function readAt(at: number, number: number): { value: PdfValue; stream: number | undefined } {
    return readFrom(base + at, (parser) => {
      const found = Number(parser.word());
      parser.word();
      if (!parser.takes('obj') || (number !== NO_PLACE && found !== number))
        throw new PdfSyntaxError(`The file has no object at byte ${at}`);
      const value = parser.value();
      const stream = isDict(value) ? parser.streamStart() : undefined;
      return { value, stream: stream === undefined ? undefined : base + at + stream };
    });
  }

  function unpack(dict: PdfDict, start: number): Uint8Array {
    const length = dict.get('Length');
    // Where an object says how long it is, that must not stand within a stream that is being read.
    const end = typeof length === 'number' ? length : length instanceof PdfRef ? lengthAt(length.number) : 0;
    const packed = bytes.from(start, end).subarray(0, end);
    const filters = [resolve(dict.get('Filter'))].flat().map((filter) => (filter instanceof PdfName ? filter.name : ''));
    if (filters.length === 1 && filters[0] === '') return packed;
    if (filters.length !== 1 || !['FlateDecode', 'Fl'].includes(filters[0] ?? ''))
      throw new PdfSyntaxError('The file packs its table in another way');
    return unpredict(inflate(packed), resolve([resolve(dict.get('DecodeParms'))].flat()[0]));
  }

  function lengthAt(number: number): number {
    const place = places.get(number);
    const length = place && 'at' in place ? readAt(place.at, number).value : undefined;
    if (typeof length !== 'number') throw new PdfSyntaxError('The file has a stream of which nothing tells the length');
    return length;
  }

  function readStreamOfObjects(at: number, number: number): StreamOfObjects {
    const { value, stream } = readAt(at, number);
    const [count, first] = isDict(value) ? [value.get('N'), value.get('First')] : [];
    if (!isDict(value) || stream === undefined || typeof count !== 'number' || typeof first !== 'number')
      throw new PdfSyntaxError(`The file has no stream of objects at byte ${at}`);
    const content = unpack(value, stream);
    const head = new PdfParser(content);
    // By number: where there are very many, their places among each other are told wrongly.
    const starts = new Map<number, number>();
    for (let index = 0; index < count && head.at < first; index++) {
      const within = Number(head.word());
      starts.set(within, first + Number(head.word()));
    }
    return { content, starts };
  }

  function readTable(at: number): Table {
    if (at < 0 || base + at >= bytes.length) throw new PdfSyntaxError('The file has no table of its objects');
    return readFrom(base + at, (parser) => (parser.takes('xref') ? readClassic(parser) : undefined)) ?? readStream(at);
  }

  function readClassic(parser: PdfParser): Table {
    const found = new Map<number, Place | undefined>();
    while (!parser.takes('trailer')) {
      const [first, count] = [wholeNumber(parser.word()), wholeNumber(parser.word())];
      for (let index = 0; index < count; index++) {
        const at = wholeNumber(parser.word());
        parser.word();
        const kind = parser.word();
        if (kind !== 'n' && kind !== 'f') throw new PdfSyntaxError('The file’s table of objects is damaged');
        found.set(first + index, kind === 'n' && at > 0 ? { at } : undefined);
      }
    }
    const trailer = parser.value();
    if (!isDict(trailer)) throw new PdfSyntaxError('The file has no trailer');
    return { places: found, trailer, isStream: false };
  }

  function readStream(at: number): Table {
    const { value: dict, stream } = readAt(at, NO_PLACE);
    const widths = isDict(dict) ? dict.get('W') : undefined;
    if (!isDict(dict) || stream === undefined || !Array.isArray(widths)) throw new PdfSyntaxError('The file has no table of its objects');
    const content = unpack(dict, stream);
    const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths.map((width) => Math.min(8, Math.max(0, Number(width) || 0)));
    const size = typeWidth + secondWidth + thirdWidth;
    const index = (dict.get('Index') as readonly number[] | undefined) ?? [0, Number(dict.get('Size') ?? 0)];
    const found = new Map<number, Place | undefined>();
    let row = 0;
    const field = (from: number, width: number): number =>
      content.subarray(row + from, row + from + width).reduce((number, byte) => number * 256 + byte, 0);
    for (let pair = 0; pair + 1 < index.length; pair += 2) {
      const first = Number(index[pair]);
      for (let number = first; number < first + Number(index[pair + 1]) && row + size <= content.length; number++, row += size) {
        const type = typeWidth === 0 ? 1 : field(0, typeWidth);
        const second = field(typeWidth, secondWidth);
        found.set(number, type === 1 ? { at: second } : type === 2 ? { within: second } : undefined);
      }
      if (size === 0) break;
    }
    return { places: found, trailer: dict, isStream: true };
  }
}

/** Bytes at the beginning of a file in which it says what it is. */
const START = 1024;

function startOfTable(bytes: FileBytes): number {
  const end = latin(bytes.from(Math.max(0, bytes.length - PDF_END), PDF_END));
  const [, at] = /^startxref\s+(\d+)/.exec(end.slice(Math.max(0, end.lastIndexOf('startxref')))) ?? [];
  if (at === undefined) throw new PdfSyntaxError('The file does not say where the table of its objects is');
  return Number(at);
}

function wholeNumber(word: string): number {
  if (!/^\d{1,10}$/.test(word)) throw new PdfSyntaxError('The file’s table of objects is damaged');
  return Number(word);
}

/** Takes back what a predictor of PNG did to rows of bytes (ISO 32000-2, 7.4.4.4). */
function unpredict(bytes: Uint8Array, parms: PdfValue): Uint8Array {
  const predictor = isDict(parms) ? Number(parms.get('Predictor') ?? 1) : 1;
  if (predictor === 1 || !isDict(parms)) return bytes;
  if (predictor < 10 || Number(parms.get('Colors') ?? 1) !== 1 || Number(parms.get('BitsPerComponent') ?? 8) !== 8)
    throw new PdfSyntaxError('The file packs its table in another way');
  const columns = Number(parms.get('Columns') ?? 1);
  const rows = Math.ceil(bytes.length / (columns + 1));
  const plain = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const type = bytes[row * (columns + 1)] ?? 0;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = column > 0 ? (plain[at - 1] ?? 0) : 0;
      const above = row > 0 ? (plain[at - columns] ?? 0) : 0;
      const corner = column > 0 && row > 0 ? (plain[at - columns - 1] ?? 0) : 0;
      const guessed = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][type] ?? 0;
      plain[at] = (bytes[row * (columns + 1) + 1 + column] ?? 0) + guessed;
    }
  }
  return plain;
}

/** The one of three neighbours that is nearest to what they suggest (PNG, 9.4). */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
}
