import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentSummarySchema, events, libraryFolderSchema } from '#api';
import { outlineOf } from '#model';
import type { Library } from '../../../electron/library';
import { encode } from '../../encode';
import { allRows } from '../all-rows';
import { startReadingHere } from '../reading-here';
import { localOf, MemoryNotebooks, openTestLibrary, rowsOf, temporaryFolder } from './support';

/** A data folder and a library folder, both empty. */
async function twoFolders() {
  const top = await temporaryFolder();
  const folder = path.join(top, 'texts');
  await mkdir(folder);
  return { data: path.join(top, 'data'), folder, top };
}

describe('the first scan', () => {
  it('finds the first seed, with its date and a title of its first sentence', async () => {
    const { data } = await twoFolders();
    const { library } = await openTestLibrary({ data });
    const [documents, folders, scanning] = [allRows(library), library.folders(), library.scanning()];
    expect(scanning).toBe(false);
    const seed = documents.find(({ fileName }) => fileName === '000_1f77a48d763ee880.txt');
    expect(seed).toMatchObject({
      title: 'European countries and the United States continue to be very concerned about the increase in tension in eastern Ukraine',
      date: '2021-12-03',
      format: 'text',
      folderId: 'seeds',
      missing: false,
      noteCount: 0,
    });
    expect(folders.map(({ name, kind }) => [name, kind])).toEqual([
      ['Lectern’s own documents', 'seeds'],
      ['My documents', 'own'],
    ]);
    const opened = await library.open(seed?.id ?? '');
    if (!opened.ok) throw new Error(opened.failure.message);
    const { source, notebook } = opened.value;
    expect(source).toEqual({ format: 'text', rawHash: hash('sha256', await readFile('seeds/000_1f77a48d763ee880.txt')) });
    expect(notebook).toMatchObject({ id: seed?.id, notes: [], identity: { rawHash: source.rawHash } });
  });

  it('finds documents of every kind in nested folders, and nothing else, through loops of links', async () => {
    const { data, folder } = await twoFolders();
    await mkdir(path.join(folder, 'deep/er'), { recursive: true });
    await mkdir(path.join(folder, 'node_modules/x'), { recursive: true });
    for (const name of ['.hidden', 'f_files', 'my_files']) await mkdir(path.join(folder, name));
    const texts = [
      'a.txt',
      'B.TXT',
      'deep/c.md',
      'deep/er/d.markdown',
      'e.Html',
      'f.htm',
      '.g.txt',
      '.hidden/h.txt',
      'node_modules/x/i.md',
      // Of a saved page, and of nobody.
      'f_files/frame.html',
      'my_files/l.md',
      'j.mobi',
      'k',
    ];
    for (const [index, name] of texts.entries()) await writeFile(path.join(folder, name), `Text number ${index}.`);
    await symlink(folder, path.join(folder, 'deep/loop'));
    await symlink(path.join(folder, 'self.txt'), path.join(folder, 'self.txt'));
    await symlink(path.join(folder, 'nowhere.txt'), path.join(folder, 'dangling.txt'));
    await mkdir(path.join(folder, 'folder.txt'));
    const { library, listener } = await openTestLibrary({ data, folders: [folder] });
    const rows = rowsOf(library);
    expect(Object.keys(rows).sort()).toEqual([
      'B.TXT',
      'a.txt',
      'deep/c.md',
      'deep/er/d.markdown',
      'e.Html',
      'f.htm',
      'my_files/l.md',
      'self.txt',
    ]);
    expect(rows['self.txt']?.problem?.message).toContain('its links lead in a circle');
    for (const row of allRows(library)) expect(documentSummarySchema.parse(row)).toEqual(row);
    for (const row of library.folders()) expect(libraryFolderSchema.parse(row)).toEqual(row);
    for (const { event, payload } of listener.told) expect(events[event].safeParse(payload).error).toBeUndefined();
    expect(library.folders().map(({ documentCount }) => documentCount)).toEqual([expect.any(Number), 0, 7]);
  });

  it.skipIf(process.platform === 'win32')('reads no link that leads out of its folder, and says so; one within it is read', async () => {
    const { data, folder, top } = await twoFolders();
    await writeFile(path.join(top, 'secret.txt'), 'Nobody’s business.');
    await writeFile(path.join(folder, 'own.txt'), 'My own text.');
    await symlink(path.join(top, 'secret.txt'), path.join(folder, 'link.txt'));
    await symlink(path.join(folder, 'own.txt'), path.join(folder, 'within.txt'));
    const { library } = await openTestLibrary({ data, folders: [folder] });
    const row = rowsOf(library)['link.txt'];
    expect(row?.problem).toMatchObject({ code: 'document-unreadable', message: expect.stringContaining('outside of its library folder') });
    expect(row?.title).toBe('link');
    expect(await library.open(row?.id ?? '')).toMatchObject({ ok: false, failure: { code: 'document-unreadable' } });
    expect(library.file(row?.id ?? '')?.content).toBeUndefined();
    expect(await library.open(rowsOf(library)['own.txt']?.id ?? '')).toMatchObject({ ok: true });
  });

  it('fills the list while it runs, and tells how far it is', async () => {
    const { data, folder } = await twoFolders();
    for (let index = 0; index < 300; index++) await writeFile(path.join(folder, `${index}.txt`), `Text ${index} ${'word '.repeat(2000)}`);
    const { library, listener } = await openTestLibrary({ data, folders: [folder] });
    const progress = listener.told.flatMap(({ event, payload }) => (event === 'library.progress' ? [payload] : []));
    for (const { done, total } of progress) expect(total === 0 || done <= total).toBe(true);
    const changes = () => listener.told.flatMap(({ event, payload }) => (event === 'library.changed' ? [payload] : []));
    await listener.until(() => changes().at(-1)?.scanning === false, 'the end of the scan');
    expect(changes().at(-1)?.counts.documents).toBe(allRows(library).length);
    expect(changes().some(({ scanning, counts }) => scanning && counts.documents > 1)).toBe(true);
  });

  it('does not keep a reader waiting who opens a document while it runs', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), 'A text.');
    const first = await openTestLibrary({ data, folders: [folder] });
    const id = rowsOf(first.library)['a.txt']?.id ?? '';
    await first.library.close();
    const { library } = await openTestLibrary({ data, folders: [folder] }, false);
    expect(await library.open(id)).toMatchObject({ ok: true, value: { source: { rawHash: hash('sha256', 'A text.') } } });
    expect(await library.open('f'.repeat(32))).toMatchObject({ ok: false, failure: { code: 'document-not-found' } });
  });

  it('gives way to a document that is opened: few other files are read before', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'known.txt'), 'A text.');
    const before = await openTestLibrary({ data, folders: [folder] });
    const id = rowsOf(before.library)['known.txt']?.id ?? '';
    await before.library.close();
    for (let at = 0; at < 300; at++) await writeFile(path.join(folder, `${at}.txt`), `Text ${at}.`);
    let inspected = 0;
    const begun = Promise.withResolvers<void>();
    const startReading = () => {
      const port = startReadingHere();
      const post = port.postMessage.bind(port);
      port.postMessage = (request) => {
        if (request.type === 'inspect') inspected += 1;
        begun.resolve();
        post(request);
      };
      return port;
    };
    const { library } = await openTestLibrary({ data, folders: [folder], startReading }, false);
    await begun.promise;
    expect(await library.open(id)).toMatchObject({ ok: true });
    expect(inspected).toBeLessThan(20);
    await library.ready;
    expect(Object.keys(rowsOf(library))).toHaveLength(301);
  });
});

