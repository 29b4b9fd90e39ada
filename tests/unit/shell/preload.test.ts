import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '#api';

const invoked: unknown[][] = [];
const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: async (...call: unknown[]) => {
    invoked.push(call);
    return 'answer';
  },
});
const exposed: Record<string, Bridge> = {};

beforeEach(async () => {
  vi.resetModules();
  ipcRenderer.removeAllListeners();
  invoked.length = 0;
  vi.doMock('electron', () => ({
    ipcRenderer,
    // As Electron says: the path of a file on the disk, else nothing.
    webUtils: { getPathForFile: ({ name }: File) => (name === 'on-disk.txt' ? '/texts/on-disk.txt' : '') },
    contextBridge: {
      exposeInMainWorld: (key: string, api: Bridge) => {
        exposed[key] = api;
      },
    },
  }));
  await import('../../../electron/preload');
});

const bridge = (): Bridge => {
  if (!exposed['lectern']) throw new Error('Nothing was exposed');
  return exposed['lectern'];
};

test('exposes the bridge, and nothing of Electron', () => {
  expect(Object.keys(exposed)).toEqual(['lectern']);
  expect(Object.keys(bridge()).sort()).toEqual(['call', 'on', 'upload']);
});

test('calls go to the one channel', async () => {
  expect(await bridge().call('app.info', {})).toBe('answer');
  expect(invoked).toEqual([['call', 'app.info', {}]]);
});

test('an event reaches its listeners without the IPC event, until they end', () => {
  const heard: unknown[][] = [];
  const stop = bridge().on('app.command', (...given) => heard.push(given));
  bridge().on('app.flush', () => heard.push(['flush']));
  ipcRenderer.emit('event', { sender: 'secret' }, 'app.command', { command: 'go.back' });
  expect(heard).toEqual([[{ command: 'go.back' }]]);
  expect(stop()).toBeUndefined();
  ipcRenderer.emit('event', {}, 'app.command', { command: 'go.back' });
  ipcRenderer.emit('event', {}, 'app.flush', {});
  expect(heard).toEqual([[{ command: 'go.back' }], ['flush']]);
});

test('a file goes by its path, and by its bytes when it lies nowhere', async () => {
  await bridge().upload('library.import', new File(['words'], 'on-disk.txt'));
  await bridge().upload('library.import', new File(['made'], 'made.txt'));
  expect(invoked).toEqual([
    ['upload', 'library.import', { name: 'on-disk.txt', path: '/texts/on-disk.txt' }],
    ['upload', 'library.import', { name: 'made.txt', bytes: new TextEncoder().encode('made') }],
  ]);
});
