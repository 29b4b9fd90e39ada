import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { type EventPayload, type ExportRequest, exportFormats, isOfCopies, noteFormats } from '#api';
import type { Notebook } from '#model';
import { bytesOf, ExportBrokenOff, type ExportStream, type ExportWorker } from '../../../../electron/interchange/export';
import { createPositions } from '../../../../electron/interchange/export/positions';
import { loadWriter } from '../../../../electron/interchange/export/registry';
import { describePart } from '../../../../electron/interchange/facts';
import { select } from '../../../../electron/interchange/selection';
import { buildFolder } from '../../../../electron/vite.shared';
import {
  anchor,
  arbitraryNotebooks,
  HASH,
  note,
  notebook,
  openExports,
  renderExport,
  renderOne,
  sourceOf,
  type TestSource,
} from './fixtures';

/** Those that are text. */
const textFormats = exportFormats.filter((format) => !isOfCopies(format));

const pause = () => undefined;
const everything = { type: 'everything' } as const;
const request = (values: Partial<ExportRequest> = {}): ExportRequest => ({
  scope: everything,
  format: 'markdown',
  layout: 'single',
  ...values,
});

const TEXT = `🙂 ${'the quay '.repeat(100)}`;

/** More notes than go into one batch, in documents of one note and of many. */
const many: Notebook[] = [
  notebook('document-1', [note({ body: 'alone' })]),
  notebook(
    'document-2',
    Array.from({ length: 450 }, (_, index) =>
      note({ body: `Note ${index}`, tags: [`tag ${index % 7}`], anchor: anchor(index, TEXT.slice(index, index + 9)) }),
    ),
    { tags: ['report'] },
  ),
  ...Array.from({ length: 230 }, (_, index) => notebook(`document-x-${index}`, [note({ body: 'x'.repeat(index * 20) })])),
];

/** What the format itself writes of all notes at once, without a thread. */
async function renderDirectly(source: TestSource, { format, scope }: ExportRequest): Promise<string> {
  const selected = await select(source, { scope, format }, pause);
  if (!selected.ok) throw new Error(selected.failure.message);
  const { title, documents } = selected.value;
  const whole = {
    ...(await describePart(title, documents, pause)),
    async *heads() {
      for (const { head } of documents) yield head;
    },
    async *documents() {
      for (const { head, notes } of documents) yield { ...head, notes: inOne(notes) };
    },
  };
  const write = await loadWriter[format]();
  const context = {
    positionsOf: createPositions(source.text),
    colourNames: {},
    spreadsheetSafe: false,
    linkBase: 'lectern://',
    copied: { originals: {}, author: undefined, readText: source.text, isPreview: false },
  };
  return (await Array.fromAsync(write(whole, context))).join('').toWellFormed();
}

async function* inOne<T>(value: T): AsyncGenerator<T> {
  yield value;
}

async function prepare(exports: ReturnType<typeof openExports>, values: Partial<ExportRequest> = {}) {
  const prepared = await exports.prepare('window', request(values));
  if (!prepared.ok) throw new Error(prepared.failure.message);
  const taken = exports.take(prepared.value.id);
  if (!taken) throw new Error('It is not there.');
  return { ...prepared.value, stream: taken.stream };
}

const textOf = async (stream: ExportStream): Promise<string> => Buffer.concat(await Array.fromAsync(bytesOf(stream))).toString();

