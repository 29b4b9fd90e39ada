import { expect, test } from 'vitest';
import { arrive, EDITED, openMarked, value } from './harbour-documents';
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
  value(await call('join.undo', { intoId: id }));
  expect(await told()).toEqual([
    { type: 'document-parted', fromTitle, obstacle: expect.stringContaining('Say that they are the same again') },
    { type: 'document-joined', fromTitle, obstacle: expect.stringContaining('an earlier one no longer') },
  ]);
  value(await call('join.apply', { fromId, intoId: id }));
  expect((await told()).map(({ obstacle }) => obstacle === undefined)).toEqual([true, false]);
  value(await call('join.undo', { intoId: id }));
  // Its title is not told any more once it is forgotten.
  value(await forgetDocument(call, fromId));
  expect(await told()).toEqual([]);
});
