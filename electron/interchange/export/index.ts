import { randomUUID } from 'node:crypto';
import {
  type CallsOf,
  type ColourNames,
  type EventPayload,
  type ExportFormat,
  type ExportPreview,
  type ExportRequest,
  fail,
  isOfCopies,
  ok,
  type PreparedExport,
  type Result,
} from '#api';
import type { Log } from '../../log';
import type { Pause } from '../../pacing';
import { describePart } from '../facts';
import { type ExportSource, type SelectedDocument, type Selection, select } from '../selection';
import { batchFrom } from './batches';
import { nameFile } from './file-names';
import { exportFileTypes } from './list';
import { createProgress } from './progress';
import type { Packing } from './protocol';
import { bytesOf, ExportBrokenOff, type ExportStream, type ExportWorker, renderInThread } from './thread';

export type { ExportSource } from '../selection';
export { bytesOf, ExportBrokenOff, type ExportPiece, type ExportStream, type ExportWorker, releasePieces } from './thread';

/** Exports and their previews: chosen here, rendered in a thread of their own. */
export interface Exports {
  /** The beginning of the first file, and how much there is; a newer preview of the same client ends this one with `cancelled`. */
  preview(client: string, request: ExportRequest): Promise<Result<ExportPreview>>;
  /** Chooses what is exported, as it is now, for `take`. What is not taken is forgotten after a while, or once the same client prepares another. */
  prepare(client: string, request: ExportRequest): Promise<Result<PreparedExport>>;
  /** The export that was prepared, once. */
  take(exportId: string): TakenExport | undefined;
  /** Ends all that goes on. */
  close(): void;
}

/** What exports answer. */
export const exportCalls = (exports: Exports): CallsOf<'export'> => ({
  'export.preview': (request, client) => exports.preview(client, request),
  'export.prepare': (request, client) => exports.prepare(client, request),
});

export interface TakenExport {
  prepared: PreparedExport;
  /** The files that it is a copy of, absolute: they are never written. */
  originals: readonly string[];
  /** Renders it, as fast as it is taken. */
  stream(packing: Packing, signal?: AbortSignal): ExportStream;
}

export interface ExportsOptions {
  source: ExportSource;
  /** Where the texts are that notes were made on, absolute. */
  textsFolder: string;
  /** What the reader means by the colours now. */
  colourNames(): ColourNames;
  /** The file of a document, absolute, where it is there. */
  fileOf(documentId: string): string | undefined;
  /** Starts a thread that runs `electron/interchange/export/worker.ts`. */
  start(): ExportWorker;
  pause: Pause;
  onProgress(progress: EventPayload<'export.progress'>): void;
  log: Pick<Log, 'error' | 'warn'>;
}

/** ms for which what was prepared is kept: the reader may be choosing where it goes. It may be all notes, unpacked. */
const KEPT_FOR = 1_800_000;

/** How much of the first file a preview shows, in UTF-16 code units. */
const PREVIEW_LENGTH = 20_000;

