import { expect, test } from 'vitest';
import { fail, ok, settingsSchema } from '#api';
import type { NotebookChange } from '#model';
import { joinDocuments } from '../../../renderer/state/actions/joining';
import { makeChanges } from '../../../renderer/state/actions/notebooks';
import { setBridge } from '../../../renderer/state/client';
import { saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { getState, setState } from '../../../renderer/state/store';
import { info, makeHost, makeNotebook } from './support';

const change: NotebookChange = { type: 'set-title', title: 'Mine' };

test('two documents are not joined while what was typed cannot be saved, and it is said why', async () => {
  const joined: string[] = [];
  const { bridge } = makeHost({
    'notebook.apply': () => fail('disk-full', 'The disk is full.'),
    'join.apply': ({ intoId }) => {
      joined.push(intoId);
      return fail('document-not-found', 'It is gone.');
    },
  });
  setBridge(bridge);
  setState({ info, notices: [] });
  takeNotebook({ notebook: makeNotebook('aaaaaaaa'), revision: 0 });
  makeChanges([{ documentId: 'aaaaaaaa', change }]);
  await joinDocuments({ fromId: 'aaaaaaaa', intoId: 'bbbbbbbb' });
  expect(joined).toEqual([]);
  expect(getState().notices).toMatchObject([{ kind: 'error', message: 'The disk is full.' }]);
  setBridge(makeHost({ 'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: 1 }) }).bridge);
  expect(await saving.flush()).toBeUndefined();
});

test('after two documents were joined, undo takes back nothing that was done on one of them before', async () => {
  const { bridge } = makeHost({
    'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: 2 }),
    'join.apply': () => ok({ title: 'River' }),
    'settings.update': () => ok(settingsSchema.parse({})),
    'library.open': () => fail('document-not-found', 'It is gone.'),
  });
  setBridge(bridge);
  setState({ info, notices: [], settings: settingsSchema.parse({}) });
  takeNotebook({ notebook: makeNotebook('bbbbbbbb'), revision: 0 });
  makeChanges([{ documentId: 'bbbbbbbb', change }], { label: 'Change title' });
  expect(getState().history.past).toHaveLength(1);
  await joinDocuments({ fromId: 'aaaaaaaa', intoId: 'bbbbbbbb' });
  expect(getState().history.past).toEqual([]);
});
