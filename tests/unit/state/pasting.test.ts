import { beforeEach, expect, test } from 'vitest';
import { documentNotFound, fail, type ImportOutcome, ok, type Result, settingsSchema } from '#api';
import { emptyHistory } from '#model';
import { pasteAsDocument } from '../../../renderer/state/actions/pasting';
import { redoChange, undoChange } from '../../../renderer/state/actions/undo';
import { setBridge } from '../../../renderer/state/client';
import { getState, setState } from '../../../renderer/state/store';
import { waitFor } from '../wait-for';
import { info, makeHost } from './support';

const ID = 'document-1';
let clip = ok({ text: 'Pasted words.', html: '' });
let withdrawal: Result<null> = ok(null);
let outcome: ImportOutcome = { name: '', documentId: ID };
let withdrawals = 0;
/** What the library has of what was pasted. */
const held = new Set<string>();
const { bridge } = makeHost({
  'shell.read-clipboard': () => clip,
  'library.withdraw'({ documentId }) {
    withdrawals += 1;
    if (withdrawal.ok && !held.delete(documentId)) return documentNotFound();
    return withdrawal;
  },
  'library.open': () => documentNotFound(),
  'library.notebook': () => documentNotFound(),
});
const handedOver: string[] = [];
const noticed = () => getState().notices.map(({ message }) => message);

beforeEach(() => {
  setBridge({
    ...bridge,
    async upload(upload, file) {
      const words = await (file as File).text();
      handedOver.push(`${upload} ${(file as File).name} ${words}`);
      if (outcome.documentId !== ID) return outcome as never;
      // A content has the same id each time.
      const documentId = words === 'Pasted words.' ? ID : words;
      held.add(documentId);
      return { ...outcome, name: `stored as ${words}`, documentId } as never;
    },
  });
  setState({ info, settings: settingsSchema.parse({}), view: { type: 'start' }, open: undefined, notices: [], history: emptyHistory });
  handedOver.length = 0;
  withdrawals = 0;
  held.clear();
  clip = ok({ text: 'Pasted words.', html: '' });
  withdrawal = ok(null);
  outcome = { name: '', documentId: ID };
});

test('a pasted document is one step of undo, in the library and where it is open, and comes again', async () => {
  await pasteAsDocument();
  expect(handedOver).toEqual(['library.import Pasted words.txt Pasted words.']);
  expect(getState().open?.documentId).toBe(ID);
  expect(noticed()).toContain('“stored as Pasted words.” is in the library.');
  undoChange();
  await waitFor(() => expect(getState().history.future).toHaveLength(1));
  expect(withdrawals).toBe(1);
  expect(getState().open).toBeUndefined();
  redoChange();
  await waitFor(() => expect(getState().history.past).toHaveLength(1));
  expect(handedOver).toHaveLength(2);
  expect(getState().history.future).toEqual([]);
});

test('keys that come faster than the host answers take back one document each, and bring each again', async () => {
  for (const text of ['One.', 'Two.', 'Three.']) {
    clip = ok({ text, html: '' });
    await pasteAsDocument();
  }
  handedOver.length = 0;
  for (let press = 0; press < 3; press++) undoChange();
  await waitFor(() => expect(held).toEqual(new Set()));
  await waitFor(() => expect(getState().history.future).toHaveLength(3));
  for (let press = 0; press < 3; press++) redoChange();
  await waitFor(() => expect(getState().history.past).toHaveLength(3));
  expect(handedOver.map((each) => each.split(' ').at(-1))).toEqual(['One.', 'Two.', 'Three.']);
  expect(held.size).toBe(3);
  expect(getState().history.future).toEqual([]);
});

test('a document that a key took back is not taken back once more by the button, and comes again', async () => {
  await pasteAsDocument();
  const button = getState().notices.at(-1)?.action;
  undoChange();
  button?.run();
  redoChange();
  await waitFor(() => expect(handedOver).toHaveLength(2));
  expect(held).toEqual(new Set([ID]));
});

test('a document that cannot be put back says why, and can be brought again later', async () => {
  await pasteAsDocument();
  outcome = { name: '', failure: fail('disk-full', 'The disk is full.').failure };
  undoChange();
  redoChange();
  await waitFor(() => expect(noticed()).toContain('The disk is full.'));
  outcome = { name: '', documentId: ID };
  redoChange();
  await waitFor(() => expect(held).toEqual(new Set([ID])));
});

test('what cannot be taken back any more says why, and does not stand in the way of what was done before', async () => {
  await pasteAsDocument();
  withdrawal = fail('document-changed', 'You have written on it.');
  undoChange('library');
  await waitFor(() => expect(getState().history.past).toEqual([]));
  expect(noticed()).toContain('You have written on it.');
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
