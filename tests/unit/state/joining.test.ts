import { expect, test } from 'vitest';
import { fail, ok, settingsSchema } from '#api';
import { emptyHistory, type Note, type Notebook, type NotebookChange } from '#model';
import { followForgotten } from '../../../renderer/state/actions/forgetting';
import { followGivenFile, joinDocuments, partEdition, separateDocuments } from '../../../renderer/state/actions/joining';
import { makeChanges } from '../../../renderer/state/actions/notebooks';
import { inTurn } from '../../../renderer/state/actions/turns';
import { redoChange, undoChange } from '../../../renderer/state/actions/undo';
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

/** Of each test two documents of its own: notebooks stay in the window. */
let pairs = 0;
const noteId = '01890000-0000-7000-8000-000000000001';
const at = '2026-01-01T00:00:00.000Z';
const note: Note = { id: noteId, colour: 'green', body: '', tags: [], createdAt: at, modifiedAt: at, history: [] };

/** A window with a note made on the one document, and a title on the other, of which both can be joined and parted; with what the host was asked. */
function useTwo(answers: Parameters<typeof makeHost>[0] = {}) {
  const [fromId, intoId] = [`aaaaaaaa${++pairs}`, `bbbbbbbb${pairs}`];
  const asked: string[] = [];
  const take = (notebook: Notebook): void => takeNotebook({ notebook, revision: ++revision });
  const joined = { intoId, title: 'River', hasOther: false, noteIds: [noteId] };
  let revision = 1;
  const { bridge } = makeHost({
    'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: ++revision }),
    'join.apply': () => {
      asked.push('join');
      return ok(joined);
    },
    'join.undo': () => {
      asked.push('part');
      return ok({ noteIds: [noteId] });
    },
    'join.part': () => {
      asked.push('part edition');
      return ok({ documentId: fromId, title: 'Brook' });
    },
    'join.again': () => {
      asked.push('join edition');
      return ok(joined);
    },
    'settings.update': () => ok(settingsSchema.parse({})),
    'library.open': () => fail('document-not-found', 'It is gone.'),
    'library.notebook': () => fail('document-not-found', 'It is gone.'),
    ...answers,
  });
  setBridge(bridge);
  setState({
    info,
    notices: [],
    history: emptyHistory,
    settings: settingsSchema.parse({}),
    documents: new Map([fromId, intoId].map((id) => [id, makeRow(id)])),
    view: { type: 'document' },
    open: makeOpen(fromId),
  });
  for (const id of [fromId, intoId]) takeNotebook({ notebook: makeNotebook(id), revision: 0 });
  makeChanges([{ documentId: intoId, change }], { label: 'Change title' });
  makeChanges([{ documentId: fromId, change: { type: 'put-note', note } }], { label: 'Add note' });
  return { fromId, intoId, asked, take };
}

const labels = (which: 'past' | 'future') => getState().history[which].map(({ label }) => label);
const messages = () => getState().notices.map(({ message }) => message);
const placesOfNote = () =>
  getState().history.past.flatMap(({ label, changes }) => (label === 'Add note' ? changes.map((each) => each.change.documentId) : []));
/** Waits until what undo or redo was asked for is done. */
const settled = () => inTurn(() => Promise.resolve());
const undone = () => [undoChange(), settled()][1];
const redone = () => [redoChange(), settled()][1];

test('joining two documents is one step of undo, and what was done to either before can be undone then; all of it can be made again', async () => {
  const { fromId, intoId, asked } = useTwo();
  await joinDocuments({ fromId, intoId });
  expect(getState().open?.documentId).toBe(intoId);
  expect(labels('past')).toEqual(['Change title', 'Add note', 'Join documents']);
  expect(placesOfNote()).toEqual([intoId]);
  await undone();
  expect(asked).toEqual(['join', 'part']);
  expect(getState().open?.documentId).toBe(fromId);
  expect(placesOfNote()).toEqual([fromId]);
  expect(messages()).toContain('They are two documents again.');
  await undone();
  expect(labels('future')).toEqual(['Join documents', 'Add note']);
  expect(getState().notebooks.get(fromId)?.notes).toEqual([]);
  await redone();
  await redone();
  expect(asked).toEqual(['join', 'part', 'join']);
  expect(labels('past')).toEqual(['Change title', 'Add note', 'Join documents']);
});

test('where a joining cannot be taken back any more, that is said, and what lies before it can be undone', async () => {
  const gone = 'One of the documents was joined or parted again since.';
  const { fromId, intoId, take } = useTwo({ 'join.undo': () => fail('problem-solved', gone) });
  await joinDocuments({ fromId, intoId });
  take(makeNotebook(intoId, { notes: [note] }));
  await undone();
  expect(messages()).toContain(gone);
  expect(labels('past')).toEqual(['Change title', 'Add note']);
  await undone();
  expect(getState().notebooks.get(intoId)?.notes).toEqual([]);
  setState({ view: { type: 'start' } });
  // What was said of the document that is another one's file by now is seen by nobody.
  await saving.flush();
  take(makeNotebook(fromId, { sameAs: intoId }));
  makeChanges([{ documentId: fromId, change }], { label: 'Change title' });
  await undone();
  expect(messages()).toContain('There is nothing to undo.');
});

test('a joining of which only the list of what changed knows is taken back from there, and can be made again', async () => {
  const { fromId, intoId, asked } = useTwo();
  await separateDocuments({ fromId, intoId });
  expect(labels('future')).toEqual(['Join documents']);
  await redone();
  expect(asked).toEqual(['part', 'join']);
});

test('parting an edition is one step of undo, too, and keeps what was done before', async () => {
  const { intoId, asked } = useTwo();
  expect(await partEdition(intoId, { rawHash: 'a'.repeat(64) })).toBe(true);
  expect(labels('past')).toEqual(['Change title', 'Add note', 'Part edition']);
  expect(messages()).toContain('“Brook” is a document of its own again. The notes stay with this one.');
  await undone();
  expect(messages()).toContain('It is another edition of “River” again.');
  expect(getState().open?.documentId).toBe(intoId);
  await redone();
  expect(asked).toEqual(['part edition', 'join edition', 'part edition']);
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
  await followGivenFile({ fromId: 'dddddddd', intoId: 'eeeeeeee', title: 'Another', isJoined: true, noteIds: [] });
  expect(getState().open?.documentId).toBe('cccccccc');
  await followGivenFile({ fromId: 'cccccccc', intoId: 'bbbbbbbb', title: 'River', isJoined: true, noteIds: [] });
  expect(saved).toEqual(['cccccccc']);
  expect(opened).toEqual(['bbbbbbbb']);
  expect(getState()).toMatchObject({ open: { documentId: 'bbbbbbbb' }, view: { type: 'notes' } });
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
