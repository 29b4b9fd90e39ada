import { stat } from 'node:fs/promises';
import { ClipboardItem, clipboard } from 'electron';
import { fail, ok, type PreparedExport, type Result } from '#api';
import { bytesOf, type Core, ExportBrokenOff, type ExportStream, releasePieces } from '../core';
import type { Log } from '../log';
import { NotWritten, saveFile, saveFilesInto } from './save-files';

interface ExportSavingOptions {
  exports: Core['exports'];
  /** The path that the reader chooses for a file of this name; `null` for none. */
  chooseFile(name: string): Promise<string | null>;
  /** The folder that the reader chooses for so many files; `null` for none. */
  chooseFolder(fileCount: number): Promise<string | null>;
  log: Log;
}

/** Takes exports to where the reader wants them, while they are made. */
export interface ExportSaving {
  save(prepared: PreparedExport): Promise<Result<{ place: string } | null>>;
  copy(prepared: PreparedExport): Promise<Result<null>>;
  /** Ends the saving or copying of an export. */
  cancel(exportId: string): void;
}

export function createExportSaving({ exports, chooseFile, chooseFolder, log }: ExportSavingOptions): ExportSaving {
  const running = new Map<string, AbortController>();

  /** Does something with the bytes of an export; whatever goes wrong with them has a sentence for the reader. */
  const take = async <T>(
    exportId: string,
    packing: 'files' | 'text',
    use: (stream: ExportStream, originals: readonly string[]) => Promise<T>,
  ): Promise<Result<T>> => {
    const taken = exports.take(exportId);
    if (!taken) return fail('export-broken-off', 'This export is not there any more. Export again.');
    const abort = new AbortController();
    running.set(exportId, abort);
    try {
      return ok(await use(taken.stream(packing, abort.signal), taken.originals));
    } catch (error) {
      if (abort.signal.aborted) return fail('cancelled', 'The export was cancelled. Nothing of it was kept.');
      if (!(error instanceof NotWritten) && !(error instanceof ExportBrokenOff)) throw error;
      log.error('An export failed', error);
      return { ok: false, failure: error.failure };
    } finally {
      // Where writing failed before it had begun, nobody has ended the thread.
      abort.abort();
      running.delete(exportId);
    }
  };

  return {
    async save({ id, name, fileCount }) {
      const place = await (fileCount === 1 ? chooseFile(name) : chooseFolder(fileCount));
      if (place === null) return ok(null);
      return take(id, 'files', async (stream, originals) => {
        if (fileCount === 1) await refuseOriginals(place, originals);
        const pieces = releasePieces(stream);
        await (fileCount === 1 ? saveFile(place, bytesOf(pieces)) : saveFilesInto(place, pieces));
        return { place };
      });
    },
    async copy({ id }) {
      const text = await take(id, 'text', async (stream) => Buffer.concat(await Array.fromAsync(bytesOf(stream))).toString());
      return text.ok ? copyText(text.value, log) : text;
    },
    cancel: (exportId) => running.get(exportId)?.abort(),
  };
}

/** Throws `NotWritten` where a copy of a document would take the place of the document, by whatever path that is named. */
async function refuseOriginals(place: string, originals: readonly string[]): Promise<void> {
  const identityOf = (file: string) =>
    stat(file).then(
      ({ dev, ino }) => `${dev} ${ino}`,
      () => undefined,
    );
  const chosen = await identityOf(place);
  if (chosen === undefined || !(await Promise.all(originals.map(identityOf))).includes(chosen)) return;
  const why = 'This is the document itself, which Lectern never writes to. Choose another name or folder for the copy.';
  throw new NotWritten(place, undefined, fail('write-failed', why).failure);
}

/** Puts a text on the system's clipboard, and the same as HTML for programs that take it. */
export async function copyText(text: string, log: Log, html?: string): Promise<Result<null>> {
  try {
    if (html === undefined) await clipboard.writeText(text);
    else await clipboard.write([new ClipboardItem({ 'text/plain': text, 'text/html': html })]);
    return ok(null);
  } catch (error) {
    log.warn('The clipboard did not take a text', error);
    return fail('write-failed', 'The clipboard did not take the text. Try again.');
  }
}
