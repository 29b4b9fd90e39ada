import { promisify } from 'node:util';
import { createGunzip, gunzip, gzip } from 'node:zlib';
import { type ArchivedVersion, archivedVersionSchema, documentIdSchema, isDocumentId } from '#model';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Bytes of an unpacked archive: a small file may unpack to more than there is memory. */
const LONGEST = 256 * 1_048_576;

/** The path of a document's archive in the data folder, with `/`. */
export const archiveName = (id: string): string => `history/${documentIdSchema.parse(id)}.jsonl.gz`;

/** The document whose archive has this path in the data folder; `undefined` for every other file. */
export function archiveIdOf(name: string): string | undefined {
  const [, id] = /^history\/([^/]+)\.jsonl\.gz$/.exec(name) ?? [];
  return id !== undefined && isDocumentId(id) ? id : undefined;
}

/**
 * Packs versions as a gzip member (RFC 1952), one version a line. Members one after the other are an archive again; each begins with an end
 * of line, since the one before it may have been cut off within a line.
 */
export const packVersions = (versions: readonly ArchivedVersion[]): Promise<Buffer> =>
  compress(Buffer.from(`\n${versions.map((version) => `${JSON.stringify(version)}\n`).join('')}`));

/** The versions in an archive, each once, in the order in which they came. Throws the error of zlib when it is damaged. */
export async function unpackVersions(bytes: Uint8Array): Promise<ArchivedVersion[]> {
  return parseVersions((await decompress(bytes, { maxOutputLength: LONGEST })).toString());
}

/** Whether `unpackVersions` threw this because the bytes are not as they were written. */
export const isDamage = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');

/** What can still be read of a damaged archive: the versions before the damage. */
export async function salvageVersions(bytes: Uint8Array): Promise<ArchivedVersion[]> {
  const parts: Buffer[] = [];
  const unpacking = createGunzip();
  await new Promise<void>((resolve) => {
    let size = 0;
    unpacking.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= LONGEST) parts.push(part);
    });
    unpacking.on('end', resolve);
    unpacking.on('error', () => resolve());
    unpacking.end(bytes);
  });
  return parseVersions(Buffer.concat(parts).toString());
}

/** Those of `versions` that are not among `known`: of one note, of the same moment, with the same words. */
export function withoutKnown(versions: readonly ArchivedVersion[], known: readonly ArchivedVersion[]): ArchivedVersion[] {
  const keys = new Set(known.map(keyOf));
  return versions.filter((version) => !keys.has(keyOf(version)));
}

const keyOf = ({ noteId, version: { at, colour, body, tags } }: ArchivedVersion): string =>
  JSON.stringify([noteId, at, colour, body, tags]);

function parseVersions(text: string): ArchivedVersion[] {
  const found = new Map<string, ArchivedVersion>();
  for (const line of text.split('\n')) {
    const parsed = archivedVersionSchema.safeParse(parseJson(line));
    if (parsed.success && !found.has(keyOf(parsed.data))) found.set(keyOf(parsed.data), parsed.data);
  }
  return [...found.values()];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
