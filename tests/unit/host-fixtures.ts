import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type CoreMethodName, type ExportFormat, noCapabilities, type Returns } from '#api';
import type { Note } from '#model';
import { bytesOf, type Core, createCore, type Searching } from '../../electron/core';
import type { Log } from '../../electron/log';
import { root } from '../../electron/vite.shared';
import { allRows } from './all-rows';
import { startExportHere } from './export-here';
import { startReadingHere } from './reading-here';
import { startSearchHere } from './search-here';

/** A folder of the test's own, removed after it. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-host-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A log that keeps its lines. */
export function keepLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const add = (message: string, cause?: unknown) => void lines.push(cause === undefined ? message : `${message}: ${cause}`);
  return { lines, error: add, warn: add, info: add };
}

export interface OpenedCore {
  core: Core;
  dataFolder: string;
  localFolder: string;
  seedsFolder: string;
  call<M extends CoreMethodName>(method: M, args: unknown, origin?: string): Promise<Returns<M>>;
  /** The id of the first seed, once it is in the library. */
  seedId(): Promise<string>;
}

/** Threads that need no bundles. */
const startedHere = { startReading: startReadingHere, startSearch: startSearchHere, startExport: startExportHere };

/** A core over real parts, closed after the test, with the repository's first seed and the documents given. */
export async function openCore({
  workersFolder = '/nowhere',
  dataFolder,
  seedsFolder = '',
  documents = {},
  machine = 'this machine',
  onSearchable,
  backupDelay,
}: {
  workersFolder?: string;
  dataFolder?: string;
  /** Each name is a machine of its own, with its own LOCAL beside the data folder. */
  machine?: string;
  /** Of an earlier core; in place of a fresh one. */
  seedsFolder?: string;
  documents?: Record<string, string | Uint8Array>;
  onSearchable?: (search: Searching) => void;
  /** `null`: the test makes its backups itself, and a slow machine none beside them. */
  backupDelay?: null;
} = {}): Promise<OpenedCore> {
  const folder = await makeFolder();
  const data = dataFolder ?? path.join(folder, 'data');
  const seeds = seedsFolder || path.join(folder, 'seeds');
  if (!seedsFolder) await cp(path.join(root, 'seeds'), seeds, { recursive: true });
  for (const [name, content] of Object.entries(documents)) {
    await mkdir(path.dirname(path.join(seeds, name)), { recursive: true });
    await writeFile(path.join(seeds, name), content);
  }
  const localFolder = `${data}-local of ${machine}`;
  const options = {
    dataFolder: data,
    localFolder,
    machineName: machine,
    seedsFolder: seeds,
    workersFolder,
    ...(workersFolder === '/nowhere' ? startedHere : {}),
    version: '0.0.0',
    checkResults: true,
    capabilities: noCapabilities,
    log: keepLog(),
    backupDelay,
  };
  const core = await createCore(options, { onSearchable });
  onTestFinished(() => core.close());
  const call = <M extends CoreMethodName>(method: M, args: unknown, origin = 'test') =>
    core.handle(method, args, origin) as Promise<Returns<M>>;
  return {
    core,
    dataFolder: data,
    localFolder,
    seedsFolder: seeds,
    call,
    async seedId() {
      await core.library.ready;
      const listed = allRows(core.library);
      const seed = listed.find(({ fileName }) => fileName === '000_1f77a48d763ee880.txt');
      if (!seed) throw new Error('The first seed is not in the library.');
      return seed.id;
    },
  };
}

/** The text of an export that is one file, as it is saved. */
export async function exportText({ core, call }: Pick<OpenedCore, 'core' | 'call'>, format: ExportFormat): Promise<string> {
  const prepared = await call('export.prepare', { scope: { type: 'everything' }, format, layout: 'single' });
  const taken = prepared.ok ? core.exports.take(prepared.value.id) : undefined;
  if (!taken) throw new Error('Nothing was prepared.');
  return Buffer.concat(await Array.fromAsync(bytesOf(taken.stream('file')))).toString();
}

export const makeNote = (fields: Partial<Note> = {}): Note => ({
  id: crypto.randomUUID(),
  colour: 'green',
  body: '',
  tags: [],
  createdAt: '2026-01-02T03:04:05.000Z',
  modifiedAt: '2026-01-02T03:04:05.000Z',
  history: [],
  ...fields,
});

/** Forgets a document as a reader does who has seen what goes. */
export async function forgetDocument(call: OpenedCore['call'], documentId: string): Promise<Returns<'forget.apply'>> {
  const plan = await call('forget.plan', { documentId });
  return plan.ok ? call('forget.apply', { documentId, state: plan.value.state }) : plan;
}
