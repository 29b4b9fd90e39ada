import { expect, test } from 'vitest';
import { ok } from '#api';
import { emptyNotebook, type TagDetails } from '#model';
import { createTurns } from '../../electron/interchange/import';
import type { NotebookStore } from '../../electron/notebook';
import { createTagSettling } from '../../electron/tag-settling';
import { identity, keepLog } from './notebook/fixtures';
import { waitFor } from './wait-for';

/** Lets what was begun go on. */
const letGoOn = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
};

test('nothing is settled while tags are being moved back, nor after that what did not go anywhere', async () => {
  const turns = createTurns();
  let tags: readonly TagDetails[] = [{ name: 'a', movedTo: 'b' }];
  const ids = Array.from({ length: 50 }, (_, index) => `d${index}`);
  const notebooks = {
    outlines: () => ids.map((id) => ({ id })),
    outline: () => ({ tags: ['a'], noteTags: [] }),
    read: async (id: string) => ({ ...emptyNotebook(id, identity), tags: ['a'] }),
    lockedBecause: () => undefined,
    onOutsideChange: () => {},
  } as unknown as NotebookStore;
  const settled: string[] = [];
  let waiting: (() => void) | undefined;
  const { lookAtAll } = createTagSettling({
    notebooks,
    tags: { list: () => [...tags], onOutsideChange: () => {} },
    async change(id) {
      await new Promise<void>((resolve) => {
        waiting = resolve;
      });
      settled.push(id);
      return ok(null);
    },
    turns,
    log: keepLog(),
  });
  lookAtAll();
  await waitFor(() => expect(waiting).toBeDefined());
  let begun: readonly string[] = [];
  const moved = turns.change(async () => {
    begun = [...settled];
    await letGoOn();
    expect(settled).toEqual(begun);
    tags = [];
    return ok(null);
  });
  expect(begun).toEqual([]);
  waiting?.();
  expect(await moved).toEqual(ok(null));
  // The one under way was waited for; no other follows.
  expect(begun).toEqual(['d0']);
  await letGoOn();
  expect(settled).toEqual(begun);
});