describe('a watched folder', () => {
  it('shows what is added, edited, renamed and removed outside', async () => {
    const { data, folder } = await twoFolders();
    const { library, listener } = await openTestLibrary({ data, folders: [folder] });
    const rows = () => rowsOf(library);

    await mkdir(path.join(folder, 'new'));
    await writeFile(path.join(folder, 'new/a.txt'), 'The first text.');
    await listener.until(() => 'new/a.txt' in rows(), 'the added file');
    const id = rows()['new/a.txt']?.id ?? '';

    await writeFile(path.join(folder, 'new/a.txt'), 'The second text.');
    await listener.until(() => rows()['new/a.txt']?.title === 'The second text.', 'the edited file');
    expect(rows()['new/a.txt']?.id).toBe(id);
    expect(listener.edited).toEqual([id]);

    await rename(path.join(folder, 'new'), path.join(folder, 'old'));
    await listener.until(() => 'old/a.txt' in rows(), 'the renamed file');
    expect(Object.keys(rows())).toEqual(['old/a.txt']);
    expect(rows()['old/a.txt']?.id).toBe(id);
    expect(listener.hasShrunk).toBe(false);

    await rm(path.join(folder, 'old/a.txt'));
    await listener.until(() => library.summary(id) === undefined, 'the removed file');
    expect(rows()).toEqual({});
    expect(listener.edited).toEqual([id]);
  });

  it('keeps a document of two equal files until both are gone', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), 'The same.');
    await writeFile(path.join(folder, 'b.txt'), 'The same.');
    const { library, listener } = await openTestLibrary({ data, folders: [folder] });
    const [shown = '', ...others] = Object.keys(rowsOf(library));
    expect(others).toEqual([]);
    const other = shown === 'a.txt' ? 'b.txt' : 'a.txt';
    await rm(path.join(folder, shown));
    await listener.until(() => other in rowsOf(library), 'the other file');
    expect(listener.hasShrunk).toBe(false);
  });

  it('that vanishes says so, keeps its documents as missing, and comes back', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), 'A text.');
    const { library, listener } = await openTestLibrary({ data, folders: [folder] });
    const row = () => rowsOf(library)['a.txt'];
    const shelf = () => library.folders().find(({ kind }) => kind === 'added');
    const id = row()?.id ?? '';

    await rename(folder, `${folder}-away`);
    await listener.until(() => row()?.missing === true, 'the missing document');
    expect(shelf()?.problem?.code).toBe('folder-not-found');
    expect(await library.open(id)).toMatchObject({ ok: false, failure: { code: 'document-not-found' } });
    expect(library.file(id)?.content).toBeUndefined();

    await rename(`${folder}-away`, folder);
    await listener.until(() => row()?.missing === false, 'the document that is back');
    expect(row()?.id).toBe(id);
    expect(shelf()?.problem).toBeUndefined();
    expect(listener.hasShrunk).toBe(false);
  });

  it('that is not there at the start shows what was remembered of it, until it comes', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), 'A text.');
    const first = await openTestLibrary({ data, folders: [folder] });
    await first.library.close();
    await rename(folder, `${folder}-away`);
    const { library, listener } = await openTestLibrary({ data, folders: [folder] });
    expect(rowsOf(library)['a.txt']).toMatchObject({ title: 'A text.', missing: true });
    await rename(`${folder}-away`, folder);
    await listener.until(() => rowsOf(library)['a.txt']?.missing === false, 'the document that is back');
  });
});