export function createExports({ source, textsFolder, colourNames, fileOf, start, pause, onProgress, log }: ExportsOptions): Exports {
  /** By client. */
  const prepared = new Map<string, { taken: TakenExport; timer: NodeJS.Timeout }>();
  const previews = new Map<string, AbortController>();
  const closing = new AbortController();

  const keep = (client: string, taken: TakenExport): void => {
    forget(client);
    prepared.set(client, { taken, timer: setTimeout(forget, KEPT_FOR, client).unref() });
  };
  const forget = (client: string): void => {
    clearTimeout(prepared.get(client)?.timer);
    prepared.delete(client);
  };

  const render = (
    { documents }: Selection,
    parts: readonly Part[],
    request: ExportRequest,
    { packing, limit, signal, onBatch }: { packing: Packing; limit?: number; signal?: AbortSignal; onBatch?: Progress },
  ): ExportStream => {
    const { format, spreadsheetSafe, linkBase, author } = request;
    const originals = originalsOf(documents, format);
    return renderInThread({
      start,
      work: {
        format,
        spreadsheetSafe,
        linkBase,
        author,
        packing,
        partCount: parts.length,
        limit,
        textsFolder,
        colourNames: colourNames(),
        ...(originals && { originals }),
      },
      async describePart(index) {
        const { title, from, to } = parts[index] ?? { title: '', from: 0, to: 0 };
        return { ...(await describePart(title, documents.slice(from, to), pause)), from, to };
      },
      giveBatch(place, to, withNotes) {
        const batch = batchFrom(documents, place, to, withNotes);
        if (withNotes) onBatch?.(batch);
        return batch;
      },
      warn: (message) => log.warn(message),
      signal: signal ? AbortSignal.any([signal, closing.signal]) : closing.signal,
    });
  };

  /** The files of the documents that are copied, by id. */
  const originalsOf = (documents: readonly SelectedDocument[], format: ExportFormat): Record<string, string> | undefined => {
    if (!isOfCopies(format)) return undefined;
    return Object.fromEntries(documents.flatMap(({ head: { id } }) => (fileOf(id) === undefined ? [] : [[id, fileOf(id) ?? '']])));
  };

  return {
    async preview(client, request) {
      previews.get(client)?.abort();
      const abort = new AbortController();
      previews.set(client, abort);
      try {
        const selected = await select(source, request, pause);
        if (!selected.ok) return selected;
        const { documents, noteCount } = selected.value;
        const parts = partsOf(selected.value, request);
        const first = parts.slice(0, 1);
        abort.signal.throwIfAborted();
        const stream = render(selected.value, first, request, { packing: 'text', limit: PREVIEW_LENGTH, signal: abort.signal });
        const text = (await Array.fromAsync(decode(bytesOf(stream)))).join('');
        const truncated = text.length > PREVIEW_LENGTH;
        return ok({
          name: nameOf(first, request),
          // A cut through a surrogate pair loses the half character.
          text: truncated ? text.slice(0, PREVIEW_LENGTH).replace(/[\uD800-\uDBFF]$/, '') : text,
          truncated,
          fileCount: parts.length,
          documentCount: documents.length,
          noteCount,
        });
      } catch (error) {
        if (abort.signal.aborted || closing.signal.aborted) return fail('cancelled', 'A newer preview took the place of this one.');
        if (!(error instanceof ExportBrokenOff)) throw error;
        if (error.isRefused) return { ok: false, failure: error.failure };
        log.error('A preview broke off', error);
        return fail('export-broken-off', 'The preview could not be made: it broke off. Choose again to try once more.');
      } finally {
        if (previews.get(client) === abort) previews.delete(client);
      }
    },

    async prepare(client, request) {
      forget(client);
      const selected = await select(source, request, pause);
      if (!selected.ok) return selected;
      const { documents, noteCount } = selected.value;
      const parts = partsOf(selected.value, request);
      const { mediaType, passes } = exportFileTypes[request.format];
      const counts = { fileCount: parts.length, documentCount: documents.length, noteCount };
      const made: PreparedExport = { id: randomUUID(), name: nameOf(parts, request), mediaType, ...counts };
      keep(client, {
        prepared: made,
        originals: Object.values(originalsOf(documents, request.format) ?? {}),
        stream: (packing, signal) =>
          render(selected.value, parts, request, {
            packing,
            signal,
            onBatch: createProgress({ passes, noteCount, tell: (done) => onProgress({ exportId: made.id, ...done }) }),
          }),
      });
      return ok(made);
    },

    take(exportId) {
      for (const [client, { taken }] of prepared) {
        if (taken.prepared.id !== exportId) continue;
        forget(client);
        return taken;
      }
      return undefined;
    },

    close() {
      for (const client of prepared.keys()) forget(client);
      closing.abort(new ExportBrokenOff('Lectern closes'));
    },
  };
}

type Progress = ReturnType<typeof createProgress>;

/** One file of an export: the documents `from` to `to` (exclusive). */
interface Part {
  title: string;
  from: number;
  to: number;
}

function partsOf({ title, documents }: Selection, { layout, format }: ExportRequest): Part[] {
  if (isOfCopies(format)) return documents.map(({ head }, index) => ({ title: `${head.title} (with notes)`, from: index, to: index + 1 }));
  if (layout === 'single') return [{ title, from: 0, to: documents.length }];
  return documents.map(({ head }: SelectedDocument, index) => ({ title: head.title, from: index, to: index + 1 }));
}

const nameOf = ([first]: readonly Part[], { format }: ExportRequest): string =>
  nameFile(first?.title ?? '', exportFileTypes[format].extension, new Set());

async function* decode(bytes: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
