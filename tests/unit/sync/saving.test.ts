import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Failure } from '#api';
import { applyChange, emptyNotebook, type Notebook, type NotebookChange, type TagChange } from '#model';
import { queueChange, queueTagChange } from '../../../renderer/sync/pending';
import { createSaving, type SavingState } from '../../../renderer/sync/saving';
import { waitFor } from '../wait-for';

const title = (text: string): NotebookChange => ({ type: 'set-title', title: text });
const tags = (...names: string[]): NotebookChange => ({ type: 'set-tags', tags: names });
const full: Failure = { code: 'disk-full', message: 'The disk is full.' };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A disk that can be made to refuse, and what arrived on it. */
function makeDisk() {
  const saved: NotebookChange[][] = [];
  const sent: NotebookChange[][] = [];
  const states: SavingState['state'][] = [];
  const disk = { failure: undefined as Failure | undefined, throws: false };
  const saving = createSaving<NotebookChange>({
    async save(_documentId, changes) {
      if (disk.throws) throw new Error('The host is gone.');
      if (disk.failure) return disk.failure;
      saved.push(changes);
      return undefined;
    },
    queue: queueChange,
    send: (_documentId, changes) => sent.push(changes),
    onState: ({ state }) => states.push(state),
  });
  return { disk, saved, sent, states, saving };
}

test('changes in quick succession are saved together, and only then is it said that they are', async () => {
  const { saved, states, saving } = makeDisk();
  saving.enqueue('a', title('One'));
  saving.enqueue('a', title('Two'));
  saving.enqueue('a', tags('x'));
  expect(states.at(-1)).toBe('saving');
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(saved).toEqual([[title('Two'), tags('x')]]);
  expect(states.at(-1)).toBe('saved');
  expect(saving.hasUnsaved()).toBe(false);
});

test('typing without a pause is saved all the same', async () => {
  const { saved, saving } = makeDisk();
  for (let key = 1; key <= 20; key += 1) {
    saving.enqueue('a', title(`${key} keys`));
    await vi.advanceTimersByTimeAsync(150);
  }
  expect(saved[0]).toEqual([title('14 keys')]);
});

test('sends everything at once when the window goes, also behind what is on its way', async () => {
  const { saved, sent, saving } = makeDisk();
  saving.enqueue('a', title('First'));
  const flushed = saving.flush();
  saving.enqueue('a', tags('last words'));
  saving.sendAll();
  expect(sent).toEqual([[title('First'), tags('last words')]]);
  // The window stayed after all.
  await flushed;
  await vi.advanceTimersByTimeAsync(300);
  expect(saved.flat()).toEqual([title('First'), tags('last words')]);
  saving.sendAll();
  expect(sent).toHaveLength(1);
});

test('tells what of a document is not on the disk yet, also while it is on its way', async () => {
  const { disk, saving } = makeDisk();
  disk.failure = full;
  saving.enqueue('a', title('First'));
  const flushed = saving.flush();
  saving.enqueue('a', tags('then'));
  saving.enqueue('b', tags('another'));
  expect(saving.unsavedOf('a')).toEqual([title('First'), tags('then')]);
  await flushed;
  expect(saving.unsavedOf('a')).toEqual([title('First'), tags('then')]);
  disk.failure = undefined;
  await saving.flush();
  expect(saving.unsavedOf('a')).toEqual([]);
});

test('what could not be saved stays, is tried again, and is saved once there is room', async () => {
  const { disk, saved, states, saving } = makeDisk();
  disk.failure = full;
  saving.enqueue('a', title('Kept'));
  expect(await saving.flush()).toEqual(full);
  expect(states.at(-1)).toBe('failed');
  saving.enqueue('a', tags('later'));
  expect(states.at(-1)).toBe('failed');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(saved).toEqual([]);
  disk.failure = undefined;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(saved.flat()).toEqual([title('Kept'), tags('later')]);
  expect(states.at(-1)).toBe('saved');
});

test('a lost host is a failure with a sentence, not an exception', async () => {
  const { disk, saving } = makeDisk();
  disk.throws = true;
  saving.enqueue('a', title('Kept'));
  expect((await saving.flush())?.message).toContain('The host is gone.');
  disk.throws = false;
  expect(await saving.flush()).toBeUndefined();
});

test('a flush waits for a save that is under way and for what came meanwhile', async () => {
  const answers: (() => void)[] = [];
  const saved: NotebookChange[][] = [];
  const saving = createSaving<NotebookChange>({
    queue: queueChange,
    save: (_documentId, changes) =>
      new Promise((resolve) => {
        saved.push(changes);
        answers.push(() => resolve(undefined));
      }),
    send: () => undefined,
    onState: () => undefined,
  });
  saving.enqueue('a', title('One'));
  const first = saving.flush();
  saving.enqueue('a', title('Two'));
  const second = saving.flush();
  answers.shift()?.();
  await waitFor(() => expect(answers).toHaveLength(1));
  answers.shift()?.();
  await Promise.all([first, second]);
  expect(saved).toEqual([[title('One')], [title('Two')]]);
  expect(saving.hasUnsaved()).toBe(false);
});

test('a flush also waits for what was written in another document meanwhile', async () => {
  const answers: (() => void)[] = [];
  const saving = createSaving({
    save: (documentId) => new Promise((resolve) => (documentId === 'a' ? answers.push(() => resolve(undefined)) : resolve(undefined))),
    send: () => undefined,
    queue: queueChange,
    onState: () => undefined,
  });
  saving.enqueue('a', title('One'));
  const flushed = saving.flush();
  saving.enqueue('b', title('Two'));
  answers.shift()?.();
  expect(await flushed).toBeUndefined();
  expect(saving.hasUnsaved()).toBe(false);
});

/** A notebook without what is recorded of how it came about: needless steps are not sent. */
const withoutRecords = ({ tagCounts: _counts, fieldTimes: _times, ...each }: Notebook) => each;

test('however saves fail in between, in the end the disk has what the window has', async () => {
  const change = fc.oneof(
    fc.string({ minLength: 1 }).map((text) => title(`t${text.trim()}`)),
    fc.array(fc.constantFrom('a', 'b', 'c')).map((names) => tags(...names)),
    fc.constantFrom('unread', 'reading', 'finished').map((status): NotebookChange => ({ type: 'set-status', status })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(change, fc.boolean(), fc.boolean())), async (steps) => {
      const start = emptyNotebook('0123456789', { paths: [], rawHash: '0'.repeat(64), history: [] });
      let [window, disk]: [Notebook, Notebook] = [start, start];
      let fails = false;
      const saving = createSaving<NotebookChange>({
        queue: queueChange,
        async save(_documentId, changes) {
          if (fails) return full;
          disk = changes.reduce(applyChange, disk);
          return undefined;
        },
        send: () => undefined,
        onState: () => undefined,
      });
      for (const [each, flush, failing] of steps) {
        fails = failing;
        window = applyChange(window, each);
        saving.enqueue('a', each);
        if (flush) await saving.flush();
      }
      fails = false;
      await saving.flush();
      expect(withoutRecords(disk)).toEqual(withoutRecords(window));
    }),
  );
});

test('of what waits for one tag, a change of another kind stays', () => {
  const isOwn = { type: 'set-tag-alias', name: 'coast' } as const;
  const isPink = { type: 'set-tag-colour', name: 'Coast', colour: 'pink' } as const;
  const isGreen = { type: 'set-tag-colour', name: 'coast', colour: 'green' } as const;
  expect([isOwn, isPink, isGreen].reduce<TagChange[]>(queueTagChange, [])).toEqual([isOwn, isGreen]);
});
