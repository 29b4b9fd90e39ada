import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventName, ExportFormat, NotesImport, Result } from '#api';
import { type Anchor, colours, type Note } from '#model';
import { listAllDeleted, listAllNotes } from '../all-pages';
import { allRows } from './all-rows';
import { exportText, forgetDocument, makeNote, type OpenedCore, openCore } from './host-fixtures';
import { packFiles } from './import-files';

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

const text = 'One\n\nThe one document has a passage to mark, and another one.';

const anchorAt = (exact: string, textHash: string, within = text): Anchor => {
  const start = within.indexOf(exact);
  return { start, end: start + exact.length, exact, prefix: '', suffix: '', textHash };
};

async function open(documents: Record<string, string>) {
  const opened = await openCore({ documents });
  await opened.core.library.ready;
  const idOf = (fileName: string) => allRows(opened.core.library).find((row) => row.fileName === fileName)?.id ?? '';
  const plan = async (files: Record<string, string | Uint8Array>): Promise<NotesImport> =>
    value(await opened.core.uploads['import.plan'](packFiles(files)));
  const apply = async ({ id }: NotesImport, undelete = false) => value(await opened.call('import.apply', { planId: id, undelete }));
  return { ...opened, idOf, plan, apply };
}

/** The text of the library's document, and its hash. */
async function textOf({ core }: OpenedCore, id: string): Promise<{ text: string; textHash: string }> {
  const { text: read } = value(await core.library.readText(id));
  return { textHash: read.textHash, text: Buffer.from(read.units).toString('utf16le') };
}

/** An export of forty notes on as many documents. */
async function exportedMany(): Promise<string> {
  const from = await open({});
  for (let index = 0; index < 40; index++) {
    const identity = { paths: [], fileName: `${index}.txt`, rawHash: String(index % 10).repeat(62) + String(10 + index), history: [] };
    const changes = [{ type: 'put-note', note: makeNote({ body: `note ${index}`, colour: colours[index % 5] }) }];
    value(await from.call('notebook.apply', { documentId: `document-${index}`, changes, identity }));
  }
  return exportText(from, 'json-ld');
}

/** A library with two notes on one document, and its export. */
async function exported(format: ExportFormat) {
  const from = await open({ 'one.txt': text });
  const documentId = from.idOf('one.txt');
  const read = await textOf(from, documentId);
  const anchored = makeNote({
    anchor: anchorAt('a passage to mark', read.textHash, read.text),
    body: 'On the passage',
    tags: ['Figures/of all'],
  });
  const page = makeNote({ body: 'On all of it' });
  const changes = [anchored, page].map((note) => ({ type: 'put-note', note }));
  value(await from.call('notebook.apply', { documentId, changes }));
  return { notes: [anchored, page], read, content: await exportText(from, format) };
}

