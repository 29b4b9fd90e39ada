import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import type { SearchGroup, SearchResult } from '#api';
import type { Colour } from '#model';
import { type Folded, fold } from '#model';
import { decodeText } from '../formats/document-text';
import { type Candidates, findCandidates } from './candidates';
import { type Entry, makeEntry } from './entry';
import { isEmptyQuery, type KnownText, makeGroup, matches, needsText } from './hits';
import type { IndexFile } from './index-file';
import { FIELDS, titleKey } from './index-writer';
import { MOST_WORDS, parseQuery, positiveTerms, type Query } from './query';
import { ask } from './tokens';

/** Documents that are ranked by the passages themselves for each one that is shown. */
const RANKED_MORE = 10;

/** Fields of a document that are looked at, where the index alone tells that they match. */
const FIELDS_SHOWN = 60;

/** ms that the texts themselves are looked at for what the index cannot tell; what was found by then is shown. */
const PATIENCE = 400;

/** Documents that are looked at before a newer search is looked for. */
const VERIFIED_AT_ONCE = 16;

/** UTF-16 code units of texts that stay in memory, the least recently used going first. */
const TEXTS_KEPT = 16 * 1024 * 1024;

/** Finds in the index. */
export interface Finder {
  /** The best `limit` documents; `undefined` when `isNewest` became false meanwhile. */
  find(input: string, limit: number, isNewest: () => boolean): Promise<SearchResult | undefined>;
}

export function createIndexFinder({ database }: IndexFile): Finder {
  const texts = createTexts(database);
  const entries = createEntries(database);

  /** Of `ids`, in their order, those that a query that the index cannot answer alone is really found in. */
  async function verify(ids: readonly number[], query: Query, isNewest: () => boolean) {
    const until = performance.now() + PATIENCE;
    const verified: number[] = [];
    let done = 0;
    while (done < ids.length && performance.now() < until) {
      const some = ids.slice(done, done + VERIFIED_AT_ONCE);
      for (const { id, entry, content } of entries(some, query, FIELDS))
        if (matches(entry, needsText(entry, query) ? texts(content)?.folded : undefined, query)) verified.push(id);
      done += some.length;
      await setImmediate();
      if (!isNewest()) return undefined;
    }
    return { verified, isWhole: done >= ids.length };
  }

  async function choose(candidates: Candidates, query: Query, limit: number, isNewest: () => boolean) {
    if (candidates.isExact) return { ids: candidates.best(limit + RANKED_MORE), count: candidates.count, isWhole: true };
    const result = await verify(candidates.best(candidates.count), query, isNewest);
    return result && { ids: result.verified.slice(0, limit + RANKED_MORE), count: result.verified.length, isWhole: result.isWhole };
  }

  return {
    async find(input, limit, isNewest) {
      const started = performance.now();
      const query = parseQuery(input);
      if (isEmptyQuery(query)) return { groups: [], documentCount: 0, elapsed: 0 };
      const chosen = await choose(findCandidates(database, query), query, limit, isNewest);
      if (!chosen) return undefined;
      const whole = positiveTerms(query)
        .map(({ text }) => text)
        .join(' ');
      const groups: (SearchGroup & { isWholeTitle: boolean })[] = entries(chosen.ids, query, FIELDS_SHOWN).map(
        ({ entry, content, total }) => {
          const group = makeGroup(entry, needsText(entry, query) ? texts(content) : undefined, query);
          return { ...group, total: group.total + Math.max(0, total - FIELDS_SHOWN), isWholeTitle: titleKey(group.title) === whole };
        },
      );
      groups.sort((a, b) => Number(b.isWholeTitle) - Number(a.isWholeTitle) || b.score - a.score || (a.title < b.title ? -1 : 1));
      return {
        groups: groups.slice(0, limit).map(({ isWholeTitle: _, ...group }) => group),
        documentCount: chosen.count,
        ...(chosen.isWhole ? {} : { hasMore: true }),
        ...(query.isCut ? { limit: `Only the first ${MOST_WORDS} words were searched.` } : {}),
        elapsed: performance.now() - started,
      };
    },
  };
}

interface KnownEntry {
  id: number;
  /** With those of its fields that the query may be found in. */
  entry: Entry;
  content: string | undefined;
  /** How many such fields there are. */
  total: number;
}

