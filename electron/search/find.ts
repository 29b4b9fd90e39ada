import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import type { SearchResult } from '#api';
import { fold } from '#model';
import { createBestFirst } from './best-first';
import { type Candidates, createCandidateFinder } from './candidates';
import { createEntryReader } from './entries';
import { isEmptyQuery, type KnownText, makeGroup, matches, needsText } from './hits';
import type { IndexFile } from './index-file';
import { MOST_WORDS, parseQuery, type Query } from './query';

/** Fields of a document that are looked at, where the index alone tells that they match. */
const FIELDS_SHOWN = 60;

/**
 * ms that the texts themselves are looked at for what the index cannot tell: until enough is found to be shown, and to count how much more
 * there is.
 */
const PATIENCE = 400;
const PATIENCE_FOR_COUNTING = 20;

/** Documents that are read at once, and that are looked at before a newer search is looked for. */
const READ_AT_ONCE = 64;
const VERIFIED_AT_ONCE = 16;

/** Bytes of texts and folded texts that stay in memory, the least recently used going first: words are typed letter by letter. */
const TEXTS_KEPT = 16 * 1024 * 1024;

/** Finds in the index. */
export interface Finder {
  /** The best `limit` documents; `undefined` when `isNewest` became false meanwhile. */
  find(input: string, limit: number, isNewest: () => boolean): Promise<SearchResult | undefined>;
}

/** `gone`: ids of documents that are not to be found, though the index has them. */
export function createIndexFinder({ database }: IndexFile, gone: ReadonlySet<string> = new Set()): Finder {
  const texts = createTexts(database);
  const readEntries = createEntryReader(database);
  const findCandidates = createCandidateFinder(database, gone);
  const bestFirst = createBestFirst(database);

  /** Which of the documents that the index cannot tell of hold what is looked for: `wanted` of the best, and as many more as there is time for. */
  async function verify(candidates: Candidates, query: Query, wanted: number, isNewest: () => boolean) {
    const { unsure, inFields, inTexts } = candidates;
    const began = performance.now();
    const verified: number[] = [];
    let done = 0;
    const isOrdered = () => verified.length < wanted;
    const ordered = { ids: unsure, beginsWithin: true, inFields, wanted };
    for (const ids of inBatches(unsure.size > READ_AT_ONCE ? bestFirst(query, ordered, isOrdered) : unsure)) {
      const read = readEntries(ids, candidates);
      for (const id of ids) {
        const { entry, text } = read(id, Number.POSITIVE_INFINITY) ?? {};
        const needed = entry && inTexts.has(id) && needsText(entry, query) ? texts(text)?.folded : undefined;
        if (entry && matches(entry, needed, query)) verified.push(id);
        done += 1;
        if (done % VERIFIED_AT_ONCE > 0) continue;
        await setImmediate();
        if (!isNewest()) return undefined;
        if (performance.now() - began > (isOrdered() ? PATIENCE : PATIENCE_FOR_COUNTING))
          return { verified, isWhole: done === unsure.size };
      }
    }
    return { verified, isWhole: true };
  }

  async function choose(candidates: Candidates, query: Query, wanted: number, isNewest: () => boolean) {
    const { sure, unsure, inFields } = candidates;
    const ordered = { ids: sure, beginsWithin: false, inFields, wanted };
    const ids = sure.size > wanted ? [...bestFirst(query, ordered, () => true).take(wanted)] : [...sure];
    if (unsure.size === 0) return { ids, count: sure.size, isWhole: true };
    const result = await verify(candidates, query, wanted - ids.length, isNewest);
    if (!result) return undefined;
    const { verified, isWhole } = result;
    return { ids: [...ids, ...verified].slice(0, wanted), count: sure.size + verified.length, isWhole };
  }

  return {
    async find(input, limit, isNewest) {
      const started = performance.now();
      const query = parseQuery(input);
      if (isEmptyQuery(query)) return { groups: [], documentCount: 0, elapsed: 0 };
      const candidates = findCandidates(query);
      const chosen = await choose(candidates, query, limit, isNewest);
      if (!chosen) return undefined;
      const read = readEntries(chosen.ids, candidates);
      const groups = chosen.ids.flatMap((id) => {
        const { entry, text, more = 0 } = read(id, FIELDS_SHOWN) ?? {};
        if (!entry) return [];
        const group = makeGroup(entry, candidates.inTexts.has(id) ? texts(text) : undefined, query);
        return { ...group, total: group.total + more };
      });
      groups.sort((a, b) => Number(b.isWholeTitle) - Number(a.isWholeTitle) || b.score - a.score || (a.title < b.title ? -1 : 1));
      return {
        groups,
        documentCount: chosen.count,
        ...(chosen.isWhole ? {} : { hasMore: true }),
        ...(query.isCut ? { notice: `Only the first ${MOST_WORDS} words were searched.` } : {}),
        elapsed: performance.now() - started,
      };
    },
  };
}

function* inBatches(ids: Iterable<number>): Generator<number[]> {
  let batch: number[] = [];
  for (const id of ids) {
    batch.push(id);
    if (batch.length < READ_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const bytesOf = ({ original, folded }: KnownText): number => 2 * (original.length + folded.text.length) + folded.shifts.byteLength;

/** The texts of documents, by their row ids, and their folded forms. */
function createTexts(database: DatabaseSync) {
  const select = database.prepare(
    'SELECT encoding, texts.text AS text, text_hash FROM texts JOIN contents ON contents.id = texts.id WHERE texts.id = ?',
  );
  const kept = new Map<number, KnownText>();
  let used = 0;

  const read = (id: number): KnownText | undefined => {
    const { encoding, text, text_hash: textHash } = select.get(id) ?? {};
    if (!(text instanceof Uint8Array)) return undefined;
    const original = inflateRawSync(text).toString(encoding === 'utf8' ? 'utf8' : 'utf16le');
    return { original, folded: fold(original), textHash: String(textHash) };
  };

  return (id: number | undefined): KnownText | undefined => {
    if (id === undefined) return undefined;
    const known = kept.get(id) ?? read(id);
    if (!known) return undefined;
    if (!kept.delete(id)) used += bytesOf(known);
    kept.set(id, known);
    for (const [oldest, text] of kept) {
      if (used <= TEXTS_KEPT || oldest === id) break;
      kept.delete(oldest);
      used -= bytesOf(text);
    }
    return known;
  };
}
