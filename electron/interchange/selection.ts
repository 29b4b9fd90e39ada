import path from 'node:path';
import { type DocumentSummary, type ExportScope, fail, ok, type Result } from '#api';
import { fileNameOf, isTagWithin, type Note, type Notebook } from '#model';

/** What an export reads: the library's rows and the notebooks, both in memory, and the texts that notes were made on. */
export interface ExportSource {
  document(id: string): DocumentSummary | undefined;
  notebook(id: string): Notebook | undefined;
  notebooks(): Iterable<Notebook>;
  /** A kept text by its hash; `undefined` when there is none. */
  text(textHash: string): Promise<string | undefined>;
}

/** A document's part of an export: its notes in reading order, page notes first. */
export interface SelectedDocument {
  id: string;
  title: string;
  /** ISO `YYYY-MM-DD`. */
  date: string | undefined;
  author: string | undefined;
  /** Where the document lies in the library, with `/`; never an absolute path, which would tell the reader's name to strangers. */
  source: string;
  /** Absent when the library no longer knows the document. */
  summary: DocumentSummary | undefined;
  notebook: Notebook;
  notes: Note[];
}

/** What goes into one file. */
export interface Selection {
  title: string;
  documents: SelectedDocument[];
}

/** Sorts titles without regard to case and accents, and numbers by value, on every machine alike. */
const titles = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** The notes of a scope by document, documents without any left out. Fails with `export-empty` where nothing remains. */
export function select(source: ExportSource, scope: ExportScope): Result<Selection> {
  const documents = notebooksOf(source, scope)
    .map((notebook) => selectDocument(source, notebook, notesOf(notebook, scope)))
    .filter(({ notes }) => notes.length > 0);
  if (scope.type === 'tag' || scope.type === 'everything')
    documents.sort((a, b) => titles.compare(a.title, b.title) || compare(a.id, b.id));
  const [first] = documents;
  if (!first) return fail('export-empty', emptyMessage(scope));
  return ok({ title: selectionTitle(scope, first, documents.length), documents });
}

function notebooksOf(source: ExportSource, scope: ExportScope): Notebook[] {
  switch (scope.type) {
    case 'note':
      return [source.notebook(scope.documentId)].filter((notebook) => notebook !== undefined);
    case 'documents':
      return [...new Set(scope.documentIds)].map((id) => source.notebook(id)).filter((notebook) => notebook !== undefined);
    case 'tag':
    case 'everything':
      return [...source.notebooks()];
  }
}

function notesOf(notebook: Notebook, scope: ExportScope): Note[] {
  switch (scope.type) {
    case 'note':
      return notebook.notes.filter(({ id }) => id === scope.noteId);
    case 'tag': {
      const tagged = ({ tags }: { tags: string[] }) => tags.some((tag) => isTagWithin(tag, scope.tag));
      // A tag on the document speaks for all its notes.
      return tagged(notebook) ? notebook.notes : notebook.notes.filter(tagged);
    }
    case 'documents':
    case 'everything':
      return notebook.notes;
  }
}

function selectDocument(source: ExportSource, notebook: Notebook, notes: readonly Note[]): SelectedDocument {
  const summary = source.document(notebook.id);
  const fileName = summary?.fileName ?? fileNameOf(notebook.identity) ?? '';
  return {
    id: notebook.id,
    title: oneLine(notebook.title ?? summary?.title ?? path.posix.parse(fileName).name) || 'Untitled',
    date: notebook.date ?? summary?.date,
    author: summary?.author,
    source: summary?.relativePath ?? fileName,
    summary,
    notebook,
    notes: [...notes].sort(compareNotes),
  };
}

/** Reading order: page notes first, then by place, then by age. */
function compareNotes(a: Note, b: Note): number {
  return (
    (a.anchor?.start ?? -1) - (b.anchor?.start ?? -1) ||
    (a.anchor?.end ?? -1) - (b.anchor?.end ?? -1) ||
    Date.parse(a.createdAt) - Date.parse(b.createdAt) ||
    compare(a.id, b.id)
  );
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function selectionTitle(scope: ExportScope, first: SelectedDocument, documentCount: number): string {
  switch (scope.type) {
    case 'note':
      return `${first.title} (note)`;
    case 'documents':
      return documentCount === 1 ? first.title : `Notes on ${documentCount} documents`;
    case 'tag':
      return `Notes tagged ${scope.tag}`;
    case 'everything':
      return 'All notes';
  }
}

function emptyMessage(scope: ExportScope): string {
  switch (scope.type) {
    case 'note':
      return 'This note is no longer there. It may have been deleted: look under Deleted notes.';
    case 'documents':
      return scope.documentIds.length === 1
        ? 'There is nothing to export: this document has no notes yet. Highlight a passage or write a note first.'
        : 'There is nothing to export: these documents have no notes yet. Highlight a passage or write a note first.';
    case 'tag':
      return `There is nothing to export: no note and no document with notes has the tag “${scope.tag}”.`;
    case 'everything':
      return 'There is nothing to export: you have no notes yet. Highlight a passage or write a note first.';
  }
}
