import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ImportOutcome, UploadedFile } from '#api';
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
  const imported: string[] = [];
  const told: ImportOutcome[][] = [];
  const log = createLog();
  const library = {
    async importFile({ name, chunks }: UploadedFile) {
      let text = '';
      for await (const chunk of chunks) text += Buffer.from(chunk).toString();
      imported.push(`${name}: ${text}`);
      return { name, documentId: 'document-1' };
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
    expect(imported).toEqual(['a.txt: words']);
  });

  test('what cannot be read is told beside what can', async () => {
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'words');
    const { opening, library, told } = create();
    opening.start(library);
    opening.open([path.join(folder, 'gone.txt'), folder, file, file]);
    await waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]).toEqual([
      { name: 'gone.txt', failure: expect.objectContaining({ code: 'document-not-found' }) },
      { name: path.basename(folder), failure: expect.objectContaining({ code: 'file-not-importable' }) },
      { name: 'a.txt', documentId: 'document-1' },
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
    const failing = { importFile: vi.fn(library.importFile).mockRejectedValueOnce(new Error('a bug')) };
    opening.start(failing);
    opening.open([file]);
    opening.open([file]);
    await waitFor(() => expect(told).toHaveLength(1));
    expect(log.lines.join()).toContain('a bug');
  });
});
