import { hash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import {
  type CoreMethodName,
  type DataProblem,
  type ExportFormat,
  type Failure,
  type NotesImport,
  noCapabilities,
  type Result,
  type Returns,
} from '#api';
import type { Anchor, Note, NotebookChange } from '#model';
import { basedOn } from '#model';
import { bytesOf, createCore } from '../../../electron/core';
import type { Log } from '../../../electron/log';
import { listAllDeleted, listAllNotes } from '../../all-pages';
import { startExportHere } from '../../unit/export-here';
import { packFiles } from '../../unit/import-files';
import { startReadingHere } from '../../unit/reading-here';
import { startSearchHere } from '../../unit/search-here';
import type { Random } from './trial';

/** A note with its earlier states, and the document that it belongs to. */
export interface LocatedNote {
  documentId: string;
  note: Note;
}

/** A reader at a Lectern, who knows which of their words they were told are saved. */
export interface Reader {
  call<M extends CoreMethodName>(method: M, args: unknown): Promise<Returns<M>>;
  /** Writes a new note on a document. */
  write(documentId: string, fields?: Partial<Note>): Promise<Written>;
  /** Puts other words into a note, or more of them. */
  rewrite(located: LocatedNote, body: string, at?: string): Promise<Written>;
  remove(located: LocatedNote): Promise<Written>;
  /** Gives a tag a colour. */
  colourTag(name: string): Promise<Written>;
  /** Gives a command a key, whose name is a word. */
  setKey(command: string): Promise<Written>;
  notes(): Promise<LocatedNote[]>;
  /** Of the document that has a file of this name; waits until the library has been scanned. */
  idOf(fileName: string): Promise<string>;
  /** Everything that the reader can have back: in notes, histories, trash, tags, settings. */
  words(): Promise<Set<string>>;
  problems(): Promise<DataProblem[]>;
  /** Everything as an export in one file. */
  exportAll(format: ExportFormat): Promise<string>;
  planImport(file: string): Promise<Result<NotesImport>>;
  /** Takes back whatever is offered out of a backup. */
  restoreAll(): Promise<void>;
  /** Resolves when what an earlier end left half forgotten is forgotten. */
  forgotten: Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
  log: string[];
}

export type Written = { ok: true; words: string[] } | { ok: false; failure: Failure; words: string[] };

const WORD = /\bw[0-9a-f]{16}\b/g;

export const wordsIn = (text: string): string[] => text.match(WORD) ?? [];

export const makeNote = (fields: Partial<Note>, now = new Date().toISOString()): Note => ({
  id: randomUUID(),
  colour: 'yellow',
  body: '',
  tags: [],
  createdAt: now,
  modifiedAt: now,
  history: [],
  ...fields,
});

/** Where a passage is after so many times that its place was accepted anew. */
export const placeOfRound = (round: number): Anchor => ({
  start: round,
  end: round + 5,
  exact: 'quote',
  prefix: 'before ',
  suffix: ' after',
  textHash: hash('sha256', `text ${round}`),
});

const identityOf = (documentId: string) => ({ paths: [`/texts/${documentId}.txt`], rawHash: hash('sha256', documentId), history: [] });

export interface ReaderOptions {
  dataFolder: string;
  random: Random;
  localFolder?: string;
  machineName?: string;
}

/** Opens Lectern on a data folder. */
export async function openReader(options: ReaderOptions): Promise<Reader> {
  const { dataFolder, random, localFolder = `${dataFolder} local`, machineName = 'this machine' } = options;
  const log: string[] = [];
  const add = (message: string, cause?: unknown) => void log.push(cause === undefined ? message : `${message}: ${cause}`);
  const lines: Log = { error: add, warn: add, info: add };
  const seedsFolder = `${localFolder} seeds`;
  mkdirSync(seedsFolder, { recursive: true });
  const core = await createCore({
    dataFolder,
    localFolder,
    machineName,
    seedsFolder,
    workersFolder: '/nowhere',
    startReading: startReadingHere,
    startSearch: startSearchHere,
    startExport: startExportHere,
    version: '0.0.0',
    capabilities: noCapabilities,
    log: lines,
  });
  const call = <M extends CoreMethodName>(method: M, args: unknown) => core.handle(method, args, 'page') as Promise<Returns<M>>;
  const apply = async (documentId: string, change: NotebookChange, words: string[]): Promise<Written> => {
    const saved = await call('notebook.apply', { documentId, changes: [change], identity: identityOf(documentId) });
    return saved.ok ? { ok: true, words } : { ok: false, failure: saved.failure, words };
  };
  const notebookOf = async (documentId: string) => {
    const opened = await call('library.notebook', { documentId });
    if (!opened.ok) throw new Error(opened.failure.message);
    return opened.value.notebook;
  };
  const notebooksIn = (rows: readonly { documentId: string }[]) =>
    Promise.all([...new Set(rows.map(({ documentId }) => documentId))].map(notebookOf));
  const notes = async () =>
    (await notebooksIn(await listAllNotes(call))).flatMap((notebook) => notebook.notes.map((note) => ({ documentId: notebook.id, note })));
  const problems = async () => (await call('app.info', {})).problems;
  return {
    call,
    write(documentId, fields = {}) {
      const note = makeNote({ body: random.word(), ...fields });
      return apply(documentId, { type: 'put-note', note }, wordsIn(JSON.stringify(note)));
    },
    async rewrite({ documentId, note }, body, at = new Date().toISOString()) {
      const opened = await call('library.notebook', { documentId });
      if (!opened.ok) return { ok: false, failure: opened.failure, words: [] };
      const change = basedOn(opened.value.notebook, { type: 'put-note', note: { ...note, body, modifiedAt: at } });
      return apply(documentId, change, wordsIn(body));
    },
    remove: ({ documentId, note }) => apply(documentId, { type: 'delete-note', noteId: note.id, at: new Date().toISOString() }, []),
    async colourTag(name) {
      const saved = await call('tags.apply', { changes: [{ type: 'set-tag-colour', name, colour: 'pink' }] });
      return saved.ok ? { ok: true, words: [name] } : { ok: false, failure: saved.failure, words: [name] };
    },
    async setKey(command) {
      const { keys } = await call('settings.read', {});
      const saved = await call('settings.update', { patch: { keys: { ...keys, [command]: 'Mod+K' } } });
      return saved.ok ? { ok: true, words: [command] } : { ok: false, failure: saved.failure, words: [command] };
    },
    notes,
    async words() {
      const listed = [...(await listAllNotes(call)), ...(await listAllDeleted(call))];
      const written = (await notebooksIn(listed)).map((notebook) => [notebook.notes, notebook.deletedNotes]);
      const all = [written, await call('tags.list', {}), await call('settings.read', {})];
      const archived = await archivedIn(dataFolder);
      return new Set([...wordsIn(JSON.stringify(all)), ...archived]);
    },
    problems,
    async idOf(fileName) {
      await core.library.ready;
      const query = { sort: 'title', ascending: true };
      const { rows } = await call('library.documents', { query, from: 0, count: 100, locate: [] });
      const row = rows.find((each) => each.fileName === fileName && !each.missing);
      if (!row) throw new Error(`The library has no ${fileName}`);
      return row.id;
    },
    async exportAll(format) {
      const prepared = await call('export.prepare', { scope: { type: 'everything' }, format, layout: 'single' });
      const taken = prepared.ok ? core.exports.take(prepared.value.id) : undefined;
      if (!taken) throw new Error('There is nothing to export');
      return Buffer.concat(await Array.fromAsync(bytesOf(taken.stream('file')))).toString();
    },
    planImport: (file) => core.uploads['import.plan'](packFiles({ 'an export': file })),
    async restoreAll() {
      for (const { id, recovery } of await problems()) {
        if (recovery?.backup === undefined) continue;
        const recovered = await call('app.recover', { problemId: id, choice: 'restore' });
        if (!recovered.ok) throw new Error(`${id} could not be recovered: ${recovered.failure.message}`);
      }
    },
    forgotten: core.forgotten,
    flush: core.flush,
    close: core.close,
    log,
  };
}

async function archivedIn(dataFolder: string): Promise<string[]> {
  const folder = path.join(dataFolder, 'history');
  const names = await readdir(folder).catch(() => []);
  const all = await Promise.all(names.map(async (name) => wordsIn(gunzipSync(await readFile(path.join(folder, name))).toString())));
  return all.flat();
}

/** The words in all plain files under a folder, but for backups. */
export async function wordsOnDisk(folder: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile() || entry.parentPath.includes('backups')) continue;
    for (const word of wordsIn(await readFile(path.join(entry.parentPath, entry.name), 'utf8'))) found.add(word);
  }
  return found;
}

