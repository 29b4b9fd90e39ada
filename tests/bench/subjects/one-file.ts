import { randomUUID } from 'node:crypto';
import Store from 'electron-store';
import type { Note } from '#model';
import { median } from '../harness/report';

const RUNS = 7;

/** ms to save one note where all notes are in one electron-store file, under a key each, as it is usually used. */
export function saveInOneFile(cwd: string, count: number): number {
  const store = new Store<Record<string, unknown>>({ cwd, name: 'notes', accessPropertiesByDotNotation: false });
  const notes = Array.from({ length: count }, (_, index) => makeNote(index));
  store.store = Object.fromEntries(notes.map((note) => [note.id, note]));
  const times = Array.from({ length: RUNS }, (_, run) => {
    const note = notes[(run * 1_000) % count] ?? makeNote(0);
    const began = performance.now();
    store.set(note.id, { ...note, body: randomUUID() });
    return performance.now() - began;
  });
  return median(times);
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
