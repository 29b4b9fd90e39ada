import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { NotebookStore } from '../../../electron/notebook';
import { collectGarbage } from '../collect-garbage';
import { create, ID, makeDataFolder, makeNote, notebookPath, open, putNote, readJson } from './fixtures';

/** Notebooks that are packed as soon as they rest. */
const openResting = async (dataFolder: string) => open(dataFolder, undefined, undefined, { restAfter: 0 });

/** Waits until nothing keeps the notebook as the object that it is now. */
async function untilPacked(store: NotebookStore): Promise<void> {
  const object = new WeakRef(store.get(ID) ?? expect.fail());
  await expect
    .poll(() => {
      collectGarbage();
      return object.deref() === undefined;
    })
    .toBe(true);
}

it('packs a notebook again once it was saved and rests, and goes on counting its changes', async () => {
  const store = await openResting(await makeDataFolder());
  for (const body of ['first', 'second']) await store.apply(ID, [putNote(makeNote(body))], create());
  await untilPacked(store);
  const notebook = store.get(ID) ?? expect.fail();
  expect([notebook.notes.map(({ body }) => body), store.revisionOf(notebook)]).toEqual([['first', 'second'], 2]);
  expect(await store.apply(ID, [putNote(makeNote('third'))], create())).toMatchObject({ value: { revision: 3 } });
  expect(store.revisionOf(notebook)).toBe(2);
  await untilPacked(store);
  expect(store.revisionOf(store.get(ID) ?? expect.fail())).toBe(3);
});

it('packs it again after the library wrote what its document is, with the same count', async () => {
  const store = await openResting(await makeDataFolder());
  await store.apply(ID, [putNote(makeNote('first'))], create());
  await untilPacked(store);
  await store.changeIdentity(ID, (identity) => ({ ...identity, rawHash: 'b'.repeat(64) }));
  await untilPacked(store);
  const notebook = store.get(ID) ?? expect.fail();
  expect([notebook.identity.rawHash, store.revisionOf(notebook)]).toEqual(['b'.repeat(64), 1]);
});

it('packs it again after it was restored, and after another machine wrote it', async () => {
  const dataFolder = await makeDataFolder();
  const store = await openResting(dataFolder);
  await store.update(ID, () => ({ ...create()(), notes: [makeNote('restored')] }));
  await untilPacked(store);
  const theirs = { ...((await readJson(notebookPath(dataFolder))) as object), tags: ['theirs'] };
  await writeFile(notebookPath(dataFolder), JSON.stringify(theirs));
  await store.apply(ID, [{ type: 'set-status', status: 'reading' }], create());
  const before = store.outline(ID);
  await untilPacked(store);
  const notebook = store.get(ID) ?? expect.fail();
  expect(notebook).toMatchObject({ tags: ['theirs'], status: 'reading', notes: [{ body: 'restored' }] });
  expect(store.revisionOf(notebook)).toBe(3);
  // Lists look at it no more than before.
  expect(store.outline(ID)).toBe(before);
});