describe('a document with notes', () => {
  it('keeps them when its file is renamed, and when it is edited', async () => {
    const { data, folder } = await twoFolders();
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'The first text.');
    const { library, listener, notebooks } = await openTestLibrary({ data, folders: [folder] });
    const id = rowsOf(library)['a.txt']?.id ?? '';
    const notebook = notebooks.tag(library, id, 'mine');
    await listener.until(() => rowsOf(library)['a.txt']?.tags[0] === 'mine');

    const moved = path.join(folder, 'b.txt');
    await rename(file, moved);
    await listener.until(() => notebooks.machine.sighting(id)?.paths.join() === moved, 'the new path');
    expect(rowsOf(library)['b.txt']).toMatchObject({ id, tags: ['mine'], missing: false });
    expect(notebooks.get(id)).toEqual(notebook);

    await writeFile(moved, 'The second text.');
    await listener.until(() => listener.edited.includes(id), 'the edit');
    await listener.until(() => rowsOf(library)['b.txt']?.title === 'The second text.');
    await library.close();
    expect(notebooks.get(id)?.identity).toMatchObject({ fileName: 'b.txt', title: 'The second text.' });
    expect(notebooks.get(id)?.identity.history).toMatchObject([{ rawHash: notebook.identity.rawHash }]);
  });

  it('keeps them when its file was moved or edited while Lectern did not run', async () => {
    const { data, folder } = await twoFolders();
    for (const name of ['moved', 'edited', 'plain']) await writeFile(path.join(folder, `${name}.txt`), `This will be ${name}.`);
    const notebooks = new MemoryNotebooks();
    const first = await openTestLibrary({ data, folders: [folder], notebooks });
    const ids = Object.fromEntries(Object.entries(rowsOf(first.library)).map(([name, { id }]) => [name, id]));
    for (const id of Object.values(ids)) notebooks.tag(first.library, id, 'mine');
    await first.library.close();
    await rm(path.join(localOf(data), 'files.sqlite'));
    await mkdir(path.join(folder, 'sub'));
    await rename(path.join(folder, 'moved.txt'), path.join(folder, 'sub/elsewhere.txt'));
    await writeFile(path.join(folder, 'moved.txt'), 'Something else in its place.');
    await writeFile(path.join(folder, 'edited.txt'), 'This was edited.');
    const { library } = await openTestLibrary({ data, folders: [folder], notebooks });
    const rows = rowsOf(library);
    expect(rows['sub/elsewhere.txt']).toMatchObject({ id: ids['moved.txt'], tags: ['mine'] });
    expect(rows['edited.txt']).toMatchObject({ id: ids['edited.txt'], tags: ['mine'], title: 'This was edited.' });
    expect(rows['plain.txt']).toMatchObject({ id: ids['plain.txt'] });
    expect(rows['moved.txt']?.tags).toEqual([]);
    expect(notebooks.get(ids['edited.txt'] ?? '')?.identity.history).toHaveLength(1);
    expect(notebooks.get(ids['plain.txt'] ?? '')?.identity.history).toHaveLength(0);
  });

  it('stays in the list, under its name, when its file is gone', async () => {
    const { data, folder } = await twoFolders();
    const file = path.join(folder, 'a.txt');
    await writeFile(file, 'The only text.');
    const { library, listener, notebooks } = await openTestLibrary({ data, folders: [folder] });
    const id = rowsOf(library)['a.txt']?.id ?? '';
    notebooks.tag(library, id, 'mine');
    await rm(file);
    await listener.until(() => rowsOf(library)['a.txt']?.missing === true, 'the missing row');
    expect(rowsOf(library)['a.txt']).toMatchObject({ id, title: 'The only text.', tags: ['mine'], missing: true });
    expect(documentSummarySchema.parse(library.summary(id))).toEqual(library.summary(id));
    const opened = await library.open(id);
    expect(opened).toMatchObject({ ok: false, failure: { code: 'document-not-found' } });

    await library.close();
    const again = await openTestLibrary({ data, folders: [folder], notebooks });
    expect(rowsOf(again.library)['a.txt']).toMatchObject({ id, missing: true });
    notebooks.notebooks.set(id, { ...(notebooks.get(id) ?? expect.fail()), tags: [] });
    again.library.notebookChanged(id);
    await again.listener.until(() => again.library.summary(id) === undefined, 'the row without notes to go');

    notebooks.notebooks.set(id, { ...(notebooks.get(id) ?? expect.fail()), tags: ['mine'] });
    await writeFile(path.join(folder, 'back.txt'), 'The only text.');
    await again.listener.until(() => rowsOf(again.library)['back.txt']?.id === id, 'the file that is back');
  });

  it('says when its notebook may not be changed', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), 'A text.');
    const { library, notebooks } = await openTestLibrary({ data, folders: [folder] });
    const id = rowsOf(library)['a.txt']?.id ?? '';
    const failure = { code: 'notebook-read-only', message: 'It is newer.' } as const;
    notebooks.locked.set(id, failure);
    expect(library.summary(id)?.problem).toEqual(failure);
  });

  it('is followed by this machine also while its notebook may not be changed', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), 'A text.');
    const { library, listener, notebooks } = await openTestLibrary({ data, folders: [folder] });
    const id = rowsOf(library)['a.txt']?.id ?? '';
    const notebook = notebooks.tag(library, id, 'mine');
    notebooks.locked.set(id, { code: 'notebook-read-only', message: 'It is newer.' });
    await rename(path.join(folder, 'a.txt'), path.join(folder, 'b.txt'));
    await listener.until(() => notebooks.machine.sighting(id)?.paths[0] === path.join(folder, 'b.txt'), 'the new path');
    await writeFile(path.join(folder, 'b.txt'), 'Another text.');
    await listener.until(() => listener.edited.includes(id), 'the edit');
    await library.close();
    expect(notebooks.machine.sighting(id)?.rawHash).not.toBe(notebook.identity.rawHash);
    expect(notebooks.get(id)).toEqual(notebook);
  });

  it('has the title of the encoding that was chosen last, though another was chosen while it was read', async () => {
    const data = await temporaryFolder();
    const added = await temporaryFolder();
    await writeFile(path.join(added, 'a.txt'), encode('koi8-r', 'Вчера вечером мы читали книгу.'));
    const { library, notebooks } = await openTestLibrary({ data, folders: [added] });
    const { id } = rowsOf(library)['a.txt'] ?? expect.fail();
    notebooks.tag(library, id, 'One');
    const choose = (encoding: string) => {
      notebooks.notebooks.set(id, { ...(notebooks.notebooks.get(id) ?? expect.fail()), encoding });
      return library.notebookChanged(id);
    };
    /** Goes back to the first encoding when the library has asked so often for the notebook that has the second. */
    const goBackAfter = (calls: number) => {
      let left = calls;
      notebooks.outline = (asked) => {
        const notebook = notebooks.notebooks.get(asked);
        if (asked === id && notebook?.encoding === 'windows-1251' && left-- === 0) void choose('koi8-r');
        return notebook && outlineOf(notebook);
      };
    };
    await choose('koi8-r');
    await library.importFile({ name: 'first.txt', chunks: chunksOf('First') });
    let wentBack = 0;
    for (let calls = 0; calls < 8; calls++) {
      goBackAfter(calls);
      await choose('windows-1251');
      // Taken in after what was waiting.
      await library.importFile({ name: `${calls}.txt`, chunks: chunksOf(`Text ${calls}`) });
      if (notebooks.notebooks.get(id)?.encoding !== 'koi8-r') break;
      wentBack += 1;
      await expect.poll(() => rowsOf(library)['a.txt']?.title, { message: `after ${calls} calls` }).toBe('Вчера вечером мы читали книгу.');
    }
    expect(wentBack).toBeGreaterThan(2);
  });

  it('is read in the encoding that the reader chose, at once', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), Buffer.from('Привет'.repeat(3), 'utf16le'));
    const { library, listener, notebooks } = await openTestLibrary({ data, folders: [folder] });
    const [row] = Object.values(rowsOf(library));
    const id = row?.id ?? '';
    const identity = library.identity(id) ?? expect.fail();
    notebooks.tag(library, id, 'mine');
    notebooks.notebooks.set(id, { ...(notebooks.get(id) ?? expect.fail()), identity, encoding: 'utf-16le' });
    library.notebookChanged(id);
    await listener.until(() => library.summary(id)?.title === 'Привет'.repeat(3), 'the right title');
    expect(await library.open(id)).toMatchObject({ ok: true });
    expect(library.file(id)?.content).toMatch(/utf-16le$/);
  });
});

