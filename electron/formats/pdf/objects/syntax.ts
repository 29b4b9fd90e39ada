/** The values that a PDF file is made of, as they are written (ISO 32000-2, 7.3). */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfArray | PdfDict;
export type PdfArray = readonly PdfValue[];

/** By keys without their slash. */
export type PdfDict = ReadonlyMap<string, PdfValue>;

export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A string as bytes; what they mean is told by `textOf`. */
export class PdfString {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** Names an object that stands elsewhere in the file. */
export class PdfRef {
  readonly number: number;
  readonly generation: number;
  constructor(number: number, generation: number) {
    this.number = number;
    this.generation = generation;
  }
}

export const isDict = (value: unknown): value is PdfDict => value instanceof Map;

/** What is written is no PDF at that place. */
export class PdfSyntaxError extends Error {
  override name = 'PdfSyntaxError';
}

/** How deep arrays and dictionaries are nested at most. */
const DEPTH = 100;

const isWhite = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0x00;
const isDelimiter = (byte: number): boolean => '()<>[]{}/%'.includes(String.fromCharCode(byte));

/** Reads values one after the other. */
export class PdfParser {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** Past white space and comments. */
  skip(): void {
    for (; this.at < this.#bytes.length; this.at++) {
      const byte = this.#byte();
      if (byte === 0x25) while (this.at < this.#bytes.length && this.#byte() !== 0x0a && this.#byte() !== 0x0d) this.at++;
      else if (!isWhite(byte)) return;
    }
  }

  /** The next word, of regular characters; empty at a delimiter. */
  word(): string {
    this.skip();
    const start = this.at;
    while (this.at < this.#bytes.length && !isWhite(this.#byte()) && !isDelimiter(this.#byte())) this.at++;
    return latin(this.#bytes.subarray(start, this.at));
  }

  /** Whether this word comes next, which is then passed. */
  takes(word: string): boolean {
    const start = this.at;
    if (this.word() === word) return true;
    this.at = start;
    return false;
  }

  value(depth = DEPTH): PdfValue {
    if (depth === 0) throw this.#error('is nested too deep');
    this.skip();
    switch (this.#byte()) {
      case 0x2f:
        return this.#name();
      case 0x28:
        return this.#literal();
      case 0x5b:
        return this.#array(depth);
      case 0x3c:
        return this.#bytes[this.at + 1] === 0x3c ? this.#dict(depth) : this.#hexadecimal();
    }
    const word = this.word();
    if (word === 'null' || word === 'true' || word === 'false') return word === 'null' ? null : word === 'true';
    const number = numberOf(word);
    if (number === undefined) throw this.#error(`has “${word.slice(0, 20)}”, which is no value`);
    return this.#reference(word) ?? number;
  }

  /** Where what comes between `stream` and `endstream` begins. */
  streamStart(): number | undefined {
    if (!this.takes('stream')) return undefined;
    if (this.#byte() === 0x0d) this.at++;
    if (this.#byte() === 0x0a) this.at++;
    return this.at;
  }

  #byte(): number {
    return this.#bytes[this.at] ?? 0x20;
  }

  #error(what: string): PdfSyntaxError {
    return new PdfSyntaxError(`The file ${what} at byte ${this.at}`);
  }

  /** A number that two more words make a reference of. */
  #reference(word: string): PdfRef | undefined {
    if (!/^\d{1,10}$/.test(word)) return undefined;
    const start = this.at;
    const generation = this.word();
    if (/^\d{1,5}$/.test(generation) && this.word() === 'R') return new PdfRef(Number(word), Number(generation));
    this.at = start;
    return undefined;
  }

  #name(): PdfName {
    this.at++;
    const start = this.at;
    while (this.at < this.#bytes.length && !isWhite(this.#byte()) && !isDelimiter(this.#byte())) this.at++;
    const written = latin(this.#bytes.subarray(start, this.at));
    return new PdfName(written.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))));
  }

  #array(depth: number): PdfArray {
    this.at++;
    const values: PdfValue[] = [];
    for (;;) {
      this.skip();
      if (this.at >= this.#bytes.length) throw this.#error('ends within a list');
      if (this.#byte() === 0x5d) break;
      values.push(this.value(depth - 1));
    }
    this.at++;
    return values;
  }

  #dict(depth: number): PdfDict {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skip();
      if (this.#byte() === 0x3e) break;
      const key = this.value(depth - 1);
      if (!(key instanceof PdfName)) throw this.#error('has a dictionary with a key that is no name');
      entries.set(key.name, this.value(depth - 1));
    }
    this.at += 2;
    return entries;
  }

