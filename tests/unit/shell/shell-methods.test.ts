import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Handlers, ShellMethodName } from '#api';
import { asElectron, createElectron, createLog, importWith, type StandIn, type StandInWindow } from './electron-stand-in';

let electron: StandIn;
let folder: string;
let window: StandInWindow | undefined;
let shell: Handlers<ShellMethodName>;
const showKeys = vi.fn();
const onFlushed = vi.fn();

beforeEach(async () => {
  vi.clearAllMocks();
  electron = createElectron();
  window = new electron.module.BrowserWindow({});
  folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-shell-'));
  const { createShellMethods } = await importWith(electron, () => import('../../../electron/shell/shell-methods'));
  shell = createShellMethods({
    window: () => asElectron<BrowserWindow | undefined>(window as StandInWindow),
    showKeys,
    onFlushed,
    log: createLog(),
  });
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const file = (name: string, text: string) => ({ name, text, mediaType: 'text/markdown' });

describe('shell.choose-folder', () => {
  test('gives the chosen folder, or nothing', async () => {
    electron.answers.paths = ['/texts', undefined];
    expect(await shell['shell.choose-folder']({})).toBe('/texts');
    expect(await shell['shell.choose-folder']({})).toBeNull();
    expect(electron.asked[0]).toMatchObject({ parent: true, options: { properties: ['openDirectory', 'createDirectory'] } });
  });

  test('asks without a window too', async () => {
    window = undefined;
    electron.answers.paths = ['/texts'];
    expect(await shell['shell.choose-folder']({})).toBe('/texts');
    expect(electron.asked[0]?.parent).toBe(false);
  });
});

describe('shell.save-files', () => {
  test('one file goes where the reader says, under a name that is proposed', async () => {
    const target = path.join(folder, 'mine.md');
    electron.answers.paths = [target];
    expect(await shell['shell.save-files']({ files: [file('notes.md', 'words')] })).toEqual({ ok: true, value: { place: target } });
    expect(await readFile(target, 'utf8')).toBe('words');
    expect(electron.asked[0]?.options).toMatchObject({ defaultPath: 'notes.md' });
    expect(electron.asked[0]?.options.properties).toContain('showOverwriteConfirmation');
  });

  test('several go into a folder', async () => {
    electron.answers.paths = [folder];
    const files = [file('a.md', 'first'), file('a.md', 'second')];
    expect(await shell['shell.save-files']({ files })).toEqual({ ok: true, value: { place: folder } });
    expect((await readdir(folder)).sort()).toEqual(['a (2).md', 'a.md']);
  });

  test('the reader may choose not to', async () => {
    expect(await shell['shell.save-files']({ files: [file('a.md', '')] })).toEqual({ ok: true, value: null });
    expect(await shell['shell.save-files']({ files: [file('a.md', ''), file('b.md', '')] })).toEqual({ ok: true, value: null });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a failing disk is told', async () => {
    electron.answers.paths = [path.join(folder, 'gone', 'a.md')];
    expect(await shell['shell.save-files']({ files: [file('a.md', '')] })).toMatchObject({ ok: false, failure: { code: 'write-failed' } });
  });

  test('a name that is a path is refused before anything is asked', async () => {
    const outcome = await shell['shell.save-files']({ files: [file('a.md', ''), file('../../.profile', '')] });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'invalid-arguments' } });
    expect(electron.asked).toEqual([]);
  });
});

test('shell.copy-text', async () => {
  expect(await shell['shell.copy-text']({ text: 'words' })).toEqual({ ok: true, value: null });
  expect(electron.outside.copied).toEqual(['words']);
  electron.outside.refuses = true;
  expect(await shell['shell.copy-text']({ text: 'words' })).toMatchObject({ ok: false });
});

describe('shell.open-external', () => {
  test.each(['https://example.com/a?b#c', 'http://example.com/', 'mailto:a@example.com'])(
    'opens %s when the reader says so',
    async (url) => {
      electron.answers.buttons = [0, 1];
      expect(await shell['shell.open-external']({ url })).toEqual({ ok: true, value: null });
      expect(electron.outside.opened).toEqual([]);
      expect(electron.messages[0]?.detail).toContain(url);
      expect(await shell['shell.open-external']({ url })).toEqual({ ok: true, value: null });
      expect(electron.outside.opened).toEqual([url]);
    },
  );

  test.each(['file:///etc/passwd', 'javascript:alert(1)', 'lectern://app/', 'smb://server/share', 'ms-word:x', 'nothing', ''])(
    'refuses %j',
    async (url) => {
      expect(await shell['shell.open-external']({ url })).toMatchObject({ ok: false, failure: { code: 'invalid-arguments' } });
      expect(electron.outside.opened).toEqual([]);
    },
  );

  test('a system that opens nothing is told', async () => {
    electron.outside.refuses = true;
    electron.answers.buttons = [1];
    expect(await shell['shell.open-external']({ url: 'https://example.com/' })).toMatchObject({
      ok: false,
      failure: { code: 'not-opened' },
    });
  });
});

test('shell.reload loads the page again, though it may navigate nowhere', async () => {
  expect(await shell['shell.reload']({})).toBeNull();
  expect(window?.webContents.journal).toEqual(['reload']);
  window = undefined;
  expect(await shell['shell.reload']({})).toBeNull();
});

test('shell.set-theme', async () => {
  expect(await shell['shell.set-theme']({ theme: 'black' })).toBeNull();
  expect(electron.module.nativeTheme.themeSource).toBe('dark');
  expect(window?.background).toBe('#000000');
});

test('shell.set-keys and shell.flushed', async () => {
  expect(await shell['shell.set-keys']({ keys: { 'go.search': 'Mod+P' } })).toBeNull();
  expect(showKeys).toHaveBeenCalledWith({ 'go.search': 'Mod+P' });
  expect(await shell['shell.flushed']({})).toBeNull();
  expect(onFlushed).toHaveBeenCalledWith(undefined);
});
