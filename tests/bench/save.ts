import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import Store from 'electron-store';
import { emptyNotebook, type Note, type Notebook } from '#model';
import { type NotebookStore, openNotebooks } from '../../electron/notebook';

/** Medians in ms, and what they are to each other. */
export interface SaveFigures {
  /** Saving one note while the library holds 100 notes, and 100,000. */
  small: number;
  large: number;
  /** Setting the same note in one electron-store file that holds 100,000. */
  oneFile: number;
  /** `large` to `small`; the aim is at most 1.2. */
  growth: number;
  /** `oneFile` to `large`; the aim is at least 100. */
  timesFaster: number;
  /** Opening the library of 100,000 notes. */
  opening: number;
  /** The longest time that one save of the large library kept everything else waiting, as a median. */
  blocking: number;
}

const NOTES_PER_DOCUMENT = 100;
const DOCUMENTS = 1_000;
const RUNS = 101;
const RUNS_OF_ONE_FILE = 7;

/** Measures saves on the disk of the temporary folder, the two libraries in turns. */
export async function benchSave(): Promise<SaveFigures> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-bench-save-'));
  try {
    const small = await openLibrary(path.join(folder, 'small'), 1);
    const large = await openLibrary(path.join(folder, 'large'), DOCUMENTS);
    const times = { small: [] as number[], large: [] as number[], blocking: [] as number[] };
    for (let run = 0; run < RUNS; run += 1) {
      times.small.push((await saveNote(small.store)).elapsed);
      const save = await saveNote(large.store);
      times.large.push(save.elapsed);
      times.blocking.push(save.blocking);
    }
    await Promise.all([small.store.close(), large.store.close()]);
    const oneFile = measureOneFile(path.join(folder, 'one-file'));
    const figures = {
      small: median(times.small),
      large: median(times.large),
      oneFile,
      blocking: median(times.blocking),
      opening: large.opening,
    };
    return { ...figures, growth: figures.large / figures.small, timesFaster: figures.oneFile / figures.large };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openLibrary(dataFolder: string, documents: number): Promise<{ store: NotebookStore; opening: number }> {
  await mkdir(path.join(dataFolder, 'notebooks'), { recursive: true });
  for (let index = 0; index < documents; index += 1) {
    const notebook = makeNotebook(index);
    await writeFile(path.join(dataFolder, 'notebooks', `${notebook.id}.json`), JSON.stringify(notebook, undefined, '\t'));
  }
  const start = performance.now();
  const store = await openNotebooks({ dataFolder, log: silent, backupDelay: null });
  return { store, opening: performance.now() - start };
}

/** Changes the text of one note, as writing does, so that the notebook stays as large as it is. */
async function saveNote(store: NotebookStore): Promise<{ elapsed: number; blocking: number }> {
  const id = idOf(0);
  const note = store.get(id)?.notes[50] ?? makeNote(0);
  let blocking = 0;
  let last = performance.now();
  let isOver = false;
  const tick = () => {
    const now = performance.now();
    blocking = Math.max(blocking, now - last);
    last = now;
    if (!isOver) setImmediate(tick);
  };
  setImmediate(tick);
  const start = performance.now();
  const saved = await store.apply(id, [{ type: 'put-note', note: { ...note, body: randomUUID() } }], () => makeNotebook(0));
  const elapsed = performance.now() - start;
  isOver = true;
  if (!saved.ok) throw new Error(saved.failure.message);
  return { elapsed, blocking };
}

/** The same with all notes under one key each in one file, as electron-store is usually used. */
function measureOneFile(cwd: string): number {
  const store = new Store<Record<string, unknown>>({ cwd, name: 'notes', accessPropertiesByDotNotation: false });
  const notes = Array.from({ length: NOTES_PER_DOCUMENT * DOCUMENTS }, (_, index) => makeNote(index));
  store.store = Object.fromEntries(notes.map((note) => [note.id, note]));
  const times = Array.from({ length: RUNS_OF_ONE_FILE }, (_, run) => {
    const note = notes[run * 1_000] ?? makeNote(0);
    const start = performance.now();
    store.set(note.id, { ...note, body: randomUUID() });
    return performance.now() - start;
  });
  return median(times);
}

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined };

const idOf = (index: number): string => `document-${index}`;

function makeNotebook(index: number): Notebook {
  const identity = { paths: [`/home/reader/texts/${index}.txt`], rawHash: 'a'.repeat(64), history: [] };
  const notes = Array.from({ length: NOTES_PER_DOCUMENT }, (_, number) => makeNote(number));
  return { ...emptyNotebook(idOf(index), identity), notes };
}

const QUOTE = 'about 114 thousand soldiers on the border with Ukraine';
const CONTEXT = 'concerned about the increase in ';
const MOMENT = '2025-11-22T10:00:00.000Z';

const makeNote = (number: number): Note => ({
  id: randomUUID(),
  anchor: {
    start: number * 100,
    end: number * 100 + QUOTE.length,
    exact: QUOTE,
    prefix: CONTEXT,
    suffix: CONTEXT,
    textHash: 'b'.repeat(64),
  },
  colour: 'green',
  body: 'A note of ordinary length, with **Markdown** in it and a second sentence.',
  tags: ['figures'],
  createdAt: MOMENT,
  modifiedAt: MOMENT,
  history: [],
});

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