/** Reads documents by their row ids, in the same order, each with at most `most` of its fields that the query concerns. */
function createEntries(database: DatabaseSync) {
  const forget = database.prepare('DELETE FROM chosen');
  const choose = database.prepare('INSERT OR IGNORE INTO chosen VALUES (?)');
  const select = database.prepare('SELECT id, key, title, folder, date, content FROM documents WHERE id IN (SELECT id FROM chosen)');
  const everyField = database.prepare(
    `SELECT fields.id AS id, chosen.id AS document, count(*) OVER (PARTITION BY chosen.id) AS total
      FROM chosen JOIN fields ON fields.id BETWEEN chosen.id * ${FIELDS} AND chosen.id * ${FIELDS} + ${FIELDS - 1} WHERE kind <> 'title'`,
  );
  const matchingFields = database.prepare(`
    SELECT * FROM (
      SELECT id, document, row_number() OVER (PARTITION BY document ORDER BY score) AS place, count(*) OVER (PARTITION BY document) AS total
      FROM (SELECT rowid AS id, rowid / ${FIELDS} AS document, rank AS score FROM field_words WHERE field_words MATCH ?)
      WHERE document IN (SELECT id FROM chosen))
    WHERE place <= ?`);
  const field = database.prepare('SELECT kind, note, colour, text FROM fields WHERE id = ?');

  return (ids: readonly number[], query: Query, most: number): KnownEntry[] => {
    forget.run();
    for (const id of ids) choose.run(id);
    const expression = fieldsOf(query);
    const rows =
      expression === undefined ? everyField.all() : matchingFields.all(`{tag note quote} : (${expression})`, Math.min(most, FIELDS));
    const fields = Map.groupBy(rows, ({ document }) => Number(document));
    const documents = new Map(select.all().map((row) => [Number(row['id']), row]));
    return ids.flatMap((id) => {
      const document = documents.get(id);
      if (!document) return [];
      const own = fields.get(id) ?? [];
      const found = own.slice(0, most).map((row) => field.get(Number(row['id'])) ?? {});
      const entry = makeEntry({
        id: String(document['key']),
        title: String(document['title']),
        folder: String(document['folder']),
        date: textOf(document['date']),
        tags: found.filter(({ kind, note }) => kind === 'tag' && note === null).map(({ text }) => String(text)),
        notes: [
          ...Map.groupBy(
            found.filter(({ note }) => note !== null),
            ({ note }) => String(note),
          ),
        ].map(([note, parts]) => ({
          id: note,
          colour: String(parts[0]?.['colour']) as Colour,
          quote: textOf(parts.find(({ kind }) => kind === 'quote')?.['text']) ?? '',
          body: textOf(parts.find(({ kind }) => kind === 'note')?.['text']) ?? '',
          tags: parts.filter(({ kind }) => kind === 'tag').map(({ text }) => String(text)),
        })),
      });
      return [{ id, entry, content: textOf(document['content']), total: Number(own[0]?.['total'] ?? 0) }];
    });
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The fields that any of the query's terms may stand in, of negated ones too; `undefined` where the index cannot tell. */
function fieldsOf({ clauses }: Query): string | undefined {
  const asked = clauses.flatMap(({ alternatives }) => alternatives.map((term) => ask(term)));
  const words = asked.flatMap((each) => (each.grams === undefined ? (each.words ?? []) : []));
  return words.length === asked.length && words.length > 0 ? words.join(' OR ') : undefined;
}

/** The texts of contents, and their folded forms. */
function createTexts(database: DatabaseSync) {
  const select = database.prepare('SELECT texts.text AS text, text_hash FROM contents JOIN texts ON texts.id = contents.id WHERE key = ?');
  const kept = new Map<string, KnownText>();
  let used = 0;

  const read = (content: string): KnownText | undefined => {
    const row = select.get(content);
    if (!(row?.['text'] instanceof Uint8Array)) return undefined;
    const text = decodeText({ units: new Uint8Array(inflateRawSync(row['text'])) });
    const folded: Folded = fold(text);
    return { original: text, folded, textHash: String(row['text_hash']) };
  };

  return (content: string | undefined): KnownText | undefined => {
    if (content === undefined) return undefined;
    const known = kept.get(content) ?? read(content);
    if (!known) return undefined;
    if (!kept.delete(content)) used += known.original.length;
    kept.set(content, known);
    for (const [oldest, { original }] of kept) {
      if (used <= TEXTS_KEPT || oldest === content) break;
      kept.delete(oldest);
      used -= original.length;
    }
    return known;
  };
}
