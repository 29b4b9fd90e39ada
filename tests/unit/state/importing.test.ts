import { beforeEach, expect, test } from 'vitest';
import type { ImportOutcome } from '#api';
import { cancelImport, importFiles } from '../../../renderer/state/actions/library';
import { setBridge } from '../../../renderer/state/client';
import { getState, setState } from '../../../renderer/state/store';
import { info, makeHost } from './support';

let received: string[];
/** Answers the file that is being copied. */
let answer: (outcome: ImportOutcome) => void;

beforeEach(() => {
  received = [];
  setBridge({
    ...makeHost({ 'app.report': () => null }).bridge,
    upload(_, { name }) {
      received.push(name);
      const copied = Promise.withResolvers<ImportOutcome>();
      answer = copied.resolve;
      return copied.promise as never;
    },
  });
  setState({ info, notices: [], announcement: undefined });
});

const files = (...names: string[]) => names.map((name) => new File(['words'], name));
const refuse = async (name: string) => {
  await expect.poll(() => received.at(-1)).toBe(name);
  answer({ name, failure: { code: 'file-not-importable', message: `“${name}” is no document.` } });
};

test('how many files are copied of how many is told while they are, with those that come meanwhile', async () => {
  const first = importFiles(files('one', 'two'));
  expect(getState().importing).toEqual({ done: 0, total: 2 });
  await refuse('one');
  await expect.poll(() => getState().importing).toEqual({ done: 1, total: 2 });
  await importFiles(files('three'));
  expect(getState().importing).toEqual({ done: 1, total: 3 });
  await refuse('two');
  await refuse('three');
  await first;
  expect(getState().importing).toBeUndefined();
  expect(getState().notices).toHaveLength(3);
});

test('a copying that is cancelled ends after the file that it is at, and says how many came', async () => {
  const ended = importFiles(files('one', 'two', 'three'));
  await expect.poll(() => received).toEqual(['one']);
  cancelImport();
  expect(getState().importing).toEqual({ done: 0, total: 3, isCancelled: true });
  answer({ name: 'one', documentId: 'aaaaaaaa' });
  await ended;
  expect(received).toEqual(['one']);
  expect(getState()).toMatchObject({ importing: undefined, view: { type: 'start' } });
  expect(getState().notices).toMatchObject([{ kind: 'info', message: 'Cancelled. 1 of 3 files was copied, and stays in the library.' }]);
});
