import type { SearchGroup, SearchHit } from '#api';
import {
  type Clause,
  type DocumentState,
  type Filter,
  type FilterClause,
  type Folded,
  foldName,
  momentsOf,
  rangeOf,
  type Term,
  unfoldRange,
} from '#model';
import { wholeTitle } from './best-first';
import { type DocumentFacts, type Entry, type EntryNote, foldCollections, foldFolder, type SearchText, soughtFolder } from './entry';
import { titleKey } from './index-writer';
import { findTerm, hasTerm, type Span } from './match';
import type { UnpackedText } from './packed-text';
import { chooseTextSpans, type Find, score } from './rank';
import { makeSnippet } from './snippet';
import { type Sought, splitFilters } from './sought';

/** How much of the room for a document's hits its text keeps when it has any. */
const KEPT_FOR_TEXT = 2 / 5;

/** Code units of the folded text around a hit within which others may be shown with it: more than a passage has. */
const NEAR = 500;

const EVERYTHING = { before: Number.POSITIVE_INFINITY, after: Number.POSITIVE_INFINITY };

/** Whether the text can decide: what concerns only the title, tags, notes and file already holds. */
export function needsText(entry: Entry, query: Sought): boolean {
  if (query.scope === 'notes' || !passesAll(entry, query)) return false;
  const anywhere = (clause: Clause) => clause.alternatives.some(({ field }) => field === 'any');
  return query.clauses.some(anywhere) && query.clauses.every((clause) => anywhere(clause) || holds(entry, undefined, clause, query));
}

/** A document's text. */
export interface KnownText extends UnpackedText {
  /** SHA-256 of its UTF-8. */
  textHash: string;
}

/** Whether the query is found in a document; `text` is `undefined` when it cannot be read or is not needed. */
export function matches(entry: Entry, text: Folded | undefined, query: Sought): boolean {
  if (!passesAll(entry, query)) return false;
  if (query.scope === 'notes') return entry.notes.some((note) => matchesNote(entry, note, query));
  return query.clauses.every((clause) => holds(entry, text, clause, query));
}

/** Whether one note has all that is asked of a note. */
function matchesNote(entry: Entry, note: EntryNote, query: Sought): boolean {
  const isPassing = splitFilters(query).ofNotes.every((clause) => passesClause(clause, (filter) => passesNote(note, filter, query.today)));
  const alone = { ...entry, notes: [note] };
  return isPassing && query.clauses.every((clause) => holds(alone, undefined, clause, query));
}

/** What the reader sees of a document that matches. */
export function makeGroup(whole: Entry, text: KnownText | undefined, query: Sought, most = 5): SearchGroup {
  const isOfNotes = query.scope === 'notes';
  const entry = isOfNotes ? { ...whole, notes: whole.notes.filter((note) => matchesNote(whole, note, query)) } : whole;
  const finds = findAll(entry, isOfNotes ? undefined : text?.folded, query);
  const inFields = finds.flat().filter(({ kind }) => kind !== 'text');
  const withWords = dropRepeats(inFields.map((each) => fieldHit(each, inFields)));
  const fields = isOfNotes ? [...withWords, ...notesWithoutWords(entry, withWords)] : withWords;
  const inText = finds.flat().filter(({ kind }) => kind === 'text');
  const room = most - Math.min(fields.length, inText.length > 0 ? most - Math.ceil(most * KEPT_FOR_TEXT) : most);
  const textHits = text ? chooseTextSpans(finds, room).map((span) => textHit(text, span, inText)) : [];
  const { id, title, date } = entry.document;
  const places = inText.reduce((sum, { total }) => sum + total, 0);
  return {
    documentId: id,
    title,
    date,
    isWholeTitle: titleKey(entry.title.folded.text) === wholeTitle(query),
    score: score(finds),
    total: fields.length + places,
    inText: places,
    hits: [...fields.slice(0, most - textHits.length), ...textHits],
  };
}

/** Notes that filters alone find, the newest first, by their quote or else by their words. */
function notesWithoutWords({ notes }: Entry, found: readonly SearchHit[]): SearchHit[] {
  const told = new Set(found.map(({ noteId }) => noteId));
  return notes
    .filter(({ id }) => !told.has(id))
    .sort((a, b) => b.created - a.created)
    .map(({ id, colour, quote, body }) => {
      const kind = quote.original === '' ? 'note' : 'quote';
      const { before, match, after } = makeSnippet((kind === 'note' ? body : quote).original, { start: 0, end: 0 });
      return { kind, noteId: id, colour, before, match, after, marks: [] };
    });
}

