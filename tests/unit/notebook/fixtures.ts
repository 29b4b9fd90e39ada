import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { emptyNotebook, type Identity, type Note, type Notebook, type NotebookChange } from '#model';
import type { Log } from '../../../electron/log';
import { type NotebookStore, openNotebooks } from '../../../electron/notebook';
import type { NotebookOptions } from '../../../electron/notebook/notebook-store';
import { watchDataFolder } from '../../../electron/storage/data-folder';
import type { StorageContext } from '../../../electron/storage/file-kind';
import type { Patience } from '../../../electron/storage/half-written';
import { createLimiter } from '../../../electron/storage/limiter';
import { createProblems } from '../../../electron/storage/problems';
import { createQuarantine } from '../../../electron/storage/quarantine';

/** A data folder of the test's own, removed after it. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-notebook-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A log that keeps its lines. */
export function keepLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const add = (message: string) => void lines.push(message);
  return { lines, error: add, warn: add, info: add };
}

/** No file is waited for that another program may be writing. */
export const none: Patience = { period: 0, most: 0, now: Date.now, pause: async () => {} };

/** A guard over a data folder that is always there. */
export const always = { check: async () => {} };

export async function makeShelf(dataFolder: string): Promise<StorageContext> {
  const [problems, log] = [createProblems(), keepLog()];
  const folder = await watchDataFolder({ dataFolder, problems, log, interval: null });
  return { dataFolder, folder, quarantine: createQuarantine(dataFolder, folder), problems, log, writing: createLimiter(4), patience: none };
}

/** The notebooks of a folder, closed after the test, without backups. `localFolder`: where it is kept for the next start what they hold. */
export async function open(
  dataFolder: string,
  localFolder?: string,
  log: Log = keepLog(),
  options: Partial<NotebookOptions> = {},
): Promise<NotebookStore> {
  const store = await openNotebooks({ dataFolder, localFolder, log, backupDelay: null, patience: none, ...options });
  onTestFinished(() => store.close());
  return store;
}

export const ID = 'document-1';

export const identity: Identity = { paths: ['/home/reader/texts/report.txt'], rawHash: 'a'.repeat(64), history: [] };

export const create =
  (id = ID) =>
  (): Notebook =>
    emptyNotebook(id, identity);

export const makeNote = (body: string, fields: Partial<Note> = {}): Note => ({
  id: randomUUID(),
  colour: 'yellow',
  body,
  tags: [],
  createdAt: '2025-11-22T10:00:00.000Z',
  modifiedAt: '2025-11-22T10:00:00.000Z',
  history: [],
  ...fields,
});

export const putNote = (note: Note): NotebookChange => ({ type: 'put-note', note });

export const notebookPath = (dataFolder: string, id = ID): string => path.join(dataFolder, 'notebooks', `${id}.json`);

export const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

/** The names in a folder, sorted; none when it is not there. */
export const namesIn = async (folder: string): Promise<string[]> => (await readdir(folder).catch(() => [])).sort();
