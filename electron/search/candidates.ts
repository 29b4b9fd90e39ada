import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Clause, Term } from '#model';
import { documentCondition, noteCondition } from './conditions';
import { columnsOf } from './index-file';
import { documentOf, FIELDS } from './index-writer';
import { type Sought, splitFilters } from './sought';
import { ask } from './tokens';

/** The documents that the index finds for a query, as row ids. */
export interface Candidates {
  /** Found for certain, and those whose texts or notes must be looked at. */
  sure: ReadonlySet<number>;
  unsure: ReadonlySet<number>;
  /** Of them and others: those of which a title, tag or note may hold one of the words, and those of which the text may. */
  inFields: ReadonlySet<number>;
  inTexts: ReadonlySet<number>;
  /** The fields that hold each of the terms, negated ones too, by their row ids. */
  fields: readonly Found[];
}

/** Row ids of what holds a term for certain, and of what must be looked at. */
export interface Found {
  sure: Set<number>;
  unsure: Set<number>;
}

const nothing: Found = { sure: new Set(), unsure: new Set() };

/** Texts that are looked at in the time that is needed to ask for a phrase behind one more word than it begins with. */
const TEXTS_PER_END = 2;

/** Ends of words that are asked for at once: the time that this takes grows with their square, and nothing can end it. */
const MOST_ENDS = 5_000;

type Place = 'field' | 'text';
type Table = 'words' | 'ends' | 'grams';

/** Finds the documents that may be what a query looks for, but for those with the ids `gone`; those that are, are among them. */
export function createCandidateFinder(database: DatabaseSync, gone: ReadonlySet<string>): (query: Sought) => Candidates {
  const statements = new Map<string, StatementSync>();

  /** One value that holds all ids: rows of their own take three times as long. */
  function idsOf(select: string, ...values: SQLInputValue[]): Set<number> {
    const statement = statements.get(select) ?? database.prepare(`SELECT json_group_array(id) AS ids FROM (${select})`);
    statements.set(select, statement);
    return new Set<number>(JSON.parse(String(statement.get(...values)?.['ids'])));
  }

  const endsIn = { field: createEndFinder(database, 'field'), text: createEndFinder(database, 'text') };
  const rowsIn = (place: Place, table: Table, expression: string): Set<number> => idsOf(rowsWith(place, table), expression);

  /** Fields, or documents by their texts. */
  function findIn(place: Place, term: Term): Found {
    const { words, isExact, within } = ask(term);
    const inColumns = term.field === 'any' ? '' : `{${columnsOf[term.field]}} : `;
    // Only the words tell in which field they stand.
    if (within?.isExact && inColumns === '') return { sure: rowsIn(place, 'grams', within.grams), unsure: new Set() };
    const found = rowsIn(place, 'words', inColumns + words);
    const [sure, unsure] = isExact ? [found, new Set<number>()] : [new Set<number>(), found];
    if (!within) return { sure, unsure };
    const { grams, further } = within;
    // Few words end as the first one does: that is asked in less time than where the others stand.
    let begins = (further ? rowsIn(place, 'ends', further.ends) : rowsIn(place, 'grams', grams)).difference(sure);
    if (further && begins.size > 0) begins = begins.intersection(rowsIn(place, 'words', inColumns + further.words));
    const most = Math.min(begins.size / TEXTS_PER_END, MOST_ENDS);
    const ends = further && most >= 1 ? endsIn[place](further.end, most) : undefined;
    if (!further || !ends) return { sure, unsure: unsure.union(begins) };
    const begun = rowsIn(place, 'words', `${inColumns}(${further.after(ends)})`);
    return isExact ? { sure: sure.union(begun), unsure } : { sure, unsure: unsure.union(begun) };
  }

  return (query) => {
    const inFields = new Set<number>();
    let inTexts = new Set<number>();
    const allFields: Found[] = [];
    const findClause = ({ alternatives, negated }: Clause): Found => {
      let sure = new Set<number>();
      let unsure = new Set<number>();
      for (const term of alternatives) {
        const fields = term.field === 'any' && query.scope === 'texts' ? nothing : findIn('field', term);
        const texts = term.field === 'any' && query.scope !== 'notes' ? findIn('text', term) : nothing;
        allFields.push(fields);
        sure = sure.union(texts.sure);
        unsure = unsure.union(texts.unsure);
        inTexts = inTexts.union(texts.sure).union(texts.unsure);
        for (const row of fields.sure) sure.add(documentOf(row));
        for (const row of fields.unsure) unsure.add(documentOf(row));
        if (!negated) for (const row of fields.sure.union(fields.unsure)) inFields.add(documentOf(row));
      }
      return { sure, unsure: unsure.difference(sure) };
    };

    const [first, ...others] = query.clauses.filter(({ negated }) => !negated);
    let { sure, unsure } = first ? findClause(first) : { sure: idsOf('SELECT id FROM documents'), unsure: new Set<number>() };
    for (const clause of others) {
      const found = findClause(clause);
      unsure = unsure.intersection(found.sure.union(found.unsure)).union(sure.intersection(found.unsure));
      sure = sure.intersection(found.sure);
    }
    for (const clause of query.clauses.filter(({ negated }) => negated)) {
      const found = findClause(clause);
      // What one note must not hold another one may.
      if (query.scope === 'notes') continue;
      unsure = unsure.difference(found.sure).union(sure.intersection(found.unsure));
      sure = sure.difference(found.sure).difference(found.unsure);
    }
    for (const { alternatives, negated } of splitFilters(query).ofDocuments) {
      const passing = alternatives
        .map((filter) => {
          const [sql, ...values] = documentCondition(filter, query.today);
          return idsOf(`SELECT id FROM documents WHERE ${sql}`, ...values);
        })
        .reduce((all, each) => all.union(each));
      sure = negated ? sure.difference(passing) : sure.intersection(passing);
      unsure = negated ? unsure.difference(passing) : unsure.intersection(passing);
    }
    if (query.scope === 'notes') {
      const [sql, ...values] = noteCondition(query);
      const noted = idsOf(`SELECT DISTINCT id / ${FIELDS} AS id FROM fields WHERE ${sql}`, ...values);
      sure = sure.intersection(noted);
      unsure = unsure.intersection(noted);
      // Whether one note has all of it, its fields tell.
      if (query.clauses.length > 0) [sure, unsure] = [new Set(), unsure.union(sure)];
    }
    if (gone.size > 0) {
      const rows = idsOf('SELECT id FROM documents WHERE key IN (SELECT value FROM json_each(?))', JSON.stringify([...gone]));
      sure = sure.difference(rows);
      unsure = unsure.difference(rows);
    }
    return { sure, unsure, inFields, inTexts, fields: allFields };
  };
}

/** Asks for the ends of words that begin with one; `undefined` where there are more than so many. */
function createEndFinder(database: DatabaseSync, place: Place): (end: string, most: number) => string[] | undefined {
  const select = database.prepare(`SELECT term FROM ${place}_end_terms WHERE term >= ?1 AND term < ?1 || char(0x10ffff) LIMIT ?2`);
  return (end, most) => {
    const ends = select.all(end, Math.floor(most) + 1).map(({ term }) => String(term));
    return ends.length <= most ? ends : undefined;
  };
}

function rowsWith(place: Place, table: Table): string {
  const name = `${place}_${table}`;
  const rows = `SELECT rowid AS id FROM ${name} WHERE ${name} MATCH ?`;
  return place === 'field' ? rows : `SELECT documents.id AS id FROM (${rows}) AS found CROSS JOIN documents ON documents.text = found.id`;
}
