import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { noCapabilities } from '#api';
import type { NotebookChange } from '#model';
import { createClients } from '../../electron/clients';
import { createFirstView } from '../../electron/first-view';
import { openBackups } from '../../electron/storage/backups/backups';
import { createProblems } from '../../electron/storage/problems';
import { listAllNotes } from '../all-pages';
import { forgetDocument, keepLog, makeNote, type OpenedCore, openCore } from './host-fixtures';

const SECRET = 'unspeakable';
const textOf = (name: string) => `The text of ${name}.`;
const textHashOf = (name: string) => hash('sha256', textOf(name));

/** Every file under a folder, unpacked, by its path. */
async function allContent(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    // One that is being written, or was just replaced, is another's.
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes) continue;
    if (file.endsWith('.zip')) {
      const unpack = (name: string, packed: Uint8Array) => (name.endsWith('.gz') ? gunzipSync(packed) : packed);
      for (const [name, content] of Object.entries(unzipSync(bytes)))
        found.set(`${file}:${name}`, Buffer.from(unpack(name, content)).toString());
    } else found.set(file, (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
  }
  return found;
}

const backUp = (dataFolder: string, now: Date) => openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run(now);

/** A library with a document that is to be forgotten, and another one, both in two backups. */
async function makeLibrary() {
  const opened = await openCore({ documents: { 'other.txt': 'Another document.' } });
  const { core, call, dataFolder } = opened;
  await core.library.ready;
  const bytes = Buffer.from(`A dropped document, ${SECRET}.`);
  const { documentId = '' } = await core.uploads['library.import']({ name: `${SECRET}.txt`, chunks: [bytes] });
  const other = (await core.library.titles('Another document.', 1))[0]?.id ?? '';
  const anchor = (name: string) => ({ start: 0, end: 3, exact: 'The', prefix: '', suffix: '', textHash: textHashOf(name) });
  for (const [id, name] of [
    [documentId, 'mine'],
    [other, 'other'],
  ] as const) {
    for (const text of [name, 'shared'])
      await call('notebook.keep-text', { documentId: id, textHash: textHashOf(text), text: textOf(text) });
    const words = name === 'mine' ? SECRET : 'harmless';
    const versions = Array.from({ length: 55 }, (_, index) => ({
      at: new Date(Date.UTC(2026, 0, 1, index)).toISOString(),
      colour: 'green' as const,
      body: `${words} ${index}`,
      tags: [],
    }));
    const changes: NotebookChange[] = [
      { type: 'put-note', note: makeNote({ body: `${words} words`, anchor: anchor(name), history: versions }) },
      { type: 'put-note', note: makeNote({ body: words, anchor: anchor('shared') }) },
      { type: 'set-title', title: `${words} title` },
      { type: 'set-tags', tags: [`tag of ${name}`] },
    ];
    await call('notebook.apply', { documentId: id, changes });
    await core.machine.keepApart(id, `/elsewhere/${words}.txt`);
  }
  await core.flush();
  await mkdir(path.join(dataFolder, 'quarantine'), { recursive: true });
  await writeFile(path.join(dataFolder, 'quarantine', `${documentId}-2026-01-01T00-00-00-000Z.json`), SECRET);
  await backUp(dataFolder, new Date('2026-11-20T12:00:00Z'));
  await call('notebook.apply', { documentId: other, changes: [{ type: 'set-status', status: 'finished' }] });
  await core.flush();
  await backUp(dataFolder, new Date('2026-11-22T12:00:00Z'));
  return { ...opened, documentId, other };
}

const filesWith = async (words: string, ...folders: string[]) => {
  const found = await Promise.all(
    folders.map(async (folder) =>
      [...(await allContent(folder))].filter(([name, content]) => `${path.relative(folder, name)} ${content}`.includes(words)),
    ),
  );
  return found.flat().map(([name]) => name);
};
const secretsIn = ({ dataFolder }: Pick<OpenedCore, 'dataFolder'>) => filesWith(SECRET, dataFolder);
/** In LOCAL, too, where what is open is gone from the disk with the end only. */
const secretsEverywhere = ({ dataFolder, localFolder }: Pick<OpenedCore, 'dataFolder' | 'localFolder'>) =>
  filesWith(SECRET, dataFolder, localFolder);

