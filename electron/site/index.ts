import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EmbeddedFile, OpenBytes } from '../formats/format';
import { readRange } from '../storage/read-range';
import { bundleMediaType, imageMediaType, playedMediaType } from './media-types';
import { piecesOf } from './pieces';
import { type ByteRange, rangesIn } from './range';
import { bundlePolicy, closedPolicy, commonHeaders, imagePolicy, pagePolicy } from './security';

export interface SiteRequest {
  method: string;
  /** The path of the URL, still percent-encoded, without query or fragment. */
  path: string;
  /** What stands after the `?`. */
  query?: string;
  /** The `Range` header. */
  range?: string | undefined;
}

export interface SiteResponse {
  status: number;
  headers: Record<string, string>;
  /** What comes piece by piece is taken as fast as it can be sent; whoever does not take all of it calls `return`. */
  body: Uint8Array | string | AsyncIterableIterator<Uint8Array>;
}

/** Something of a document, or why it cannot be had: a code and a sentence for the reader. */
type DocumentAnswer<T> = { ok: true; value: T } | { ok: false; failure: { code: string; message: string } };

export interface SiteOptions {
  /** The renderer's bundle, absolute. */
  bundleFolder: string;
  /** The checked absolute path of an image, sound or film beside a document, or `undefined` (see `Library.assetPath`). */
  assetPath(documentId: string, relative: string): Promise<string | undefined>;
  /** See `Library.cover`. */
  cover(documentId: string): Promise<EmbeddedFile | undefined>;
  /** See `Library.embedded`. */
  embedded(documentId: string, rawHash: string, path: string): Promise<EmbeddedFile | undefined>;
  /** The parts of a document whose file holds `rawHash`, or whatever it holds now, as NDJSON (see `Core.documentLines`). */
  documentLines(
    documentId: string,
    rawHash: string | undefined,
    unlockKey: string | undefined,
  ): Promise<DocumentAnswer<AsyncIterableIterator<Uint8Array>>>;
  /** A document's file that holds `rawHash`. */
  documentFile(documentId: string, rawHash: string): Promise<DocumentAnswer<OpenBytes>>;
}

/** What both hosts serve: the page with a nonce for each load, its bundle, documents, and what they show or play from beside them. */
export interface Site {
  respond(request: SiteRequest): Promise<SiteResponse>;
  /** Whether a path is that of the page or of a file of its bundle: these hold nothing of the reader's. */
  isBundled(urlPath: string): boolean;
  /** Lists the bundle's files again, after it was rebuilt. */
  refresh(): Promise<void>;
}

/** In `index.html`, stands for the nonce. */
const noncePlaceholder = '__NONCE__';

/** Where images, sounds and films in the folders of documents are: `/asset/<document id>/<path relative to the document, percent-encoded as one segment>`. */
const assetPattern = /^\/asset\/([0-9a-z-]{8,64})\/(.+)$/;

/**
 * Where the parts of documents are: `/document/<document id>`, with the hash of the file that they are of (`?hash=<SHA-256>`), and of a protected one with what
 * stands for its password (`&unlock=<key>`); its bytes are in `/file`, its pictures,
 * fonts and sounds in `/embedded`, by where they lie in it (`&path=…`). All but pictures are sent in parts where a part is asked for.
 */
const documentPattern = /^\/document\/([0-9a-z-]{8,64})(\/file|\/embedded)?$/;
/** Where the pictures on covers are: `/cover/<document id>`, with when its file was changed (`?at=<ms>`), which makes another address of another picture. */
const coverPattern = /^\/cover\/([0-9a-z-]{8,64})$/;
const hashPattern = /^[0-9a-f]{64}$/;

/**
 * Bytes that a player is given at once; it asks for what follows when it needs it. It would keep a connection for as long as it is there, and a
 * browser has six of them for all that the window asks: saving a note would wait for films.
 */
const PLAYED_AT_ONCE = 2 * 1_048_576;

