import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Returns, settingsSchema } from '#api';
import { start } from '../../../renderer/state/start';
import { getState } from '../../../renderer/state/store';
import { info, makeHost, makeRow } from './support';

const listed = Promise.withResolvers<Returns<'library.list'>>();
const { bridge, tell } = makeHost({
  'app.info': () => info,
  'settings.read': () => settingsSchema.parse({}),
  'search.progress': () => ({ done: 0, total: 0, isStopped: false }),
  'library.list': () => listed.promise,
  'tags.list': () => [],
  'shell.set-theme': () => null,
  'shell.set-keys': () => null,
});

beforeAll(async () => {
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('matchMedia', () => new EventTarget());
  const started = start(bridge);
  // Found by the scan after the list was made, and told before it arrives.
  tell('library.changed', { changed: [makeRow('bbbbbbbb')], removed: ['cccccccc'], scanning: false });
  listed.resolve({ documents: [makeRow('aaaaaaaa'), makeRow('cccccccc')], folders: [], scanning: true });
  await started;
});
afterAll(() => vi.unstubAllGlobals());

test('what is told while the library is listed is not lost', () => {
  expect([...getState().documents.keys()]).toEqual(['aaaaaaaa', 'bbbbbbbb']);
  expect(getState().scanning).toBe(false);
});