test('what will go is listed first, and nothing is done by that', async () => {
  const library = await makeLibrary();
  const planned = await library.call('forget.plan', { documentId: library.documentId });
  expect(planned).toMatchObject({
    ok: true,
    value: {
      title: `${SECRET} title`,
      notes: 2,
      words: 3,
      deletedNotes: 0,
      tags: ['tag of mine'],
      texts: 1,
      archivedVersions: 5,
      backups: 2,
      unreadableBackups: 0,
      copies: [`${SECRET}.txt`],
      quarantined: 1,
      filesStaying: [],
    },
  });
  expect(await listAllNotes(library.call)).toHaveLength(4);
});

test('a document is forgotten with all that is kept of it, in the backups too, and nothing else goes', async () => {
  const library = await makeLibrary();
  const { call, dataFolder, documentId, other } = library;
  const before = await allContent(dataFolder);
  expect(await forgetDocument(call, documentId)).toMatchObject({ ok: true, value: { unreadableBackups: 0 } });
  // Tags are of all documents: the colours that are kept of them stay until the reader takes them away.
  const left = (await secretsIn(library)).filter((name) => !name.endsWith('tags.json'));
  expect(left).toEqual([]);
  const after = await allContent(dataFolder);
  const kept = [...before].filter(
    ([name, content]) => !`${path.relative(dataFolder, name)} ${content}`.includes(SECRET) && name.includes(other),
  );
  expect(kept.length).toBeGreaterThan(4);
  for (const [name, content] of kept) expect(after.get(name)).toBe(content);
  const zips = (await readdir(path.join(dataFolder, 'backups'))).filter((name) => name.endsWith('.zip'));
  expect(zips).toHaveLength(2);
  for (const name of [textHashOf('shared'), textHashOf('other')])
    expect((await stat(path.join(dataFolder, 'texts', `${name}.gz`))).isFile()).toBe(true);
  await expect(stat(path.join(dataFolder, 'texts', `${textHashOf('mine')}.gz`))).rejects.toThrow();
  expect((await listAllNotes(call)).map((row) => row.documentId)).toEqual([other, other]);
  await expect.poll(() => library.core.library.summary(documentId)).toBeUndefined();

  await library.core.close();
  expect(await secretsEverywhere(library)).toEqual([]);
  const again = await openCore({ dataFolder, seedsFolder: library.seedsFolder });
  await again.core.library.ready;
  const { problems } = await again.call('app.info', {});
  expect(problems).toEqual([]);
  expect(await listAllNotes(again.call)).toHaveLength(2);
  expect((await readdir(path.join(dataFolder, 'backups'))).filter((name) => name.includes('forget'))).toEqual([]);
  await again.core.close();
  expect(await secretsEverywhere(library)).toEqual([]);
  // Tags are of all documents: their names and colours stay until the reader takes them away.
  expect((await filesWith('tag of mine', dataFolder, library.localFolder)).filter((name) => !name.endsWith('tags.json'))).toEqual([]);
});

test('a document is forgotten to the last file also when Lectern ends at once', async () => {
  const library = await makeLibrary();
  const file = path.join(library.localFolder, 'first-view.json');
  const info = { version: '0.0.0', platform: 'linux' as const, dataFolder: library.dataFolder, capabilities: noCapabilities };
  const settingsFile = path.join(library.dataFolder, 'settings.json');
  const searchable = new Promise<never>(() => {});
  const options = { file, settingsFile, info, clients: createClients(), log: keepLog(), searchable };
  const openView = () => createFirstView(options, Promise.resolve(library.core));
  await openView().close();
  expect(await filesWith(SECRET, library.localFolder)).toContain(file);
  const view = openView();
  const through: OpenedCore['call'] = (method, args) => view.handle(method, args, 'window') as never;
  expect(await forgetDocument(through, library.documentId)).toMatchObject({ ok: true });
  expect(await readFile(file, 'utf8')).not.toContain(SECRET);
  await view.close();
  await library.core.close();
  expect(await secretsEverywhere(library)).toEqual([]);
});

