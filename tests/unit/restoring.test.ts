import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { EventName, RestorePlan, Result } from '#api';
import { emptyNotebook, type Note } from '#model';
import { openBackups } from '../../electron/storage/backups/backups';
import { manifestFile } from '../../electron/storage/backups/manifest';
import { createProblems } from '../../electron/storage/problems';
import { listAllDeleted, listAllNotes } from '../all-pages';
import { keepLog, makeNote, openCore } from './host-fixtures';
import { mountDisk } from './storage/disk';

const BACKUP = 'lectern-2026-01-05T12-00-00Z.zip';
const OTHER = 'another-document';
const identity = { paths: ['/elsewhere/other.txt'], rawHash: 'b'.repeat(64), history: [] };

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

/** A library with notes on two documents, a coloured tag and a dropped file, backed up. */
async function withBackup(dataFolder?: string) {
  const opened = await openCore({ dataFolder, backupDelay: null });
  const { call } = opened;
  const documentId = await opened.seedId();
  const notes = [makeNote({ body: 'first', tags: ['figures'] }), makeNote({ body: 'second' })] as const;
  const put = async (id: string, note: Note, basedOn?: string) =>
    value(await call('notebook.apply', { documentId: id, changes: [{ type: 'put-note', note, basedOn }], identity }));
  for (const note of notes) await put(documentId, note);
  await put(OTHER, makeNote({ body: 'elsewhere' }));
  value(await call('tags.apply', { changes: [{ type: 'set-tag-colour', name: 'figures', colour: 'pink' }] }));
  await opened.core.uploads['library.import']({ name: 'dropped.txt', chunks: [new TextEncoder().encode('A dropped file.')] });
  await openBackups({ dataFolder: opened.dataFolder, log: keepLog(), problems: createProblems() }).run(new Date('2026-01-05T12:00:00Z'));
  const remove = (noteId: string) =>
    call('notebook.apply', { documentId, changes: [{ type: 'delete-note', noteId, at: '2026-01-06T00:00:00.000Z' }] });
  const notebookFile = (id: string) => path.join(opened.dataFolder, 'notebooks', `${id}.json`);
  const plan = async (name = BACKUP) => value(await call('restore.plan', { name }));
  const apply = async ({ id }: RestorePlan, undelete = false) => value(await call('restore.apply', { planId: id, undelete }));
  const bodies = async (id: string) => value(await call('library.notebook', { documentId: id })).notebook.notes.map(({ body }) => body);
  const dropped = path.join(opened.dataFolder, 'documents', 'dropped.txt');
  return { ...opened, documentId, notes, put, remove, notebookFile, plan, apply, bodies, dropped };
}

/** The same library after one of its notebooks, its tags and its dropped file were lost while it was closed. */
async function withLoss() {
  const before = await withBackup();
  await before.core.close();
  await rm(before.notebookFile(OTHER));
  await rm(path.join(before.dataFolder, 'tags.json'));
  await rm(before.dropped);
  const opened = await openCore({ dataFolder: before.dataFolder, seedsFolder: before.seedsFolder, backupDelay: null });
  await opened.core.library.ready;
  const plan = async () => value(await opened.call('restore.plan', { name: BACKUP }));
  const apply = async ({ id }: RestorePlan) => value(await opened.call('restore.apply', { planId: id, undelete: false }));
  const bodies = async (id: string) =>
    (await listAllNotes(opened.call)).filter(({ documentId }) => documentId === id).map(({ note }) => note.body);
  return { ...before, ...opened, plan, apply, bodies };
}

describe('the backups', () => {
  it('are listed with what they hold', async () => {
    const { call, dataFolder } = await withBackup();
    await writeFile(path.join(dataFolder, 'backups', 'lectern-2026-01-04T12-00-00Z.zip'), 'no zip');
    expect(await call('restore.list', {})).toEqual({
      backups: [
        { name: BACKUP, madeAt: '2026-01-05T12:00:00.000Z', documents: 2, notes: 3, files: 1 },
        { name: 'lectern-2026-01-04T12-00-00Z.zip', madeAt: '2026-01-04T12:00:00.000Z', problem: expect.stringContaining('damaged') },
      ],
    });
  });
});

