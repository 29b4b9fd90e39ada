import type { WebContents } from 'electron';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Handlers, ShellMethodName } from '../../../electron/api';
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
    },
    shell: shell as Handlers<ShellMethodName>,
    onCall: (method) => answered.push(method),
    log,
  });
});

const open = () => new electron.module.BrowserWindow({}).webContents;

describe('setUpIpc', () => {
  test("hands a call of the page's to the core, as the window's", async () => {
    open();
    expect(await electron.invoke('library.list', {})).toBe('answer');
    expect(calls).toEqual([['library.list', {}, 'window']]);
    expect(answered).toEqual(['library.list']);
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

  test.each([['library.unknown'], ['toString'], ['__proto__'], ['constructor'], [''], [7], [undefined], [['library.list']]])(
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
    await expect(electron.invoke('library.list', {}, from(page))).rejects.toThrow('Only the page of Lectern may call.');
    expect(calls).toEqual([]);
    expect(log.lines).toHaveLength(1);
  });

  test('refuses everything while there is no window', async () => {
    const from = { sender: undefined, senderFrame: { url: 'lectern://app/', parent: null } };
    await expect(electron.invoke('library.list', {}, from)).rejects.toThrow();
  });
});