describe('an export in a thread', () => {
  it.each(textFormats)('is what the format writes: %s', async (format) => {
    const source = sourceOf(many, undefined, { [HASH]: TEXT });
    const direct = await renderDirectly(source, request({ format }));
    expect(await renderOne(source, format)).toBe(direct);
    expect(direct.length).toBeGreaterThan(30_000);
  });

  it('is so for whatever notes', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNotebooks, fc.constantFrom(...textFormats), async (notebooks, format) => {
        const source = sourceOf(notebooks);
        expect(await renderOne(source, format)).toBe(await renderDirectly(source, request({ format })));
      }),
      { numRuns: 60 },
    );
  });

  it('holds what was there when it was prepared', async () => {
    const notebooks = [notebook('document-1', [note({ body: 'before' })])];
    const exports = openExports({ ...sourceOf(notebooks), notebooks: () => notebooks });
    const { stream } = await prepare(exports);
    notebooks[0] = notebook('document-1', [note({ body: 'after' })]);
    expect(await textOf(stream('file'))).toContain('before');
  });

  it('of several files comes as files, as a zip, or as one text', async () => {
    const source = sourceOf(many.slice(0, 12));
    const exports = openExports(source);
    const whole = await renderExport(source, request({ layout: 'per-document' }));
    if (!whole.ok) throw new Error(whole.failure.message);
    const { files } = whole.value;
    expect(files.length).toBe(12);
    const zip = await prepare(exports, { layout: 'per-document' });
    expect(zip.fileCount).toBe(12);
    const unpacked = unzipSync(Buffer.concat(await Array.fromAsync(bytesOf(zip.stream('file')))));
    expect(Object.entries(unpacked).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual(
      files.map(({ name, text }) => [name, text]),
    );
    const text = await prepare(exports, { layout: 'per-document' });
    expect(await textOf(text.stream('text'))).toBe(files.map((file) => file.text).join('\n'));
  });

  it.each(noteFormats)('tells how far it is, up to the end: %s', async (format) => {
    const told: EventPayload<'export.progress'>[] = [];
    const exports = openExports(sourceOf(many), { onProgress: (progress) => told.push(progress) });
    const { id, stream, documentCount, noteCount } = await prepare(exports, { format });
    expect(told).toEqual([]);
    await textOf(stream('file'));
    expect(told.at(-1)).toEqual({ exportId: id, documents: documentCount, notes: noteCount });
    expect(told.length).toBeGreaterThan(5);
    expect(told.length).toBeLessThanOrEqual(100);
    expect(told.map(({ notes }) => notes)).toEqual(told.map(({ notes }) => notes).toSorted((a, b) => a - b));
  });

  it('is taken once, and only until the same window prepares another', async () => {
    const exports = openExports(sourceOf(many));
    const first = await exports.prepare('window', request());
    const other = await exports.prepare('another window', request());
    const second = await exports.prepare('window', request());
    if (!first.ok || !second.ok || !other.ok) throw new Error('Nothing was prepared.');
    expect(exports.take(first.value.id)).toBeUndefined();
    expect(exports.take(second.value.id)).toBeDefined();
    expect(exports.take(second.value.id)).toBeUndefined();
    expect(exports.take(other.value.id)).toBeDefined();
  });

  it('is not kept for a window that does not take it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const exports = openExports(sourceOf(many));
      const [left, last] = [await exports.prepare('one', request()), await exports.prepare('other', request())];
      if (!left.ok || !last.ok) throw new Error('Nothing was prepared.');
      vi.advanceTimersByTime(60_000);
      expect(exports.take(last.value.id)).toBeDefined();
      vi.advanceTimersByTime(3_600_000);
      expect(exports.take(left.value.id)).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });
});

/** A thread that answers nothing. */
class Silent extends EventEmitter implements ExportWorker {
  asked = Promise.withResolvers<void>();
  isEnded = false;
  postMessage(): void {
    this.asked.resolve();
  }
  async terminate(): Promise<void> {
    this.isEnded = true;
  }
}

describe('the thread of an export', () => {
  it('ends at once when the export is cancelled, whatever it does', async () => {
    const thread = new Silent();
    const { stream } = await prepare(openExports(sourceOf(many), { start: () => thread }));
    const abort = new AbortController();
    const coming = textOf(stream('file', abort.signal));
    abort.abort();
    await expect(coming).rejects.toBe(abort.signal.reason);
    expect(thread.isEnded).toBe(true);
  });

  it('ends when whoever takes the export goes away', async () => {
    const thread = new Silent();
    const { stream } = await prepare(openExports(sourceOf(many), { start: () => thread }));
    const taking = stream('file');
    const next = taking.next();
    await taking.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(thread.isEnded).toBe(true);
  });

  it.each(['error', 'exit'])('that dies ends its export with a sentence, and no other: %s', async (event) => {
    const thread = new Silent();
    const threads: (() => ExportWorker)[] = [() => thread];
    const { startExportHere } = await import('../../export-here');
    const exports = openExports(sourceOf(many), { start: () => (threads.pop() ?? startExportHere)() });
    const { stream } = await prepare(exports);
    const broken = textOf(stream('file'));
    const other = await prepare(exports);
    const whole = textOf(other.stream('file'));
    thread.emit(event, new Error('Out of memory'));
    await expect(broken).rejects.toBeInstanceOf(ExportBrokenOff);
    await expect(broken).rejects.toMatchObject({
      failure: { code: 'export-broken-off', message: expect.stringContaining('Export again') },
    });
    expect(await whole).toContain('alone');
  });

  it('that dies leaves a preview with a sentence too', async () => {
    const thread = new Silent();
    const exports = openExports(sourceOf(many), { start: () => thread });
    const preview = exports.preview('window', request());
    await thread.asked.promise;
    thread.emit('exit', 1);
    expect(await preview).toMatchObject({ ok: false, failure: { code: 'export-broken-off' } });
  });

  it('ends when the core closes, and when the same window asks for another preview', async () => {
    const threads = [new Silent(), new Silent()];
    let started = 0;
    const exports = openExports(sourceOf(many), { start: () => threads[started++] ?? new Silent() });
    const first = exports.preview('window', request());
    await threads[0]?.asked.promise;
    const second = exports.preview('window', request());
    expect(await first).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    await threads[1]?.asked.promise;
    exports.close();
    expect(await second).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(threads.map(({ isEnded }) => isEnded)).toEqual([true, true]);
  });
});

describe('the bundled thread', () => {
  it('gives the same, and ends', async () => {
    const source = sourceOf(many);
    const ended: Promise<unknown>[] = [];
    const start = () => {
      const thread = new Worker(path.join(buildFolder, 'export-worker.cjs'));
      ended.push(once(thread, 'exit'));
      return thread;
    };
    const exports = openExports(source, { start });
    for (const format of textFormats) {
      const { stream } = await prepare(exports, { format });
      expect(await textOf(stream('file'))).toBe(await renderOne(source, format));
    }
    await Promise.all(ended);
  });
});
