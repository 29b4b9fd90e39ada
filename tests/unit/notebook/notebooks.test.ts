import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyNotebook, NOTEBOOK_VERSION, versionOf } from '#model';
import { openBackups } from '../../../electron/storage/backups/backups';
import { createProblems } from '../../../electron/storage/problems';
import { create, ID, identity, keepLog, makeDataFolder, makeNote, namesIn, notebookPath, open, putNote, readJson } from './fixtures';

/** A data folder with one file among its notebooks. */
async function withFile(name: string, content: string | Buffer): Promise<string> {
  const dataFolder = await makeDataFolder();
  await mkdir(path.join(dataFolder, 'notebooks'));
  await writeFile(path.join(dataFolder, 'notebooks', name), content);
  return dataFolder;
}

describe('saving', () => {
  it('writes a note to a file of its document, and finds it after a restart', async () => {
    const dataFolder = await makeDataFolder();
    const note = makeNote('**114 thousand** soldiers', { tags: ['figures'], colour: 'green' });
    const first = await open(dataFolder);
    const saved = await first.apply(ID, [putNote(note)], create());
    const after = { ...create()(), notes: [note] };
    expect(saved).toEqual({ ok: true, value: { savedAt: expect.any(String), revision: 1, before: undefined, after } });
    expect(first.get(ID)).toMatchObject({ id: ID, notes: [note] });
    expect(await readJson(notebookPath(dataFolder))).toEqual(after);

    const second = await open(dataFolder);
    expect(second.get(ID)).toEqual({ ...create()(), notes: [note] });
    expect([...second.all()]).toHaveLength(1);
    expect(second.problems()).toEqual([]);
  });

  it('makes no file before there is something to keep', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    expect(store.get(ID)).toBeUndefined();
    expect(await store.changeIdentity(ID, () => identity)).toEqual({ ok: true, value: null });
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual([]);
  });

  it('removes the file of a notebook that holds nothing, is missed by nobody, and writes it again where it holds something', async () => {
    const dataFolder = await makeDataFolder();
    const localFolder = path.join(dataFolder, 'local');
    const store = await open(dataFolder, localFolder);
    await store.update(ID, () => ({ ...emptyNotebook(ID, identity), notes: [makeNote('come and gone')] }));
    expect(await store.removeNothing(ID)).toMatchObject({ ok: true });
    expect(store.get(ID)?.notes).toHaveLength(1);
    await openBackups({ dataFolder, log: keepLog(), problems: createProblems() }).run();
    await store.update(ID, () => emptyNotebook(ID, identity));
    expect(await store.removeNothing(ID)).toMatchObject({ ok: true });
    expect(store.get(ID)).toBeUndefined();
    expect([...store.ids()]).toEqual([]);
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual([]);
    await store.close();
    const again = await open(dataFolder, localFolder);
    expect(again.problems()).toEqual([]);
    expect([...again.ids()]).toEqual([]);
    await again.update(ID, () => ({ ...emptyNotebook(ID, identity), notes: [makeNote('here')] }));
    expect(again.get(ID)?.notes).toMatchObject([{ body: 'here' }]);
  });

  it('leaves only the notebook itself in the folder', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    for (const body of ['one', 'two', 'three']) await store.apply(ID, [putNote(makeNote(body))], create());
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual([`${ID}.json`]);
  });

  it('answers each of many waiting changes only when the file holds it', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    const notes = Array.from({ length: 50 }, (_, index) => makeNote(`note ${index}`));
    await Promise.all(
      notes.map(async (note) => {
        expect(await store.apply(ID, [putNote(note)], create())).toMatchObject({ ok: true });
        expect(await readFile(notebookPath(dataFolder), 'utf8')).toContain(note.id);
      }),
    );
    expect(store.get(ID)?.notes).toEqual(notes);
  });

  it('keeps fields that it does not know, at every level', async () => {
    const note = { ...makeNote('old'), starred: true };
    const later = { ...create()(), notes: [note], shelf: { name: 'thesis' }, __internal__: { migrations: 1 } };
    const dataFolder = await withFile(`${ID}.json`, JSON.stringify(later));
    const store = await open(dataFolder);
    await store.apply(ID, [{ type: 'set-status', status: 'finished' }, putNote({ ...makeNote('new'), id: note.id })], create());
    expect(await readJson(notebookPath(dataFolder))).toMatchObject({
      shelf: { name: 'thesis' },
      __internal__: { migrations: 1 },
      status: 'finished',
      notes: [{ starred: true, body: 'new' }],
    });
  });

  it('records where a document went', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('kept'))], create());
    const moved = { ...identity, paths: ['/elsewhere/report.txt', ...identity.paths] };
    expect(await store.changeIdentity(ID, () => moved)).toEqual({ ok: true, value: null });
    expect((await open(dataFolder)).get(ID)).toMatchObject({ identity: moved, notes: [{ body: 'kept' }] });
  });

  it('records what two learn of a document at the same time', async () => {
    const store = await open(await makeDataFolder());
    await store.apply(ID, [putNote(makeNote('kept'))], create());
    const textHash = 'b'.repeat(64);
    await Promise.all([
      store.changeIdentity(ID, (before) => ({ ...before, textHash })),
      store.changeIdentity(ID, (before) => ({ ...before, paths: ['/elsewhere.txt'] })),
    ]);
    expect(store.get(ID)?.identity).toMatchObject({ textHash, paths: ['/elsewhere.txt'] });
  });

  it('refuses what comes after closing', async () => {
    const store = await open(await makeDataFolder());
    await store.close();
    expect(await store.apply(ID, [putNote(makeNote('late'))], create())).toMatchObject({ ok: false, failure: { code: 'write-failed' } });
  });

  it('flushes before it closes', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    const saving = store.apply(ID, [putNote(makeNote('last words'))], create());
    await store.close();
    expect(await readFile(notebookPath(dataFolder), 'utf8')).toContain('last words');
    expect(await saving).toMatchObject({ ok: true });
  });

  it('throws on a notebook made for another document, and goes on', async () => {
    const store = await open(await makeDataFolder());
    await expect(store.apply(ID, [putNote(makeNote('a'))], create('document-2'))).rejects.toThrow('document-2');
    expect(await store.apply(ID, [putNote(makeNote('a'))], create())).toMatchObject({ ok: true });
  });

  it('never deletes what another program wrote meanwhile', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('ours'))], create());
    await writeFile(notebookPath(dataFolder), 'edited by hand');
    expect(await store.apply(ID, [putNote(makeNote('ours again'))], create())).toMatchObject({ ok: true });
    const [problem] = store.problems();
    expect(problem?.message).toContain('changed by another program');
    expect(await readFile(problem?.path ?? '', 'utf8')).toBe('edited by hand');
    expect((await open(dataFolder)).get(ID)?.notes.map(({ body }) => body)).toEqual(['ours', 'ours again']);
  });
});

