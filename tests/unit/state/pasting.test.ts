import { beforeEach, expect, test } from 'vitest';
import { documentNotFound, fail, type ImportOutcome, ok, type Result, settingsSchema } from '#api';
import { emptyHistory } from '#model';
import { redoChange, undoChange } from '../../../renderer/state/actions/notebooks';
import { pasteAsDocument } from '../../../renderer/state/actions/pasting';
import { setBridge } from '../../../renderer/state/client';
import { getState, setState } from '../../../renderer/state/store';
import { waitFor } from '../wait-for';
import { info, makeHost } from './support';

const ID = 'document-1';
let clip = ok({ text: 'Pasted words.', html: '' });
let withdrawal: Result<null> = ok(null);
let outcome: ImportOutcome = { name: '', documentId: ID };
let withdrawals = 0;
const { bridge } = makeHost({
  'shell.read-clipboard': () => clip,
  'library.withdraw'() {
    withdrawals += 1;
    return withdrawal;
  },
  'library.open': () => documentNotFound(),
  'library.notebook': () => documentNotFound(),
});
const handedOver: string[] = [];

beforeEach(() => {
  setBridge({
    ...bridge,
    async upload(upload, file) {
      handedOver.push(`${upload} ${(file as File).name} ${await (file as File).text()}`);
      return outcome as never;
    },
  });
  setState({ info, settings: settingsSchema.parse({}), view: { type: 'start' }, open: undefined, notices: [], history: emptyHistory });
  handedOver.length = 0;
  clip = ok({ text: 'Pasted words.', html: '' });
  withdrawal = ok(null);
  outcome = { name: '', documentId: ID };
});

test('a pasted document is one step of undo, in the library and where it is open, and comes again', async () => {
  await pasteAsDocument();
  expect(handedOver).toEqual(['library.import Pasted words.txt Pasted words.']);
  expect(getState().open?.documentId).toBe(ID);
  undoChange();
  await waitFor(() => expect(getState().history.future).toHaveLength(1));
  expect(withdrawals).toBe(1);
  expect(getState().open).toBeUndefined();
  redoChange();
  await waitFor(() => expect(getState().history.past).toHaveLength(1));
  expect(handedOver).toHaveLength(2);
  expect(getState().history.future).toEqual([]);
});

test('what cannot be taken back any more says why, and does not stand in the way of what was done before', async () => {
  await pasteAsDocument();
  withdrawal = fail('document-changed', 'You have written on it.');
  undoChange('library');
  await waitFor(() => expect(getState().history.past).toEqual([]));
  expect(getState().notices.map(({ message }) => message)).toContain('You have written on it.');
  expect(getState().open?.documentId).toBe(ID);
});

test('what the library has is opened, and is no step of undo', async () => {
  outcome = { name: '', documentId: ID, wasKnown: true };
  await pasteAsDocument();
  expect(getState().open?.documentId).toBe(ID);
  expect(getState().history).toEqual(emptyHistory);
});

test('an empty clipboard is said to be so', async () => {
  clip = ok({ text: '', html: '' });
  await pasteAsDocument();
  expect(handedOver).toEqual([]);
  expect(getState().notices.at(-1)?.message).toMatch(/nothing on the clipboard/);
});