describe('a plan', () => {
  it('says for each document what would come, be kept twice, stay, and was deleted since, and does nothing', async () => {
    const { plan, put, remove, documentId, notes, bodies, notebookFile } = await withBackup();
    await put(documentId, { ...notes[0], body: 'first, changed', modifiedAt: '2026-01-07T00:00:00.000Z' }, notes[0].modifiedAt);
    await remove(notes[1].id);
    const bytes = await readFile(notebookFile(documentId));
    const { documents, tagCount, fileCount, notices } = await plan();
    expect(documents).toHaveLength(2);
    expect(documents).toContainEqual({
      documentId,
      title: expect.any(String),
      state: 'same',
      added: 0,
      changed: 0,
      kept: 1,
      deleted: 1,
      problem: undefined,
    });
    expect(documents).toContainEqual({
      documentId: OTHER,
      title: 'other.txt',
      state: 'same',
      added: 0,
      changed: 0,
      kept: 1,
      deleted: 0,
      problem: undefined,
    });
    expect([tagCount, fileCount, notices]).toEqual([0, 0, []]);
    expect(await bodies(documentId)).toEqual(['first, changed']);
    expect(await readFile(notebookFile(documentId))).toEqual(bytes);
  });

  it('of what is no backup is a sentence', async () => {
    const { call, core } = await withBackup();
    const planFile = (bytes: Uint8Array) => core.uploads['restore.plan-zip']({ name: 'some.zip', chunks: [bytes] });
    const messageOf = (result: Result<unknown>) => (result.ok ? undefined : result.failure.message);
    expect(messageOf(await planFile(new Uint8Array([1, 2, 3])))).toContain('“some.zip” could not be opened: it is damaged, or no zip file');
    expect(messageOf(await planFile(zipSync({ 'a.txt': Buffer.from('a') })))).toContain('is not a backup of Lectern');
    expect(messageOf(await call('restore.plan', { name: '../../etc/passwd' }))).toContain('no longer there');
  });

  it('of a zip that unpacks to more than one from anybody may is made only where it has the list of a backup', async () => {
    const { call, core, dataFolder } = await withBackup();
    const large = Buffer.from(JSON.stringify({ ...emptyNotebook(OTHER, identity), later: ' '.repeat(5 * 1_048_576) }));
    const entries = { [`notebooks/${OTHER}.json`]: large };
    const { name, bytes } = manifestFile({ contents: new Map([[`notebooks/${OTHER}.json`, { items: 0 }]]), files: new Map() });
    const stranger = zipSync(entries);
    const own = zipSync({ ...entries, [name]: bytes });
    const folder = path.join(dataFolder, 'backups');
    await writeFile(path.join(folder, 'lectern-2026-01-03T12-00-00Z.zip'), stranger);
    await writeFile(path.join(folder, 'lectern-2026-01-04T12-00-00Z.zip'), own);
    const why = `“notebooks/${OTHER}.json” in it is more than 200 times as large as it is packed, which is more than Lectern unpacks`;
    const failure = { code: 'backup-unreadable', message: expect.stringContaining(why) };
    expect(await call('restore.plan', { name: 'lectern-2026-01-03T12-00-00Z.zip' })).toMatchObject({ ok: false, failure });
    expect(await call('restore.plan', { name: 'lectern-2026-01-04T12-00-00Z.zip' })).toMatchObject({ ok: true });
    expect((await call('restore.list', {})).backups).toMatchObject([
      { name: BACKUP },
      { name: 'lectern-2026-01-04T12-00-00Z.zip', documents: 1 },
      { problem: expect.stringContaining(why) },
    ]);
    // One that comes from elsewhere may hold such a list too.
    const uploaded = await core.uploads['restore.plan-zip']({ name: 'some.zip', chunks: [own] });
    expect(uploaded).toMatchObject({ ok: false, failure: { message: expect.stringContaining('copy it under its own name') } });
  });
});

