import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  type AppInfo,
  type Args,
  type Bridge,
  type DocumentSummary,
  type EventName,
  type EventPayload,
  emptyNotebook,
  type MethodName,
  type Notebook,
  type NotebookChange,
  type Returns,
  settingsSchema,
} from '../../../electron/api';
import { changeNotebook, putNotebook, saving } from '../../../renderer/state/actions/notebooks';
import { start } from '../../../renderer/state/start';
import { getState } from '../../../renderer/state/store';

const info: AppInfo = {
  version: '0',
  platform: 'linux',
  dataFolder: '/data',
  capabilities: { folderDialog: false, saveDialog: false, nativeMenu: false },
  problems: [],
};

const makeRow = (id: string): DocumentSummary => ({
  id,
  title: `Document ${id}`,
  format: 'text',
  fileName: `${id}.txt`,
  folderId: 'own',
  relativePath: `${id}.txt`,
  size: 1,
  words: 1,
  addedAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:00:00.000Z',
  tags: [],
  noteTags: [],
  status: 'unread',
  progress: 0,
  noteCount: 0,
  missing: false,
});

const makeNotebook = (id: string, part: Partial<Notebook> = {}): Notebook => ({
  ...emptyNotebook(id, { paths: [`/${id}.txt`], rawHash: '0'.repeat(64), history: [] }),
  ...part,
});

/** A host that answers from a table, and tells events when the test says so. */
function makeHost(answers: { [M in MethodName]?: (args: Args<M>) => Promise<Returns<M>> | Returns<M> }) {
  const listeners = new Map<EventName, ((payload: never) => void)[]>();
  const bridge: Bridge = {
    async call(method, args) {
      const answer = answers[method];
      if (!answer) throw new Error(`${method} was not expected.`);
      return answer(args);
    },
    on(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return () => undefined;
    },
  };
  const tell = <E extends EventName>(event: E, payload: EventPayload<E>) => {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  };
  return { bridge, tell };
}

const applied: NotebookChange[][] = [];
const listed = Promise.withResolvers<Returns<'library.list'>>();
const { bridge, tell } = makeHost({
  'app.info': () => info,
  'settings.read': () => settingsSchema.parse({}),
  'library.list': () => listed.promise,
  'tags.list': () => [],
  'shell.set-theme': () => null,
  'shell.set-keys': () => null,
  'notebook.apply': ({ changes }) => {
    applied.push(changes);
    return { ok: true, value: { savedAt: '2026-01-01T00:00:00.000Z' } };
  },
});

beforeAll(async () => {
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', new EventTarget());
  const started = start(bridge);
  // Found by the scan after the list was made, and told before it arrives.
  tell('library.changed', { changed: [makeRow('bbbbbbbb')], removed: ['cccccccc'], scanning: false });
  listed.resolve({ documents: [makeRow('aaaaaaaa'), makeRow('cccccccc')], folders: [], scanning: true });
  await started;
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => {
  applied.length = 0;
});

test('what is told while the library is listed is not lost', () => {
  expect([...getState().documents.keys()]).toEqual(['aaaaaaaa', 'bbbbbbbb']);
  expect(getState().scanning).toBe(false);
});

test('what another window changes is taken over, and what is not saved here yet stays', async () => {
  putNotebook(makeNotebook('aaaaaaaa'));
  changeNotebook('aaaaaaaa', { type: 'set-status', status: 'finished' });
  tell('notebook.changed', { notebook: makeNotebook('aaaaaaaa', { tags: ['theirs'] }), origin: 'another' });
  expect(getState().notebooks.get('aaaaaaaa')).toMatchObject({ tags: ['theirs'], status: 'finished' });
  expect(await saving.flush()).toBeUndefined();
  expect(applied).toEqual([[{ type: 'set-status', status: 'finished' }]]);
  tell('notebook.changed', { notebook: makeNotebook('aaaaaaaa', { tags: ['theirs, later'], status: 'unread' }), origin: 'another' });
  expect(getState().notebooks.get('aaaaaaaa')).toMatchObject({ tags: ['theirs, later'], status: 'unread' });
});
