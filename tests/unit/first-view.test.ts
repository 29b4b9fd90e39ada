import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type AppInfo, noCapabilities } from '#api';
import { createClients } from '../../electron/clients';
import type { Core, Searching } from '../../electron/core';
import { createFirstView } from '../../electron/first-view';
import { keepLog, makeFolder, type OpenedCore, openCore } from './host-fixtures';
import { waitFor } from './wait-for';

const firstPage = { query: { sort: 'date', ascending: false }, from: 0, count: 91, locate: [] };

/** What the first run of a library leaves behind, and a view of the next run, whose core is not opened until `open` is called. */
async function afterOneRun() {
  const folder = await makeFolder();
  const opened = await openCore({ documents: { 'second.txt': 'Another one\n\nIts words.' } });
  await opened.core.library.ready;
  const info: Omit<AppInfo, 'problems'> = {
    version: '0.0.0',
    platform: 'linux',
    dataFolder: opened.dataFolder,
    capabilities: noCapabilities,
  };
  const log = keepLog();
  const options = {
    file: path.join(folder, 'first-view.json'),
    settingsFile: path.join(opened.dataFolder, 'settings.json'),
    info,
    clients: createClients(),
    log,
    searchable: new Promise<Searching>(() => {}),
  };
  const before = createFirstView(options, Promise.resolve(opened.core));
  return {
    ...opened,
    file: options.file,
    log,
    /** As at the end of the first run. */
    leave: () => before.close(),
    start(searchable = options.searchable) {
      const clients = createClients();
      const told: string[] = [];
      clients.subscribe('window', (event) => told.push(event));
      const { promise, resolve } = Promise.withResolvers<Core>();
      const view = createFirstView({ ...options, clients, searchable }, promise);
      const call: OpenedCore['call'] = (method, args) => view.handle(method, args, 'window') as never;
      return { call, told, open: (core: Core = opened.core) => resolve(core) };
    },
  };
}

it('shows the list of the last run before the core is opened, and has the window ask again then', async () => {
  const { call: ask, leave, start } = await afterOneRun();
  await leave();
  const { call, told, open } = start();
  const [page, overview] = [await call('library.documents', firstPage), await call('library.overview', {})];
  expect(page).toEqual(await ask('library.documents', firstPage));
  expect(page.rows.map(({ title }) => title)).toContain('Another one');
  expect(overview).toEqual({ ...(await ask('library.overview', {})), scanning: true });
  expect(await call('settings.read', {})).toEqual(await ask('settings.read', {}));
  expect(await call('app.info', {})).toMatchObject({ version: '0.0.0', problems: [] });
  const opening = call('library.open', { documentId: page.rows[0]?.id });
  expect(told).toEqual([]);
  open();
  expect(await opening).toMatchObject({ ok: true });
  await waitFor(() => expect(told).toEqual(['app.missed']));
  expect(await call('library.overview', {})).toMatchObject({ scanning: false });
});

it('has nothing asked again that is still so, though the folders are yet to be looked at', async () => {
  const { core, call: ask, leave, start } = await afterOneRun();
  await leave();
  /** As it is before the folders are looked at. */
  const begun: Core = {
    ...core,
    handle: async (method, ...rest) => {
      const answered = await core.handle(method, ...rest);
      return method === 'library.overview' ? { ...(answered as object), scanning: true } : answered;
    },
  };
  const same = start();
  await same.call('library.documents', firstPage);
  same.open(begun);
  await same.call('library.folder-rows', { open: [] });
  const { rows } = await ask('library.documents', firstPage);
  await ask('notebook.apply', { documentId: rows[0]?.id ?? '', changes: [{ type: 'set-title', title: 'Another title' }] });
  const other = start();
  await other.call('library.documents', firstPage);
  other.open(begun);
  await waitFor(() => expect(other.told).toEqual(['app.missed']));
  expect(same.told).toEqual([]);
});

it.each([
  ['of another order', { ...firstPage, query: { sort: 'title', ascending: true } }],
  ['with words that the titles are to hold', { ...firstPage, query: { ...firstPage.query, text: 'another' } }],
  ['that tells where an unknown document stands', { ...firstPage, locate: ['0123456789abcdef'] }],
])('leaves a page %s to the core', async (_, wanted) => {
  const { call: ask, leave, start } = await afterOneRun();
  await leave();
  const { call, told, open } = start();
  const answered = call('library.documents', wanted);
  open();
  expect(await answered).toEqual(await ask('library.documents', wanted));
  expect(told).toEqual([]);
});

it('shows nothing of the last run when the settings have changed since: a window opens the document that they name', async () => {
  const { call: ask, core, leave, start } = await afterOneRun();
  await leave();
  await ask('settings.update', { patch: { lastDocumentId: '0123456789abcdef' } });
  await core.flush();
  const { call, told, open } = start();
  const answered = call('settings.read', {});
  open();
  expect(await answered).toMatchObject({ lastDocumentId: '0123456789abcdef' });
  expect(told).toEqual([]);
});

it('waits for the core when what was kept is damaged, and says so in the log', async () => {
  const { file, leave, log, start } = await afterOneRun();
  await leave();
  await writeFile(file, '{"version":1');
  const { call, told, open } = start();
  const answered = call('library.documents', firstPage);
  open();
  expect((await answered).total).toBeGreaterThan(0);
  expect([told, log.lines.join('\n')]).toEqual([[], expect.stringContaining('cannot be read')]);
});

it('has a search answered as soon as the index is open, and by the core once that is there', async () => {
  const { leave, start } = await afterOneRun();
  await leave();
  const byIndex: Searching = async (args, client) => ({ args, client });
  const { call, open } = start(Promise.resolve(byIndex));
  const search = { query: 'words', limit: 5 };
  expect(await call('search.run', search)).toEqual({ args: search, client: 'window' });
  open();
  await expect.poll(() => call('search.run', search)).toMatchObject({ ok: true });
});

it('has a search wait for the core only where no index is open before', async () => {
  const { file, leave, start } = await afterOneRun();
  await leave();
  const without = start();
  const waiting = without.call('search.run', { query: 'words', limit: 5 });
  without.open();
  expect(await waiting).toMatchObject({ ok: true });
  await writeFile(file, '{}');
  const { call, open } = start(Promise.resolve(async () => 'by the index'));
  expect(await call('search.run', { query: 'words', limit: 5 })).toBe('by the index');
  open();
});
