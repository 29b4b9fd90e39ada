import path from 'node:path';
import {
  type ChosenNotes,
  type DocumentQuery,
  type DocumentSummary,
  type ExportRequest,
  type ExportScope,
  fail,
  isOfCopies,
  isOfReferences,
  ok,
  type Result,
} from '#api';
import type { DocumentFormat } from '#formats/list';
import {
  emptyNotebook,
  fileNameOf,
  type Identity,
  inOrderOfText,
  isTagWithin,
  type Notebook,
  passagesOf,
  type WholeNote,
  wholeNotes,
  wholeWith,
} from '#model';
import { filterInSlices, type Pause, sortInSlices } from '../pacing';
import { type DocumentRecord, documentRecord } from './record';

/** What an export reads: the library's rows and the notebooks, both in memory. */
export interface ExportSource {
  document(id: string): DocumentSummary | undefined;
  notebook(id: string): Notebook | undefined;
  /** Of a document that the library knows, also where it has no notebook. */
  identity(id: string): Identity | undefined;
  notebooks(): Iterable<Notebook>;
  /** The ids of the documents that a list shows, in its order. */
  list(query: DocumentQuery): Promise<string[]>;
}

/** What names a document. */
export interface Described {
  id: string;
  title: string;
  /** ISO `YYYY-MM-DD`. */
  date: string | undefined;
  author: string | undefined;
  /** BCP 47. */
  language: string | undefined;
  /** Where the document lies in the library, with `/`; never an absolute path, which would tell the reader's name to strangers. */
  source: string;
}

/** What an export tells of a document, beside its notes. */
export interface DocumentHead extends Described {
  /** Absent when the library no longer knows the document. */
  format: DocumentFormat | undefined;
  /** Of a page that was saved from the web: what its site is called, and its address. */
  site: string | undefined;
  address: string | undefined;
  tags: string[];
  record: DocumentRecord;
}

/** A document's part of an export: its notes in reading order, page notes first. */
export interface SelectedDocument {
  head: DocumentHead;
  notes: readonly WholeNote[];
}

/** What is exported. Notebooks that change later are other objects, so that it stays as it is. */
export interface Selection {
  title: string;
  documents: readonly SelectedDocument[];
  noteCount: number;
}

/** Sorts titles without regard to case and accents, and numbers by value, on every machine alike. */
const titles = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const byTitle = (a: SelectedDocument, b: SelectedDocument): number =>
  titles.compare(a.head.title, b.head.title) || compare(a.head.id, b.head.id);

/** The notes of a scope by document, documents without any left out, and those of other persons unless they are asked for. Fails with `export-empty` where nothing remains. */
export async function select(
  source: ExportSource,
  { scope, format, withOthers = false }: Pick<ExportRequest, 'scope' | 'format' | 'withOthers'>,
  pause: Pause,
): Promise<Result<Selection>> {
  if (isOfReferences(format)) return selectDocuments(source, scope, pause);
  const isChosen = scope.type === 'note' || scope.type === 'notes';
  const found: SelectedDocument[] = [];
  let noteCount = 0;
  for (const notebook of await notebooksOf(source, scope)) {
    await pause();
    if (isOfCopies(format) && !canBeCopied(source.document(notebook.id))) continue;
    const all = await notesOf(notebook, scope, pause);
    const notes = withOthers || isChosen ? all : await filterInSlices(all, ({ creator }) => creator === undefined, pause);
    if (notes.length === 0) continue;
    noteCount += notes.length;
    found.push({ head: headOf(source, notebook), notes: await sortInSlices(notes, compareNotes, pause) });
  }
  const isSorted = scope.type === 'tag' || scope.type === 'everything';
  const documents = isSorted ? await sortInSlices(found, byTitle, pause) : found;
  const [first] = documents;
  if (!first) return fail('export-empty', isOfCopies(format) ? NOTHING_TO_COPY : emptyMessage(scope));
  return ok({ title: selectionTitle(scope, first.head, documents.length), documents, noteCount });
}

/** The documents of a scope, those without notes too. */
async function selectDocuments(source: ExportSource, scope: ExportScope, pause: Pause): Promise<Result<Selection>> {
  const documents: SelectedDocument[] = [];
  for (const id of await documentsOf(source, scope)) {
    await pause();
    const identity = source.identity(id);
    const notebook = source.notebook(id) ?? (identity && emptyNotebook(id, identity));
    if (notebook) documents.push({ head: headOf(source, notebook), notes: [] });
  }
  const [first] = documents;
  if (!first) return fail('export-empty', 'There is nothing to export: no document is among what you chose.');
  const isTagged = scope.type === 'tag';
  const title = documents.length === 1 ? first.head.title : isTagged ? `Documents tagged ${scope.tag}` : 'References';
  return ok({ title, documents, noteCount: 0 });
}

async function documentsOf(source: ExportSource, scope: ExportScope): Promise<string[]> {
  const byTitle = { sort: 'title', ascending: true } as const;
  switch (scope.type) {
    case 'note':
      return [scope.documentId];
    case 'notes':
      return [...idsByDocument(scope.notes).keys()];
    case 'documents':
      return [...new Set(scope.documentIds)];
    case 'list':
      return source.list(scope.query);
    case 'tag':
      return source.list({ tag: scope.tag, ...byTitle });
    case 'everything':
      return source.list(byTitle);
  }
}

