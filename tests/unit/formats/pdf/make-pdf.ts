import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** A line of a page: where it begins, in points from the lower left corner. */
export interface PlacedLine {
  text: string;
  x: number;
  y: number;
  /** Points; 10 when it is not given. */
  size?: number;
  /** Is written upwards. */
  isTurned?: boolean;
}

interface PdfOptions {
  info?: Readonly<Record<string, string>>;
  /** Entries of the outline, each with its page counted from 0. */
  outline?: readonly { title: string; page: number }[];
  /** The ranges of page labels, as a number tree has them (ISO 32000-2, 12.4.2). */
  labels?: string;
  /** What is written or marked on each page: dictionaries, in which `{n}` (from 0) stands for the reference to another one of the file. */
  annotations?: readonly (readonly string[])[];
  /** Degrees by which all pages are turned. */
  rotate?: number;
  /** Of pages that are not 400 points wide. */
  widths?: readonly number[];
  /** The table of objects is a stream, and most objects are packed in another. */
  isPacked?: boolean;
  /** With which it is encrypted. */
  password?: string;
  /** What all of its pages are coloured with: red, green and blue, 0 to 1; else they are white. */
  ground?: readonly [number, number, number];
  /** The dictionary of its font, where that is another than Helvetica. */
  font?: string;
}

/** A font of drawings, which says of none of its letters which one it is (ISO 32000-2, 9.6.4), as programs make them of the bitmaps of older papers. */
export const UNNAMED_FONT = `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << >> /Encoding << /Type /Encoding /Differences [] >> /Resources << >> /FirstChar 0 /LastChar 255 /Widths [${'0.5 '.repeat(256)}] >>`;

/** A PDF of these pages, 400 by 600 points unless it is said otherwise, with letters of Latin 1 in Helvetica: as small as one can be. */
export function makePdf(
  pages: readonly (readonly PlacedLine[])[],
  {
    info = {},
    outline = [],
    labels,
    annotations = [],
    rotate = 0,
    widths = [],
    isPacked = false,
    password,
    font: ownFont,
    ground,
  }: PdfOptions = {},
): Uint8Array {
  const objects: string[] = [];
  const add = (content: string): string => `${objects.push(content)} 0 R`;
  const cipher = password === undefined ? undefined : createCipher(password);
  /** For what is added next. */
  const encrypt = (bytes: string): string => cipher?.encrypt(bytes, objects.length + 1) ?? bytes;
  const literal = (text: string): string => `(${encrypt(text).replace(/[\\()\r\n]/g, escapeSign)})`;
  const catalog = add('');
  const tree = add('');
  const font = add(ownFont ?? '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const marks = annotations.map((onPage) => onPage.map(() => add('')));
  for (const [page, onPage] of annotations.entries())
    for (const [index, dict] of onPage.entries()) {
      const ref = marks[page]?.[index] ?? '';
      objects[Number.parseInt(ref, 10) - 1] =
        `<< /Type /Annot ${dict.replace(/\{(\d+)\}/g, (_, n: string) => marks.flat()[Number(n)] ?? 'null')} >>`;
    }
  const kids = pages.map((lines, page) => {
    const painted = ground ? [`${ground.join(' ')} rg 0 0 ${widths[page] ?? 400} 600 re f 1 1 1 rg`] : [];
    const written = lines.map(
      ({ text, x, y, size = 10, isTurned }) =>
        `BT /F ${size} Tf ${isTurned ? '0 1 -1 0' : '1 0 0 1'} ${x} ${y} Tm (${text.replace(/[\\()]/g, escapeSign)}) Tj ET`,
    );
    const content = encrypt([...painted, ...written].join('\n'));
    const stream = add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    return add(
      `<< /Type /Page /Parent ${tree} /MediaBox [0 0 ${widths[page] ?? 400} 600] ${rotate === 0 ? '' : `/Rotate ${rotate}`} ${marks[page] ? `/Annots [${marks[page].join(' ')}]` : ''} /Resources << /Font << /F ${font} >> >> /Contents ${stream} >>`,
    );
  });
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`;
  const entries = outline.map(({ title, page }) => ({ title, page: kids[page] ?? kids[0] ?? tree }));
  const root = entries.length > 0 ? add('') : undefined;
  const first = objects.length + 1;
  for (const [index, { title, page }] of entries.entries()) {
    const next = index + 1 < entries.length ? `/Next ${first + index + 1} 0 R` : '';
    add(`<< /Title ${literal(title)} /Parent ${root} /Dest [${page} /Fit] ${next} >>`);
  }
  if (root) objects[first - 2] = `<< /First ${first} 0 R /Last ${first + entries.length - 1} 0 R /Count ${entries.length} >>`;
  objects[0] = `<< /Type /Catalog /Pages ${tree} ${root ? `/Outlines ${root}` : ''} ${labels ? `/PageLabels << /Nums ${labels} >>` : ''} >>`;
  const about = add(
    `<< ${Object.entries(info)
      .map(([name, value]) => `/${name} ${literal(value)}`)
      .join(' ')} >>`,
  );
  const lock = cipher ? `/Encrypt ${add(cipher.dictionary)} /ID [<41> <41>]` : '';
  const trailer = `/Root ${catalog} /Info ${about} ${lock}`;
  return isPacked ? writePacked(objects, trailer) : write(objects, trailer);
}

const escapeSign = (sign: string): string => (sign === '\r' ? '\\r' : sign === '\n' ? '\\n' : `\\${sign}`);

/** What is added to a password, or stands for it (ISO 32000-1, 7.6.3.3). */
const PADDING = Buffer.from('28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A', 'hex');

/** The standard security handler in its first revision: RC4 with 40 bits. */
function createCipher(password: string): { dictionary: string; encrypt(bytes: string, object: number): string } {
  const owner = Buffer.alloc(32, 'A');
  const permissions = Buffer.from([0xfc, 0xff, 0xff, 0xff]);
  const padded = Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);
  const key = md5(padded, owner, permissions, Buffer.from('A')).subarray(0, 5);
  return {
    dictionary: `<< /Filter /Standard /V 1 /R 2 /O <${owner.toString('hex')}> /U <${rc4(key, PADDING).toString('hex')}> /P -4 >>`,
    encrypt(bytes, object) {
      const own = md5(key, Buffer.from([object & 255, object >> 8, 0, 0, 0])).subarray(0, 10);
      return rc4(own, Buffer.from(bytes, 'latin1')).toString('latin1');
    },
  };
}

const md5 = (...parts: Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();

function rc4(key: Buffer, bytes: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number): void => {
    [state[one], state[other]] = [state[other] ?? 0, state[one] ?? 0];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return bytes.map((byte) => {
    i = (i + 1) & 255;
    j = (j + (state[i] ?? 0)) & 255;
    swap(i, j);
    return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0);
  }) as Buffer;
}

function write(objects: readonly string[], trailer: string): Uint8Array {
  let file = '%PDF-1.7\n';
  const places = objects.map((content, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${content}\nendobj\n`;
    return place;
  });
  const table = ['0000000000 65535 f ', ...places.map((place) => `${String(place).padStart(10, '0')} 00000 n `)].join('\n');
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n${table}\ntrailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, 'latin1'));
}

