import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeWriteError, isPlainFileName, saveFile, saveFilesInto } from '../../../electron/shell/save-files';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-save-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const file = (name: string, text: string) => ({ name, text, mediaType: 'text/markdown' });
const errorWith = (code: string) => Object.assign(new Error(code), { code, syscall: 'write' });

describe('saveFile', () => {
  test('writes the text and leaves nothing else behind', async () => {
    const target = path.join(folder, 'notes.md');
    expect(await saveFile(target, 'Ünïcode 📚\r\n')).toEqual({ ok: true, value: { place: target } });
    expect(await readFile(target, 'utf8')).toBe('Ünïcode 📚\r\n');
    expect(await readdir(folder)).toEqual(['notes.md']);
  });

  test('replaces the file that the reader chose to replace', async () => {
    const target = path.join(folder, 'notes.md');
    await writeFile(target, 'old');
    await saveFile(target, 'new');
    expect(await readFile(target, 'utf8')).toBe('new');
  });

  test('a place that is not there is a failure, not an exception', async () => {
    expect(await saveFile(path.join(folder, 'gone', 'notes.md'), 'x')).toMatchObject({ ok: false, failure: { code: 'write-failed' } });
  });

  test('what cannot be replaced stays, and no half-written file lies beside it', async () => {
    await mkdir(path.join(folder, 'notes.md'));
    expect(await saveFile(path.join(folder, 'notes.md'), 'x')).toMatchObject({ ok: false });
    expect(await readdir(folder)).toEqual(['notes.md']);
  });
});

describe('saveFilesInto', () => {
  test('never overwrites: names that are taken are numbered', async () => {
    await writeFile(path.join(folder, 'a.md'), 'mine');
    const saved = await saveFilesInto(folder, [file('a.md', 'first'), file('a.md', 'second'), file('b', 'third')]);
    expect(saved).toEqual({ ok: true, value: { place: folder } });
    expect((await readdir(folder)).sort()).toEqual(['a (2).md', 'a (3).md', 'a.md', 'b']);
    expect(await readFile(path.join(folder, 'a.md'), 'utf8')).toBe('mine');
    expect(await readFile(path.join(folder, 'a (2).md'), 'utf8')).toBe('first');
    expect(await readFile(path.join(folder, 'a (3).md'), 'utf8')).toBe('second');
  });

  test('a folder that is a file is a failure', async () => {
    await writeFile(path.join(folder, 'file'), '');
    expect(await saveFilesInto(path.join(folder, 'file'), [file('a.md', 'x')])).toMatchObject({ ok: false });
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

test.each(['', '.', '..', '../a.md', 'a/b.md', 'a\\b.md', 'C:a.md', 'a\0.md'])('%j is no plain file name', (name) => {
  expect(isPlainFileName(name)).toBe(false);
});

test.each(['a.md', '.notes', 'Ünïcode – “x”.md', '..a'])('%j is a plain file name', (name) => {
  expect(isPlainFileName(name)).toBe(true);
});
