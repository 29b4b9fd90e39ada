import { z } from 'zod';
import type { BadRecord } from '#api';
import {
  type Colour,
  documentIdSchema,
  emptyNotebook,
  mergeNotebooks,
  type Note,
  type Notebook,
  notebookSchema,
  noteSchema,
  sha256Schema,
  type WholeNote,
} from '#model';
import type { Pause } from '../../pacing';
import { RECORD_VERSION, recordFieldsOf } from '../record';

/** What a person changed of a note in a file that was exported. What is absent is as it was exported. */
export interface EditedNote {
  body?: string;
  tags?: string[];
  colour?: Colour;
  /** When the file was last changed. */
  at: string;
}

/** What a person changed of a document in a file that was exported. What is absent is as it was exported. */
export interface EditedDocument {
  title?: string;
  author?: string;
  /** ISO `YYYY-MM-DD`. */
  date?: string;
  givenTags?: string[];
  takenTags?: string[];
  /** When the file was last changed. */
  at: string;
}

/** A document of which notes come, as what they were read from tells of it. */
export interface DocumentOfNotes {
  title: string;
  author?: string;
}

/** A note as it was exported, with its further passages, and the document that it is of. */
export interface WrittenNote {
  note: WholeNote;
  document: { id: string; title: string };
}

/** A document as one file tells of it. */
export interface DocumentInFile {
  id: string;
  title: string;
  /** ISO `YYYY-MM-DD`. */
  date: string | undefined;
  author: string | undefined;
  tags: readonly string[];
}

/** Where something was read: a file, and a line of it counted from 1. */
export interface Place {
  file: string;
  line?: number;
}

/** What is read of exports, put together. */
export interface Collected {
  notebooks: readonly Notebook[];
  /** By the ids of the notebooks. */
  documents: ReadonlyMap<string, DocumentOfNotes>;
  /** By the ids of the notes. */
  edits: ReadonlyMap<string, EditedNote>;
  /** By the ids of the notebooks. */
  documentEdits: ReadonlyMap<string, EditedDocument>;
  /** Notes that a person wrote into a file. Their ids are made of their words. */
  byHand: ReadonlySet<string>;
  bad: readonly BadRecord[];
  notices: readonly string[];
}

/** Takes what the readers of exports find. What does not fit is listed, and hinders nothing else. */
export interface Collector extends Collected {
  /** Takes the record of a document. */
  document(record: unknown, place: Place): DocumentInFile | undefined;
  note(documentId: string, note: unknown, place: Place): Note | undefined;
  noteByHand(documentId: string, note: Note): void;
  edit(noteId: string, edit: EditedNote): void;
  editDocument(documentId: string, edit: EditedDocument): void;
  refuse(place: Place, problem: string): void;
  notice(sentence: string): void;
}

/** A file that is imported, decoded. */
export interface ExportedFile {
  /** With the folders that it was found in, separated by `/`. */
  name: string;
  text: string;
  /** When it was last changed, as an ISO 8601 moment. */
  modified: string;
}

/** Reads one format of our exports, giving way between two notes. Never throws for what is in the file: that is told to the collector. */
export type ReadExport = (file: ExportedFile, collector: Collector, pause: Pause) => Promise<void>;

/** A `DocumentRecord` as far as it must be read. */
const recordSchema = z.looseObject({
  lectern: z.int(),
  document: z.looseObject({
    id: documentIdSchema,
    title: z.string(),
    author: z.string().optional(),
    date: z.string().optional(),
    fileName: z.string().optional(),
    source: z.string().optional(),
    rawHash: sha256Schema,
    textHash: sha256Schema.optional(),
  }),
  notebook: z.looseObject({}),
});

export function createCollector(): Collector {
  const notebooks = new Map<string, Notebook>();
  const documents = new Map<string, DocumentOfNotes>();
  const edits = new Map<string, EditedNote>();
  const documentEdits = new Map<string, EditedDocument>();
  const byHand = new Set<string>();
  const bad: BadRecord[] = [];
  const notices: string[] = [];
  const notesOf = new Map<string, Map<string, Note>>();

  const refuse = (place: Place, problem: string) => void bad.push({ ...place, problem });

  const put = (documentId: string, note: Note) => {
    const notes = notesOf.get(documentId) ?? new Map<string, Note>();
    notesOf.set(documentId, notes);
    const known = notes.get(note.id);
    notes.set(note.id, known ? mergedNote(known, note) : note);
  };

  return {
    get notebooks() {
      return [...notebooks].map(([id, notebook]) => ({ ...notebook, notes: [...(notesOf.get(id)?.values() ?? [])] }));
    },
    documents,
    edits,
    documentEdits,
    byHand,
    bad,
    notices,
    document(raw, place) {
      const parsed = recordSchema.safeParse(raw);
      if (!parsed.success) {
        refuse(place, 'What it says of a document cannot be read.');
        return undefined;
      }
      const { lectern, document, notebook: fields } = parsed.data;
      if (lectern > RECORD_VERSION) {
        refuse(place, `The notes on “${document.title}” were exported by a newer version of Lectern. Update Lectern to import them.`);
        return undefined;
      }
      const { id, title, author, date, rawHash, textHash } = document;
      const fileName = document.fileName ?? document.source;
      const identity = { paths: [], rawHash, title, history: [], ...(fileName && { fileName }), ...(textHash && { textHash }) };
      const empty = emptyNotebook(id, identity);
      const read = notebookSchema.safeParse({ ...empty, ...recordFieldsOf(fields) });
      if (!read.success) refuse(place, `Tags, title and place of “${title}” cannot be read. Its notes are not concerned.`);
      const notebook = read.data ?? empty;
      const known = notebooks.get(id);
      notebooks.set(id, known ? mergeNotebooks(known, notebook) : notebook);
      documents.set(id, { title, ...(author !== undefined && { author }) });
      return { id, title, date, author, tags: notebook.tags };
    },
    note(documentId, raw, place) {
      const parsed = noteSchema.safeParse(raw);
      if (!parsed.success) {
        refuse(place, `A note cannot be read: ${reasonOf(parsed.error)}.`);
        return undefined;
      }
      put(documentId, parsed.data);
      return parsed.data;
    },
    noteByHand(documentId, note) {
      byHand.add(note.id);
      put(documentId, note);
    },
    edit(noteId, edit) {
      const known = edits.get(noteId);
      if (!known || known.at < edit.at) edits.set(noteId, edit);
    },
    editDocument(documentId, edit) {
      const known = documentEdits.get(documentId);
      documentEdits.set(documentId, known && known.at > edit.at ? { ...edit, ...known } : { ...known, ...edit });
    },
    refuse,
    notice: (sentence) => void notices.push(sentence),
  };
}

/** As part of a sentence: "its “colour” is not what it should be". */
const reasonOf = ({ issues }: z.ZodError): string => `its “${issues[0]?.path.join('.') || 'content'}” is not as it should be`;

/** Two states of one note out of two files as one. */
function mergedNote(one: Note, other: Note): Note {
  const [first, second] = [one, other].map((note) => ({ ...emptyNotebook('two-files', NO_IDENTITY), notes: [note] }));
  return first && second ? (mergeNotebooks(first, second).notes[0] ?? other) : other;
}

const NO_IDENTITY = { paths: [], rawHash: '0'.repeat(64), history: [] };
