import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { ResultsWanted, SearchGroup, SearchResult } from '#api';
import { isEmptyQuery, MOST_WORDS } from '#model';
import { createBestFirst } from './best-first';
import { type Candidates, createCandidateFinder } from './candidates';
import { createEntryReader } from './entries';
import { type KnownText, makeGroup, matches, needsText } from './hits';
import type { IndexFile } from './index-file';
import { createNewestFirst } from './newest-first';
import { type PackedText, unpackText } from './packed-text';
import { readSought, type Sought } from './sought';
import { createTagCounter } from './tag-counter';

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
  /** `limit` documents of those that are `wanted`; `undefined` when `isNewest` became false meanwhile. */
  find(input: string, limit: number, isNewest: () => boolean, wanted: ResultsWanted): Promise<SearchResult | undefined>;
  /** Words that are found for certain, of the title of the newest document; empty where there is none. */
  anyWords(): string;
}

/** `gone`: ids of documents that are not to be found, though the index has them. */
export function createIndexFinder({ database }: IndexFile, gone: ReadonlySet<string> = new Set(), now = () => new Date()): Finder {
  const texts = createTexts(database);
  const readEntries = createEntryReader(database);
  const findCandidates = createCandidateFinder(database, gone);
  const bestFirst = createBestFirst(database);
  const newestFirst = createNewestFirst(database);
  const countTags = createTagCounter(database);

  /**
   * Which of the documents, in their order, hold what is looked for, those among them that the index cannot tell of too: the first `enough`, and as
   * many more as there is time for.
   */
  async function verify(candidates: Candidates, query: Sought, order: Order, enough: number, isNewest: () => boolean) {
    const { sure, unsure, inTexts } = candidates;
    const began = performance.now();
    const verified: number[] = [];
    let done = 0;
    const isOrdered = () => verified.length < enough;
    for (const ids of inBatches(order(isOrdered))) {
      const looked = ids.filter((id) => unsure.has(id));
      const read = looked.length > 0 ? readEntries(looked, candidates, query) : undefined;
      for (const id of ids) {
        if (sure.has(id)) {
          verified.push(id);
          continue;
        }
        const { entry, text } = read?.(id, Number.POSITIVE_INFINITY) ?? {};
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

  async function chooseBest(candidates: Candidates, query: Sought, enough: number, isNewest: () => boolean, isPaged: boolean) {
    const { sure, unsure, inFields } = candidates;
    const ordered = { ids: sure, beginsWithin: false, inFields, wanted: isPaged ? 0 : enough };
    const ids = isPaged || sure.size > enough ? [...bestFirst(query, ordered, () => true).take(enough)] : [...sure];
    if (unsure.size === 0) return { ids, count: sure.size, isWhole: true };
    const left = enough - ids.length;
    const order: Order = (isOrdered) =>
      unsure.size > READ_AT_ONCE
        ? bestFirst(query, { ids: unsure, beginsWithin: true, inFields, wanted: isPaged ? 0 : left }, isOrdered)
        : unsure;
    const result = await verify({ ...candidates, sure: new Set() }, query, order, left, isNewest);
    if (!result) return undefined;
    const { verified, isWhole } = result;
    return { ids: [...ids, ...verified].slice(0, enough), count: sure.size + verified.length, isWhole };
  }

  async function chooseNewest(candidates: Candidates, query: Sought, enough: number, isNewest: () => boolean) {
    const { sure, unsure } = candidates;
    const ordered = newestFirst(sure.union(unsure));
    if (unsure.size === 0) return { ids: ordered.slice(0, enough), count: sure.size, isWhole: true };
    const result = await verify(candidates, query, () => ordered, enough, isNewest);
    if (!result) return undefined;
    const { verified, isWhole } = result;
    return { ids: verified.slice(0, enough), count: sure.union(new Set(verified)).size, isWhole };
  }

  const selectNewest = database.prepare('SELECT title FROM documents ORDER BY id DESC LIMIT 1');

  return {
    anyWords: () =>
      String(selectNewest.get()?.['title'] ?? '')
        .match(/\p{L}{3,}/gu)
        ?.slice(0, 2)
        .join(' OR ') ?? '',
    async find(input, limit, isNewest, { from, order, scope, hits, isPaged, withTags }) {
      const started = performance.now();
      const query = readSought(input, scope, now());
      if (isEmptyQuery(query)) return { groups: [], documentCount: 0, elapsed: 0 };
      const candidates = findCandidates(query);
      // Where no word is looked for, none is found better than others.
      const isByDate = order === 'newest' || query.clauses.length === 0;
      const chosen = await (isByDate ? chooseNewest : chooseBest)(candidates, query, from + limit, isNewest, isPaged);
      if (!chosen) return undefined;
      const ids = chosen.ids.slice(from);
      const read = readEntries(ids, candidates, query);
      const groups = ids.flatMap((id): SearchGroup[] => {
        const { entry, text, more = 0 } = read(id, FIELDS_SHOWN) ?? {};
        if (!entry) return [];
        const group = makeGroup(entry, candidates.inTexts.has(id) ? texts(text) : undefined, query, hits);
        return [{ ...group, total: group.total + more }];
      });
      if (!isByDate)
        groups.sort((a, b) => Number(b.isWholeTitle) - Number(a.isWholeTitle) || b.score - a.score || (a.title < b.title ? -1 : 1));
      return {
        groups,
        documentCount: chosen.count,
        ...(chosen.isWhole ? {} : { hasMore: true }),
        ...(withTags ? { tags: countTags(chosen.ids) } : {}),
        ...(query.isCut ? { notice: `Only the first ${MOST_WORDS} words were searched.` } : {}),
        elapsed: performance.now() - started,
      };
    },
  };
}

/** Documents in an order that need be kept only as long as it is asked for. */
type Order = (isOrdered: () => boolean) => Iterable<number>;

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

/** The texts of documents, by their row ids, and their folded forms. */
function createTexts(database: DatabaseSync) {
  const select = database.prepare(
    'SELECT encoding, size, texts.text AS text, text_hash FROM texts JOIN contents ON contents.id = texts.id WHERE texts.id = ?',
  );
  const kept = new Map<number, { known: KnownText; size: number }>();
  let used = 0;

  function read(id: number): { known: KnownText; size: number } | undefined {
    const { encoding, size, text, text_hash: textHash } = select.get(id) ?? {};
    if (!(text instanceof Uint8Array)) return undefined;
    const packed = { encoding: String(encoding) as PackedText['encoding'], size: Number(size), bytes: text };
    // As two bytes a code unit, as it may be.
    return { known: { ...unpackText(packed), textHash: String(textHash) }, size: 2 * packed.size };
  }

  return (id: number | undefined): KnownText | undefined => {
    if (id === undefined) return undefined;
    const found = kept.get(id) ?? read(id);
    if (!found) return undefined;
    if (!kept.delete(id)) used += found.size;
    kept.set(id, found);
    for (const [oldest, { size }] of kept) {
      if (used <= TEXTS_KEPT || oldest === id) break;
      kept.delete(oldest);
      used -= size;
    }
    return found.known;
  };
}