/** The finds of each clause that is not negated. */
const findAll = (entry: Entry, text: Folded | undefined, query: Sought): Find[][] =>
  query.clauses.filter(({ negated }) => !negated).map(({ alternatives }) => alternatives.flatMap((term) => find(entry, text, term, query)));

function holds(entry: Entry, text: Folded | undefined, { alternatives, negated }: Clause, query: Sought): boolean {
  return alternatives.some((term) => occurs(entry, text, term, query)) !== negated;
}

function occurs(entry: Entry, text: Folded | undefined, term: Term, query: Sought): boolean {
  return (
    fieldsOf(entry, term, query).some((field) => hasTerm(field.text.folded.text, term)) ||
    (term.field === 'any' && text !== undefined && hasTerm(text.text, term))
  );
}

function find(entry: Entry, text: Folded | undefined, term: Term, query: Sought): Find[] {
  const finds: Find[] = fieldsOf(entry, term, query).map((field) => ({ ...field, ...findTerm(field.text.folded.text, term) }));
  if (term.field === 'any' && text) finds.push({ kind: 'text', ...findTerm(text.text, term) });
  return finds.filter(({ total }) => total > 0);
}

type FieldText = Pick<SearchHit, 'noteId' | 'colour'> & { kind: 'title' | 'tag' | 'quote' | 'note'; text: SearchText };

/** The texts besides the document's own where `term` may stand, the weightiest first. */
function fieldsOf({ title, tags, notes }: Entry, { field }: Term, { scope }: Sought): FieldText[] {
  const fields: FieldText[] = [];
  if (field === 'any' && scope === 'texts') return fields;
  const isOfDocument = field !== 'any' || scope === 'all';
  if (isOfDocument && field !== 'tag' && field !== 'note') fields.push({ kind: 'title', text: title });
  if (field === 'any' || field === 'tag') {
    if (isOfDocument) fields.push(...tags.map((text) => ({ kind: 'tag' as const, text })));
    for (const { id: noteId, colour, tags: own } of notes)
      fields.push(...own.map((text) => ({ kind: 'tag' as const, noteId, colour, text })));
  }
  if (field === 'any' || field === 'note') {
    for (const { id: noteId, colour, body } of notes) fields.push({ kind: 'note', noteId, colour, text: body });
    for (const { id: noteId, colour, quote } of notes) fields.push({ kind: 'quote', noteId, colour, text: quote });
  }
  return fields;
}

const passesClause = ({ alternatives, negated }: FilterClause, passes: (filter: Filter) => boolean): boolean =>
  alternatives.some(passes) !== negated;

const passesAll = (entry: Entry, query: Sought): boolean =>
  splitFilters(query).ofDocuments.every((clause) => passesClause(clause, (filter) => passes(entry, filter, query.today)));

function passes({ document, isNoted }: Entry, filter: Filter, today: string): boolean {
  const { date, format, folder, author, collections } = document;
  switch (filter.type) {
    case 'in':
      return foldFolder(folder).includes(soughtFolder(filter.text));
    case 'collection':
      return foldCollections(collections).replaceAll('"', '').includes(filter.text);
    case 'author':
      return author !== undefined && foldName(author).includes(filter.text);
    case 'is':
      return isIn(document, filter.state);
    case 'kind':
      return format === filter.format;
    case 'has':
      return isNoted;
    // A year or month stands for all its days: `after:2021` begins with 2022, `before:2021` ends with 2020.
    case 'before':
      return date !== undefined && date < (rangeOf(filter.days, today).first ?? '');
    case 'after':
      return date !== undefined && date > (rangeOf(filter.days, today).last ?? '');
    default:
      throw new Error(`“${filter.type}” is asked of notes.`);
  }
}

function isIn({ status, isFavourite, isLater, isMissing, hasUnplaced }: DocumentFacts, state: DocumentState): boolean {
  switch (state) {
    case 'favourite':
      return isFavourite;
    case 'later':
      return isLater;
    case 'missing':
      return isMissing;
    case 'unplaced':
      return hasUnplaced;
    default:
      return status === state;
  }
}

function passesNote(note: EntryNote, filter: Filter, today: string): boolean {
  if (filter.type === 'colour') return note.colour === filter.colour;
  if (filter.type !== 'created' && filter.type !== 'modified') throw new Error(`“${filter.type}” is asked of documents.`);
  const { from, until } = momentsOf(filter.days, today);
  return note[filter.type] >= from && note[filter.type] < until;
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
