import { setImmediate } from 'node:timers/promises';
import type { ResultsWanted, SearchResult } from '#api';
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

const NO_TEXTS =
  'Titles, tags and notes are searched, but not the texts of documents: their index could not be written to the disk. Lectern tries again by itself.';
const NOT_ALL =
  'What came or changed lately is not found yet, since the index could not be written to the disk, which may be full. Lectern tries again by itself.';

/** Looked for at the start, so that the first search does not wait for statements, pages and code that are used for the first time: a phrase that nothing has, and … */
const NOTHING = '"qzx qzx"';

/** … words that some texts have, of which so many are shown. */
const SHOWN_AT_START = 5;
const WANTED_AT_START: ResultsWanted = { from: 0, order: 'best', scope: 'all', hits: 5, isPaged: false, withTags: false };

/** ms until it is tried again to write the index, at first and at most: twice as long each time. */
const RETRY_AFTER = 60_000;
const LONGEST_RETRY = 16 * RETRY_AFTER;

/**
 * Keeps the index and answers from it, as the requests arrive at `port`. Texts are taken in when nothing else is asked. Of each window's
 * searches the newest only is answered: an older one that still runs ends with `cancelled`.
 */
export function serveSearch(port: Port, retryAfter = RETRY_AFTER): void {
  let place = '';
  let index: Index | undefined;
  /** What could not be searched, for the reader. */
  let notice: string | undefined;
  /** Nothing is written until it is tried again. */
  let isPaused = false;
  /** Ids of documents that are no more, though the index may have them. */
  const gone = new Set<string>();
  let wait = retryAfter;
  let timer: NodeJS.Timeout | undefined;
  const urgent: Exclude<SearchRequest, { type: 'text' | 'tidy' }>[] = [];
  const patient: Extract<SearchRequest, { type: 'text' | 'tidy' }>[] = [];
  /** The id of each window's newest request. */
  const newest = new Map<string, number>();
  let isWorking = false;

  port.on('message', (request) => {
    if (request.type === 'search') newest.set(request.client, request.id);
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
        if (next?.type === 'search') await search(next);
        else if (next?.type === 'close') return end();
        else if (next?.type === 'open') await open(next.file);
        else if (next) write(next);
        else if (!rest()) break;
      }
    } finally {
      isWorking = false;
    }
  }

  /** Nothing else is asked: true when there is more to do all the same. */
  function rest(): boolean {
    const writer = isPaused ? undefined : index?.writer;
    const isShrinking = attempt(() => {
      writer?.commit();
      return writer?.shrink();
    });
    if (!isPaused && index?.file.keepsTexts) notice = undefined;
    return isShrinking === true;
  }

  /** Texts that were not taken in are read again at the next start. */
  function end(): void {
    clearTimeout(timer);
    if (!isPaused) attempt(() => index?.writer.commit());
    clearTimeout(timer);
    close();
    patient.length = 0;
    port.close();
  }

  function write(request: Exclude<SearchRequest, SearchAsked | { type: 'close' | 'open' }>): void {
    let movedContents = false;
    let missing: string[] = [];
    const writer = isPaused ? undefined : index?.writer;
    attempt(() => {
      if (request.type === 'documents') {
        for (const { document } of request.changed) gone.delete(document.id);
        for (const id of request.removed) if (isPaused) gone.add(id);
        for (const { document, version } of request.changed) if (writer?.putDocument(document, version)) movedContents = true;
        for (const id of request.removed) if (writer?.removeDocument(id)) movedContents = true;
      } else if (request.type === 'text') writer?.putText(request.content, request.text);
      else {
        writer?.removeUnused();
        missing = writer?.missing() ?? [];
        if (writer && missing.length === 0) wait = retryAfter;
      }
    });
    if (request.type === 'documents') port.postMessage({ type: 'taken', movedContents });
    else if (request.type === 'text') {
      // Its memory is free at once: a thread that rests collects no garbage, and would keep hundreds of texts.
      request.text.units.buffer.transfer(0);
      port.postMessage({ type: 'text-taken' });
    } else port.postMessage({ type: 'missing', ids: missing });
  }

  async function search({ id, client, query, limit, wanted }: SearchAsked): Promise<void> {
    const isNewest = () => id === newest.get(client);
    try {
      const result = isNewest() ? await find(query, limit, isNewest, wanted) : undefined;
      port.postMessage(
        result ? { type: 'result', id, client, result: { ...result, notice: notice ?? result.notice } } : { type: 'cancelled', id, client },
      );
    } catch (error) {
      port.postMessage({ type: 'failed', id, client, message: messageOf(error) });
    }
    if (isNewest()) newest.delete(client);
  }

  /** What a damaged index cannot answer, the one that is made in its place answers as far as it has come. */
  async function find(query: string, limit: number, isNewest: () => boolean, wanted: ResultsWanted): Promise<SearchResult | undefined> {
    try {
      return await index?.finder.find(query, limit, isNewest, wanted);
    } catch (error) {
      if (!isDamaged(error)) throw error;
      recover(error);
      return index?.finder.find(query, limit, isNewest, wanted);
    }
  }

  async function open(file: string): Promise<void> {
    place = file;
    try {
      take(openIndexFile(place));
      tellOpened();
    } catch (error) {
      recover(error);
    }
    // What fails here fails the reader's search too, and is told then.
    const isAlone = (): boolean => urgent.length === 0;
    for (const query of [NOTHING, index?.finder.anyWords() ?? ''])
      await find(query, SHOWN_AT_START, isAlone, WANTED_AT_START).catch(() => {});
  }

  function take(file: IndexFile): void {
    index = { file, writer: createIndexWriter(file), finder: createIndexFinder(file, gone) };
    notice = file.keepsTexts ? undefined : NO_TEXTS;
  }

  function tellOpened(): void {
    isPaused = false;
    port.postMessage({ type: 'opened', versions: versions() });
  }

  /** Of which state the index has each document; of none of those that were gone, so that it is told of them anew. */
  function versions(): Map<string, string> {
    const known = index?.writer.versions() ?? new Map<string, string>();
    for (const id of gone) if (known.has(id)) known.set(id, '');
    return known;
  }

  function attempt<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      recover(error);
      return undefined;
    }
  }

  /** Makes a damaged index anew, keeps what is in one that cannot be written, and goes on in memory where there is none. */
  function recover(error: unknown): void {
    const onDisk = index?.file.keepsTexts === true ? index : undefined;
    try {
      if (!isDamaged(error)) {
        if (!onDisk) throw error;
        pause(onDisk, error);
        return;
      }
      port.postMessage({ type: 'warning', message: `The index of the search is damaged and is made anew: ${messageOf(error)}` });
      close();
      removeIndexFile(place);
      take(openIndexFile(place));
    } catch (failure) {
      port.postMessage({ type: 'warning', message: `The index of the search cannot be kept on the disk: ${messageOf(failure)}` });
      close();
      take(openInMemory());
      retryLater();
    }
    tellOpened();
  }

  /** Writes nothing for a time: the disk may be full. What is in the index is found all the same. */
  function pause(onDisk: Index, error: unknown): void {
    onDisk.writer.rollBack();
    // The ids of texts that were taken back are given to others.
    onDisk.finder = createIndexFinder(onDisk.file, gone);
    isPaused = true;
    notice = NOT_ALL;
    port.postMessage({ type: 'warning', message: `The index of the search cannot be written for now: ${messageOf(error)}` });
    port.postMessage({ type: 'paused', versions: versions() });
    retryLater();
  }

  function retryLater(): void {
    clearTimeout(timer);
    timer = setTimeout(retry, wait).unref();
    wait = Math.min(2 * wait, LONGEST_RETRY);
  }

  /** Has everything told anew that is not in the index; whether it can be written shows then. */
  function retry(): void {
    if (!index?.file.keepsTexts) {
      try {
        const file = openIndexFile(place);
        close();
        take(file);
      } catch {
        // That was logged when it failed first.
        retryLater();
        return;
      }
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