describe('bad files', () => {
  const cases: [name: string, content: Uint8Array | string, code: string][] = [
    ['empty.txt', '', 'document-empty'],
    ['blank.md', ' \n\n', 'document-empty'],
    ['image.txt', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'document-binary'],
    ['zeros.html', new Uint8Array(4096), 'document-binary'],
    ['large.txt', Buffer.alloc(33 * 1024 * 1024, 'large '), 'document-too-large'],
  ];

  it.each(cases)('%s is listed with its problem, disturbs no other, and opens when it is mended', async (name, content, code) => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'good.txt'), 'A good text.');
    await writeFile(path.join(folder, name), content);
    const { library, listener } = await openTestLibrary({ data, folders: [folder] });
    const row = rowsOf(library)[name];
    expect(row).toMatchObject({ title: path.parse(name).name, problem: { code }, missing: false });
    expect(await library.open(row?.id ?? '')).toMatchObject({ ok: false, failure: { code, message: expect.stringContaining(name) } });
    expect(rowsOf(library)['good.txt']?.problem).toBeUndefined();
    expect(library.file(row?.id ?? '')?.content).toBeUndefined();
    await writeFile(path.join(folder, name), 'Now a text.');
    await listener.until(() => rowsOf(library)[name]?.problem === undefined, 'the mended file');
    expect(await library.open(row?.id ?? '')).toMatchObject({ ok: true });
  });

  it.each([
    ['a line of 5 MB', `${'word '.repeat(1024 * 1024)}`],
    ['a few NULs', 'A text\0with two\0of them.'],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from('Grüße aus Köln. '.repeat(4)), Buffer.from([0xff])])],
    ['an encoding that must be guessed', Buffer.from('Grüße aus Köln, schöne Tage.', 'latin1')],
  ])('%s is read', async (_, content) => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), content);
    const { library } = await openTestLibrary({ data, folders: [folder] });
    const row = rowsOf(library)['a.txt'];
    expect(row?.problem).toBeUndefined();
    expect(await library.open(row?.id ?? '')).toMatchObject({ ok: true });
  });

  it('two of equal content, which cannot be read, are two rows', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), '');
    await writeFile(path.join(folder, 'b.txt'), '');
    const { library } = await openTestLibrary({ data, folders: [folder] });
    expect(Object.keys(rowsOf(library)).sort()).toEqual(['a.txt', 'b.txt']);
  });
});

