import { setImmediate } from 'node:timers/promises';
import type { SearchResult } from '#api';
import { createIndexFinder, type Finder } from './find';
import { type IndexFile, isDamaged, openIndexFile, openInMemory, removeIndexFile } from './index-file';
import { createIndexWriter, type IndexWriter } from './index-writer';
import type { SearchReply, SearchRequest } from './protocol';

/** The worker's side of the conversation: a `MessagePort` or what behaves like one. */
export interface Port {
  postMessage(reply: SearchReply): void;
  on(event: 'message', listener: (request: SearchRequest) => void): unknown;
  /** Ends the conversation, and with it the thread. */
  close(): void;
}

type SearchAsked = Extract<SearchRequest, { type: 'search' }>;

interface Index {
  file: IndexFile;
  writer: IndexWriter;
  finder: Finder;
}

const NO_TEXTS = 'Titles, tags and notes are searched, but not the texts of documents: their index could not be written to the disk.';

/**
 * Keeps the index and answers from it, as the requests arrive at `port`. Texts are taken in when nothing else is asked. Of each window's
 * searches the newest only is answered: an older one that still runs ends with `cancelled`.
 */
export function serveSearch(port: Port): void {
  let place = '';
  let index: Index | undefined;
  /** What could not be searched, for the reader. */
  let notice: string | undefined;
  const urgent: Exclude<SearchRequest, { type: 'text' | 'tidy' }>[] = [];
  const patient: Extract<SearchRequest, { type: 'text' | 'tidy' }>[] = [];
  /** The id of each window's newest request. */
  const newest = new Map<string, number>();
  let isWorking = false;

  port.on('message', (request) => {
    if (request.type === 'search') newest.set(request.origin, request.id);
    if (request.type === 'text' || request.type === 'tidy') patient.push(request);
    else urgent.push(request);
    if (!isWorking) void work();
  });

  async function work(): Promise<void> {
    isWorking = true;
    try {
      for (;;) {
        // Lets the port be heard, so that a search that has come since goes before a text.
        await setImmediate();
        const next = urgent.shift() ?? patient.shift();
        if (!next) break;
        if (next.type === 'search') await search(next);
        else if (next.type === 'close') return end();
        else write(next);
      }
      if (index) attempt(() => index?.writer.commit());
    } finally {
      isWorking = false;
    }
  }

  /** Texts that were not taken in are read again at the next start. */
  function end(): void {
    attempt(() => index?.writer.commit());
    close();
    patient.length = 0;
    port.close();
  }

  function write(request: Exclude<SearchRequest, SearchAsked | { type: 'close' }>): void {
    if (request.type === 'open') {
      place = request.file;
      open();
      return;
    }
    let movedContents = false;
    attempt(() => {
      const writer = index?.writer;
      if (request.type === 'documents') {
        for (const { document, version } of request.changed) if (writer?.putDocument(document, version)) movedContents = true;
        for (const id of request.removed) if (writer?.removeDocument(id)) movedContents = true;
      } else if (request.type === 'text') writer?.putText(request.content, request.text);
      else writer?.removeUnused();
    });
    if (request.type === 'documents') port.postMessage({ type: 'taken', movedContents });
    else if (request.type === 'text') port.postMessage({ type: 'text-taken' });
    else port.postMessage({ type: 'missing', ids: attempt(() => index?.writer.missing()) ?? [] });
  }

  async function search({ id, origin, query, limit }: SearchAsked): Promise<void> {
    const isNewest = () => id === newest.get(origin);
    try {
      const result = isNewest() ? await find(query, limit, isNewest) : undefined;
      port.postMessage(
        result ? { type: 'result', id, origin, result: { ...result, notice: notice ?? result.notice } } : { type: 'cancelled', id, origin },
      );
    } catch (error) {
      port.postMessage({ type: 'failed', id, origin, message: messageOf(error) });
    }
    if (isNewest()) newest.delete(origin);
  }

  /** What a damaged index cannot answer, the one that is made in its place answers as far as it has come. */
  async function find(query: string, limit: number, isNewest: () => boolean): Promise<SearchResult | undefined> {
    try {
      return await index?.finder.find(query, limit, isNewest);
    } catch (error) {
      if (!isDamaged(error)) throw error;
      recover(error);
      return index?.finder.find(query, limit, isNewest);
    }
  }

  function open(): void {
    try {
      take(openIndexFile(place));
      tellOpened();
    } catch (error) {
      recover(error);
    }
  }

  function take(file: IndexFile): void {
    index = { file, writer: createIndexWriter(file), finder: createIndexFinder(file) };
    notice = file.keepsTexts ? undefined : NO_TEXTS;
  }

  const tellOpened = (): void => port.postMessage({ type: 'opened', versions: index?.writer.versions() ?? new Map() });

  function attempt<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      recover(error);
      return undefined;
    }
  }

  /** Makes a damaged index anew, and goes on in memory where the disk takes nothing more. */
  function recover(error: unknown): void {
    const wasOnDisk = index?.file.keepsTexts !== false;
    close();
    try {
      if (!wasOnDisk || !isDamaged(error)) throw error;
      port.postMessage({ type: 'warning', message: `The index of the search is damaged and is made anew: ${messageOf(error)}` });
      removeIndexFile(place);
      take(openIndexFile(place));
    } catch (failure) {
      port.postMessage({ type: 'warning', message: `The index of the search cannot be kept on the disk: ${messageOf(failure)}` });
      take(openInMemory());
    }
    tellOpened();
  }

  function close(): void {
    try {
      index?.file.database.close();
    } catch {
      // It is broken: nothing of it is needed any more.
    }
    index = undefined;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
