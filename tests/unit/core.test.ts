import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { coreMethods, type EventName, noCapabilities } from '#api';
import { type Core, createCore, DataFolderInUse, InvalidArguments, isCoreMethod, type Searching } from '../../electron/core';
import { buildFolder } from '../../electron/vite.shared';
import { listAllDeleted, listAllNotes } from '../all-pages';
import { allRows } from './all-rows';
import { exportText, keepLog, makeNote, openCore } from './host-fixtures';

const value = <T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

describe('the core', () => {
  it('removes what was half written when an earlier one was killed, and nothing else', async () => {
    const { core, dataFolder, localFolder } = await openCore();
    await core.close();
    const folders = [
      ...['', 'backups', 'history', 'journal', 'quarantine', 'texts'].map((name) => path.join(dataFolder, name)),
      ...['', 'bulk-edits', 'joinings'].map((name) => path.join(localFolder, name)),
    ];
    const others = ['a file of the reader’s.tmp-old', 'another.tmp-1-Abc.md'];
    for (const folder of folders) {
      await mkdir(folder, { recursive: true });
      for (const name of ['abc.json.tmp-4711-m1x2y3z4', ...others]) await writeFile(path.join(folder, name), 'words');
    }
    await openCore({ dataFolder });
    for (const folder of folders) {
      const names = await readdir(folder);
      expect(names.filter((name) => name.includes('.tmp-4711'))).toEqual([]);
      expect(names).toEqual(expect.arrayContaining(others));
    }
  });

  it('answers every method of the contract and no other', () => {
    for (const method of Object.keys(coreMethods)) expect(isCoreMethod(method)).toBe(true);
    for (const method of ['shell.copy-text', 'toString', '__proto__', '']) expect(isCoreMethod(method)).toBe(false);
  });

  it('refuses arguments that are not what the contract says, before any part sees them', async () => {
    const { call } = await openCore();
    await expect(call('library.open', { documentId: '../../etc/passwd' })).rejects.toThrow(InvalidArguments);
    await expect(call('notebook.apply', { documentId: 'abcdefgh', changes: [] })).rejects.toThrow(InvalidArguments);
    await expect(call('settings.update', undefined)).rejects.toThrow(InvalidArguments);
  });

  it('opens the seed with an empty notebook', async () => {
    const { call, seedId } = await openCore();
    const documentId = await seedId();
    const { document, source, notebook } = value(await call('library.open', { documentId }));
    expect(document.date).toBe('2021-12-03');
    expect(source.format).toBe('text');
    expect(notebook).toMatchObject({ id: documentId, notes: [], tags: [], status: 'unread' });
  });

  it('keeps a note: on the disk, in the list, among all notes, and after a restart', async () => {
    const first = await openCore();
    const documentId = await first.seedId();
    const note = makeNote({ body: 'a word of the reader’s', tags: ['Figures'] });
    value(await first.call('notebook.apply', { documentId, changes: [{ type: 'put-note', note }] }));

    const stored = JSON.parse(await readFile(path.join(first.dataFolder, 'notebooks', `${documentId}.json`), 'utf8'));
    const { title } = first.core.library.summary(documentId) ?? {};
    const { history: _history, ...listed } = note;
    const row = { documentId, title, note: listed, inDocument: 1 };
    expect(stored.notes[0].body).toBe(note.body);
    expect(first.core.library.summary(documentId)).toMatchObject({ noteCount: 1 });
    expect(await listAllNotes(first.call)).toEqual([row]);
    expect(await first.call('library.overview', {})).toMatchObject({ counts: { notes: 1 }, tagUses: [['Figures', 1]] });
    expect(await first.call('tags.list', {})).toEqual([{ name: 'Figures' }]);

    await first.core.close();
    const second = await openCore({ dataFolder: first.dataFolder });
    await second.core.library.ready;
    expect(await listAllNotes(second.call)).toEqual([row]);
  });

  it('closes when all that was handed over is on the disk: notes, tags and preferences', async () => {
    const { core, call, dataFolder, seedId } = await openCore();
    const documentId = await seedId();
    const answers = [
      call('notebook.apply', { documentId, changes: [{ type: 'set-tags', tags: ['Last'] }] }),
      call('tags.apply', { changes: [{ type: 'set-tag-colour', name: 'Last', colour: 'pink' }] }),
      call('settings.update', { patch: { theme: 'night' } }),
    ];
    await core.close();
    const read = async (name: string) => JSON.parse(await readFile(path.join(dataFolder, name), 'utf8'));
    expect((await read(`notebooks/${documentId}.json`)).tags).toEqual(['Last']);
    expect((await read('tags.json')).tags).toMatchObject([{ name: 'Last', colour: 'pink' }]);
    expect((await read('settings.json')).theme).toBe('night');
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ ok: true });
  });

  it('lists a deleted note in the trash', async () => {
    const { call, seedId } = await openCore();
    const documentId = await seedId();
    const note = makeNote();
    const at = '2026-02-03T00:00:00.000Z';
    value(
      await call('notebook.apply', {
        documentId,
        changes: [
          { type: 'put-note', note },
          { type: 'delete-note', noteId: note.id, at },
        ],
      }),
    );
    const { history: _history, ...listed } = note;
    expect(await listAllNotes(call)).toEqual([]);
    expect(await listAllDeleted(call)).toMatchObject([{ documentId, note: listed, deletedAt: at }]);
  });

  it('says that a document is unknown', async () => {
    const { call } = await openCore();
    const changes = [{ type: 'set-status', status: 'finished' }];
    for (const result of [
      await call('notebook.apply', { documentId: 'no-such-document', changes }),
      await call('library.notebook', { documentId: 'no-such-document' }),
      await call('library.open', { documentId: 'no-such-document' }),
    ]) {
      expect(result).toMatchObject({ ok: false, failure: { code: 'document-not-found' } });
    }
  });

  it('keeps words on a document that has another name since, and they are on what its file is now', async () => {
    const first = await openCore({ documents: { 'draft.txt': 'A draft. It has words.' } });
    await first.core.library.ready;
    const rowOf = ({ core }: { core: Core }) => allRows(core.library).filter(({ fileName }) => fileName === 'draft.txt');
    const [{ id: documentId = '' } = {}] = rowOf(first);
    const { notebook } = value(await first.call('library.open', { documentId }));
    const { seedsFolder, dataFolder } = first;
    await first.core.close();
    await writeFile(path.join(seedsFolder, 'draft.txt'), 'A draft that was edited while Lectern did not run.');

    const second = await openCore({ dataFolder, seedsFolder });
    await second.core.library.ready;
    expect(rowOf(second)).not.toMatchObject([{ id: documentId }]);
    const text = 'A draft. It has words.';
    const textHash = createHash('sha256').update(text).digest('hex');
    const changes = [{ type: 'put-note', note: makeNote({ body: 'words of the reader’s' }) }];
    value(await second.call('notebook.keep-text', { documentId, textHash, text }));
    value(await second.call('notebook.apply', { documentId, changes, identity: notebook.identity }));
    await expect.poll(() => rowOf(second)).toMatchObject([{ id: documentId, noteCount: 1, missing: false }]);
    const opened = value(await second.call('library.open', { documentId }));
    expect(opened.source.rawHash).toBe(createHash('sha256').update('A draft that was edited while Lectern did not run.').digest('hex'));
    await expect
      .poll(async () => value(await second.call('library.notebook', { documentId })).notebook)
      .toMatchObject({ notes: [{ body: 'words of the reader’s' }], identity: { rawHash: opened.source.rawHash, history: [{ textHash }] } });
  });

  it('keeps words on a document whose file is gone, under its name', async () => {
    const { core, call, seedsFolder } = await openCore({ documents: { 'gone.txt': 'Soon gone. It has words.' } });
    await core.library.ready;
    const rows = () => allRows(core.library).filter(({ fileName }) => fileName === 'gone.txt');
    const [{ id: documentId = '' } = {}] = rows();
    const { notebook } = value(await call('library.open', { documentId }));
    await rm(path.join(seedsFolder, 'gone.txt'));
    await expect.poll(rows).toEqual([]);
    const changes = [{ type: 'put-note', note: makeNote({ body: 'words of the reader’s' }) }];
    value(await call('notebook.apply', { documentId, changes, identity: notebook.identity }));
    await expect.poll(rows).toMatchObject([{ id: documentId, noteCount: 1, missing: true }]);
  });

  it('does not let a save of a page that arrives late undo a later one', async () => {
    const { call, seedId } = await openCore();
    const documentId = await seedId();
    const [page, reloaded] = [crypto.randomUUID(), crypto.randomUUID()];
    const save = (tag: string, number: number, of = page) =>
      call('notebook.apply', { documentId, changes: [{ type: 'set-tags', tags: [tag] }], turn: { page: of, number } });
    value(await save('first', 1));
    value(await save('third', 3));
    expect(await save('second', 2)).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(await save('third, again', 3)).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(value(await call('library.notebook', { documentId })).notebook.tags).toEqual(['third']);
    value(await save('of the page that was loaded anew', 1, reloaded));
    expect(value(await call('library.notebook', { documentId }))).toMatchObject({
      revision: 3,
      notebook: { tags: [expect.stringContaining('anew')] },
    });
  });

  it('tells other windows of a changed notebook, and not the one that changed it', async () => {
    const { core, call, seedId } = await openCore();
    const documentId = await seedId();
    const told: Record<string, EventName[]> = { here: [], there: [] };
    const changed: unknown[] = [];
    for (const origin of ['here', 'there']) {
      core.subscribe(origin, (event, payload) => {
        told[origin]?.push(event);
        if (event === 'notebook.changed') changed.push(payload);
      });
    }
    const leave = core.subscribe('gone', () => expect.unreachable());
    leave();
    value(await call('notebook.apply', { documentId, changes: [{ type: 'set-tags', tags: ['One'] }] }, 'here'));
    expect(told['there']).toContain('notebook.changed');
    expect(told['here']).not.toContain('notebook.changed');
    expect(changed).toEqual([{ documentId, changes: [{ type: 'set-tags', tags: ['One'] }], revision: 1, client: 'here' }]);
    expect(told['here']).toContain('tags.changed');
  });

  it('notes the text that anchors count on, before and after there is a notebook', async () => {
    const { call, dataFolder, seedId } = await openCore();
    const documentId = await seedId();
    const keep = async (text: string) => {
      const textHash = createHash('sha256').update(text).digest('hex');
      value(await call('notebook.keep-text', { documentId, textHash, text }));
      return textHash;
    };
    const textHash = await keep('the first text');
    value(await call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote() }] }));
    expect(value(await call('library.notebook', { documentId })).notebook.identity.textHash).toBe(textHash);
    expect(gunzipSync(await readFile(path.join(dataFolder, 'texts', `${textHash}.gz`))).toString()).toBe('the first text');
    const newer = await keep('the second text');
    expect(value(await call('library.notebook', { documentId })).notebook.identity.textHash).toBe(newer);
  });

  it('notes the text that anchors count on also when it comes while the notebook is made', async () => {
    const { call, seedId } = await openCore();
    const documentId = await seedId();
    const text = 'the text';
    const textHash = createHash('sha256').update(text).digest('hex');
    await Promise.all([
      call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote() }] }),
      call('notebook.keep-text', { documentId, textHash, text }),
    ]);
    expect(value(await call('library.notebook', { documentId })).notebook.identity.textHash).toBe(textHash);
  });

  it('keeps the first casing of a tag, and its colour', async () => {
    const { call, seedId } = await openCore();
    const documentId = await seedId();
    value(await call('notebook.apply', { documentId, changes: [{ type: 'set-tags', tags: ['Energy'] }] }));
    value(await call('notebook.apply', { documentId, changes: [{ type: 'set-tags', tags: ['ENERGY', 'gas'] }] }));
    value(await call('tags.apply', { changes: [{ type: 'set-tag-colour', name: 'energy', colour: 'blue' }] }));
    expect(await call('tags.list', {})).toMatchObject([{ name: 'Energy', colour: 'blue' }, { name: 'gas' }]);
  });

  it('exports what was written', async () => {
    const opened = await openCore();
    const documentId = await opened.seedId();
    const note = makeNote({ body: 'remember **this**' });
    value(await opened.call('notebook.apply', { documentId, changes: [{ type: 'put-note', note }] }));
    const text = await exportText(opened, 'markdown');
    expect(text).toContain('remember **this**');
    const request = { scope: { type: 'everything' }, format: 'markdown', layout: 'single' };
    expect(value(await opened.call('export.preview', request))).toMatchObject({ text, truncated: false, noteCount: 1 });
  });

  it('exports where a passage stands in code points of the text that was kept', async () => {
    const opened = await openCore();
    const { call } = opened;
    const documentId = await opened.seedId();
    const text = '🙂🙂 the quay';
    const textHash = createHash('sha256').update(text).digest('hex');
    const anchor = { start: 5, end: 13, exact: 'the quay', prefix: '🙂🙂 ', suffix: '', textHash };
    value(await call('notebook.keep-text', { documentId, textHash, text }));
    value(await call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote({ anchor }) }] }));
    const [item] = JSON.parse(await exportText(opened, 'json-ld')).first.items;
    expect(item.target.selector[1]).toEqual({ type: 'TextPositionSelector', start: 3, end: 11 });
    expect(item['lectern:note'].anchor).toEqual(anchor);
  });

  it('lets go of the folder when it closes, and tells a second instance who has it until then', async () => {
    const { core, dataFolder, localFolder } = await openCore();
    const again = () =>
      createCore({
        dataFolder,
        localFolder,
        seedsFolder: dataFolder,
        workersFolder: dataFolder,
        version: '0',
        capabilities: noCapabilities,
        log: keepLog(),
      });
    const error = await again().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataFolderInUse);
    expect(String(error)).toContain(String(process.pid));
    expect(String(error)).toContain(dataFolder);
    await core.close();
    expect(await readdir(localFolder)).not.toContain('lock');
    await (await again()).close();
  });
});