describe('a restore', () => {
  it('brings back what was lost: notebooks, tags with their colours, dropped files', async () => {
    const { plan, apply, bodies, call, dropped } = await withLoss();
    const planned = await plan();
    expect(planned.documents.find(({ documentId }) => documentId === OTHER)).toMatchObject({ state: 'new', added: 1 });
    expect([planned.tagCount, planned.fileCount]).toEqual([1, 1]);
    expect(await apply(planned)).toEqual({ message: 'Restored. 1 note is back, 1 file is back.', complete: true, undoable: true });
    expect(await bodies(OTHER)).toEqual(['elsewhere']);
    expect(await readFile(dropped, 'utf8')).toBe('A dropped file.');
    expect(await call('tags.list', {})).toEqual([{ name: 'figures', colour: 'pink' }]);
  });

  it('changes nothing when it is done twice', async () => {
    const { plan, apply, dataFolder } = await withLoss();
    await apply(await plan());
    const files = async () =>
      Promise.all(
        (await readdir(path.join(dataFolder, 'notebooks')))
          .sort()
          .map((name) => readFile(path.join(dataFolder, 'notebooks', name), 'utf8')),
      );
    const before = await files();
    const again = await plan();
    expect(again.documents.map(({ state }) => state)).toEqual(['same', 'same']);
    expect(await apply(again)).toMatchObject({ message: expect.stringContaining('here already'), undoable: false });
    expect(await files()).toEqual(before);
  });

  it('keeps both texts of a note that was changed since, and tells open windows', async () => {
    const { core, documentId, dataFolder } = await withBackup();
    // As when another program put an older text in its place, without a history.
    const file = path.join(dataFolder, 'notebooks', `${documentId}.json`);
    const stored = JSON.parse(await readFile(file, 'utf8'));
    await core.close();
    await writeFile(
      file,
      JSON.stringify({ ...stored, notes: [{ ...stored.notes[0], body: 'other words', modifiedAt: '2026-01-08T00:00:00.000Z' }] }),
    );
    const opened = await openCore({ dataFolder });
    await opened.core.library.ready;
    const events: EventName[] = [];
    opened.core.subscribe('another window', (event) => events.push(event));
    const planned = value(await opened.call('restore.plan', { name: BACKUP }));
    expect(planned.documents.find((each) => each.documentId === documentId)).toMatchObject({ state: 'changed', added: 1, changed: 1 });
    const { message } = value(await opened.call('restore.apply', { planId: planned.id, undelete: false }));
    expect(message).toBe('Restored. 1 note is back, 1 note now has both texts.');
    const { notebook } = value(await opened.call('library.notebook', { documentId }));
    const first = notebook.notes.find(({ body }) => body === 'other words');
    expect(first?.history.map(({ body }) => body)).toEqual(['first']);
    expect(events).toEqual(expect.arrayContaining(['notebook.restored', 'restore.progress', 'tags.changed']));
  });

  it('leaves in the trash what was deleted since, unless it is wanted', async () => {
    const { plan, apply, remove, documentId, notes, bodies } = await withBackup();
    await remove(notes[1].id);
    await apply(await plan());
    expect(await bodies(documentId)).toEqual(['first']);
    expect(await apply(await plan(), true)).toMatchObject({ message: 'Restored. 1 note is back.' });
    expect((await bodies(documentId)).sort()).toEqual(['first', 'second']);
  });

  it('takes a zip from elsewhere, and finds a document by its content', async () => {
    const { core, documentId, dataFolder, bodies, apply } = await withBackup();
    const rawHash = JSON.parse(await readFile(path.join(dataFolder, 'notebooks', `${documentId}.json`), 'utf8')).identity.rawHash;
    const notebook = {
      version: 1,
      id: 'of-another-machine',
      identity: { paths: ['/their/copy.txt'], rawHash, history: [] },
      tags: [],
      status: 'unread',
      notes: [makeNote({ body: 'from elsewhere' })],
      deletedNotes: [],
    };
    const waiting = {
      ...notebook,
      id: 'not-here',
      identity: { paths: [], rawHash: 'f'.repeat(64), history: [] },
      title: 'Theirs',
      sameAs: 'not-here',
      forgottenAt: '2026-01-01T00:00:00.000Z',
      fieldTimes: { title: '2026-01-01T00:00:00.000Z' },
    };
    const bytes = zipSync({
      'notebooks/of-another-machine.json': Buffer.from(JSON.stringify(notebook)),
      'notebooks/not-here.json': Buffer.from(JSON.stringify(waiting)),
      'notebooks/cut-off-one.json': Buffer.from('{'),
      'manifest.json': Buffer.from(
        JSON.stringify({
          version: 1,
          contents: {},
          files: { 'documents/../../out.txt': { sha256: 'a'.repeat(64), size: 1, changedAt: 0 } },
        }),
      ),
    });
    const planned = value(await core.uploads['restore.plan-zip']({ name: 'theirs.zip', chunks: [bytes] }));
    expect(planned).toMatchObject({
      documents: [
        { documentId, added: 1, kept: 2 },
        { documentId: 'not-here', state: 'new' },
      ],
      fileCount: 0,
      notices: [expect.stringContaining('1 notebook in this backup could not be read')],
    });
    await apply(planned);
    expect(await bodies(documentId)).toContain('from elsewhere');
    const brought = JSON.parse(await readFile(path.join(dataFolder, 'notebooks', 'not-here.json'), 'utf8'));
    expect(brought).toMatchObject({ title: 'Theirs', notes: [{ body: 'from elsewhere' }] });
    expect(Object.keys(brought)).not.toEqual(expect.arrayContaining([expect.stringMatching(/sameAs|forgottenAt|fieldTimes/)]));
  });

  it('is let go with its backup when the reader looks no further', async () => {
    const { call, plan } = await withLoss();
    const { id } = await plan();
    await call('restore.forget', { planId: randomUUID() });
    await call('restore.forget', { planId: id });
    expect(await call('restore.apply', { planId: id, undelete: false })).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  it('brings back old versions that are gone, beside newer ones, and is then no problem any more', async () => {
    const before = await openCore();
    const documentId = await before.seedId();
    const history = Array.from({ length: 60 }, (_, hour) => ({
      at: new Date(Date.UTC(2026, 0, 1, hour)).toISOString(),
      colour: 'green' as const,
      body: `version ${hour}`,
      tags: [],
    }));
    const note = makeNote({ body: 'now', modifiedAt: '2026-01-04T00:00:00.000Z', history });
    value(await before.call('notebook.apply', { documentId, changes: [{ type: 'put-note', note }] }));
    await before.core.flush();
    await openBackups({ dataFolder: before.dataFolder, log: keepLog(), problems: createProblems() }).run(new Date('2026-01-05T12:00:00Z'));
    await before.core.close();
    const file = path.join(before.dataFolder, 'history', `${documentId}.jsonl.gz`);
    const whole = gunzipSync(await readFile(file))
      .toString()
      .trim()
      .split('\n');
    const newer = JSON.stringify({ noteId: note.id, version: { ...history[0], at: '2026-01-03T12:00:00.000Z', body: 'newer' } });
    await writeFile(file, gzipSync(`${whole.slice(0, 4).join('\n')}\n${newer}\n`));

    const { call, core } = await openCore({ dataFolder: before.dataFolder, seedsFolder: before.seedsFolder });
    await core.library.ready;
    expect((await call('app.info', {})).problems).toMatchObject([
      { id: 'history:lost', message: expect.stringContaining('6 old versions') },
    ]);
    const planned = value(await call('restore.plan', { name: BACKUP }));
    expect(planned).toMatchObject({ versionCount: 6, notices: [] });
    expect(value(await call('restore.apply', { planId: planned.id, undelete: false }))).toMatchObject({
      message: 'Restored. 6 old versions are back.',
      complete: true,
    });
    expect((await call('app.info', {})).problems).toEqual([]);
    const bodies = value(await call('notebook.archived-versions', { documentId, noteId: note.id })).map(({ body }) => body);
    expect(bodies).toEqual([...history.slice(0, 10).map(({ body }) => body), 'newer']);
    const again = value(await call('restore.plan', { name: BACKUP }));
    expect(again.versionCount).toBe(0);
  });

  it('says which archives of a zip from elsewhere are damaged, and brings the others', async () => {
    const { core, documentId, notes, call, apply } = await withBackup();
    const line = (body: string) =>
      `${JSON.stringify({ noteId: notes[0].id, version: { at: '2025-01-01T00:00:00.000Z', colour: 'pink', body, tags: [] } })}\n`;
    const bytes = zipSync({
      'tags.json': Buffer.from('{"version":1,"tags":[]}'),
      [`history/${documentId}.jsonl.gz`]: gzipSync(line('of elsewhere') + line('of elsewhere') + line('more')),
      [`history/${OTHER}.jsonl.gz`]: gzipSync(line('lost')).subarray(0, 40),
    });
    const planned = value(await core.uploads['restore.plan-zip']({ name: 'theirs.zip', chunks: [bytes] }));
    expect(planned).toMatchObject({ versionCount: 2, notices: [expect.stringContaining('old versions of notes on 1 document')] });
    await apply(planned);
    const versions = value(await call('notebook.archived-versions', { documentId, noteId: notes[0].id }));
    expect(versions.map(({ body }) => body).sort()).toEqual(['more', 'of elsewhere']);
  });

  it('does not do what is no longer the plan', async () => {
    const { plan, call } = await withBackup();
    const first = await plan();
    await plan();
    expect(await call('restore.apply', { planId: first.id, undelete: false })).toMatchObject({ ok: false });
  });

  it('that has no room on the disk is not begun, and is done when there is', async (context) => {
    const disk = await mountDisk(8000);
    if (!disk) return context.skip();
    const { dataFolder, core } = await withBackup(path.join(disk, 'data'));
    await core.close();
    for (const name of await readdir(path.join(dataFolder, 'notebooks'))) await rm(path.join(dataFolder, 'notebooks', name));
    const opened = await openCore({ dataFolder });
    await opened.core.library.ready;
    await writeFile(path.join(disk, 'filler'), Buffer.alloc(5_000_000));
    const planned = value(await opened.call('restore.plan', { name: BACKUP }));
    const restore = () => opened.call('restore.apply', { planId: planned.id, undelete: false });
    expect(await restore()).toMatchObject({
      ok: false,
      failure: { code: 'disk-full', message: expect.stringMatching(/Make \d MB more free/) },
    });
    expect(await listAllNotes(opened.call)).toEqual([]);
    await rm(path.join(disk, 'filler'));
    expect(value(await restore())).toMatchObject({ complete: true });
    expect(await listAllNotes(opened.call)).toHaveLength(3);
  });

  it('may be planned from one backup right after another', async () => {
    const { call } = await withBackup();
    const plans = [1, 2].map(() => call('restore.plan', { name: BACKUP }));
    expect((await Promise.all(plans)).map(({ ok }) => ok)).toEqual([true, true]);
  });
});

describe('undoing a restore', () => {
  it('takes back what came, also the file, in one step', async () => {
    const { plan, apply, bodies, call, dropped } = await withLoss();
    await apply(await plan());
    expect((await call('restore.list', {})).last).toMatchObject({ undoable: true });
    expect(value(await call('restore.undo', {}))).toMatchObject({ message: expect.stringContaining('taken back'), undoable: false });
    expect(await bodies(OTHER)).toEqual([]);
    expect((await listAllDeleted(call)).map(({ note }) => note.body)).toEqual(['elsewhere']);
    await expect(readFile(dropped)).rejects.toThrow();
    expect(await call('restore.undo', {})).toMatchObject({ ok: false });
    expect((await call('restore.list', {})).last).toBeUndefined();
  });

  it('leaves what was written or dropped since', async () => {
    const { plan, apply, bodies, call, dropped } = await withLoss();
    await apply(await plan());
    const [note = makeNote()] = value(await call('library.notebook', { documentId: OTHER })).notebook.notes;
    const changed = { ...note, body: 'elsewhere, and more', modifiedAt: '2026-02-01T00:00:00.000Z' };
    value(await call('notebook.apply', { documentId: OTHER, changes: [{ type: 'put-note', note: changed, basedOn: note.modifiedAt }] }));
    await writeFile(dropped, 'Another text.');
    value(await call('restore.undo', {}));
    expect(await bodies(OTHER)).toEqual(['elsewhere, and more']);
    expect(await readFile(dropped, 'utf8')).toBe('Another text.');
  });

  it('leaves a file that was put back by hand between the plan and the restore', async () => {
    const { plan, apply, call, dropped } = await withLoss();
    const planned = await plan();
    expect(planned.fileCount).toBe(1);
    await writeFile(dropped, 'A dropped file.');
    await apply(planned);
    value(await call('restore.undo', {}));
    expect(await readFile(dropped, 'utf8')).toBe('A dropped file.');
  });
});
