import { EventEmitter } from 'node:events';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ExportRequest, Handlers, PreparedExport, ShellMethodName } from '#api';
import type { Exports, ExportWorker } from '../../../electron/interchange/export';
import { createDisk } from '../../app/fixtures/disk';
import { asElectron, createElectron, createLog, importWith, type StandIn, type StandInWindow } from './electron-stand-in';

let electron: StandIn;
let folder: string;
let window: StandInWindow | undefined;
let shell: Handlers<ShellMethodName>;
let exports: Exports;
/** What becomes of the threads of exports. */
let thread: 'working' | 'silent' | 'dying';
/** Resolves when a thread that is silent is asked. */
let started: PromiseWithResolvers<void>;
const onThreadEnded = vi.fn();
const showKeys = vi.fn();
const onFlushed = vi.fn();

beforeEach(async () => {
  vi.clearAllMocks();
  electron = createElectron();
  window = new electron.module.BrowserWindow({});
  folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-shell-'));
  thread = 'working';
  started = Promise.withResolvers();
  const { createShellMethods } = await importWith(electron, () => import('../../../electron/shell/shell-methods'));
  const { note, notebook, openExports, sourceOf, summary } = await import('../interchange/export/fixtures');
  const { startExportHere } = await import('../export-here');
  const notebooks = [notebook('document-1', [note({ body: 'first words' })]), notebook('document-2', [note({ body: 'second words' })])];
  const start = () => (thread === 'working' ? startExportHere() : startIdle(thread === 'dying'));
  const summaries = [summary('document-1', { format: 'pdf' }), summary('document-2')];
  exports = openExports(sourceOf(notebooks, summaries), { start, fileOf: () => path.join(folder, 'original.pdf') });
  shell = createShellMethods({
    dataFolder: '/data',
    exports,
    window: () => asElectron<BrowserWindow | undefined>(window as StandInWindow),
    showKeys,
    onFlushed,
    log: createLog(),
  });
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A thread that says nothing, or dies when it is asked. */
const startIdle = (isDying: boolean): ExportWorker =>
  Object.assign(new EventEmitter(), {
    postMessage(this: EventEmitter) {
      if (isDying) this.emit('error', new Error('Out of memory'));
      started.resolve();
    },
    terminate: async () => onThreadEnded(),
  });

/** Prepares an export of two documents with a note each. */
async function prepare(values: Partial<ExportRequest> = {}): Promise<PreparedExport> {
  const prepared = await exports.prepare('window', { scope: { type: 'everything' }, format: 'markdown', layout: 'single', ...values });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  return prepared.value;
}

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

describe('an export', () => {
  test('of one file goes where the reader says, under a name that is proposed', async () => {
    const target = path.join(folder, 'mine.md');
    electron.answers.paths = [target];
    expect(await shell['shell.save-export']({ prepared: await prepare() })).toEqual({ ok: true, value: { place: target } });
    expect(await readFile(target, 'utf8')).toContain('first words');
    expect(await readdir(folder)).toEqual(['mine.md']);
    expect(electron.asked[0]?.options).toMatchObject({ defaultPath: 'All notes.md' });
    expect(electron.asked[0]?.options.properties).toContain('showOverwriteConfirmation');
  });

  test('of several files goes into a folder', async () => {
    electron.answers.paths = [folder];
    const prepared = await prepare({ layout: 'per-document' });
    expect(await shell['shell.save-export']({ prepared })).toEqual({ ok: true, value: { place: folder } });
    expect((await readdir(folder)).sort()).toEqual(['Title of document-1.md', 'Title of document-2.md']);
    expect(await readFile(path.join(folder, 'Title of document-2.md'), 'utf8')).toContain('second words');
  });

  test('is not saved when the reader chooses no place, and can be then', async () => {
    const prepared = await prepare();
    electron.answers.paths = [undefined, path.join(folder, 'mine.md')];
    expect(await shell['shell.save-export']({ prepared })).toEqual({ ok: true, value: null });
    expect(await readdir(folder)).toEqual([]);
    expect(await shell['shell.save-export']({ prepared })).toMatchObject({ ok: true, value: { place: path.join(folder, 'mine.md') } });
  });

  test('that is a copy of a document never takes its place, by whatever path', async () => {
    thread = 'silent';
    await writeFile(path.join(folder, 'original.pdf'), 'as it was');
    await symlink(path.join(folder, 'original.pdf'), path.join(folder, 'link.pdf'));
    for (const name of ['original.pdf', 'link.pdf']) {
      electron.answers.paths = [path.join(folder, name)];
      expect(await shell['shell.save-export']({ prepared: await prepare({ format: 'pdf' }) })).toMatchObject({
        ok: false,
        failure: { message: expect.stringContaining('This is the document itself') },
      });
    }
    expect(await readFile(path.join(folder, 'original.pdf'), 'utf8')).toBe('as it was');
  });

  test('whose disk fails says so, and is made no further', async () => {
    thread = 'silent';
    electron.answers.paths = [path.join(folder, 'gone', 'a.md')];
    expect(await shell['shell.save-export']({ prepared: await prepare() })).toMatchObject({ ok: false, failure: { code: 'write-failed' } });
    expect(onThreadEnded).toHaveBeenCalledOnce();
  });

  test('that fills the disk leaves the earlier file as it was, and says so', async ({ skip }) => {
    const disk = await createDisk(folder);
    skip(!disk, 'A small disk can be had only by root on Linux.');
    const target = path.join(folder, 'mine.md');
    try {
      await writeFile(target, 'the earlier export');
      await disk?.fill();
      electron.answers.paths = [target];
      expect(await shell['shell.save-export']({ prepared: await prepare() })).toMatchObject({
        ok: false,
        failure: { code: 'disk-full', message: expect.stringContaining('what was there is as it was') },
      });
      expect(await readFile(target, 'utf8')).toBe('the earlier export');
      expect((await readdir(folder)).sort()).toEqual(['filling', 'mine.md']);
    } finally {
      await disk?.remove();
    }
  });

  test.each(['single', 'per-document'] as const)('that is cancelled leaves nothing behind: %s', async (layout) => {
    thread = 'silent';
    electron.answers.paths = [layout === 'single' ? path.join(folder, 'mine.md') : folder];
    const prepared = await prepare({ layout });
    const saving = shell['shell.save-export']({ prepared });
    await started.promise;
    expect(await shell['shell.cancel-export']({ exportId: prepared.id })).toBeNull();
    expect(await saving).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('that goes on when Lectern closes leaves nothing behind', async () => {
    thread = 'silent';
    electron.answers.paths = [path.join(folder, 'mine.md')];
    const saving = shell['shell.save-export']({ prepared: await prepare() });
    await started.promise;
    exports.close();
    expect(await saving).toMatchObject({ ok: false, failure: { code: 'export-broken-off' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('whose thread dies has a sentence and leaves nothing behind', async () => {
    thread = 'dying';
    electron.answers.paths = [path.join(folder, 'mine.md')];
    expect(await shell['shell.save-export']({ prepared: await prepare() })).toMatchObject({
      ok: false,
      failure: { code: 'export-broken-off', message: expect.stringContaining('Export again') },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('goes to the clipboard as one text, unless the clipboard does not take it', async () => {
    expect(await shell['shell.copy-export']({ prepared: await prepare({ layout: 'per-document' }) })).toEqual({ ok: true, value: null });
    expect(electron.outside.copied[0]).toMatch(/first words[\s\S]*\n\n---\n[\s\S]*second words/);
    electron.outside.refuses = true;
    expect(await shell['shell.copy-export']({ prepared: await prepare() })).toMatchObject({ ok: false, failure: { code: 'write-failed' } });
  });
});

test('shell.copy-text', async () => {
  expect(await shell['shell.copy-text']({ text: 'words' })).toEqual({ ok: true, value: null });
  expect(electron.outside.copied).toEqual(['words']);
  expect(await shell['shell.copy-text']({ text: 'words', html: '<p>words</p>' })).toEqual({ ok: true, value: null });
  expect(electron.outside.copied).toEqual(['words', 'words', '<p>words</p>']);
  electron.outside.refuses = true;
  expect(await shell['shell.copy-text']({ text: 'words' })).toMatchObject({ ok: false });
});

test('the clipboard is read in all that a document can be made of, with where that was copied from', async () => {
  expect(await shell['shell.read-clipboard']({})).toEqual({ ok: true, value: { text: '', html: '' } });
  const forms = [
    ['text/plain', 'words'],
    ['text/html', '<p>words</p>'],
    ['image/png', 'PNG'],
    ['electron application/osclipboard;format="chromium/x-source-url"', 'https://example.org/'],
  ] as const;
  for (const [type, content] of forms) electron.outside.clip.set(type, new Blob([content], { type }));
  expect(await shell['shell.read-clipboard']({})).toEqual({
    ok: true,
    value: { text: 'words', html: '<p>words</p>', picture: 'data:image/png;base64,UE5H', address: 'https://example.org/' },
  });
  electron.outside.refuses = true;
  expect(await shell['shell.read-clipboard']({})).toMatchObject({ ok: false, failure: { code: 'not-opened' } });
});

test('a folder of the data is shown by the system, or its path can be copied', async () => {
  expect(await shell['shell.show-folder']({ folder: 'data' })).toEqual({ ok: true, value: null });
  expect(await shell['shell.show-folder']({ folder: 'backups' })).toEqual({ ok: true, value: null });
  expect(electron.outside.opened).toEqual(['/data', path.join('/data', 'backups')]);
  electron.outside.refuses = true;
  expect(await shell['shell.show-folder']({ folder: 'data' })).toMatchObject({ ok: false, failure: { code: 'not-opened' } });
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