/** Lists the bundle; fails when there is none. A request's path is only ever looked up in that list, never opened. */
export async function openSite({ bundleFolder, assetPath, cover, embedded, documentLines, documentFile }: SiteOptions): Promise<Site> {
  let files = await listBundle(bundleFolder);

  const respondWithPage = async (file: string): Promise<SiteResponse> => {
    const nonce = randomBytes(18).toString('base64');
    const page = (await readFile(file, 'utf8')).replaceAll(noncePlaceholder, nonce);
    const headers = {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': pagePolicy(nonce),
      'Cache-Control': 'no-store',
    };
    return answer(200, headers, page);
  };

  const respondWithFile = async (urlPath: string, file: string): Promise<SiteResponse> => {
    const type = bundleMediaType(file);
    if (!type) return notFound();
    // Vite puts a hash of the content into the names under /assets/.
    const cache = urlPath.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
    const headers = { 'Content-Type': type, 'Content-Security-Policy': bundlePolicy(file), 'Cache-Control': cache };
    return answer(200, headers, await readFile(file));
  };

  const respondWithAsset = async ({ range }: SiteRequest, documentId: string, encoded: string): Promise<SiteResponse> => {
    const relative = decode(encoded);
    const file = relative === undefined ? undefined : await assetPath(documentId, relative);
    if (file === undefined) return notFound();
    const played = playedMediaType(file);
    if (played !== undefined) return respondWithBytes(await openBytes(file), played, range, PLAYED_AT_ONCE);
    const type = imageMediaType(file);
    if (type === undefined) return notFound();
    const bytes = await openBytes(file);
    const length = { 'Content-Type': type, 'Content-Length': String(bytes.size) };
    const headers = { ...length, 'Content-Security-Policy': imagePolicy, 'Cache-Control': 'no-cache' };
    return answer(200, headers, piecesOf(bytes, [{ start: 0, end: bytes.size }]));
  };

  const respondWithCover = async (documentId: string): Promise<SiteResponse> => {
    const image = await cover(documentId);
    if (!image) return notFound();
    const headers = {
      'Content-Type': image.mediaType,
      'Content-Security-Policy': imagePolicy,
      'Cache-Control': 'private, max-age=86400',
    };
    return answer(200, headers, image.bytes);
  };

  const respondWithDocument = async (request: SiteRequest, documentId: string, asFile: boolean): Promise<SiteResponse> => {
    if (request.method !== 'GET') return answer(405, { Allow: 'GET', ...plain }, 'Only GET is answered here.\n');
    const said = new URLSearchParams(request.query);
    const hash = said.get('hash') ?? undefined;
    if (hash === undefined ? asFile : !hashPattern.test(hash)) return notFound();
    if (asFile && hash !== undefined) return respondWithFileOf(await documentFile(documentId, hash), request.range);
    const found = await documentLines(documentId, hash, said.get('unlock') ?? undefined);
    return found.ok ? answer(200, { ...plain, 'Content-Type': 'application/x-ndjson' }, found.value) : refuseDocument(found.failure);
  };

  const respondWithFileOf = async (found: DocumentAnswer<OpenBytes>, asked: string | undefined): Promise<SiteResponse> =>
    found.ok ? respondWithBytes(found.value, 'application/octet-stream', asked) : refuseDocument(found.failure);

  /** All bytes, or the stretches of them that are asked for, each at most `most` long: by that players find their way in a sound. */
  const respondWithBytes = async (
    file: OpenBytes,
    type: string,
    asked: string | undefined,
    most = Number.POSITIVE_INFINITY,
  ): Promise<SiteResponse> => {
    const { size } = file;
    const ranges = rangesIn(asked, size)?.map(({ start, end }) => ({ start, end: Math.min(end, start + most) }));
    if (ranges?.length === 0) {
      await file.close();
      return answer(416, { ...plain, 'Content-Range': `bytes */${size}` }, 'The file has no such bytes.\n');
    }
    const headers = { ...plain, 'Accept-Ranges': 'bytes' };
    const [range = { start: 0, end: size }, ...others] = ranges ?? [];
    if (others.length > 0) {
      const boundary = randomBytes(18).toString('hex');
      const parts = [range, ...others].flatMap((each) => [
        latin(`\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(each, size)}\r\n\r\n`),
        each,
      ]);
      const body = piecesOf(file, [...parts, latin(`\r\n--${boundary}--\r\n`)]);
      return answer(206, { ...headers, 'Content-Type': `multipart/byteranges; boundary=${boundary}` }, body);
    }
    const length = { 'Content-Type': type, 'Content-Length': String(range.end - range.start) };
    const body = piecesOf(file, [range]);
    if (!ranges) return answer(200, { ...headers, ...length }, body);
    return answer(206, { ...headers, ...length, 'Content-Range': contentRange(range, size) }, body);
  };

  const respondWithEmbedded = async ({ query, range }: SiteRequest, documentId: string): Promise<SiteResponse> => {
    const said = new URLSearchParams(query);
    const hash = said.get('hash') ?? '';
    const found = hashPattern.test(hash) ? await embedded(documentId, hash, said.get('path') ?? '') : undefined;
    if (!found) return notFound();
    const { mediaType, bytes } = found;
    if (!mediaType.startsWith('image/')) return respondWithBytes(inMemory(bytes), mediaType, range, PLAYED_AT_ONCE);
    return answer(200, { ...plain, 'Content-Type': mediaType, 'Content-Security-Policy': imagePolicy }, bytes);
  };

  const bundled = (urlPath: string): string | undefined => files.get(urlPath === '/' ? '/index.html' : urlPath);

  const find = async (request: SiteRequest): Promise<SiteResponse> => {
    const { path: urlPath } = request;
    const file = bundled(urlPath);
    if (file) return path.basename(file) === 'index.html' ? respondWithPage(file) : respondWithFile(urlPath, file);
    const [, readId, what] = documentPattern.exec(urlPath) ?? [];
    if (readId !== undefined && what === '/embedded') return respondWithEmbedded(request, readId);
    if (readId !== undefined) return respondWithDocument(request, readId, what !== undefined);
    const [, coveredId] = coverPattern.exec(urlPath) ?? [];
    if (coveredId !== undefined) return respondWithCover(coveredId);
    const [, documentId, relative] = assetPattern.exec(urlPath) ?? [];
    return documentId !== undefined && relative !== undefined ? respondWithAsset(request, documentId, relative) : notFound();
  };

  return {
    async respond(request) {
      const { method } = request;
      if (method !== 'GET' && method !== 'HEAD')
        return answer(405, { Allow: 'GET, HEAD', ...plain }, 'Only GET and HEAD are answered here.\n');
      try {
        const response = await find(request);
        if (method === 'GET') return response;
        const { body } = response;
        if (typeof body !== 'string' && !(body instanceof Uint8Array)) await body.return?.();
        return { ...response, body: '' };
      } catch (error) {
        // Gone or unreadable between the list and now.
        if (isFileError(error)) return notFound();
        throw error;
      }
    },
    isBundled: (urlPath) => bundled(urlPath) !== undefined,
    async refresh() {
      files = await listBundle(bundleFolder);
    },
  };
}

