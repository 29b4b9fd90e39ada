import { beforeEach, expect, test } from 'vitest';
import { fail, ok, type Result } from '#api';
import type { NotebookChange } from '#model';
import { setBridge } from '../../../renderer/state/client';
import { afterSaving, askNotes, countUnsavedChanges, createRepeat } from '../../../renderer/state/listed-notes';
import { notebookSaving } from '../../../renderer/state/notebook-sync';
import { makeHost } from './support';

let disk: Result<{ savedAt: string; revision: number }> = ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: 1 });
const calls: string[] = [];
const { bridge } = makeHost({
  'notebook.apply': () => {
    calls.push('apply');
    return disk;
  },
  'library.notebook': () => fail('document-not-found', 'It is of no interest here.'),
  'notebook.notes': ({ query: { text } }) => {
    calls.push('notes');
    return text === 'overtaken' ? fail('cancelled', 'A newer one came.') : ok({ total: 0, from: 0, rows: [], found: 0, within: 0 });
  },
});
setBridge(bridge);
beforeEach(() => void calls.splice(0));

const change: NotebookChange = { type: 'delete-note', noteId: '01890000-0000-7000-8000-000000000000', at: '2026-01-01T00:00:00.000Z' };
const query = (text: string) => ({ text, order: 'newest' }) as const;

test('before the first question, and only then, it is saved what this window has changed', async () => {
  const ask = afterSaving(askNotes);
  notebookSaving.enqueue('document', change);
  expect(await ask(query(''), 0, 10)).toEqual({ total: 0, from: 0, rows: [], found: 0, within: 0 });
  expect(calls).toEqual(['apply', 'notes']);
  notebookSaving.enqueue('document', change);
  await ask(query(''), 0, 10);
  expect(calls).toEqual(['apply', 'notes', 'notes']);
  await notebookSaving.flush();
});

test('what cannot be saved is counted, without the place in the text, and the question is asked all the same', async () => {
  disk = fail('disk-full', 'The disk is full.');
  notebookSaving.enqueue('document', change);
  notebookSaving.enqueue('document', { type: 'set-position', position: { offset: 1, progress: 0.5 }, at: '2026-01-01T00:00:00.000Z' });
  expect(countUnsavedChanges()).toBe(0);
  await afterSaving(askNotes)(query(''), 0, 10);
  expect(calls.at(-1)).toBe('notes');
  expect(countUnsavedChanges()).toBe(1);
  disk = ok({ savedAt: '2026-01-01T00:00:00.000Z', revision: 2 });
  await notebookSaving.flush();
  expect(countUnsavedChanges()).toBe(0);
});

test('a question that a newer one took the place of has no answer', async () => {
  expect(await askNotes(query('overtaken'), 0, 10)).toBeUndefined();
});

test('what is asked for while it is done is done once more, also after an error, which is told', async () => {
  let done = 0;
  const errors: unknown[] = [];
  const gate = Promise.withResolvers<void>();
  const act = async () => {
    done += 1;
    if (done > 1) return;
    await gate.promise;
    throw new Error('It broke.');
  };
  const repeat = createRepeat(act, (error) => void errors.push(error));
  for (let time = 0; time < 5; time += 1) repeat();
  gate.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect([done, errors.length]).toEqual([2, 1]);
  repeat();
  expect(done).toBe(3);
});
