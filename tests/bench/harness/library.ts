import { hash, randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { formatOf } from '#formats/list';
import { emptyNotebook, type Note } from '#model';
import { readerOf } from '../../../electron/formats/registry';
import { UnreadableDocument } from '../../../electron/formats/unreadable';
import { createRandom, type Random } from '../faults/trial';
import type { Bench } from './bench';
import type { Folders } from './host';

/** A library of the bench's own, on the disk. */
export interface Library {
  folders: Folders;
  documents: number;
  notes: number;
  /** That its notes may have. */
  tags: number;
  /** Of all documents. */
  bytes: number;
}

/** A document's one text, as its format's reader gives it. */
export interface ReadText {
  text: string;
  textHash: string;
  /** SHA-256 of the file's bytes. */
  rawHash: string;
  /** ms that reading took. */
  elapsed: number;
}

export interface LibraryFile {
  /** Absolute; it is linked into the library. */
  file: string;
  notes: number;
}

/** Puts documents into a new library folder, and a notebook for each that has notes into its data folder. Of the notes a third has one of so many tags. */
export async function makeLibrary(bench: Bench, name: string, files: readonly LibraryFile[], tags = usualTags.length): Promise<Library> {
  const folder = (part: string) => path.join(bench.work, name, part);
  const folders: Folders = { data: folder('data'), library: folder('library'), home: folder('home') };
  await mkdir(folders.library, { recursive: true });
  await mkdir(path.join(folders.data, 'notebooks'), { recursive: true });
  const random = createRandom(bench.seed);
  const names = nameTags(tags);
  let bytes = 0;
  for (const { file, notes } of files) {
    const target = path.join(folders.library, path.basename(file));
    // A link costs nothing; from another disk it must be a copy.
    await link(file, target).catch(() => copyFile(file, target));
    bytes += (await stat(target)).size;
    const read = notes > 0 ? await readText(bench, file) : undefined;
    if (read) await writeNotebook(folders.data, path.basename(file), read, notes, { random, tags: names });
  }
  return { folders, documents: files.length, notes: files.reduce((sum, each) => sum + each.notes, 0), tags: names.length, bytes };
}

/** Reads a file as the application's threads do, once; `undefined` where its format's reader refuses it. */
export async function readText({ texts }: Bench, file: string): Promise<ReadText | undefined> {
  const known = texts.get(file) ?? readAnew(file).catch(unlessRefused);
  texts.set(file, known);
  return known;
}

async function readAnew(file: string): Promise<ReadText> {
  const began = performance.now();
  const bytes = await readFile(file);
  const fileName = path.basename(file);
  const format = formatOf(fileName);
  if (!format) throw new Error(`${fileName} is no document.`);
  const source = { size: bytes.length, fileName, read: async (start: number, end: number) => bytes.subarray(start, end) };
  const reader = await readerOf(format);
  let text = '';
  let textHash = '';
  for await (const part of reader.read(source, { signal: new AbortController().signal })) {
    if (part.part === 'section') text += part.text;
    if (part.part === 'end') textHash = part.textHash;
  }
  return { text, textHash, rawHash: hash('sha256', bytes), elapsed: performance.now() - began };
}

function unlessRefused(error: unknown): undefined {
  if (!(error instanceof UnreadableDocument)) throw error;
}

const CONTEXT = 32;
const usualTags = ['figures', 'method', 'method/doubt', 'to read', 'cited', 'people'];
/** Tags under one. */
const NESTED = 50;
/** The usual tags first, then such as lie under others. */
const nameTags = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => usualTags[index] ?? `field ${Math.floor(index / NESTED)}/part ${index % NESTED}`);
const colours = ['yellow', 'green', 'blue', 'pink', 'violet'] as const;

/** What is chosen at random for notes. */
interface Chance {
  random: Random;
  tags: readonly string[];
}

async function writeNotebook(dataFolder: string, fileName: string, read: ReadText, count: number, chance: Chance): Promise<void> {
  const { text, textHash, rawHash } = read;
  // A text as short as its notes are many has them in the same places.
  const step = Math.max(1, (text.length - 200) / count);
  const notes = Array.from({ length: count }, (_, index) => makeNote(text, textHash, Math.floor(index * step), chance));
  const id = rawHash.slice(0, 32);
  const notebook = { ...emptyNotebook(id, { paths: [], fileName, rawHash, textHash, history: [] }), notes };
  await writeFile(path.join(dataFolder, 'notebooks', `${id}.json`), JSON.stringify(notebook, undefined, '\t'));
}

function makeNote(text: string, textHash: string, from: number, { random, tags }: Chance): Note {
  const start = Math.max(0, Math.min(from, text.length - 2));
  const end = Math.min(text.length, start + 20 + random.below(60));
  const moment = new Date(Date.UTC(2025, 0, 1) + random.below(300 * 86_400_000)).toISOString();
  return {
    id: randomUUID(),
    anchor: {
      start,
      end,
      exact: text.slice(start, end),
      prefix: text.slice(Math.max(0, start - CONTEXT), start),
      suffix: text.slice(end, end + CONTEXT),
      textHash,
    },
    colour: random.pick(colours),
    body: random.below(2) === 0 ? '' : 'A note of ordinary length, with **Markdown** in it and a second sentence.',
    tags: random.below(3) === 0 ? [random.pick(tags)] : [],
    createdAt: moment,
    modifiedAt: moment,
    history: [],
  };
}
