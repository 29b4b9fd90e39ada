import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ImportedFile, ImportOutcome } from '../../../electron/api';
import { createOpening } from '../../../electron/shell/opening';
import { waitFor } from '../wait-for';
import { createLog } from './electron-stand-in';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-open-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A library that takes every file, and a page that is told. */
function create() {
  const imported: string[][] = [];
  const told: ImportOutcome[][] = [];
  const log = createLog();
  const library = {
    async importFiles(files: readonly ImportedFile[]) {
      imported.push(files.map(({ name, bytes }) => `${name}: ${Buffer.from(bytes).toString()}`));
      return files.map(({ name }) => ({ name, documentId: 'document-1' }));
    },
  };
  const opening = createOpening({ sendOnce: (_event, payload) => told.push(payload as ImportOutcome[]) }, log);
  return { opening, library, imported, told, log };
}

describe('createOpening', () => {
  test('files that come before the library is open wait for it', async () => {
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'words');
    const { opening, library, imported, told } = create();
    opening.open([file]);
    expect(imported).toEqual([]);
    opening.start(library);
    await waitFor(() => expect(told).toEqual([[{ name: 'a.txt', documentId: 'document-1' }]]));
    expect(imported).toEqual([['a.txt: words']]);
  });

  test('what cannot be read is told beside what can', async () => {
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'words');
    const { opening, library, told } = create();
    opening.start(library);
    opening.open([path.join(folder, 'gone.txt'), folder, file, file]);
    await waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]).toEqual([
      { name: 'a.txt', documentId: 'document-1' },
      { name: 'gone.txt', failure: expect.objectContaining({ code: 'document-not-found' }) },
      { name: path.basename(folder), failure: expect.objectContaining({ code: 'file-not-importable' }) },
    ]);
  });

  test('no files, no word', async () => {
    const { opening, library, imported, told } = create();
    opening.start(library);
    opening.open([]);
    await Promise.resolve();
    expect([imported, told]).toEqual([[], []]);
  });

  test('a failing import ends in the log, and the next one is made', async () => {
    const { opening, library, told, log } = create();
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'words');
    const failing = { importFiles: vi.fn(library.importFiles).mockRejectedValueOnce(new Error('a bug')) };
    opening.start(failing);
    opening.open([file]);
    opening.open([file]);
    await waitFor(() => expect(told).toHaveLength(1));
    expect(log.lines.join()).toContain('a bug');
  });
});