describe('importing an export', () => {
  it.each<ExportFormat>(['markdown', 'html', 'json-ld'])(
    'as %s brings notes, tags and the text that they were made on, and is undone',
    async (format) => {
      const { notes, content, read } = await exported(format);
      const into = await open({ 'copy.txt': text });
      const documentId = into.idOf('copy.txt');
      const events: EventName[] = [];
      into.core.subscribe('a window', (event) => events.push(event));
      const planned = await into.plan({ 'export.x': content });
      expect(planned).toMatchObject({
        documents: [{ documentId, foundBy: 'content', added: 2, unplaced: 0, state: 'new' }],
        badRecords: [],
        notices: [],
      });
      expect(await listAllNotes(into.call)).toEqual([]);
      expect(await into.apply(planned)).toEqual({
        message: 'Imported. 2 notes came.',
        complete: true,
        undoable: true,
        documentIds: [documentId],
      });
      const { notebook } = value(await into.call('library.notebook', { documentId }));
      expect(notebook.notes).toEqual(expect.arrayContaining(notes));
      expect(await into.call('tags.list', {})).toEqual([{ name: 'Figures/of all' }]);
      expect(value(await into.call('notebook.passage', { textHash: read.textHash, start: 0, end: 3 })).exact).toBe('One');
      expect(events).toEqual(expect.arrayContaining(['notebook.restored', 'import.progress', 'tags.changed']));
      expect(await into.call('import.last', {})).toMatchObject({ last: { undoable: true } });

      expect(await into.apply(await into.plan({ again: content }))).toMatchObject({
        message: expect.stringContaining('here already'),
        undoable: false,
      });
      expect(value(await into.call('import.undo', {}))).toMatchObject({ message: expect.stringContaining('taken back') });
      expect(await listAllNotes(into.call)).toEqual([]);
      expect(await listAllDeleted(into.call)).toHaveLength(2);
      expect(await into.call('import.undo', {})).toMatchObject({ ok: false });
      expect(await into.apply(await into.plan({ again: content }), true)).toMatchObject({ message: 'Imported. 2 notes came.' });
    },
  );

  it('of another person brings their notes alone, as theirs, to be found by their name', async () => {
    const { content, notes } = await exported('markdown');
    const into = await open({ 'copy.txt': text });
    const documentId = into.idOf('copy.txt');
    const mine = makeNote({ body: 'mine' });
    const known = { ...notes[1], body: 'On all of it' } as Note;
    const changes = [mine, known].map((note) => ({ type: 'put-note', note }));
    value(await into.call('notebook.apply', { documentId, changes: [...changes, { type: 'set-tags', tags: ['my tag'] }] }));
    const planned = value(await into.core.uploads['import.plan'](packFiles({ a: content }, { creator: { name: 'Anna' } })));
    expect(planned.documents).toMatchObject([{ added: 1, same: 1 }]);
    await into.apply(planned);
    const { notebook } = value(await into.call('library.notebook', { documentId }));
    const creators = Object.fromEntries(notebook.notes.map(({ body, creator }) => [body, creator]));
    expect(creators).toEqual({ mine: undefined, 'On all of it': undefined, 'On the passage': { name: 'Anna' } });
    expect(notebook.tags).toEqual(['my tag']);
    expect((await into.call('notebook.note-choices', {})).people).toEqual(['Anna']);
    const bodiesOf = async (person: string) => {
      const query = { text: '', order: 'newest', person };
      const found = value(await into.call('notebook.notes', { query, from: 0, count: 100 }));
      return found.rows.map(({ note }) => note.body).sort();
    };
    expect(await bodiesOf('Anna')).toEqual(['On the passage']);
    expect(await bodiesOf('')).toEqual(['On all of it', 'mine']);
    expect((await into.plan({ a: content })).documents).toMatchObject([{ added: 0, same: 2 }]);
    expect(await exportText(into, 'json-ld')).not.toContain('Anna');
  });

  it('of another person who wrote on a note of mine leaves mine as it is, and brings theirs beside it, once', async () => {
    const { content, notes } = await exported('markdown');
    const into = await open({ 'copy.txt': text });
    const documentId = into.idOf('copy.txt');
    const changes = notes.map((note) => ({ type: 'put-note', note }));
    value(await into.call('notebook.apply', { documentId, changes }));
    const theirs = content.replace('On the passage', 'As Anna sees it');
    for (const [added, same] of [
      [1, 1],
      [0, 2],
    ]) {
      const planned = value(await into.core.uploads['import.plan'](packFiles({ a: theirs }, { creator: { name: 'Anna' } })));
      expect(planned.documents).toMatchObject([{ added, updated: 0, same }]);
      if (added) await into.apply(planned);
      const { notebook } = value(await into.call('library.notebook', { documentId }));
      const creators = notebook.notes.map(({ body, creator }) => [body, creator?.name]);
      expect(creators.toSorted()).toEqual([
        ['As Anna sees it', 'Anna'],
        ['On all of it', undefined],
        ['On the passage', undefined],
      ]);
    }
  });

  it('into a library without the document keeps its notes for it, under its title', async () => {
    const { content } = await exported('markdown');
    const into = await open({});
    const planned = await into.plan({ 'a.md': content });
    expect(planned.documents).toMatchObject([{ title: 'One', state: 'new', added: 2 }]);
    expect(planned.documents[0]?.foundBy).toBeUndefined();
    await into.apply(planned);
    expect((await listAllNotes(into.call)).map(({ note }) => note.body).sort()).toEqual(['On all of it', 'On the passage']);
    const rows = () => allRows(into.core.library).filter(({ title }) => title === 'One');
    expect(rows()).toMatchObject([{ missing: true, noteCount: 2 }]);
    // Taken back, its notes are in the trash, and it is not listed for these.
    expect(await into.call('import.undo', {})).toMatchObject({ ok: true });
    expect(rows()).toEqual([]);
    const { rows: deleted } = await into.call('notebook.deleted-notes', { from: 0, count: 9 });
    expect(deleted).toMatchObject([{ title: 'One' }, { title: 'One' }]);
    const [{ documentId = '', note } = {}] = deleted;
    await into.call('notebook.apply', { documentId, changes: [{ type: 'restore-note', noteId: note?.id ?? '' }] });
    expect(rows()).toMatchObject([{ missing: true, noteCount: 1 }]);
  });

  it('says which notes have no place in a document that is another by now', async () => {
    const { content } = await exported('json-ld');
    const into = await open({ 'new edition.txt': 'One\n\nNothing of it is left in this edition, which has other words.' });
    const planned = await into.plan({ x: content });
    expect(planned.documents).toMatchObject([{ foundBy: 'title', documentId: into.idOf('new edition.txt'), added: 2, unplaced: 1 }]);
  });

  it('takes several files and folders at once, and tells what is none', async () => {
    const { content } = await exported('markdown');
    const into = await open({});
    const { documents, badRecords, notices } = await into.plan({
      'vault/notes.md': content,
      'vault/other.md': '# Not of Lectern',
      'vault/broken.zip': 'PK\x03\x04',
    });
    expect(documents).toHaveLength(1);
    expect(badRecords).toEqual([{ file: 'vault/broken.zip', problem: 'The zip cannot be opened: it is damaged, or no zip file.' }]);
    expect(notices).toEqual(['“vault/other.md” is no export of Lectern’s, and is left out.']);
  });

  it('fails with a sentence for what is no export, or did not arrive whole', async () => {
    const { core, call } = await open({});
    const planOf = (file: { name: string; chunks: Uint8Array[] }) => core.uploads['import.plan'](file);
    expect(await planOf(packFiles({ 'a.md': '# A' }))).toMatchObject({ ok: false, failure: { code: 'import-empty' } });
    expect(await planOf({ name: 'x', chunks: [Buffer.from('{"name":')] })).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('did not arrive whole') },
    });
    expect(await planOf({ name: 'x', chunks: packFiles({ 'a.md': '# A' }).chunks.slice(0, 1) })).toMatchObject({ ok: false });
    expect(await call('import.apply', { planId: randomUUID(), undelete: false })).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('Choose again') },
    });
  });

  it('that was cut off by the end of Lectern is taken back at the next start, and that is said', async () => {
    const { content } = await exported('json-ld');
    const into = await open({});
    await into.apply(await into.plan({ x: content }));
    const [notebook] = await Array.fromAsync((await listAllNotes(into.call)).slice(0, 1), async ({ documentId }) => {
      const found = value(await into.call('library.notebook', { documentId }));
      return found.notebook;
    });
    await into.core.close();
    // As when it was killed before it could say that all is done.
    const journal = path.join(into.localFolder, 'import-unfinished.jsonl');
    await writeFile(journal, `${JSON.stringify({ id: notebook?.id, after: notebook })}\n`);
    const again = await openCore({ dataFolder: into.dataFolder, seedsFolder: into.seedsFolder });
    expect(await listAllNotes(again.call)).toEqual([]);
    // No file stays that holds nothing, and none is missed.
    expect(await readdir(path.join(into.dataFolder, 'notebooks'))).toEqual([]);
    expect((await again.call('app.info', {})).problems).toMatchObject([{ id: 'import:cut-off' }]);
    await expect(readFile(journal)).rejects.toThrow();
  });

  it('that was cut off and cannot be taken back is not said to be', async () => {
    const { content } = await exported('json-ld');
    const into = await open({});
    await into.apply(await into.plan({ x: content }));
    const documentId = (await listAllNotes(into.call))[0]?.documentId ?? '';
    const { notebook } = value(await into.call('library.notebook', { documentId }));
    await into.core.close();
    await writeFile(path.join(into.localFolder, 'import-unfinished.jsonl'), `${JSON.stringify({ id: documentId, after: notebook })}\n`);
    await writeFile(path.join(into.dataFolder, 'notebooks', `${documentId}.json`), JSON.stringify({ ...notebook, version: 99 }));
    const again = await openCore({ dataFolder: into.dataFolder, seedsFolder: into.seedsFolder });
    const { problems } = await again.call('app.info', {});
    expect(problems.find(({ id }) => id === 'import:cut-off')?.message).toMatch(
      /not all of what had come could be taken back\. .+ tried again/,
    );
  });

  it('that is stopped leaves no note behind', async () => {
    const content = await exportedMany();
    const into = await open({});
    const planned = await into.plan({ x: content });
    expect(planned.documents).toHaveLength(40);
    const unsubscribe = into.core.subscribe('a window', (event, payload) => {
      if (event === 'import.progress' && (payload as { done: number }).done > 20) void into.call('import.stop', {});
    });
    expect(await into.apply(planned)).toEqual({
      message: 'The import was stopped. No note of it stays.',
      complete: false,
      undoable: false,
      documentIds: [],
    });
    expect(await listAllNotes(into.call)).toEqual([]);
    expect(await listAllDeleted(into.call)).toEqual([]);
    unsubscribe();
    const again = await into.plan({ x: content });
    expect(await into.apply(again)).toMatchObject({ message: 'Imported. 40 notes came.' });
    expect(await listAllNotes(into.call)).toHaveLength(40);
  });
});

