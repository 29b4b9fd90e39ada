import { allowedEmbeddedImages } from '#model';

/** A page that was saved with its pictures in one file, as mail has them (RFC 2557). */
export interface WebArchive {
  /** The page itself, and its encoding where that is stated. */
  html: Uint8Array;
  charset: string | undefined;
  /** Where it was saved from. */
  address: string | undefined;
  /** The picture of an address as the page writes it, as a `data:` address; `undefined` where it is not in the file. */
  pictureAt(address: string): string | undefined;
}

interface Part {
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

/** Bytes at the beginning of a file in which its headers end. */
const LONGEST_HEADERS = 64 * 1024;
/** Parts that are looked at. */
const MOST_PARTS = 5_000;

/** Takes a web archive apart; `undefined` for a file that is none. */
export function readWebArchive(bytes: Uint8Array): WebArchive | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!/^[\w-]+:[^\n]*\n/.test(file.toString('latin1', 0, 1_000))) return undefined;
  const whole = partOf(file);
  const boundary = /^multipart\/related\b/i.test(whole.headers.get('content-type') ?? '')
    ? parameterOf(whole.headers.get('content-type'), 'boundary')
    : undefined;
  if (boundary === undefined) return undefined;
  const parts = partsOf(whole.body, `--${boundary}`);
  const root = parts.find(({ headers }) => /^(?:text\/html|application\/xhtml\+xml)\b/i.test(headers.get('content-type') ?? ''));
  if (!root) return undefined;
  const address = root.headers.get('content-location') ?? whole.headers.get('snapshot-content-location');
  const pictures = new Map<string, Part>();
  for (const part of parts) {
    const id = part.headers.get('content-id')?.replace(/^<|>$/g, '');
    const location = part.headers.get('content-location');
    if (id !== undefined) pictures.set(`cid:${id}`, part);
    if (location !== undefined) pictures.set(location, part);
  }
  return {
    html: contentOf(root),
    charset: parameterOf(root.headers.get('content-type'), 'charset')?.toLowerCase(),
    address,
    pictureAt(written) {
      const resolved = address !== undefined && URL.canParse(written, address) ? new URL(written, address).href : written;
      const part = pictures.get(written) ?? pictures.get(resolved);
      const type = /^[^;\s]*/.exec(part?.headers.get('content-type') ?? '')?.[0].toLowerCase() ?? '';
      return part && allowedEmbeddedImages.has(type) ? `data:${type};base64,${contentOf(part).toString('base64')}` : undefined;
    },
  };
}

/** Headers, the lines of a long one joined, and what follows them. */
function partOf(bytes: Buffer): Part {
  const start = bytes.toString('latin1', 0, LONGEST_HEADERS);
  const end = /\r?\n\r?\n/.exec(start);
  const headers = new Map<string, string>();
  for (const line of start
    .slice(0, end?.index ?? 0)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers.set(name.toLowerCase(), value.trim());
  }
  return { headers, body: end ? bytes.subarray(end.index + end[0].length) : bytes.subarray(bytes.length) };
}

/** What stands between the lines that are the boundary. */
function partsOf(body: Buffer, boundary: string): Part[] {
  const parts: Part[] = [];
  let at = body.indexOf(boundary);
  while (at >= 0 && parts.length < MOST_PARTS) {
    const start = body.indexOf('\n', at);
    const next = body.indexOf(`\n${boundary}`, at + boundary.length);
    if (start < 0 || body.toString('latin1', at + boundary.length, at + boundary.length + 2) === '--') break;
    parts.push(partOf(body.subarray(start + 1, next < 0 ? body.length : next)));
    at = next < 0 ? -1 : next + 1;
  }
  return parts;
}

function contentOf({ headers, body }: Part): Buffer {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64');
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(body) : body;
}

/** RFC 2045, 6.7: `=` and two digits are a byte, `=` at the end of a line joins it to the next. */
function decodeQuotedPrintable(body: Buffer): Buffer {
  const decoded = Buffer.alloc(body.length);
  let length = 0;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index] ?? 0;
    if (byte !== 0x3d) {
      decoded[length++] = byte;
      continue;
    }
    const rest = body.toString('latin1', index + 1, index + 3);
    if (/^[\dA-Fa-f]{2}$/.test(rest)) decoded[length++] = Number.parseInt(rest, 16);
    else if (!/^\r?\n/.test(rest)) {
      decoded[length++] = byte;
      continue;
    }
    index += rest.startsWith('\n') ? 1 : 2;
  }
  return decoded.subarray(0, length);
}

/** A parameter of a header, such as `charset`. */
const parameterOf = (header: string | undefined, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(header ?? '');
  return found?.[1] ?? found?.[2];
};
