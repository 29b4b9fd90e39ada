import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pageOf, type Returns, settingsSchema } from '#api';
import { documentAt, findPlace } from '../../../renderer/state/actions/document-list';
import { start } from '../../../renderer/state/start';
import { getState } from '../../../renderer/state/store';
import { waitFor } from '../wait-for';
import { info, makeCounts, makeHost, makePage, makeRow } from './support';

const counted = Promise.withResolvers<Returns<'library.overview'>>();
let rows = [makeRow('aaaaaaaa'), makeRow('cccccccc')];
const { bridge, tell } = makeHost({
  'app.info': () => info,
  'settings.read': () => settingsSchema.parse({}),
  'search.progress': () => ({ done: 0, total: 0, isStopped: false }),
  'library.overview': () => counted.promise,
  'library.documents': ({ locate, ...wanted }) => ({ ...makePage(rows, locate), ...pageOf(rows, wanted) }),
  'tags.list': () => [],
  'shell.set-theme': () => null,
  'shell.set-keys': () => null,
});

beforeAll(async () => {
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('matchMedia', () => new EventTarget());
  const started = start(bridge);
  // Found by the scan after the library was counted, and told before that arrives.
  tell('library.changed', {
    counts: makeCounts(3),
    tagUses: [
      ['fish', 2],
      ['gone', 0],
    ],
    scanning: false,
  });
  counted.resolve({
    counts: makeCounts(2),
    tagUses: [
      ['gone', 1],
      ['Trade', 1],
    ],
    folders: [],
    scanning: true,
  });
  await started;
});
afterAll(() => vi.unstubAllGlobals());

test('what is told while the library is counted is not lost', () => {
  expect(getState()).toMatchObject({ counts: { documents: 3 }, scanning: false });
  expect([...getState().tagUses]).toEqual([
    ['trade', { name: 'Trade', count: 1 }],
    ['fish', { name: 'fish', count: 2 }],
  ]);
});

test('the list follows what the library tells, and rows that did not change stay the same', async () => {
  await waitFor(() => expect(getState().list?.ids).toEqual(['aaaaaaaa', 'cccccccc']));
  const before = getState().documents.get('aaaaaaaa');
  rows = [makeRow('aaaaaaaa'), makeRow('bbbbbbbb')];
  tell('library.changed', { counts: makeCounts(2), tagUses: [], scanning: false });
  await waitFor(() => expect(getState().list?.ids).toEqual(['aaaaaaaa', 'bbbbbbbb']));
  expect([...getState().documents.keys()]).toEqual(['aaaaaaaa', 'bbbbbbbb']);
  expect(getState().documents.get('aaaaaaaa')).toBe(before);
});

test('a document that is not held is found by its place, and its place is found', async () => {
  rows = Array.from({ length: 500 }, (_, index) => makeRow(`row-${index}`));
  expect(await findPlace('row-400')).toBe(400);
  expect(await findPlace('unknown')).toBeUndefined();
  expect(await documentAt(400)).toBe('row-400');
  expect(await documentAt(500)).toBeUndefined();
  expect(await documentAt(-1)).toBeUndefined();
});
