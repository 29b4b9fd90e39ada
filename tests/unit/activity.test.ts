import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { NotebookChange } from '#model';
import { makeNote, type OpenedCore, openCore } from './host-fixtures';

const list = async ({ call }: OpenedCore) => {
  const { rows } = await call('notebook.activities', { from: 0, count: 100 });
  return rows.map(({ activity }) => activity);
};

test('what windows do to records, tags and notes is kept, and is still there after a restart', async () => {
  const first = await openCore();
  const documentId = await first.seedId();
  const note = makeNote({ body: 'words', tags: ['old'] });
  const changes: NotebookChange[][] = [
    [
      { type: 'put-note', note },
      { type: 'set-status', status: 'reading' },
    ],
    [{ type: 'set-title', title: 'Mine' }],
    [{ type: 'set-status', status: 'finished' }],
    [{ type: 'set-tags', tags: ['coast'] }],
    [{ type: 'put-note', note: { ...note, tags: ['new'], modifiedAt: '2026-01-02T03:05:00.000Z' }, basedOn: note.modifiedAt }],
    [{ type: 'delete-note', noteId: note.id, at: '2026-01-03T00:00:00.000Z' }],
    [{ type: 'restore-note', noteId: note.id }],
  ];
  for (const each of changes) await first.call('notebook.apply', { documentId, changes: each });
  await first.call('tags.apply', { changes: [{ type: 'set-tag-colour', name: 'coast', colour: 'pink' }] });
  const expected = [
    { type: 'tag-coloured', name: 'coast', to: 'pink' },
    { type: 'note-restored', noteId: note.id },
    { type: 'note-tagged', noteId: note.id, from: ['old'], to: ['new'] },
    { type: 'document-tagged', from: [], to: ['coast'] },
    { type: 'field-set', field: 'status', from: 'reading', to: 'finished' },
    { type: 'field-set', field: 'title', to: 'Mine' },
    { type: 'note-made', noteId: note.id },
  ];
  expect(await list(first)).toMatchObject(expected);
  expect(await readdir(path.join(first.dataFolder, 'journal'))).toHaveLength(1);
  await first.core.close();
  const second = await openCore({ dataFolder: first.dataFolder });
  await second.core.library.ready;
  expect(await list(second)).toMatchObject(expected);
});

test('a document that is dropped, and what was removed for good, are one entry each; a file that was there already is none', async () => {
  const opened = await openCore();
  const documentId = await opened.seedId();
  const drop = async () => {
    const bytes = Buffer.from('A new document, with words.');
    const file = {
      name: 'new.txt',
      size: bytes.length,
      chunks: (async function* () {
        yield bytes;
      })(),
    };
    return opened.core.uploads['library.import'](file);
  };
  await drop();
  await drop();
  expect(await list(opened)).toMatchObject([{ type: 'document-added', title: 'A new document, with words.' }]);
  const notes = [makeNote(), makeNote()];
  const at = '2026-01-03T00:00:00.000Z';
  const put = notes.flatMap((note): NotebookChange[] => [
    { type: 'put-note', note },
    { type: 'delete-note', noteId: note.id, at },
  ]);
  await opened.call('notebook.apply', { documentId, changes: put });
  await opened.call('notebook.empty-trash', { before: '2026-02-01T00:00:00.000Z' });
  expect(await list(opened)).toMatchObject([{ type: 'notes-purged', count: 2 }, { type: 'document-added' }]);
});
