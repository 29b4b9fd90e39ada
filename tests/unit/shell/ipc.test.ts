import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { WebContents } from 'electron';
import { beforeEach, describe, expect, test } from 'vitest';
import { fail, type Handlers, type ShellMethodName } from '#api';
import { makeFolder } from '../host-fixtures';
import { asElectron, createElectron, createLog, importWith, type StandIn, StandInContents } from './electron-stand-in';

let electron: StandIn;
let calls: unknown[][];
let answered: string[];
let log: ReturnType<typeof createLog>;

beforeEach(async () => {
  electron = createElectron();
  calls = [];
  answered = [];
  log = createLog();
  const { setUpIpc } = await importWith(electron, () => import('../../../electron/shell/ipc'));
  const shell: Partial<Handlers<ShellMethodName>> = {
    'shell.copy-text': ({ text }) => {
      calls.push(['shell', text]);
      return { ok: true, value: null };
    },
  };
  setUpIpc({
    page: () => asElectron<WebContents | undefined>(electron.app.windows[0]?.webContents as StandInContents),
    core: {
      handle: async (...call) => {
        calls.push(call);
        return 'answer';
      },
      uploads: {
        async 'library.import'({ name, size, chunks }) {
          let text = '';
          for await (const chunk of chunks) text += Buffer.from(chunk).toString();
          calls.push(['import', name, size, text]);
          return { name, documentId: 'document-1' };
        },
        'restore.plan-zip': () => Promise.resolve(fail('backup-unreadable', 'It is none.')),
        'import.plan': async () => fail('import-empty', 'Nothing is in it.'),
      },
    },
    shell: shell as Handlers<ShellMethodName>,
    onCall: (method) => answered.push(method),
    log,
  });
});

const open = () => new electron.module.BrowserWindow({}).webContents;

describe('setUpIpc', () => {
  test("hands a call of the page's to the core, as the window's", async () => {
    const { id } = open();
    expect(await electron.invoke('library.overview', {})).toBe('answer');
    expect(calls).toEqual([['library.overview', {}, `window-${id}`]]);
    expect(answered).toEqual(['library.overview']);
  });

  test("answers the shell's own calls itself", async () => {
    open();
    expect(await electron.invoke('shell.copy-text', { text: 'words' })).toEqual({ ok: true, value: null });
    expect(calls).toEqual([['shell', 'words']]);
  });

  test.each([[{}], [{ text: 1 }], [undefined], ['words']])('refuses arguments that are not what the contract says: %j', async (args) => {
    open();
    await expect(electron.invoke('shell.copy-text', args)).rejects.toThrow('shell.copy-text');
    expect(calls).toEqual([]);
    expect(answered).toEqual([]);
  });

  test.each([['library.unknown'], ['toString'], ['__proto__'], ['constructor'], [''], [7], [undefined], [['library.overview']]])(
    'refuses a method that is not in the contract: %j',
    async (method) => {
      open();
      await expect(electron.invoke(method, {})).rejects.toThrow('no such method');
      expect(calls).toEqual([]);
    },
  );

  test.each([
    ['a frame in the page', (page: StandInContents) => ({ sender: page, senderFrame: { url: 'lectern://app/', parent: page.mainFrame } })],
    ['another page', () => ({ sender: new StandInContents(), senderFrame: { url: 'lectern://app/', parent: null } })],
    [
      'a page of the web in the window',
      (page: StandInContents) => ({ sender: page, senderFrame: { url: 'https://example.com/', parent: null } }),
    ],
    ['another host of the scheme', (page: StandInContents) => ({ sender: page, senderFrame: { url: 'lectern://other/', parent: null } })],
    ['an empty page', (page: StandInContents) => ({ sender: page, senderFrame: { url: '', parent: null } })],
    ['a frame that is gone', (page: StandInContents) => ({ sender: page, senderFrame: null })],
  ])('refuses %s, and logs it', async (_, from) => {
    const page = open();
    await expect(electron.invoke('library.overview', {}, from(page))).rejects.toThrow('Only the page of Lectern may call.');
    expect(calls).toEqual([]);
    expect(log.lines).toHaveLength(1);
  });

  test('refuses everything while there is no window', async () => {
    const from = { sender: undefined, senderFrame: { url: 'lectern://app/', parent: null } };
    await expect(electron.invoke('library.overview', {}, from)).rejects.toThrow();
  });
});

describe('a file that the page hands over', () => {
  const upload = (...given: unknown[]) => electron.send('upload', given);

  test('is read from where it lies, or taken as its bytes', async () => {
    open();
    const folder = await makeFolder();
    await writeFile(path.join(folder, 'a.txt'), 'words');
    expect(await upload('library.import', { name: 'a.txt', path: path.join(folder, 'a.txt') })).toMatchObject({ name: 'a.txt' });
    await upload('library.import', { name: 'b.txt', bytes: Buffer.from('others') });
    expect(calls).toEqual([
      ['import', 'a.txt', 5, 'words'],
      ['import', 'b.txt', 6, 'others'],
    ]);
  });

  test('is refused when it is not what the contract says, or comes from elsewhere', async () => {
    const page = open();
    for (const file of [null, {}, { name: 'a.txt' }, { name: '', bytes: new Uint8Array() }, { name: 'a.txt', path: '' }]) {
      await expect(upload('library.import', file)).rejects.toThrow();
    }
    const file = { name: 'a.txt', bytes: new Uint8Array() };
    await expect(upload('constructor', file)).rejects.toThrow('no such upload');
    const foreign = { sender: page, senderFrame: { url: 'https://example.com/', parent: null } };
    await expect(electron.send('upload', ['library.import', file], foreign)).rejects.toThrow('Only the page of Lectern');
    // A path is taken from the preload script alone: the page's own calls know none.
    await expect(electron.invoke('library.import', { files: [{ name: 'a.txt', path: '/etc/passwd' }] })).rejects.toThrow('no such method');
    expect(calls).toEqual([]);
  });
});