describe('bad files', () => {
  it.each([
    ['not JSON', '{"version": 1, "notes": [', 'not valid JSON'],
    ['empty', '', 'it is empty'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not valid JSON'],
    ['a list', '[1, 2]', 'does not hold a notebook'],
    ['of no document', '{"version": 1, "notes": []}', 'which document'],
  ])('sets a file that is %s aside, opens the others, and takes new notes once the reader goes on without', async (_, content, reason) => {
    const dataFolder = await withFile(`${ID}.json`, content);
    const other = create('document-2')();
    await writeFile(notebookPath(dataFolder, 'document-2'), JSON.stringify(other));
    const store = await open(dataFolder);

    expect(store.get(ID)).toBeUndefined();
    expect(store.get('document-2')).toEqual(other);
    expect(store.problems()).toHaveLength(1);
    expect(store.problems()[0]?.message).toContain(reason);
    const place = store.problems()[0]?.path ?? '';
    expect(path.relative(dataFolder, place)).toMatch(/^quarantine.document-1-.*\.json$/);
    expect(await readFile(place)).toEqual(Buffer.from(content));

    expect(await store.apply(ID, [putNote(makeNote('too early'))], create())).toMatchObject({
      ok: false,
      failure: { code: 'notebook-quarantined', message: expect.stringContaining('start with an empty notebook') },
    });
    expect(await store.recover(`${ID}:quarantined`, 'without')).toMatchObject({ ok: true, value: { documentIds: [ID] } });
    expect(store.problems()).toEqual([]);
    expect(store.lockedBecause(ID)).toBeUndefined();
    expect(await store.apply(ID, [putNote(makeNote('new'))], create())).toMatchObject({ ok: true });
    expect(await readFile(place)).toEqual(Buffer.from(content));
  });

  it('shows a newer version but never writes it', async () => {
    const content = JSON.stringify({ ...create()(), version: NOTEBOOK_VERSION + 1, notes: [makeNote('from the future')] });
    const dataFolder = await withFile(`${ID}.json`, content);
    const store = await open(dataFolder);
    expect(store.get(ID)?.notes[0]?.body).toBe('from the future');
    expect(store.lockedBecause(ID)).toMatchObject({ code: 'notebook-read-only', message: expect.stringContaining('newer version') });
    expect(await store.apply(ID, [putNote(makeNote('no'))], create())).toMatchObject({
      ok: false,
      failure: { code: 'notebook-read-only' },
    });
    expect(await store.changeIdentity(ID, () => ({ ...identity, paths: [] }))).toMatchObject({
      ok: false,
      failure: { code: 'notebook-read-only' },
    });
    expect(await readFile(notebookPath(dataFolder), 'utf8')).toBe(content);
  });

  it('leaves a newer version of another shape where it is', async () => {
    const content = JSON.stringify({ version: NOTEBOOK_VERSION + 1, pages: {} });
    const dataFolder = await withFile(`${ID}.json`, content);
    const store = await open(dataFolder);
    expect(store.get(ID)).toBeUndefined();
    expect(await store.apply(ID, [putNote(makeNote('no'))], create())).toMatchObject({ ok: false });
    expect(await readFile(notebookPath(dataFolder), 'utf8')).toBe(content);
  });

  it('shows the good notes of a file with a bad one, tells of it, and keeps it when the file is written', async () => {
    const bad = { id: 'no uuid', body: 'precious' };
    const dataFolder = await withFile(`${ID}.json`, JSON.stringify({ ...create()(), notes: [makeNote('good'), bad] }));
    const store = await open(dataFolder);
    expect(store.get(ID)?.notes.map(({ body }) => body)).toEqual(['good']);
    expect(store.problems()[0]?.message).toContain('“report.txt” something could not be read: 1 note.');
    await store.apply(ID, [putNote(makeNote('another'))], create());
    expect(await readJson(notebookPath(dataFolder))).toMatchObject({ unreadable: [{ field: 'notes', value: bad }] });
    const again = await open(dataFolder);
    expect(again.get(ID)?.notes.map(({ body }) => body)).toEqual(['good', 'another']);
    expect(again.problems()).toHaveLength(1);
  });

  it('leaves files alone that are no notebooks, and says so', async () => {
    const dataFolder = await withFile(`${ID} (conflicted copy).json`, '{}');
    const store = await open(dataFolder);
    expect([...store.all()]).toEqual([]);
    expect(store.problems()[0]?.message).toContain('conflicted copy');
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual([`${ID} (conflicted copy).json`]);
  });

  it('does not touch a notebook that is a folder', async () => {
    const dataFolder = await makeDataFolder();
    await mkdir(notebookPath(dataFolder), { recursive: true });
    const store = await open(dataFolder);
    expect(store.lockedBecause(ID)).toMatchObject({ code: 'notebook-quarantined' });
    expect(await store.apply(ID, [putNote(makeNote('no'))], create())).toMatchObject({ ok: false });
  });
});

describe('writes that were cut off', () => {
  const noteId = '01890000-0000-7000-8000-000000000001';
  const written = { older: '2025-11-22T09:00:00.000Z', old: '2025-11-22T10:00:00.000Z', new: '2025-11-22T10:00:01.000Z' };
  const noteOf = (body: keyof typeof written) => makeNote(body, { id: noteId, modifiedAt: written[body] });
  const state = (body: keyof typeof written) =>
    JSON.stringify({ ...create()(), notes: [body === 'new' ? { ...noteOf('new'), history: [versionOf(noteOf('old'))] } : noteOf(body)] });
  const truncated = state('older').slice(0, 80);
  const temporary = `${ID}.json.tmp-1234567890abcdef`;

  it.each([
    ['before the rename', { '.json': state('old'), '.json.kept': state('old') }, 'old', 0],
    ['while the new file was written', { '.json': state('old'), '.json.kept': state('old'), [temporary]: truncated }, 'old', 0],
    ['when the new file was whole', { '.json': state('old'), '.json.kept': state('old'), [temporary]: state('new') }, 'new', 0],
    ['after the rename', { '.json': state('new'), '.json.kept': state('old') }, 'new', 0],
    ['after a full disk let a part through', { '.json': truncated, '.json.kept': state('old') }, 'old', 1],
    ['in the very first write', { [temporary]: truncated }, undefined, 0],
    ['at the end of the very first write', { [temporary]: state('new') }, 'new', 0],
  ])('%s: the newest whole state opens, nothing is lost', async (_, files, expected, problems) => {
    const dataFolder = await makeDataFolder();
    await mkdir(path.join(dataFolder, 'notebooks'));
    for (const [name, content] of Object.entries(files)) {
      await writeFile(path.join(dataFolder, 'notebooks', name.startsWith('.') ? `${ID}${name}` : name), content);
    }
    const store = await open(dataFolder);
    expect(store.get(ID)?.notes[0]?.body).toBe(expected);
    expect(store.problems()).toHaveLength(problems);
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual(expected === undefined ? [] : [`${ID}.json`]);

    const quarantine = path.join(dataFolder, 'quarantine');
    const kept = await Promise.all((await namesIn(quarantine)).map((name) => readFile(path.join(quarantine, name), 'utf8')));
    const current = expected === undefined ? [] : [await readFile(notebookPath(dataFolder), 'utf8')];
    const history = store.get(ID)?.notes.flatMap((note) => note.history.map(({ body }) => state(body as 'old'))) ?? [];
    for (const content of Object.values(files)) expect([...kept, ...current, ...history]).toContain(content);
    expect(await store.apply(ID, [putNote(makeNote('next'))], create())).toMatchObject({ ok: true });
  });

  it('settles an old state that is found when the next write begins', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('one'))], create());
    await writeFile(`${notebookPath(dataFolder)}.kept`, state('older'));
    expect(await store.apply(ID, [putNote(makeNote('two'))], create())).toMatchObject({ ok: true });
    expect(await namesIn(path.join(dataFolder, 'notebooks'))).toEqual([`${ID}.json`]);
    expect(await namesIn(path.join(dataFolder, 'quarantine'))).toHaveLength(1);
  });

  it('takes in what a cut-off write was about to save, beside the words that the next write saves', async () => {
    const dataFolder = await makeDataFolder();
    const store = await open(dataFolder);
    await store.apply(ID, [putNote(makeNote('one'))], create());
    await writeFile(`${notebookPath(dataFolder)}.kept`, await readFile(notebookPath(dataFolder)));
    await writeFile(path.join(dataFolder, 'notebooks', temporary), state('new'));
    expect(await store.apply(ID, [putNote(makeNote('two'))], create())).toMatchObject({ ok: true });
    await store.flush();
    const bodies = (notebook: { notes: { body: string }[] } | undefined) => notebook?.notes.map(({ body }) => body).sort();
    expect(bodies(store.get(ID))).toEqual(['new', 'one', 'two']);
    expect(bodies((await readJson(notebookPath(dataFolder))) as { notes: { body: string }[] })).toEqual(['new', 'one', 'two']);
  });
});
