import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Args, ok, type Settings, settingsSchema } from '#api';
import {
  allowReopening,
  documentChanged,
  documentDrawn,
  doNotReopen,
  openDocument,
  reloadDocument,
  reopenLast,
  updateOpen,
} from '../../../renderer/state/actions/documents';
import { setBridge } from '../../../renderer/state/client';
import { setReaderHandle } from '../../../renderer/state/reader-handle';
import { getState, setState, store } from '../../../renderer/state/store';
import { waitFor } from '../wait-for';
import { info, makeHandle, makeHost, makeNotebook, makeRow } from './support';

const opened: string[] = [];
const patches: Args<'settings.update'>['patch'][] = [];
const row = makeRow('aaaaaaaa', { title: 'Last' });
const { bridge } = makeHost({
  'library.open': ({ documentId }) => {
    opened.push(documentId);
    const source = { format: 'text', rawHash: '0'.repeat(64) };
    return ok({ document: row, source, notebook: makeNotebook(documentId), revision: 0 }) as never;
  },
  'settings.update': ({ patch }) => {
    patches.push(patch);
    return ok(settingsSchema.parse({}));
  },
  'notebook.apply': () => ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: 1 }),
});
const settings = (part: Partial<Settings> = {}): Settings => ({ ...settingsSchema.parse({}), lastDocumentId: row.id, ...part });
/** What the host was told last about reopening. */
const told = (): boolean | undefined => patches.findLast((patch) => patch.reopenLast !== undefined)?.reopenLast;

beforeAll(() => setBridge(bridge));
beforeEach(() => {
  opened.length = 0;
  patches.length = 0;
  setState({ ...store.getInitialState(), info, settings: settings(), documents: new Map([[row.id, row]]), open: undefined });
});
afterEach(() => {
  setReaderHandle(undefined);
  vi.unstubAllGlobals();
});

const draw = () => documentDrawn(getState().open?.opening ?? 0, { outline: [], paragraphCount: 1 });

test('the document that was open last is opened again', async () => {
  reopenLast(settings());
  await waitFor(() => expect(getState().open?.phase).toBe('drawing'));
  expect(opened).toEqual([row.id]);
  expect(getState().notices).toEqual([]);
});

test('one that Lectern broke on is not, which is said, and it can be', async () => {
  reopenLast(settings({ reopenLast: false }));
  const [notice] = getState().notices;
  expect(notice?.message).toContain('“Last” is not opened by itself this time');
  expect(opened).toEqual([]);
  notice?.action?.run();
  await waitFor(() => expect(opened).toEqual([row.id]));
});

test('one that is not found yet is waited for while the library is read, and told or opened once', async () => {
  for (const isAllowed of [false, true]) {
    setState({
      documents: new Map(),
      open: undefined,
      notices: [],
      scanning: true,
      list: { total: 0, from: 0, ids: [], places: new Map() },
    });
    reopenLast(settings({ reopenLast: isAllowed }));
    setState({ libraryVersion: 1 });
    expect(getState().notices).toEqual([]);
    setState({ documents: new Map([[row.id, row]]) });
    setState({ libraryVersion: 2 });
    expect(getState().notices).toHaveLength(isAllowed ? 0 : 1);
    expect(getState().open?.documentId).toBe(isAllowed ? row.id : undefined);
  }
  await waitFor(() => expect(opened).toEqual([row.id]));
});

test('a document may be opened again once it is drawn, or left in peace, but not in the midst of it', async () => {
  await openDocument(row.id);
  expect(told()).toBe(false);
  draw();
  expect(told()).toBe(true);
  await openDocument(row.id, { goal: { type: 'offset', offset: 0 } });
  expect(told()).toBe(true);
});

test('a crash forbids it until a document is opened anew', async () => {
  await openDocument(row.id);
  draw();
  doNotReopen();
  expect(told()).toBe(false);
  allowReopening();
  expect(told()).toBe(false);
  setState({ open: undefined });
  await openDocument(row.id);
  draw();
  expect(told()).toBe(true);
});

test('a document that is read again before it is where it was to be opened goes there all the same', async () => {
  const goal = { type: 'note', noteId: 'note' } as const;
  await openDocument(row.id, { goal });
  await reloadDocument();
  expect(getState().open).toMatchObject({ phase: 'drawing', goal });
  const { opening = 0 } = getState().open ?? {};
  let top: number | undefined;
  setReaderHandle(makeHandle(row.id, { topOffset: () => top }));
  // It was on its way there.
  updateOpen(opening, { goal: undefined });
  await reloadDocument();
  expect(getState().open?.goal).toEqual(goal);
  top = 7;
  await reloadDocument();
  expect(getState().open?.goal).toEqual({ type: 'offset', offset: 7 });
});

test('a document whose file changed between finding and reading it is opened once more, and what then fails is told', async () => {
  const failure = { code: 'document-changed', message: 'It was changed.' } as const;
  await openDocument(row.id, { goal: { type: 'name', name: 'part' } });
  const { opening = 0 } = getState().open ?? {};
  // It was on its way there when the text broke off.
  updateOpen(opening, { goal: undefined });
  await documentChanged(opening, failure);
  expect(opened).toEqual([row.id, row.id]);
  expect(getState().open).toMatchObject({ phase: 'drawing', goal: { type: 'name', name: 'part' } });
  await documentChanged(getState().open?.opening ?? 0, failure);
  expect(opened).toHaveLength(2);
  expect(getState().open).toMatchObject({ phase: 'failed', failure });
  // A late word of an earlier opening says nothing of this one.
  await documentChanged(0, failure);
  expect(opened).toHaveLength(2);
});