describe('a document that was pasted', () => {
  it('is taken out again, with its file, unless the reader wrote on it; a file of another folder never is', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'other.txt'), 'A text of the reader’s.');
    const { library, notebooks } = await openTestLibrary({ data, folders: [folder] });
    const { documentId: first = '' } = await library.importFile({ name: 'pasted.txt', chunks: chunksOf('Pasted') });
    expect(await library.withdraw(first)).toEqual({ ok: true, value: null });
    expect([await readdir(path.join(data, 'documents')), Object.keys(rowsOf(library))]).toEqual([[], ['other.txt']]);
    expect(await library.withdraw(first)).toMatchObject({ ok: false, failure: { code: 'document-not-found' } });

    const { documentId: again = '' } = await library.importFile({ name: 'pasted.txt', chunks: chunksOf('Pasted') });
    notebooks.tag(library, again, 'mine');
    expect(await library.withdraw(again)).toMatchObject({ ok: false, failure: { code: 'document-changed' } });
    expect(await library.withdraw(rowsOf(library)['other.txt']?.id ?? '')).toMatchObject({
      ok: false,
      failure: { code: 'document-not-found' },
    });
    expect(await readdir(path.join(data, 'documents'))).toEqual(['pasted.txt']);
  });
});

describe('library folders', () => {
  it('are added, scanned, kept, and removed with all that is in them', async () => {
    const { data, folder, top } = await twoFolders();
    await writeFile(path.join(folder, 'a.txt'), 'A text.');
    await writeFile(path.join(folder, 'noted.txt'), 'A text with notes.');
    const { library, listener, notebooks, keptFolders } = await openTestLibrary({ data });
    const added = await library.addFolder(folder);
    if (!added.ok) throw new Error(added.failure.message);
    expect(added.value).toMatchObject({ kind: 'added', path: folder, name: folder });
    expect(keptFolders).toEqual([[folder]]);
    await listener.until(() => !library.scanning(), 'the end of the scan');
    expect(Object.keys(rowsOf(library)).sort()).toEqual(['a.txt', 'noted.txt']);
    const noted = rowsOf(library)['noted.txt']?.id ?? '';
    notebooks.tag(library, noted, 'mine');

    expect(await library.removeFolder(added.value.id)).toEqual({ ok: true, value: null });
    expect(keptFolders.at(-1)).toEqual([]);
    expect(allRows(library).filter(({ folderId }) => folderId !== 'seeds')).toMatchObject([{ id: noted, missing: true, folderId: '' }]);
    expect(await library.removeFolder(added.value.id)).toMatchObject({ ok: false, failure: { code: 'folder-not-found' } });
    expect(await library.removeFolder('seeds')).toMatchObject({ ok: false });
    expect(await readFile(path.join(top, 'texts/a.txt'), 'utf8')).toBe('A text.');
  });

  it('can be the inbox, one of them at a time, as long as they are in the library', async () => {
    const { data, folder } = await twoFolders();
    await writeFile(path.join(folder, 'page.html'), '<meta name="date" content="2001-01-01"><p>A page that was saved.');
    const { library, notebooks } = await openTestLibrary({ data, folders: [folder] });
    const { id = '' } = library.folders().find(({ path: place }) => place === folder) ?? {};
    const page = () => rowsOf(library)['page.html'];
    expect(page()?.inInbox).toBeUndefined();
    expect(await library.setInbox(id)).toEqual({ ok: true, value: null });
    expect([notebooks.machine.inbox(), page()?.inInbox]).toEqual([folder, true]);
    expect(library.folders().filter(({ isInbox }) => isInbox)).toMatchObject([{ id }]);
    const { rows } = await library.page({ sort: 'date', ascending: false }, { from: 0, count: 1, locate: [] });
    expect(rows).toMatchObject([{ fileName: 'page.html', date: '2001-01-01' }]);
    expect(await library.setInbox('seeds')).toMatchObject({ ok: false, failure: { code: 'folder-not-found' } });
    expect(await library.setInbox('unknown')).toMatchObject({ ok: false, failure: { code: 'folder-not-found' } });
    await library.setInbox(null);
    expect(page()?.inInbox).toBeUndefined();
    await library.setInbox(id);
    await library.removeFolder(id);
    expect(notebooks.machine.inbox()).toBeUndefined();
  });

  it('are not added twice, nor within each other, nor when they are no folders', async () => {
    const { data, folder, top } = await twoFolders();
    await mkdir(path.join(folder, 'inner'));
    await symlink(folder, path.join(top, 'link'));
    await writeFile(path.join(top, 'file.txt'), 'x');
    const { library, keptFolders } = await openTestLibrary({ data, folders: [folder] });
    const code = async (wanted: string) => {
      const result = await library.addFolder(wanted);
      return result.ok ? 'added' : result.failure.code;
    };
    expect(await code(folder)).toBe('folder-already-added');
    expect(await code(`${folder}/./inner/`)).toBe('folder-already-added');
    expect(await code(path.join(top, 'link'))).toBe('folder-already-added');
    expect(await code(path.join(data, 'documents'))).toBe('folder-already-added');
    expect(await code(path.join(top, 'nowhere'))).toBe('folder-not-found');
    expect(await code(path.join(top, 'file.txt'))).toBe('folder-not-found');
    expect(await code('relative/path')).toBe('folder-not-found');
    expect(keptFolders).toEqual([]);
  });

  it('within a folder that is added later are looked after once, and by that one when they are removed', async () => {
    const { data, folder } = await twoFolders();
    await mkdir(path.join(folder, 'inner'));
    await writeFile(path.join(folder, 'a.txt'), 'The outer text.');
    await writeFile(path.join(folder, 'inner/b.txt'), 'The inner text.');
    const { library, listener } = await openTestLibrary({ data, folders: [path.join(folder, 'inner')] });
    const inner = library.folders().find(({ kind }) => kind === 'added')?.id ?? '';
    await library.addFolder(folder);
    await listener.until(() => !library.scanning(), 'the end of the scan');
    expect(Object.keys(rowsOf(library)).sort()).toEqual(['a.txt', 'b.txt']);
    await library.removeFolder(inner);
    await listener.until(() => 'inner/b.txt' in rowsOf(library), 'the inner text in the outer folder');
    expect(Object.keys(rowsOf(library)).sort()).toEqual(['a.txt', 'inner/b.txt']);
  });
});

