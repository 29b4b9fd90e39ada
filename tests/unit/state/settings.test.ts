import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ok, type Settings, settingsSchema } from '#api';
import { removeSaved, savedSearches, toggleSaved } from '../../../renderer/state/actions/saved-searches';
import { updateSettings } from '../../../renderer/state/actions/settings';
import { redoChange, undoChange } from '../../../renderer/state/actions/undo';
import { start } from '../../../renderer/state/start';
import { getState } from '../../../renderer/state/store';
import { waitFor } from '../wait-for';
import { info, makeCounts, makeHost, makePage } from './support';

let answering = Promise.resolve();
let onDisk: Settings = settingsSchema.parse({});
const { bridge, tell } = makeHost({
  'app.info': () => info,
  'settings.read': () => onDisk,
  'search.progress': () => ({ done: 0, total: 0, isStopped: false }),
  'settings.update': async ({ patch }) => {
    await answering;
    onDisk = settingsSchema.parse({ ...onDisk, ...patch, savedSearches: { ...onDisk.savedSearches, ...patch.savedSearches } });
    return ok(onDisk);
  },
  'library.overview': () => ({ counts: makeCounts(), tagUses: [], folders: [], scanning: false }),
  'library.documents': () => makePage([]),
  'tags.list': () => [],
  'shell.set-theme': () => null,
  'shell.set-keys': () => null,
});

beforeAll(async () => {
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('matchMedia', () => new EventTarget());
  await start(bridge);
});
afterAll(() => vi.unstubAllGlobals());

/** Another machine's settings, as the host merged them. */
function changeElsewhere(part: Partial<Settings>): void {
  onDisk = { ...onDisk, ...part };
  tell('settings.changed', { settings: onDisk });
}

test('what another machine set is shown, and what was changed here and is on its way to the disk stays', async () => {
  const { promise, resolve: release } = Promise.withResolvers<void>();
  answering = promise;
  updateSettings({ theme: 'night' });
  changeElsewhere({ theme: 'sepia', sort: 'title' });
  expect(getState().settings).toMatchObject({ theme: 'night', sort: 'title' });
  release();
  await waitFor(() => expect(onDisk.theme).toBe('night'));
  await new Promise((resolve) => setImmediate(resolve));
  changeElsewhere({ theme: 'paper' });
  expect(getState().settings.theme).toBe('paper');
});

test('after events were missed, settings are read again', async () => {
  onDisk = { ...onDisk, theme: 'black' };
  tell('app.missed', {});
  await waitFor(() => expect(getState().settings.theme).toBe('black'));
});

test('another window’s settings and saved searches are shown at once, those that are on their way here with them, and no pane folds by itself', async () => {
  const search = (query: string) => ({ query, changedAt: new Date(1000).toISOString() });
  changeElsewhere({ savedSearches: { old: search('old') } });
  const { promise, resolve: release } = Promise.withResolvers<void>();
  answering = promise;
  updateSettings({ savedSearches: { ...getState().settings.savedSearches, ours: search('ours') } });
  changeElsewhere({ savedSearches: { old: search('old'), theirs: search('theirs') }, libraryOpen: false, sort: 'added' });
  expect(getState().settings).toMatchObject({ libraryOpen: true, sort: 'added' });
  release();
  await waitFor(() => expect(Object.keys(getState().settings.savedSearches).toSorted()).toEqual(['old', 'ours', 'theirs']));
});

test('the removal of a saved search is a step of undo, wherever it is taken back', async () => {
  toggleSaved('of the harbour');
  const shown = () => savedSearches(getState()).map(({ query }) => query);
  const search = savedSearches(getState()).find(({ query }) => query === 'of the harbour');
  if (!search) throw new Error('The search is not kept.');
  removeSaved(search);
  expect(shown()).not.toContain(search.query);
  undoChange('library');
  expect(shown()).toContain(search.query);
  redoChange('library');
  expect(shown()).not.toContain(search.query);
  undoChange({ documentId: 'document-1' });
  expect(shown()).not.toContain(search.query);
  undoChange('library');
  removeSaved(search);
  getState()
    .notices.find(({ action }) => action)
    ?.action?.run();
  expect(shown()).toContain(search.query);
  // It was taken back by that.
  undoChange('library');
  expect(getState().notices.map(({ message }) => message)).toContain('There is nothing to undo.');
  redoChange('library');
  expect(shown()).not.toContain(search.query);
});
