import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeWriteError, NotWritten, saveFile, saveFilesInto } from '../../../electron/shell/save-files';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-save-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const encode = (text: string) => new TextEncoder().encode(text);
const errorWith = (code: string) => Object.assign(new Error(code), { code, syscall: 'write' });

/** Texts as bytes; in place of an error that is among them, the rest does not come. */
async function* bytesOf(...texts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield encode(text);
  }
}

async function* files(...all: [name: string, ...texts: (string | Error)[]][]) {
  for (const [name, ...texts] of all) {
    yield { name };
    for await (const bytes of bytesOf(...texts)) yield { bytes };
  }
}

describe('saveFile', () => {
  test('writes the bytes as they come and leaves nothing else behind', async () => {
    const target = path.join(folder, 'notes.md');
    await saveFile(target, bytesOf('Ünïcode ', '📚\r\n'));
    expect(await readFile(target, 'utf8')).toBe('Ünïcode 📚\r\n');
    expect(await readdir(folder)).toEqual(['notes.md']);
  });

  test('replaces the file that the reader chose to replace, and only when the new one is whole', async () => {
    const target = path.join(folder, 'notes.md');
    await writeFile(target, 'old');
    const seen: string[] = [];
    await saveFile(
      target,
      (async function* () {
        yield encode('new ');
        seen.push(await readFile(target, 'utf8'));
        yield encode('words');
      })(),
    );
    expect(seen).toEqual(['old']);
    expect(await readFile(target, 'utf8')).toBe('new words');
  });

  test('what breaks off leaves the earlier file as it was, and nothing beside it', async () => {
    const target = path.join(folder, 'notes.md');
    await writeFile(target, 'old');
    const broken = new Error('It broke off.');
    await expect(saveFile(target, bytesOf('half', broken))).rejects.toBe(broken);
    expect(await readFile(target, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['notes.md']);
  });

  test('a place that is not there has a sentence', async () => {
    await expect(saveFile(path.join(folder, 'gone', 'notes.md'), bytesOf('x'))).rejects.toMatchObject({
      failure: { code: 'write-failed' },
    });
  });

  test('what cannot be replaced stays, and no half-written file lies beside it', async () => {
    await mkdir(path.join(folder, 'notes.md'));
    await expect(saveFile(path.join(folder, 'notes.md'), bytesOf('x'))).rejects.toBeInstanceOf(NotWritten);
    expect(await readdir(folder)).toEqual(['notes.md']);
  });
});

describe('saveFilesInto', () => {
  test('never overwrites: names that are taken are numbered', async () => {
    await writeFile(path.join(folder, 'a.md'), 'mine');
    await saveFilesInto(folder, files(['a.md', 'fir', 'st'], ['a.md', 'second'], ['empty.md'], ['b', 'third']));
    expect((await readdir(folder)).sort()).toEqual(['a (2).md', 'a (3).md', 'a.md', 'b', 'empty.md']);
    expect(await readFile(path.join(folder, 'a.md'), 'utf8')).toBe('mine');
    expect(await readFile(path.join(folder, 'a (2).md'), 'utf8')).toBe('first');
    expect(await readFile(path.join(folder, 'a (3).md'), 'utf8')).toBe('second');
    expect(await readFile(path.join(folder, 'empty.md'), 'utf8')).toBe('');
  });

  test('what breaks off leaves nothing behind, neither the files that were whole nor the folder that was made for them', async () => {
    await writeFile(path.join(folder, 'a.md'), 'mine');
    const broken = new Error('It broke off.');
    await expect(saveFilesInto(folder, files(['a.md', 'whole'], ['b.md', 'half', broken]))).rejects.toBe(broken);
    expect(await readdir(folder)).toEqual(['a.md']);
    await expect(saveFilesInto(path.join(folder, 'new'), files(['a.md', 'half', broken]))).rejects.toBe(broken);
    expect(await readdir(folder)).toEqual(['a.md']);
  });

  test('a folder that is a file has a sentence', async () => {
    await writeFile(path.join(folder, 'file'), '');
    await expect(saveFilesInto(path.join(folder, 'file'), files(['a.md', 'x']))).rejects.toBeInstanceOf(NotWritten);
  });
});

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EROFS', 'disk-read-only'],
  ['EACCES', 'disk-read-only'],
  ['EIO', 'write-failed'],
])('%s is told as %s', (code, expected) => {
  expect(describeWriteError(errorWith(code), '/place')).toMatchObject({ code: expected, message: expect.stringContaining('/place') });
});

test('what is not about the disk is thrown on', () => {
  expect(() => describeWriteError(new TypeError('a bug'), '/place')).toThrow('a bug');
});
