import type { IndexProgress } from '#api';
import type { DocumentText } from '../formats/document-text';
import type { SearchReply, SearchRequest } from './protocol';
import { createSetAside } from './set-aside';
import { type SearchSource, versionOf } from './source';

/** Tells the index what there is to find: what changed, and the texts that it has not. */
export interface Feeder {
  /** What is searched. Nothing is told before. */
  follow(source: SearchSource): void;
  /** These documents, or the notes on them, may have changed. */
  touch(ids: Iterable<string>): void;
  /** Hands over at once what was touched, unless that is a scan's. */
  hurry(): void;
  put(content: string, text: DocumentText): Promise<void>;
  /** Every document of the library is known: what the index has beside them is forgotten, and texts that it has not are read. */
  complete(): void;
  /** How far the reading of those texts is. */
  progress(): IndexProgress;
  stopReading(): void;
  goOnReading(): void;
  receive(reply: Exclude<SearchReply, { client: string } | { type: 'warning' }>): void;
  /** The worker that was told is no more: what it was at is tried once more, then set aside. */
  restart(): void;
  /** What is set aside, for the reader. */
  notice(): string | undefined;
  close(): void;
}

export interface FeederOptions {
  /** Asks the worker; false when there is none. */
  ask(request: SearchRequest, transfer?: ArrayBuffer[]): boolean;
  log: { error(message: string, cause?: unknown): void };
  onProgress(progress: IndexProgress): void;
}

/** ms that changes are gathered, unless a search comes before. */
const GATHERED = 50;

/** ms that changes are prepared at once, so that the host's thread is free between. */
const SLICE = 8;

/** Changes that a search waits for: more are a scan's, and come later. */
const MOST_AWAITED = 100;

/** Bytes of texts on their way to the index. */
const MOST_ON_THE_WAY = 32 * 1024 * 1024;

/** ms between two tellings of how far it is. */
const TOLD_EVERY = 100;

/** Texts read at once for an index that has not got them. */
const READ_AT_ONCE = 2;

/** A document that was handed over; without a version, it is no more. */
interface Handed {
  id: string;
  version?: string;
}

