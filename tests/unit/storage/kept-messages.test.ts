import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DataProblem } from '#api';
import { applyChange, type Notebook } from '#model';
import { type KeptMessages, openKeptMessages, openNotebooks, openTags } from '../../../electron/notebook';
import { create, ID, keepLog, makeDataFolder, makeNote, notebookPath, putNote, readJson } from '../notebook/fixtures';

const message = (id: string, text = `what happened to ${id}`): DataProblem => ({ id, message: text, path: `/data/${id}` });

const keepIn = async (localFolder: string) => {
  const log = keepLog();
  return { messages: await openKeptMessages({ localFolder, log }), log };
};

const fileIn = (localFolder: string) => path.join(localFolder, 'messages.json');

describe('messages that nothing on the disk tells again', () => {
  it('are there at the next start, each once, until they are put away', async () => {
    const localFolder = await makeDataFolder();
    const { messages } = await keepIn(localFolder);
    for (const id of ['one', 'two', 'three']) messages.add(message(id));
    messages.add(message('two', 'it happened again'));
    await messages.flush();

    const { messages: second } = await keepIn(localFolder);
    expect(second.list()).toEqual([message('one'), message('three'), message('two', 'it happened again')]);
    expect([second.remove('one'), second.remove('one')]).toEqual([true, false]);
    await second.flush();
    expect((await keepIn(localFolder)).messages.list().map(({ id }) => id)).toEqual(['three', 'two']);
  });

  it('are of one state when many come at once', async () => {
    const localFolder = await makeDataFolder();
    const { messages } = await keepIn(localFolder);
    const ids = Array.from({ length: 30 }, (_, index) => `message ${index}`);
    await Promise.all(
      ids.map((id) => {
        messages.add(message(id));
        return messages.flush();
      }),
    );
    expect((await keepIn(localFolder)).messages.list().map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ['cut off', '{"version":1,"messages":[{"id":'],
    ['something else', '{"version":1,"messages":7}'],
  ])('begin anew where their file is %s, which is logged', async (_, content) => {
    const localFolder = await makeDataFolder();
    await writeFile(fileIn(localFolder), content);
    const { messages, log } = await keepIn(localFolder);
    expect(messages.list()).toEqual([]);
    expect(log.lines.join()).toContain('messages.json');
  });

  it('stay for this run where they cannot be kept, and are kept once they can', async () => {
    const localFolder = path.join(await makeDataFolder(), 'local');
    const { messages, log } = await keepIn(localFolder);
    await writeFile(localFolder, 'a file in the way');
    messages.add(message('one'));
    await messages.flush();
    await messages.flush();
    expect(messages.list()).toEqual([message('one')]);
    expect(log.lines).toHaveLength(1);
    await rm(localFolder);
    await messages.flush();
    expect((await keepIn(localFolder)).messages.list()).toEqual([message('one')]);
  });
});

describe('a conflict with another machine', () => {
  /** A notebook with some notes, open in a folder with LOCAL beside it. */
  async function running(count = 1) {
    const folder = await makeDataFolder();
    const [dataFolder, localFolder] = [path.join(folder, 'data'), path.join(folder, 'local')];
    await mkdir(dataFolder);
    /** What the file of messages held whenever a notebook was about to be written. */
    const keptBefore: string[] = [];
    const claim = async () => {
      keptBefore.push(await readFile(fileIn(localFolder), 'utf8').catch(() => ''));
      return undefined;
    };
    const start = async () => {
      const { messages } = await keepIn(localFolder);
      const store = await openNotebooks({ dataFolder, messages, claim, log: keepLog(), backupDelay: null });
      onTestFinished(() => store.close());
      return { messages, store };
    };
    const notes = Array.from({ length: count }, (_, index) => makeNote(`begun ${index}`));
    const first = await start();
    await first.store.apply(ID, notes.map(putNote), create());
    const begun = (await readJson(notebookPath(dataFolder))) as Notebook;
    const rewritten = (index: number, body: string, modifiedAt: string) => {
      const note = { ...(notes[index] ?? makeNote('')), body: `${body} ${index}`, modifiedAt };
      return { type: 'put-note' as const, note };
    };
    /** Both write in one note: here, and in the file as another machine does. */
    const conflict = async (index = 0) => {
      await first.store.apply(ID, [rewritten(index, 'ours', '2025-11-22T11:00:00.000Z')], create());
      await writeFile(notebookPath(dataFolder), JSON.stringify(applyChange(begun, rewritten(index, 'theirs', '2025-11-22T10:30:00.000Z'))));
    };
    return { dataFolder, keptBefore, rewritten, start, conflict, ...first };
  }
  const told = (messages: KeptMessages) => messages.list().map((each) => each.message);
  const oneNote = expect.stringContaining('One note was changed on both sides');

  it('that is merged while Lectern closes is told at the next start', async () => {
    const { start, conflict, store } = await running();
    await conflict();
    await store.close();
    const { messages } = await start();
    expect(told(messages)).toEqual([oneNote]);
  });

  it('in the file is kept before the merged notebook is written', async () => {
    const { conflict, store, keptBefore } = await running();
    await conflict();
    keptBefore.length = 0;
    await store.close();
    expect(keptBefore).toEqual([expect.stringContaining('changed on both sides')]);
  });

  it('in a conflict copy is kept before the merged notebook is written', async () => {
    const { dataFolder, start, conflict, store, keptBefore } = await running();
    const ours = notebookPath(dataFolder);
    await conflict();
    await rename(ours, path.join(dataFolder, 'notebooks', `${ID}.sync-conflict-20260102-030405-ABCDEFG.json`));
    await store.close();
    keptBefore.length = 0;
    await start();
    expect(keptBefore).toEqual([expect.stringContaining('changed on both sides')]);
  });

  it('is told beside an earlier one on another note, and in place of one on the same', async () => {
    const { start, conflict, store } = await running(2);
    await conflict(0);
    await store.apply(ID, [{ type: 'set-status', status: 'finished' }], create());
    await conflict(1);
    await store.apply(ID, [{ type: 'set-status', status: 'reading' }], create());
    await store.close();
    expect(told((await start()).messages)).toHaveLength(2);
  });

  it('is told where the last change of a window meets what it did not know, also while it closes', async () => {
    const { dataFolder, rewritten, start, store, keptBefore } = await running();
    const begun = (await readJson(notebookPath(dataFolder))) as Notebook;
    await writeFile(notebookPath(dataFolder), JSON.stringify(applyChange(begun, rewritten(0, 'theirs', '2025-11-22T10:30:00.000Z'))));
    keptBefore.length = 0;
    const basedOn = '2025-11-22T10:00:00.000Z';
    await store.apply(ID, [{ ...rewritten(0, 'ours', '2025-11-22T11:00:00.000Z'), basedOn }], create());
    // The window goes on in what it has written.
    const further = { ...rewritten(0, 'ours, and more', '2025-11-22T11:01:00.000Z'), basedOn: '2025-11-22T11:00:00.000Z' };
    await store.apply(ID, [further], create());
    expect(store.get(ID)?.notes[0]?.history.map(({ body }) => body)).toContain('theirs 0');
    await store.close();
    expect(keptBefore[0]).toContain('changed on both sides');
    expect(told((await start()).messages)).toEqual([oneNote]);
  });

  it('is none where a window changes what came in, knowing it', async () => {
    const { dataFolder, rewritten, start, store } = await running();
    const begun = (await readJson(notebookPath(dataFolder))) as Notebook;
    await writeFile(notebookPath(dataFolder), JSON.stringify(applyChange(begun, rewritten(0, 'theirs', '2025-11-22T10:30:00.000Z'))));
    const change = { ...rewritten(0, 'ours', '2025-11-22T11:00:00.000Z'), basedOn: '2025-11-22T10:30:00.000Z' };
    await store.apply(ID, [change], create());
    await store.close();
    expect(told((await start()).messages)).toEqual([]);
  });

  it('is not told again once it was put away', async () => {
    const { start, conflict, store } = await running();
    await conflict();
    await store.close();
    const { messages, store: second } = await start();
    expect(told(messages)).toEqual([oneNote]);
    for (const { id } of messages.list()) messages.remove(id);
    await second.close();
    await messages.flush();
    expect(told((await start()).messages)).toEqual([]);
  });
});

it('keeps that tags could not be read, where there is nothing to choose, until it is put away', async () => {
  const folder = await makeDataFolder();
  const [dataFolder, localFolder] = [path.join(folder, 'data'), path.join(folder, 'local')];
  await mkdir(dataFolder);
  await writeFile(path.join(dataFolder, 'tags.json'), '{"half');
  const first = (await keepIn(localFolder)).messages;
  await openTags({ dataFolder, messages: first, log: keepLog() });
  await first.flush();
  const { messages } = await keepIn(localFolder);
  const tags = await openTags({ dataFolder, messages, log: keepLog() });
  expect([...messages.list(), ...tags.problems()]).toMatchObject([{ id: 'tags:quarantined' }]);
});
