import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type NotebookChange, type Returns, settingsSchema } from '../../../electron/api';
import { saving } from '../../../renderer/state/actions/keeping';
import { changeNotebook, putNotebook } from '../../../renderer/state/actions/notebooks';
import { start } from '../../../renderer/state/start';
import { getState } from '../../../renderer/state/store';
import { info, makeHost, makeNotebook, makeRow } from './support';

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
  const documentId = 'aaaaaaaa';
  const own: NotebookChange = { type: 'set-status', status: 'finished' };
  const shown = () => getState().notebooks.get(documentId);
  const tellOthers = (...changes: NotebookChange[]) => tell('notebook.changed', { documentId, changes, origin: 'another' });
  putNotebook(makeNotebook(documentId));
  changeNotebook(documentId, own);
  tellOthers({ type: 'set-tags', tags: ['theirs'] }, { type: 'set-status', status: 'reading' });
  expect(shown()).toMatchObject({ tags: ['theirs'], status: 'finished' });
  expect(await saving.flush()).toBeUndefined();
  expect(applied).toEqual([[own]]);
  tellOthers({ type: 'set-tags', tags: ['theirs, later'] });
  expect(shown()).toMatchObject({ tags: ['theirs, later'], status: 'finished' });
  tellOthers({ type: 'set-status', status: 'unread' });
  expect(shown()).toMatchObject({ tags: ['theirs, later'], status: 'unread' });
});
