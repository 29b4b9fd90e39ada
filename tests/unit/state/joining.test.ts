import { expect, test } from 'vitest';
import { fail, ok, settingsSchema } from '#api';
import type { NotebookChange } from '#model';
import { followForgotten } from '../../../renderer/state/actions/forgetting';
import { followGivenFile, joinDocuments } from '../../../renderer/state/actions/joining';
import { makeChanges } from '../../../renderer/state/actions/notebooks';
import { setBridge } from '../../../renderer/state/client';
import { saving, takeNotebook } from '../../../renderer/state/notebook-sync';
import { getState, setState } from '../../../renderer/state/store';
import { info, makeHost, makeNotebook, makeOpen, makeRow } from './support';

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
    'join.apply': () => ok({ title: 'River', hasOther: false }),
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

test('a window that shows a document goes along when another one joins it: its words are saved first, and it is said what happened', async () => {
  const saved: string[] = [];
  const opened: string[] = [];
  const { bridge } = makeHost({
    'notebook.apply': ({ documentId }) => {
      saved.push(documentId);
      return ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: 3 });
    },
    'settings.update': () => ok(settingsSchema.parse({})),
    'library.open': ({ documentId }) => {
      opened.push(documentId);
      return fail('document-not-found', 'It is gone.');
    },
    'library.notebook': () => fail('document-not-found', 'It is gone.'),
  });
  setBridge(bridge);
  setState({ info, notices: [], settings: settingsSchema.parse({}), view: { type: 'notes' }, open: makeOpen('cccccccc') });
  takeNotebook({ notebook: makeNotebook('cccccccc'), revision: 2 });
  makeChanges([{ documentId: 'cccccccc', change }], { label: 'Change title' });
  await followGivenFile({ fromId: 'dddddddd', intoId: 'eeeeeeee', title: 'Another', isJoined: true });
  expect(getState().open?.documentId).toBe('cccccccc');
  await followGivenFile({ fromId: 'cccccccc', intoId: 'bbbbbbbb', title: 'River', isJoined: true });
  expect(saved).toEqual(['cccccccc']);
  expect(opened).toEqual(['bbbbbbbb']);
  expect(getState()).toMatchObject({ open: { documentId: 'bbbbbbbb' }, view: { type: 'notes' }, history: { past: [] } });
  expect(getState().notices).toMatchObject([
    { kind: 'info', message: 'This is “River” now, with its notes: it was said elsewhere that they are the same.' },
  ]);
});

test('a window that shows a document which is forgotten elsewhere says so, and shows nothing that is gone', () => {
  setBridge(makeHost({}).bridge);
  const documents = new Map([['cccccccc', makeRow('cccccccc', { title: 'River' })]]);
  setState({ info, notices: [], documents, view: { type: 'document' }, open: makeOpen('cccccccc') });
  followForgotten({ documentId: 'dddddddd', isGone: true });
  followForgotten({ documentId: 'cccccccc', isGone: false });
  expect(getState()).toMatchObject({
    open: { documentId: 'cccccccc' },
    notices: [{ message: '“River” was forgotten elsewhere, with all notes on it. Its file was not touched.' }],
  });
  followForgotten({ documentId: 'cccccccc', isGone: true });
  expect(getState().open).toBeUndefined();
  expect(getState().view).toEqual({ type: 'start' });
});