describe('closing Lectern', () => {
  it('ends an import at once, and takes it back', async () => {
    const into = await open({});
    const planned = await into.plan({ x: await exportedMany() });
    let closed: Promise<void> | undefined;
    into.core.subscribe('a window', (event) => {
      if (event === 'import.progress') closed ??= into.core.close();
    });
    expect(await into.apply(planned)).toMatchObject({ message: 'The import was stopped. No note of it stays.' });
    await closed;
    const again = await openCore({ dataFolder: into.dataFolder, seedsFolder: into.seedsFolder });
    expect(await listAllNotes(again.call)).toEqual([]);
    expect((await again.call('app.info', {})).problems).toEqual([]);
  });
});

describe('what an export or a backup from elsewhere says beside its notes', () => {
  const now = () => new Date().toISOString();
  const put = (note: Note) => ({ type: 'put-note', note });
  const read = async (opened: OpenedCore, documentId: string) => value(await opened.call('library.notebook', { documentId })).notebook;

  it('takes nothing away here, also where the document was forgotten there once, and the trash is back after undo', async () => {
    const from = await open({ 'one.txt': text });
    const there = from.idOf('one.txt');
    value(await from.call('notebook.apply', { documentId: there, changes: [put(makeNote({ body: 'old' }))] }));
    value(await forgetDocument(from.call, there));
    const fresh = makeNote({ body: 'new', createdAt: now(), modifiedAt: now() });
    value(await from.call('notebook.apply', { documentId: there, changes: [put(fresh)] }));
    const content = await exportText(from, 'json-ld');

    const into = await open({ 'one.txt': text });
    const id = into.idOf('one.txt');
    const gone = makeNote({ body: 'in the trash' });
    const changes = [
      put(gone),
      { type: 'delete-note', noteId: gone.id, at: now() },
      { type: 'set-tags', tags: ['mine'] },
      { type: 'set-title', title: 'My title' },
    ];
    value(await into.call('notebook.apply', { documentId: id, changes }));
    const before = await read(into, id);
    await into.apply(await into.plan({ 'notes.jsonld': content }));
    expect(await read(into, id)).toMatchObject({
      title: 'My title',
      tags: ['mine'],
      notes: [{ body: 'new' }],
      deletedNotes: [{ note: gone }],
    });
    value(await into.call('import.undo', {}));
    const undone = await read(into, id);
    expect(undone).toMatchObject({ title: 'My title', tags: ['mine'], notes: [] });
    expect(undone.deletedNotes.map(({ note }) => note.body)).toEqual(['in the trash', 'new']);
    expect(undone.forgottenAt).toEqual(before.forgottenAt);
  });

  it('is taken as far as it is of the document, and nothing that merging or forgetting counts on', async () => {
    const from = await open({ 'one.txt': text });
    const id = from.idOf('one.txt');
    value(
      await from.call('notebook.apply', { documentId: id, changes: [put(makeNote({ body: 'words' })), { type: 'set-tags', tags: ['a'] }] }),
    );
    const content = (await exportText(from, 'json-ld')).replace(
      /"notebook": ?\{/,
      `"notebook":{"sameAs":"${id}","forgottenAt":"${now()}","purgedNotes":[],"tagCounts":{"mine":2},"fieldTimes":{"sameAs":"${now()}"},`,
    );
    for (const files of [{ 'one.txt': text }, {} as Record<string, string>]) {
      const into = await open(files);
      await into.apply(await into.plan({ 'notes.jsonld': content }));
      const notebook = await read(into, id);
      expect(notebook).toMatchObject({ tags: ['a'], notes: [{ body: 'words' }] });
      expect(Object.keys(notebook)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/sameAs|forgottenAt|purgedNotes|tagCounts|fieldTimes/)]),
      );
    }
  });
});
