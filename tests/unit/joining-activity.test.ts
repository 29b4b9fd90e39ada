import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openOwnFolder } from './changed-documents';
import { arrive, EDITED, notebookOf, openMarked, value } from './harbour-documents';
import { forgetDocument } from './host-fixtures';

test('that documents were joined is told among what changed, and is taken back there as long as that is possible', async () => {
  const opened = await openMarked();
  const { id, call, core } = opened;
  await opened.write('second.txt', EDITED);
  const fromId = await arrive(opened, 'second.txt');
  const fromTitle = core.library.summary(fromId)?.title;
  const told = async () =>
    (await call('notebook.activities', { from: 0, count: 2 })).rows.flatMap(({ activity, obstacle }) =>
      'fromId' in activity ? [{ type: activity.type, fromTitle: activity.fromTitle, obstacle }] : [],
    );
  value(await call('join.apply', { fromId, intoId: id }));
  expect(await told()).toEqual([{ type: 'document-joined', fromTitle, obstacle: undefined }]);
  value(await call('join.undo', { fromId, intoId: id }));
  expect(await told()).toEqual([
    { type: 'document-parted', fromTitle, obstacle: expect.stringContaining('Say that they are the same again') },
    { type: 'document-joined', fromTitle, obstacle: expect.stringContaining('an earlier one no longer') },
  ]);
  value(await call('join.apply', { fromId, intoId: id }));
  expect((await told()).map(({ obstacle }) => obstacle === undefined)).toEqual([true, false]);
  value(await call('join.undo', { fromId, intoId: id }));
  // Its title is not told any more once it is forgotten.
  value(await forgetDocument(call, fromId));
  expect(await told()).toEqual([]);
});

/** Two documents that were joined, before Lectern was closed, with notes of both. */
async function makeJoined() {
  const first = await openMarked();
  const { id, call } = first;
  await first.write('second.txt', EDITED);
  const fromId = await arrive(first, 'second.txt');
  const [own] = await first.mark('second.txt', EDITED, ['The children would count']);
  value(await call('notebook.apply', { documentId: fromId, changes: [{ type: 'set-tags', tags: ['Sea'] }] }));
  value(await call('join.apply', { fromId, intoId: id }));
  await first.core.close();
  return { first, id, fromId, own, folder: path.join(first.localFolder, 'joinings') };
}

test('documents that were joined are parted again after the next start, too, with what was written since', async () => {
  const { first, id, fromId, own, folder } = await makeJoined();
  const opened = await openOwnFolder(first);
  const { call } = opened;
  const joined = async () =>
    (await call('notebook.activities', { from: 0, count: 9 })).rows.find(({ activity }) => activity.type === 'document-joined');
  expect(await joined()).not.toHaveProperty('obstacle');
  const edited = { ...own, body: 'edited since', modifiedAt: new Date().toISOString() };
  value(await call('notebook.apply', { documentId: id, changes: [{ type: 'put-note', note: edited }] }));
  value(await call('join.undo', { fromId, intoId: id }));
  expect(opened.row('second.txt')).toMatchObject({ id: fromId, noteCount: 1, tags: ['Sea'] });
  expect((await notebookOf(opened, fromId)).notes).toMatchObject([{ id: own?.id, body: 'edited since' }]);
  expect(opened.row('harbour.txt')).toMatchObject({ id, noteCount: 3, tags: [], missing: false });
  expect((await joined())?.obstacle).toContain('on the machine where that was done');
  expect(await readdir(folder)).toEqual([]);
});

test('what takes a joining back goes with either document when that is forgotten, and what cannot be read takes nothing back', async () => {
  const { first, id, fromId, folder } = await makeJoined();
  const [name = ''] = await readdir(folder);
  const file = path.join(folder, name);
  const whole = await readFile(file, 'utf8');
  await writeFile(file, whole.slice(0, -10));
  const opened = await openOwnFolder(first);
  expect(await opened.call('join.undo', { fromId, intoId: id })).toMatchObject({ ok: false, failure: { code: 'problem-solved' } });
  expect(opened.row('second.txt')).toMatchObject({ id, noteCount: 4 });
  await writeFile(file, whole);
  value(await forgetDocument(opened.call, id));
  expect(await readdir(folder)).toEqual([]);
});