  #hexadecimal(): PdfString {
    const end = this.#bytes.indexOf(0x3e, this.at);
    if (end === -1) throw this.#error('ends within a string');
    const digits = latin(this.#bytes.subarray(this.at + 1, end)).replace(/[^0-9a-f]/gi, '');
    this.at = end + 1;
    return new PdfString(
      Uint8Array.from({ length: Math.ceil(digits.length / 2) }, (_, index) =>
        Number.parseInt(digits.slice(2 * index, 2 * index + 2).padEnd(2, '0'), 16),
      ),
    );
  }

  #literal(): PdfString {
    this.at++;
    const bytes: number[] = [];
    for (let open = 1; ; this.at++) {
      if (this.at >= this.#bytes.length) throw this.#error('ends within a string');
      const byte = this.#byte();
      if (byte === 0x5c) {
        const escaped = this.#escape();
        if (escaped !== undefined) bytes.push(escaped);
        continue;
      }
      if (byte === 0x28) open++;
      if (byte === 0x29) open--;
      if (open === 0) break;
      bytes.push(byte);
    }
    this.at++;
    return new PdfString(Uint8Array.from(bytes));
  }

  /** What a backslash and what follows it stand for; leaves at the last byte of it. */
  #escape(): number | undefined {
    this.at++;
    const byte = this.#byte();
    if (byte === 0x0d && this.#bytes[this.at + 1] === 0x0a) this.at++;
    if (byte === 0x0d || byte === 0x0a) return undefined;
    const [octal] = /^[0-7]{1,3}/.exec(latin(this.#bytes.subarray(this.at, this.at + 3))) ?? [];
    if (octal === undefined) return ESCAPES.get(byte) ?? byte;
    this.at += octal.length - 1;
    return Number.parseInt(octal, 8) & 0xff;
  }
}

const ESCAPES = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);

function numberOf(word: string): number | undefined {
  return /^[+-]*(?:\d+\.?\d*|\.\d+)/.test(word) ? Number.parseFloat(word.replace(/^[+-]*(?=[+-])/, '')) : undefined;
}

/** Each byte as the character of that number. */
export const latin = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** What a string says: UTF-16 or UTF-8 with its mark, else PDFDocEncoding, taken as Latin 1, from which it differs in quotes and dashes alone. */
export function textOf({ bytes }: PdfString): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes);
  return latin(bytes);
}

/** A text as a string: in ASCII where that is enough, else in UTF-16 with its mark. */
export function stringOf(text: string): PdfString {
  if (/^[\t\n\r -~]*$/.test(text)) return new PdfString(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  const bytes = new Uint8Array(2 + 2 * text.length);
  bytes.set([0xfe, 0xff]);
  for (let at = 0; at < text.length; at++) bytes.set([text.charCodeAt(at) >> 8, text.charCodeAt(at) & 0xff], 2 + 2 * at);
  return new PdfString(bytes);
}

/** A dictionary of what is not `undefined`. */
export const dictOf = (entries: Readonly<Record<string, PdfValue | undefined>>): PdfDict =>
  new Map(Object.entries(entries).filter((entry): entry is [string, PdfValue] => entry[1] !== undefined));

/** A value as it is written in a file, in ASCII. */
export function writeValue(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (value instanceof PdfName) return writeName(value.name);
  if (value instanceof PdfString) return `<${Buffer.from(value.bytes).toString('hex')}>`;
  if (value instanceof PdfRef) return `${value.number} ${value.generation} R`;
  if (isDict(value)) return `<<${[...value].map(([key, each]) => `${writeName(key)} ${writeValue(each)}`).join('\n')}>>`;
  return `[${value.map(writeValue).join(' ')}]`;
}

/** There is no exponent in a PDF. */
const writeNumber = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(0) : value.toFixed(Math.abs(value) < 1e-3 ? 10 : 6).replace(/\.?0+$/, '');

const writeName = (name: string): string =>
  `/${name.replace(/[^!$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g, (letter) => `#${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