describe('a folder that loses much at once', () => {
  const names = Array.from({ length: 8 }, (_, index) => `text-${index}.txt`);

  /** A library with eight texts, a tag on the first one, and the problems that were told. */
  async function eightTexts() {
    const { data, folder, top } = await twoFolders();
    for (const name of names) await writeFile(path.join(folder, name), `This is ${name}.`);
    const opened = await openTestLibrary({ data, folders: [folder] });
    const rows = rowsOf(opened.library);
    opened.notebooks.tag(opened.library, rows['text-0.txt']?.id ?? '', 'mine');
    const ids = Object.fromEntries(Object.entries(rows).map(([name, { id }]) => [name, id]));
    return { data, folder, top, ids, away: path.join(top, 'away'), ...opened };
  }
  const shelfOf = (library: Library) => library.folders().find(({ kind }) => kind === 'added');
  const missingIn = (library: Library) =>
    Object.entries(rowsOf(library))
      .filter(([, { missing }]) => missing)
      .map(([name]) => name)
      .sort();
  const idsOf = (library: Library) => Object.fromEntries(Object.entries(rowsOf(library)).map(([name, { id }]) => [name, id]));

  async function move(from: string, to: string, moved: readonly string[]) {
    await mkdir(to, { recursive: true });
    for (const name of moved) await rename(path.join(from, name), path.join(to, name));
  }

  it.each([
    ['all', names],
    ['half', names.slice(0, 4)],
  ])('keeps %s of its documents in the list while it runs, tells it, and has them back as they were', async (_, moved) => {
    const { library, listener, folder, away, ids, notebooks } = await eightTexts();
    const { identity } = notebooks.get(ids['text-0.txt'] ?? '') ?? expect.fail();
    await move(folder, away, moved);
    await listener.until(() => library.problems().length > 0, 'the message');
    expect(missingIn(library)).toEqual(moved);
    expect(library.problems()).toMatchObject([{ path: folder, message: expect.stringContaining(`${moved.length} files`) }]);
    expect(shelfOf(library)).toMatchObject({ documentCount: 8, missingCount: moved.length });
    expect(listener.told.filter(({ event }) => event === 'app.problem')).toHaveLength(1);

    await move(away, folder, moved);
    await listener.until(() => missingIn(library).length === 0, 'the documents that are back');
    expect(idsOf(library)).toEqual(ids);
    expect(library.problems()).toEqual([]);
    expect(listener.told.filter(({ event }) => event === 'app.problem-solved')).toHaveLength(1);
    expect(notebooks.get(ids['text-0.txt'] ?? '')?.identity).toEqual(identity);
  });

  it('keeps them while Lectern does not run, through further starts', async () => {
    const { library: first, data, folder, away, ids, notebooks } = await eightTexts();
    const { identity } = notebooks.get(ids['text-0.txt'] ?? '') ?? expect.fail();
    await first.close();
    await move(folder, away, names);
    for (let start = 0; start < 2; start++) {
      const { library } = await openTestLibrary({ data, folders: [folder], notebooks });
      expect(missingIn(library)).toEqual(names);
      expect(library.problems()).toMatchObject([{ path: folder, message: expect.stringContaining('8 files') }]);
      await library.close();
    }
    await move(away, folder, names);
    const { library } = await openTestLibrary({ data, folders: [folder], notebooks });
    expect(missingIn(library)).toEqual([]);
    expect(library.problems()).toEqual([]);
    expect(idsOf(library)).toEqual(ids);
    expect(notebooks.get(ids['text-0.txt'] ?? '')?.identity).toEqual(identity);
  });

  it('writes nothing of a document that has an equal file elsewhere', async () => {
    const { library, listener, folder, away, ids, notebooks, data } = await eightTexts();
    const id = ids['text-0.txt'] ?? '';
    const copy = path.join(data, 'documents', 'copy.txt');
    await writeFile(copy, 'This is text-0.txt.');
    await listener.until(() => notebooks.machine.sighting(id)?.paths.length === 2, 'the second path');
    const { identity } = notebooks.get(id) ?? expect.fail();
    const sighting = notebooks.machine.sighting(id);
    await move(folder, away, names);
    await listener.until(() => library.problems().length > 0, 'the message');
    expect(library.summary(id)?.missing).toBe(false);
    expect(notebooks.get(id)?.identity).toEqual(identity);
    expect(notebooks.machine.sighting(id)).toEqual(sighting);
  });

  it('lets go of them when the reader says so, but for those with notes', async () => {
    const { library, listener, folder, away, ids } = await eightTexts();
    await move(folder, away, names.slice(0, 5));
    await listener.until(() => library.problems().length > 0, 'the message');
    expect(await library.forgetMissing(shelfOf(library)?.id ?? '')).toEqual({ ok: true, value: null });
    expect(library.problems()).toEqual([]);
    expect(missingIn(library)).toEqual(['text-0.txt']);
    expect(rowsOf(library)['text-0.txt']?.id).toBe(ids['text-0.txt']);
    expect(shelfOf(library)).toMatchObject({ documentCount: 3, missingCount: 0 });
  });

  it('has none of it to tell when they were moved within the library, or taken away one by one over time', async () => {
    const { library, listener, folder, ids } = await eightTexts();
    await move(folder, path.join(folder, 'sub'), names);
    await listener.until(() => Object.keys(rowsOf(library)).every((name) => name.startsWith('sub/')), 'the moved documents');
    expect(Object.values(idsOf(library)).sort()).toEqual(Object.values(ids).sort());
    expect(library.problems()).toEqual([]);
    expect(missingIn(library)).toEqual([]);
  });

  it('that is not there itself is told with its path, until it is back', async () => {
    const { library, listener, folder, away } = await eightTexts();
    await rename(folder, away);
    await listener.until(() => library.problems().length > 0, 'the message');
    expect(library.problems()).toMatchObject([{ path: folder, message: expect.stringContaining('is not there') }]);
    // As an unmounted disk leaves it: an empty folder in its place.
    await mkdir(folder);
    await listener.until(() => library.problems()[0]?.message.includes('8 files') === true, 'the message on the empty folder');
    expect(missingIn(library)).toEqual(names);
    await rm(folder, { recursive: true });
    await rename(away, folder);
    await listener.until(() => library.problems().length === 0 && missingIn(library).length === 0, 'the folder that is back');
    expect(listener.hasShrunk).toBe(false);
  });
});

