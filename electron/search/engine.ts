import { setImmediate } from 'node:timers/promises';
import type { SearchResult } from '#api';
import { type Entry, makeEntry } from './entry';
import type { ReadText, SearchReply, SearchRequest } from './protocol';
import { parseQuery, type Query } from './query';
import { isEmptyQuery, makeGroup, needsText, rate } from './scan';
import { createTexts } from './texts';

/** How long (ms) a search works before it looks whether a newer one has come. */
const SLICE = 8;

/** The worker's side of the conversation: a `MessagePort` or what behaves like one. */
export interface Port {
  postMessage(reply: SearchReply): void;
  on(event: 'message', listener: (request: SearchRequest) => void): unknown;
}

/** Answers the requests that arrive at `port`, of each window the newest only: an older one that still runs ends with `cancelled`. */
export function serveSearch(port: Port, readText: ReadText): void {
  const entries = new Map<string, Entry>();
  const texts = createTexts(readText, (message) => port.postMessage({ type: 'warning', message }));
  /** The id of each window's newest request. */
  const newest = new Map<string, number>();

  port.on('message', (request) => {
    newest.set(request.origin, request.id);
    for (const id of request.removed) {
      entries.delete(id);
      texts.forget(id);
    }
    for (const document of request.changed) entries.set(document.id, makeEntry(document));
    void answer(request);
  });

  async function answer({ id, origin, query: input, limit }: SearchRequest): Promise<void> {
    const isNewest = () => id === newest.get(origin);
    const query = parseQuery(input);
    const result = isEmptyQuery(query) ? { groups: [], documentCount: 0, elapsed: 0 } : await search(query, limit, isNewest);
    port.postMessage(result ? { type: 'result', id, origin, result } : { type: 'cancelled', id, origin });
    // A box that was only opened: what is typed into it next will be needed, so it is read already.
    if (input.trim() === '') await visit(isNewest, (entry) => texts.folded(entry.document));
    if (isNewest()) newest.delete(origin);
  }

  /** `undefined` when it was overtaken. */
  async function search(query: Query, limit: number, isNewest: () => boolean): Promise<SearchResult | undefined> {
    const started = performance.now();
    const matches: { entry: Entry; score: number }[] = [];
    const finished = await visit(isNewest, async (entry) => {
      const score = rate(entry, needsText(entry, query) ? await texts.folded(entry.document) : undefined, query);
      if (score !== undefined) matches.push({ entry, score });
    });
    if (!finished) return undefined;
    matches.sort((a, b) => b.score - a.score || (a.entry.document.title < b.entry.document.title ? -1 : 1));
    const groups: SearchResult['groups'] = [];
    for (const { entry } of matches.slice(0, limit)) {
      const text = needsText(entry, query) ? await texts.folded(entry.document) : undefined;
      groups.push(makeGroup(entry, text, text && (await texts.original(entry.document)), query));
    }
    return { groups, documentCount: matches.length, elapsed: performance.now() - started };
  }

  /** Visits every document, looking up between slices of work; false when a newer request has come. */
  async function visit(isNewest: () => boolean, each: (entry: Entry) => Promise<unknown>): Promise<boolean> {
    let sliceEnd = performance.now() + SLICE;
    // A copy, for a newer request may change the entries while this one waits.
    for (const entry of [...entries.values()]) {
      await each(entry);
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      if (!isNewest()) return false;
      sliceEnd = performance.now() + SLICE;
    }
    return isNewest();
  }
}