async function notebooksOf(source: ExportSource, scope: ExportScope): Promise<Notebook[]> {
  switch (scope.type) {
    case 'note':
      return [source.notebook(scope.documentId)].filter((notebook) => notebook !== undefined);
    case 'notes':
      return [...idsByDocument(scope.notes).keys()].flatMap((id) => source.notebook(id) ?? []);
    case 'documents':
      return [...new Set(scope.documentIds)].flatMap((id) => source.notebook(id) ?? []);
    case 'list':
      return (await source.list(scope.query)).flatMap((id) => source.notebook(id) ?? []);
    case 'tag':
    case 'everything':
      return [...source.notebooks()];
  }
}

/** What was grouped of chosen notes: it is asked for at each document. */
const grouped = new WeakMap<ChosenNotes, ReadonlyMap<string, ReadonlySet<string>>>();

/** The ids of chosen notes by their documents. */
function idsByDocument(notes: ChosenNotes): ReadonlyMap<string, ReadonlySet<string>> {
  const known = grouped.get(notes);
  if (known) return known;
  const groups = Map.groupBy(notes, ({ documentId }) => documentId);
  const ids = new Map([...groups].map(([id, own]) => [id, new Set(own.flatMap(({ noteIds }) => noteIds))]));
  grouped.set(notes, ids);
  return ids;
}

async function notesOf(notebook: Notebook, scope: ExportScope, pause: Pause): Promise<readonly WholeNote[]> {
  const all = wholeNotes(notebook.notes);
  switch (scope.type) {
    case 'note':
      return [wholeWith(notebook.notes, scope.noteId)].filter((note) => note !== undefined);
    case 'notes': {
      const ids = idsByDocument(scope.notes).get(notebook.id);
      return filterInSlices(all, ({ id }) => ids?.has(id) ?? false, pause);
    }
    case 'tag': {
      const tagged = ({ tags }: { tags: string[] }) => tags.some((tag) => isTagWithin(tag, scope.tag));
      // A tag on the document speaks for all its notes.
      return tagged(notebook) ? all : filterInSlices(all, tagged, pause);
    }
    case 'documents':
    case 'list':
    case 'everything':
      return all;
  }
}

function headOf(source: ExportSource, notebook: Notebook): DocumentHead {
  const summary = source.document(notebook.id);
  const fileName = summary?.fileName ?? fileNameOf(notebook.identity) ?? '';
  const described: Described = {
    id: notebook.id,
    title: oneLine(notebook.title ?? summary?.title ?? path.posix.parse(fileName).name) || 'Untitled',
    date: notebook.date ?? summary?.date,
    author: notebook.author ?? summary?.author,
    language: notebook.language ?? summary?.language,
    source: summary?.relativePath ?? fileName,
  };
  const record = documentRecord(described, notebook, summary);
  return { ...described, format: summary?.format, site: summary?.site, address: summary?.address, tags: notebook.tags, record };
}

/** Reading order: page notes first, then by place, then by age. */
function compareNotes(a: WholeNote, b: WholeNote): number {
  const [[one], [other]] = [passagesOf(a), passagesOf(b)];
  return (
    (one?.start ?? -1) - (other?.start ?? -1) ||
    (one?.end ?? -1) - (other?.end ?? -1) ||
    (one && other ? inOrderOfText(one, other) : 0) ||
    Date.parse(a.createdAt) - Date.parse(b.createdAt) ||
    compare(a.id, b.id)
  );
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function selectionTitle(scope: ExportScope, first: Described, documentCount: number): string {
  switch (scope.type) {
    case 'note':
      return `${first.title} (note)`;
    case 'notes':
    case 'documents':
    case 'list':
      return documentCount === 1 ? first.title : `Notes on ${documentCount} documents`;
    case 'tag':
      return `Notes tagged ${scope.tag}`;
    case 'everything':
      return 'All notes';
  }
}

/** Whether a copy of a document with notes in it can be made. */
const canBeCopied = (document: DocumentSummary | undefined): boolean => document?.format === 'pdf' && !document.missing;

const NOTHING_TO_COPY = 'There is nothing to export: none of what you chose is a PDF with notes whose file is there.';

const NO_NOTES_YET = 'There is nothing to export: these documents have no notes yet. Highlight a passage or write a note first.';

function emptyMessage(scope: ExportScope): string {
  switch (scope.type) {
    case 'note':
      return 'This note is no longer there. It may have been deleted: look in the trash.';
    case 'notes':
      return 'These notes are no longer there. They may have been deleted: look in the trash.';
    case 'documents':
      return scope.documentIds.length === 1
        ? 'There is nothing to export: this document has no notes yet. Highlight a passage or write a note first.'
        : NO_NOTES_YET;
    case 'list':
      return NO_NOTES_YET;
    case 'tag':
      return `There is nothing to export: no note and no document with notes has the tag “${scope.tag}”.`;
    case 'everything':
      return 'There is nothing to export: you have no notes yet. Highlight a passage or write a note first.';
  }
}