it('calls no document by a sentence that stands above many, and the others as before once these are gone', async () => {
  const { data, folder } = await twoFolders();
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    await writeFile(path.join(folder, `${name}.txt`), `This old browser is unsupported.\n\nFunction ${name}\n\nIt does something.`);
  const { library, listener } = await openTestLibrary({ data, folders: [folder] });
  const titles = () => Object.values(rowsOf(library)).map(({ title }) => title);
  expect(titles().sort()).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => `Function ${name}`));
  await rm(path.join(folder, 'e.txt'));
  await listener.until(() => titles().length === 4, 'the list without the removed one');
  expect(new Set(titles())).toEqual(new Set(['This old browser is unsupported.']));
});

describe('files that are not read', () => {
  it('are counted and listed with the reason; what nobody takes for a document is not', async () => {
    const { data, folder } = await twoFolders();
    await mkdir(path.join(folder, 'sub'));
    for (const name of ['Saved page_files', 'my_files']) await mkdir(path.join(folder, name));
    for (const name of [
      'a.txt',
      'sub/Book.MOBI',
      'thesis.docx',
      '.hidden.mobi',
      'picture.png',
      'style.css',
      // Of a saved page, and of nobody.
      'Saved page.html',
      'Saved page_files/x.mobi',
      'my_files/y.mobi',
      'Makefile',
    ])
      await writeFile(path.join(folder, name), `Content of ${name}.`);
    await writeFile(path.join(folder, 'empty.md'), '');
    const { library, listener } = await openTestLibrary({ data, folders: [folder] });
    const shelf = () => library.folders().find(({ kind }) => kind === 'added') ?? expect.fail();
    expect(shelf()).toMatchObject({ documentCount: 2, unreadCount: 4 });
    expect(library.unreadFiles(shelf().id)).toEqual({
      ok: true,
      value: [
        { path: 'empty.md', reason: '“empty.md” is empty: there is nothing in it to read.' },
        { path: 'my_files/y.mobi', reason: 'Lectern does not read Kindle books.' },
        { path: 'sub/Book.MOBI', reason: 'Lectern does not read Kindle books.' },
        { path: 'thesis.docx', reason: 'Lectern does not read Word documents.' },
      ],
    });
    await rm(path.join(folder, 'thesis.docx'));
    await writeFile(path.join(folder, 'empty.md'), 'No longer.');
    await listener.until(() => shelf().unreadCount === 2, 'the files that are no longer unread');
    expect(shelf().documentCount).toBe(3);
    expect(library.unreadFiles('nowhere')).toMatchObject({ ok: false, failure: { code: 'folder-not-found' } });
  });

  /** Other systems know no such names. */
  it.runIf(process.platform === 'linux')('are told, too, where their names or those of their folders are not UTF-8', async () => {
    const { data, folder } = await twoFolders();
    const latin1 = (...names: string[]) => Buffer.from(path.join(folder, ...names), 'latin1');
    await mkdir(latin1('Bücher'));
    for (const name of ['Grüße.txt', 'Bild von Köln.png', path.join('Bücher', 'a.txt')]) await writeFile(latin1(name), 'Content.');
    await writeFile(path.join(folder, 'Grüße – auch.txt'), 'Content, too.');
    const { library, listener } = await openTestLibrary({ data, folders: [folder] });
    const shelf = () => library.folders().find(({ kind }) => kind === 'added') ?? expect.fail();
    await listener.until(() => shelf().unreadCount === 2, 'names that are told');
    expect(library.unreadFiles(shelf().id)).toEqual({
      ok: true,
      value: [
        {
          path: 'B\\xFCcher',
          reason: expect.stringMatching(/^Nothing in this folder can be opened, because its name is not written in UTF-8/),
        },
        { path: 'Gr\\xFC\\xDFe.txt', reason: expect.stringMatching(/^It cannot be opened, because its name is not written in UTF-8/) },
      ],
    });
    await writeFile(latin1('Später.txt'), 'Content.');
    await listener.until(() => shelf().unreadCount === 3, 'a name that came');
    await rename(latin1('Grüße.txt'), path.join(folder, 'Grüße.txt'));
    await listener.until(() => shelf().unreadCount === 2 && shelf().documentCount === 2, 'the file that was renamed');
    await rm(latin1('Bücher'), { recursive: true });
    await listener.until(() => shelf().unreadCount === 1, 'the folder that is gone');
  });
});

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