test('a document in a library folder stays there and is listed as new; what is written on it then is kept', async () => {
  const { core, call, seedsFolder, seedId } = await openCore();
  const documentId = await seedId();
  await call('notebook.apply', {
    documentId,
    changes: [
      { type: 'put-note', note: makeNote({ body: SECRET }) },
      { type: 'set-title', title: 'Mine' },
    ],
  });
  const planned = await call('forget.plan', { documentId });
  expect(planned).toMatchObject({ ok: true, value: { copies: [], filesStaying: [path.join(seedsFolder, '000_1f77a48d763ee880.txt')] } });
  expect(await forgetDocument(call, documentId)).toMatchObject({ ok: true });
  expect(core.library.summary(documentId)).toMatchObject({ noteCount: 0, status: 'unread', missing: false });
  expect(core.library.summary(documentId)?.title).not.toBe('Mine');
  await call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote({ body: 'anew' }) }] });
  expect(await listAllNotes(call)).toMatchObject([{ note: { body: 'anew' } }]);
});

test('what an earlier end left half forgotten is forgotten at the next start', async () => {
  const library = await makeLibrary();
  await library.core.close();
  const intent = {
    version: 1,
    documents: { [library.documentId]: { at: new Date().toISOString(), texts: [textHashOf('mine')], copies: [`${SECRET}.txt`] } },
  };
  await writeFile(path.join(library.dataFolder, 'backups', 'forgetting.json'), JSON.stringify(intent));
  const messages = [library.documentId, library.other].map((id) => ({
    id: `${id}:changed-outside:1`,
    message: id === library.other ? 'A message on another document.' : `The notes on “${SECRET}” were also changed.`,
    path: path.join(library.dataFolder, 'notebooks', `${id}.json`),
  }));
  await writeFile(path.join(library.localFolder, 'messages.json'), JSON.stringify({ version: 1, messages }));
  const again = await openCore({ dataFolder: library.dataFolder, seedsFolder: library.seedsFolder });
  await again.core.library.ready;
  await again.core.forgotten;
  expect(await secretsIn(library)).toEqual([]);
  expect((await again.call('app.info', {})).problems).toEqual(messages.slice(1));
  await again.core.close();
  expect(await secretsEverywhere(library)).toEqual([]);
});

test('another machine that has the document open forgets it, too, and brings nothing back', async () => {
  const library = await makeLibrary();
  const { dataFolder, seedsFolder, documentId, other } = library;
  const second = await openCore({ dataFolder, seedsFolder, machine: 'the other machine' });
  await second.core.library.ready;
  expect(await listAllNotes(second.call)).toHaveLength(4);
  expect(await forgetDocument(library.call, documentId)).toMatchObject({ ok: true });
  await expect.poll(async () => (await listAllNotes(second.call)).map((row) => row.documentId)).toEqual([other, other]);
  const left = () => secretsIn(library);
  await expect.poll(left).toEqual([]);
  await expect.poll(() => second.core.library.summary(documentId)).toBeUndefined();
  await Promise.all([library.core.close(), second.core.close()]);
  const third = await openCore({ dataFolder, seedsFolder });
  await third.core.forgotten;
  expect(await left()).toEqual([]);
  expect(await listAllNotes(third.call)).toHaveLength(2);
  expect(await secretsEverywhere(second)).toEqual([]);
});

test('forgets nothing when something was written since it was shown what goes', async () => {
  const { call, core, seedId } = await openCore();
  const documentId = await seedId();
  const put = (body: string) => call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote({ body }) }] });
  await put('shown');
  const plan = await call('forget.plan', { documentId });
  await put('not shown');
  expect(plan.ok && (await call('forget.apply', { documentId, state: plan.value.state }))).toMatchObject({
    ok: false,
    failure: { code: 'document-changed' },
  });
  const opened = await call('library.open', { documentId });
  expect(opened.ok && opened.value.notebook.notes.map(({ body }) => body)).toEqual(['shown', 'not shown']);
  await core.flush();
});

test('another machine that was off when a document was forgotten forgets it at its next start, in its own files too', async () => {
  const library = await makeLibrary();
  const { dataFolder, seedsFolder, documentId } = library;
  const openSecond = async () => {
    const second = await openCore({ dataFolder, seedsFolder, machine: 'the other machine' });
    await second.core.library.ready;
    return second;
  };
  const before = await openSecond();
  expect(await before.call('search.run', { query: SECRET, limit: 10 })).toMatchObject({ ok: true });
  await before.core.close();
  expect((await secretsEverywhere(before)).map((name) => path.basename(name))).toContain('index.sqlite');
  expect(await forgetDocument(library.call, documentId)).toMatchObject({ ok: true });
  await library.core.close();
  const again = await openSecond();
  await again.core.close();
  expect(await secretsEverywhere(again)).toEqual([]);
});