/** The words in all backups that can be read. */
export async function wordsInBackups(dataFolder: string): Promise<Set<string>> {
  const folder = path.join(dataFolder, 'backups');
  const found = new Set<string>();
  for (const name of (await readdir(folder).catch(() => [])).filter((each) => each.endsWith('.zip'))) {
    const files = unzipSync(await readFile(path.join(folder, name)));
    for (const bytes of Object.values(files)) for (const word of wordsIn(Buffer.from(bytes).toString())) found.add(word);
  }
  return found;
}

export const without = (wanted: Iterable<string>, found: ReadonlySet<string>): string[] => [...wanted].filter((word) => !found.has(word));

/** A library of a few documents with notes, rewritten notes, deleted notes, tags and keys; the words in it. Closed, with a backup. */
export async function makeLibrary(dataFolder: string, random: Random, documents = 3): Promise<Set<string>> {
  const reader = await openReader({ dataFolder, random });
  const words = await fillLibrary(reader, random, documents);
  await reader.close();
  return words;
}

/** Fills an open library likewise. */
export async function fillLibrary(reader: Reader, random: Random, documents = 3): Promise<Set<string>> {
  const words = new Set<string>();
  const keep = (written: Written) => {
    if (!written.ok) throw new Error(written.failure.message);
    for (const word of written.words) words.add(word);
  };
  for (let index = 0; index < documents; index += 1)
    for (let count = 0; count < 3; count += 1) keep(await reader.write(`document-${index}`, { tags: [random.word()] }));
  const [first, second] = await reader.notes();
  if (!first || !second) throw new Error('The library has no notes');
  keep(await reader.rewrite(first, `${random.word()} in place of all that stood there`));
  keep(await reader.remove(second));
  keep(await reader.colourTag(random.word()));
  keep(await reader.setKey(random.word()));
  return words;
}