/** The same with a table that is a stream with a predictor, and all that is no stream within one. */
function writePacked(objects: readonly string[], trailer: string): Uint8Array {
  let file = '%PDF-1.7\n';
  const [within, table] = [objects.length + 1, objects.length + 2];
  const packed = objects.flatMap((content, index) => (content.includes('stream') ? [] : [{ number: index + 1, content }]));
  const rows: number[][] = [[0, 0, 0]];
  const put = (number: number, dict: string, stream?: Buffer): void => {
    rows[number] = [1, file.length, 0];
    file += `${number} 0 obj\n${dict}\n${stream ? `stream\n${stream.toString('latin1')}\nendstream\n` : ''}endobj\n`;
  };
  for (const [index, content] of objects.entries()) if (content.includes('stream')) put(index + 1, content);
  const starts = packed.map((_, index) => packed.slice(0, index).reduce((sum, { content }) => sum + content.length + 1, 0));
  const head = packed.map(({ number }, index) => `${number} ${starts[index]}`).join(' ');
  const body = deflateSync(Buffer.from(`${head} ${packed.map(({ content }) => content).join('\n')}`, 'latin1'));
  const parms = `/N ${packed.length} /First ${head.length + 1} /Filter /FlateDecode /Length ${body.length}`;
  put(within, `<< /Type /ObjStm ${parms} >>`, body);
  for (const [index, { number }] of packed.entries()) rows[number] = [2, within, index];
  const start = file.length;
  rows[table] = [1, start, 0];
  let above = [0, 0, 0, 0];
  const bytes = rows.flatMap(([type = 0, second = 0, third = 0]) => {
    const row = [type, second >> 8, second & 0xff, third];
    const coded = [2, ...row.map((byte, column) => (byte - (above[column] ?? 0) + 256) % 256)];
    above = row;
    return coded;
  });
  const content = deflateSync(Buffer.from(bytes));
  const filter = '/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>';
  put(table, `<< /Type /XRef /Size ${table + 1} /W [1 2 1] ${filter} /Length ${content.length} ${trailer} >>`, content);
  return new Uint8Array(Buffer.from(`${file}startxref\n${start}\n%%EOF\n`, 'latin1'));
}

/** Lines one below the other, 12 points apart. */
export const below = (x: number, y: number, lines: readonly string[], size = 10): PlacedLine[] =>
  lines.map((text, index) => ({ text, x, y: y - index * 1.2 * size, size }));