/** A file to be read piece by piece: it may be larger than the memory. Rejects with the system's error. */
async function openBytes(file: string): Promise<OpenBytes> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    return { size, read: (start, end) => readRange(handle, start, end), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const inMemory = (bytes: Uint8Array): OpenBytes => ({
  size: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
  close: async () => undefined,
});

/** The bundle's files: from URL path to absolute path. */
async function listBundle(folder: string): Promise<ReadonlyMap<string, string>> {
  // Not `withFileTypes`: inside an asar Electron gives folders as files there.
  const names = await readdir(folder, { recursive: true });
  const places = await Promise.all(
    names.map(async (name) => ({ file: path.join(folder, name), stats: await stat(path.join(folder, name)) })),
  );
  const files = places.filter(({ stats }) => stats.isFile()).map(({ file }) => file);
  return new Map(files.map((file) => [`/${path.relative(folder, file).split(path.sep).map(encodeURIComponent).join('/')}`, file]));
}

const plain = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Security-Policy': closedPolicy, 'Cache-Control': 'no-store' };

const answer = (status: number, headers: Record<string, string>, body: SiteResponse['body']): SiteResponse => ({
  status,
  headers: { ...commonHeaders, ...headers },
  body,
});

const contentRange = ({ start, end }: ByteRange, size: number): string => `bytes ${start}-${end - 1}/${size}`;
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const refuseDocument = ({ code, message }: { code: string; message: string }): SiteResponse =>
  answer(code === 'document-not-found' ? 404 : 409, { ...plain, 'Content-Type': 'application/json' }, JSON.stringify({ code, message }));

const notFound = (): SiteResponse => answer(404, plain, 'There is nothing here.\n');

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

const isFileError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR'].includes(String(error.code));
