import type { SearchGroup, SearchHit } from '#api';
import { type Folded, unfoldRange } from '#model';
import { wholeTitle } from './best-first';
import type { Entry, SearchText } from './entry';
import { titleKey } from './index-writer';
import { findTerm, hasTerm, type Span } from './match';
import { type Clause, type Filter, positiveTerms, type Query, type Term } from './query';
import { chooseTextSpans, type Find, score } from './rank';
import { makeSnippet } from './snippet';

/** How many hits of a document are shown; its text keeps two places when it has any. */
const HITS_SHOWN = 5;
const HITS_KEPT_FOR_TEXT = 2;

/** Code units of the folded text around a hit within which others may be shown with it: more than a passage has. */
const NEAR = 500;

const EVERYTHING = { before: Number.POSITIVE_INFINITY, after: Number.POSITIVE_INFINITY };

/** Whether there is anything to look for. */
export const isEmptyQuery = (query: Query): boolean => positiveTerms(query).length === 0 && query.filters.length === 0;

/** Whether the text can decide: what concerns only the title, tags, notes and file already holds. */
export function needsText(entry: Entry, query: Query): boolean {
  if (!query.filters.every(({ filter, negated }) => passes(entry, filter) !== negated)) return false;
  const anywhere = (clause: Clause) => clause.alternatives.some(({ field }) => field === 'any');
  return query.clauses.some(anywhere) && query.clauses.every((clause) => anywhere(clause) || holds(entry, undefined, clause));
}

/** A document's text. */
export interface KnownText extends SearchText {
  /** SHA-256 of its UTF-8. */
  textHash: string;
}

/** Whether the query is found in a document; `text` is `undefined` when it cannot be read or is not needed. */
export function matches(entry: Entry, text: Folded | undefined, query: Query): boolean {
  if (!query.filters.every(({ filter, negated }) => passes(entry, filter) !== negated)) return false;
  return query.clauses.every((clause) => holds(entry, text, clause));
}

/** What the reader sees of a document that matches. */
export function makeGroup(entry: Entry, text: KnownText | undefined, query: Query): SearchGroup {
  const finds = findAll(entry, text?.folded, query);
  const inFields = finds.flat().filter(({ kind }) => kind !== 'text');
  const fields = dropRepeats(inFields.map((each) => fieldHit(each, inFields)));
  const inText = finds.flat().filter(({ kind }) => kind === 'text');
  const room = HITS_SHOWN - Math.min(fields.length, inText.length > 0 ? HITS_SHOWN - HITS_KEPT_FOR_TEXT : HITS_SHOWN);
  const textHits = text ? chooseTextSpans(finds, room).map((span) => textHit(text, span, inText)) : [];
  return {
    documentId: entry.document.id,
    title: entry.document.title,
    isWholeTitle: titleKey(entry.document.title) === wholeTitle(query),
    score: score(finds),
    total: fields.length + inText.reduce((sum, { total }) => sum + total, 0),
    hits: [...fields.slice(0, HITS_SHOWN - textHits.length), ...textHits],
  };
}

/** The finds of each clause that is not negated. */
const findAll = (entry: Entry, text: Folded | undefined, { clauses }: Query): Find[][] =>
  clauses.filter(({ negated }) => !negated).map(({ alternatives }) => alternatives.flatMap((term) => find(entry, text, term)));

function holds(entry: Entry, text: Folded | undefined, { alternatives, negated }: Clause): boolean {
  return alternatives.some((term) => occurs(entry, text, term)) !== negated;
}

function occurs(entry: Entry, text: Folded | undefined, term: Term): boolean {
  return (
    fieldsOf(entry, term).some((field) => hasTerm(field.text.folded.text, term)) ||
    (term.field === 'any' && text !== undefined && hasTerm(text.text, term))
  );
}

function find(entry: Entry, text: Folded | undefined, term: Term): Find[] {
  const finds: Find[] = fieldsOf(entry, term).map((field) => ({ ...field, ...findTerm(field.text.folded.text, term) }));
  if (term.field === 'any' && text) finds.push({ kind: 'text', ...findTerm(text.text, term) });
  return finds.filter(({ total }) => total > 0);
}

type FieldText = Pick<SearchHit, 'noteId' | 'colour'> & { kind: 'title' | 'tag' | 'quote' | 'note'; text: SearchText };

/** The texts besides the document's own where `term` may stand, the weightiest first. */
function fieldsOf({ title, tags, notes }: Entry, { field }: Term): FieldText[] {
  const fields: FieldText[] = [];
  if (field === 'any' || field === 'title') fields.push({ kind: 'title', text: title });
  if (field === 'any' || field === 'tag') {
    fields.push(...tags.map((text) => ({ kind: 'tag' as const, text })));
    for (const { id: noteId, colour, tags: own } of notes)
      fields.push(...own.map((text) => ({ kind: 'tag' as const, noteId, colour, text })));
  }
  if (field === 'any' || field === 'note') {
    for (const { id: noteId, colour, body } of notes) fields.push({ kind: 'note', noteId, colour, text: body });
    for (const { id: noteId, colour, quote } of notes) fields.push({ kind: 'quote', noteId, colour, text: quote });
  }
  return fields;
}

function passes({ document, folder }: Entry, filter: Filter): boolean {
  if (filter.type === 'in') return folder.includes(filter.text);
  const { date } = document;
  if (date === undefined) return false;
  // A year or month stands for all its days: `after:2021` begins with 2022, `before:2021` ends with 2020.
  const same = date.slice(0, filter.date.length);
  return filter.type === 'before' ? same < filter.date : same > filter.date;
}

/** `others`: all that was found in titles, tags and notes; what of it is in the same one is marked too. */
function fieldHit({ kind, noteId, colour, text, spans }: Find, others: readonly Find[]): SearchHit {
  const [span] = spans;
  if (!span || !text) throw new Error('A hit outside of the text has its own text and place.');
  const { original, folded } = text;
  const found = others.flatMap((each) => (each.text === text ? each.spans : [])).map(({ start, end }) => unfoldRange(folded, start, end));
  // A tag is chosen by its whole name, a document by its whole title.
  const context = kind === 'tag' || kind === 'title' ? { context: EVERYTHING } : {};
  return { kind, noteId, colour, ...makeSnippet(original, unfoldRange(folded, span.start, span.end), { ...context, found }) };
}

/** A title, tag or note is one hit, whichever of the words it contains. */
function dropRepeats(hits: readonly SearchHit[]): SearchHit[] {
  const seen = new Set<string>();
  const order = ['title', 'tag', 'note', 'quote'];
  return [...hits]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .filter(({ kind, noteId, before, match, after }) => {
      const key = JSON.stringify(kind === 'tag' ? [kind, noteId, before + match + after] : [kind, noteId]);
      return !seen.has(key) && seen.add(key);
    });
}

/** `finds`: all that was found in the text. */
function textHit({ original, folded, textHash }: KnownText, span: Span, finds: readonly Find[]): SearchHit {
  const { start, end } = unfoldRange(folded, span.start, span.end);
  // What is far away is not looked at: there may be thousands.
  const near = finds.flatMap(({ spans }) => spans.filter((each) => Math.abs(each.start - span.start) < NEAR));
  const found = near.map((each) => unfoldRange(folded, each.start, each.end));
  return { kind: 'text', ...makeSnippet(original, { start, end }, { found }), place: { start, end, textHash } };
}