describe('search in the core', () => {
  it('is answered from the index of the last run before all is open, and waits for all where there is none', async () => {
    const told: Searching[] = [];
    const onSearchable = (search: Searching) => void told.push(search);
    const first = await openCore({ documents: { 'a.txt': 'The umbrella' }, onSearchable });
    await first.core.library.ready;
    await expect.poll(async () => value(await first.call('search.run', { query: 'umbrella', limit: 10 })).documentCount).toBe(1);
    await first.core.close();
    expect(told).toHaveLength(0);
    const { dataFolder, seedsFolder } = first;
    await openCore({ dataFolder, seedsFolder, onSearchable });
    await expect.poll(() => told).toHaveLength(1);
    const [search] = told;
    expect(await search?.({ query: 'umbrella', limit: 10 }, 'window')).toMatchObject({ ok: true, value: { documentCount: 1 } });
    await expect(search?.({ query: 'umbrella' }, 'window')).rejects.toThrow(InvalidArguments);
  });

  it('finds words of texts and notes', async () => {
    const { call, seedId } = await openCore({
      workersFolder: buildFolder,
      documents: { 'b.html': '<title>Weather</title><p>An <b>umbrella</b> &amp; a hat</p>' },
    });
    const documentId = await seedId();
    value(await call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote({ body: 'compare with Minsk' }) }] }));
    const find = async (query: string) => value(await call('search.run', { query, limit: 10 })).groups;
    // Texts are taken into the index when nothing else is asked of it: a search goes before them.
    await expect.poll(async () => (await find('soldiers border')).map((group) => group.documentId)).toEqual([documentId]);
    await expect.poll(async () => (await find('umbrella hat')).map((group) => group.title)).toEqual(['Weather']);
    expect((await find('compare Minsk')).map((group) => group.documentId)).toEqual([documentId]);
    expect(await find('xyzzy')).toEqual([]);
    expect(await find('colour:claims minsk')).toHaveLength(1);
    const { colour } = makeNote({});
    await call('settings.update', { patch: { colourNames: { [colour === 'green' ? 'blue' : 'green']: 'Claims' } } });
    expect(await find('colour:claims minsk')).toEqual([]);
  });

  it('finds every document by the title that the list shows, also a missing one and one that cannot be read', async () => {
    const { core, call, seedsFolder } = await openCore({
      workersFolder: buildFolder,
      documents: { 'k7.txt': 'Of lighthouse keepers\n\nThey count boats.\n', 'empty-shell.txt': '' },
    });
    await core.library.ready;
    const rowOf = (fileName: string) => allRows(core.library).find((row) => row.fileName === fileName);
    const documentId = rowOf('k7.txt')?.id ?? '';
    value(await call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote({ body: 'words' }) }] }));
    await rm(path.join(seedsFolder, 'k7.txt'));
    await expect.poll(() => rowOf('k7.txt')).toMatchObject({ missing: true, title: 'Of lighthouse keepers' });
    const find = async (query: string) => value(await call('search.run', { query, limit: 10 })).groups.map(({ title }) => title);
    expect(await find('title:lighthouse')).toEqual(['Of lighthouse keepers']);
    expect(await find('lighthouse keepers')).toEqual(['Of lighthouse keepers']);
    expect(rowOf('empty-shell.txt')?.problem?.code).toBe('document-empty');
    expect(await find('empty-shell')).toEqual([rowOf('empty-shell.txt')?.title]);
    expect(await find('is:missing has:note')).toEqual(['Of lighthouse keepers']);
    expect(await find('is:finished')).toEqual([]);
    value(await call('notebook.apply', { documentId, changes: [{ type: 'set-status', status: 'finished' }] }));
    await expect.poll(() => find('is:finished')).toEqual(['Of lighthouse keepers']);
  });
});