export function createFeeder({ ask, log, onProgress }: FeederOptions): Feeder {
  let source: SearchSource | undefined;
  /** The state of each document that the index has; `undefined` until it is open. */
  let versions: Map<string, string> | undefined;
  const touched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  /** Changes on their way to the index: each a document with its version, or one that is no more. */
  let underway: Handed[][] = [];
  /** Ids of documents at one of which the worker broke down: they are handed over one by one. */
  const suspects = new Set<string>();
  const setAside = createSetAside();
  /** Texts on their way to the index, and who waits until there are fewer. */
  let sent: { content: string; bytes: number }[] = [];
  let waiting: (() => void)[] = [];
  /** Contents of documents that could not be read for the index. */
  const unreadable = new Set<string>();
  let reading: { isOver: boolean } | undefined;
  let progress: IndexProgress = { done: 0, total: 0, isStopped: false };
  /** The reader wants no more texts to be read. */
  let isStopped = false;
  /** The index takes nothing at the moment. */
  let isPaused = false;
  let isComplete = false;
  /** Texts may be missing in the index, or belong to no document. */
  let isUntidy = false;
  let isClosed = false;

  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };

  function tell(next: IndexProgress): void {
    progress = next;
    if (!isClosed) onProgress(next);
  }

  /** Hands over changes soon; when there are none, asks what else is missing. */
  function schedule(delay = 0): void {
    if (timer || isClosed || !versions || !source || underway.length > 0) return;
    if (touched.size === 0) {
      if (isComplete && !reading && isUntidy && !isPaused) isUntidy = !ask({ type: 'tidy' });
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      handOver(performance.now() + SLICE);
    }, delay);
  }

  /** Hands over what changed, until the time `end`. */
  function handOver(end: number): void {
    if (!versions || !source) return;
    const changed: Extract<SearchRequest, { type: 'documents' }>['changed'] = [];
    const removed: string[] = [];
    const handed: Handed[] = [];
    for (const id of touched) {
      const isAlone = suspects.has(id);
      if (isAlone && handed.length > 0) continue;
      touched.delete(id);
      const document = source.document(id);
      const version = document && versionOf(document);
      if (document && version !== undefined) {
        if (setAside.has(version)) continue;
        if (version !== versions.get(id)) {
          changed.push({ document, version });
          handed.push({ id, version });
        }
        versions.set(id, version);
      } else if (versions.delete(id)) {
        removed.push(id);
        handed.push({ id });
      }
      if ((isAlone && handed.length > 0) || performance.now() > end) break;
    }
    if (handed.length === 0) schedule();
    else if (ask({ type: 'documents', changed, removed })) underway.push(handed);
  }

  /** Finds what the worker was at when it ended: what changed is taken before texts, and each in its order. */
  function blame(): void {
    const [handed] = underway;
    const [text] = sent;
    const [only, ...others] = handed ?? [];
    if (only?.version !== undefined && others.length === 0) setAside.blame({ key: only.version, part: 'rest' });
    else if (handed) for (const { id } of handed) suspects.add(id);
    else if (text) setAside.blame({ key: text.content, part: 'text' });
  }

  function touchOthers(): void {
    const known = new Set(source?.ids());
    for (const id of versions?.keys() ?? []) if (!known.has(id)) touched.add(id);
  }

  async function put(content: string, text: DocumentText): Promise<void> {
    while (sent.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_ON_THE_WAY) await new Promise<void>((resolve) => waiting.push(resolve));
    if (isPaused || setAside.has(content)) return;
    const bytes = text.units.byteLength;
    if (ask({ type: 'text', content, text }, [text.units.buffer])) sent.push({ content, bytes });
  }

  /** Reads the texts that the index has not: it was made anew, or Lectern ended before they were written. */
  async function readMissing(ids: readonly string[]): Promise<void> {
    const wanted = ids.filter((id) => {
      const content = source?.document(id)?.content ?? '';
      return !unreadable.has(content) && !setAside.has(content);
    });
    if (reading || isStopped || !source) return;
    if (wanted.length === 0) {
      // It was to go on, and nothing is left.
      if (progress.isStopped) tell({ done: 0, total: 0, isStopped: false });
      return;
    }
    const { read, document } = source;
    const own = { isOver: false };
    reading = own;
    const left = [...wanted];
    let toldAt = Number.NEGATIVE_INFINITY;
    const tellSometimes = (): void => {
      if (performance.now() < toldAt + TOLD_EVERY) return;
      toldAt = performance.now();
      tell({ done: wanted.length - left.length - 1, total: wanted.length, isStopped: false });
    };
    const readNext = async (): Promise<void> => {
      for (let id = left.pop(); id !== undefined && !own.isOver && !isClosed; id = left.pop()) {
        tellSometimes();
        const content = document(id)?.content ?? '';
        const found = await read(id);
        if (found.ok) await put(found.value.content, found.value.text);
        if (!found.ok || found.value.content !== content) unreadable.add(content);
      }
    };
    try {
      await Promise.all(Array.from({ length: READ_AT_ONCE }, readNext));
    } catch (error) {
      log.error('Texts could not be read for the index of the search', error);
    }
    reading = undefined;
    if (!isStopped) tell({ done: 0, total: 0, isStopped: false });
    // What came meanwhile may be missing too.
    schedule();
  }

  return {
    follow(followed) {
      source = followed;
    },
    touch(ids) {
      for (const id of ids) touched.add(id);
      schedule(GATHERED);
    },
    hurry() {
      if (touched.size > 0 && touched.size <= MOST_AWAITED) handOver(Number.POSITIVE_INFINITY);
    },
    put,
    complete() {
      isComplete = true;
      touchOthers();
      schedule();
    },
    progress: () => progress,
    stopReading() {
      if (!reading || isStopped) return;
      reading.isOver = true;
      isStopped = true;
      tell({ done: 0, total: 0, isStopped: true });
    },
    goOnReading() {
      // A window may not have heard yet that it goes on.
      if (!isStopped) return tell(progress);
      isStopped = false;
      isUntidy = true;
      schedule();
    },
    receive(reply) {
      if (reply.type === 'opened' || reply.type === 'paused') {
        versions = new Map(reply.versions);
        underway = [];
        isPaused = reply.type === 'paused';
        if (isPaused && reading) reading.isOver = true;
        isUntidy = true;
        for (const id of source?.ids() ?? []) touched.add(id);
        if (isComplete) touchOthers();
        schedule();
      } else if (reply.type === 'taken') {
        for (const { id, version } of underway.shift() ?? []) {
          suspects.delete(id);
          if (version !== undefined) setAside.clear(version);
        }
        isUntidy ||= reply.movedContents;
        schedule();
      } else if (reply.type === 'text-taken') {
        const taken = sent.shift();
        if (taken) setAside.clear(taken.content);
        wake();
      } else void readMissing(reply.ids);
    },
    restart() {
      versions = undefined;
      isPaused = false;
      blame();
      underway = [];
      sent = [];
      wake();
    },
    notice: () =>
      setAside.notice(({ key, part }) => {
        for (const id of source?.ids() ?? []) {
          const document = source?.document(id);
          if (document && key === (part === 'text' ? document.content : versionOf(document))) return document.title;
        }
        return undefined;
      }),
    close() {
      isClosed = true;
      clearTimeout(timer);
      sent = [];
      wake();
    },
  };
}
