import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok, type Result } from '#api';
import type { Target } from '../../../../electron/interchange/import';
import { createEngine, createTurns, type Incoming, openUnfinishedImport, type Source } from '../../../../electron/interchange/import';
import type { UnfinishedChange, UnfinishedImport } from '../../../../electron/interchange/import/unfinished';
import { makeFolder } from '../../host-fixtures';
import { waitFor } from '../../wait-for';
import { note, notebook } from '../export/fixtures';
import { openTarget } from './library';

const notebooks = [1, 2, 3, 4].map((number) => {
  const whole = notebook(`document-${number}`, [note({ body: `note ${number}` })]);
  return { ...whole, identity: { ...whole.identity, rawHash: String(number).repeat(64) } };
});
const incoming: Incoming = { notebooks, tags: [], text: async () => undefined, files: [], archives: [], versions: async () => [] };
const source = async (): Promise<Result<Source>> => ok({ incoming, sizeOf: () => 0, close: async () => undefined });

const silent = { warn: () => undefined };

/** An unfinished import in memory. */
function keepUnfinished(): UnfinishedImport & { entries: UnfinishedChange[] } {
  const entries: UnfinishedChange[] = [];
  return {
    entries,
    async add(entry) {
      entries.push(entry);
      return ok(null);
    },
    async *changes() {
      yield* entries.toReversed();
    },
    close: async () => {},
    async end() {
      entries.length = 0;
    },
  };
}

const engineFor = (target: Target, unfinished?: UnfinishedImport, turns = createTurns()) =>
  createEngine<Source>({
    wording: {
      noun: 'import',
      chosenMeanwhile: 'Choose again.',
      takenBack: 'Taken back.',
      nothingDone: 'Nothing was done',
      describe: ({ record, failure }) => `${record.notebooks.length} ${failure?.code}`,
    },
    turns,
    openTarget: () => target,
    unfinished,
    freeRoom: async () => 1e9,
    onProgress: () => undefined,
    onTags: () => undefined,
    log: { info: () => undefined, warn: () => undefined },
    pause: () => undefined,
  });

const live = (target: Target): string[] => [...target.notebooks()].flatMap(({ notes }) => notes.map(({ body }) => body));

async function planned(engine: ReturnType<typeof engineFor>): Promise<string> {
  const plan = await engine.plan(source);
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value.id;
}

describe('what must be done in whole', () => {
  it('is taken back at once where it ends early, and leaves no trace', async () => {
    const { target, give } = openTarget({ room: 2 });
    const update: Target['update'] = async (id, next) => {
      const written = await target.update(id, next);
      if (!written.ok) give(2);
      return written;
    };
    const engine = engineFor({ ...target, update }, keepUnfinished());
    expect(await engine.apply(await planned(engine), false)).toEqual(ok({ message: '0 disk-full', complete: false, undoable: false }));
    expect([...target.notebooks()].flatMap(({ notes, deletedNotes }) => [...notes, ...deletedNotes])).toEqual([]);
    expect(engine.last()).toBeUndefined();
  });

  it('can be taken back later where even that fails', async () => {
    const { target, give } = openTarget({ room: 2 });
    const engine = engineFor(target, keepUnfinished());
    expect(await engine.apply(await planned(engine), false)).toEqual(ok({ message: '2 disk-full', complete: false, undoable: true }));
    give(10);
    expect(await engine.undo()).toMatchObject({ ok: true });
    expect(live(target)).toEqual([]);
  });
});

describe('what was cut off in its midst', () => {
  it('is taken back without a trace at the next start, but for what was changed since', async () => {
    const { target } = openTarget();
    const own = note({ body: 'my own' });
    await target.update('document-2', () => ({
      ...notebook('document-2', [own]),
      identity: notebooks[1]?.identity ?? notebook('x', []).identity,
    }));
    const unfinished = keepUnfinished();
    let left = 3;
    const cut: Target = {
      ...target,
      // As when the process is killed after the third, which is noted already.
      update(id, next) {
        left -= 1;
        return left < 0 ? new Promise(() => undefined) : target.update(id, next);
      },
    };
    const engine = engineFor(cut, unfinished);
    void engine.apply(await planned(engine), false);
    await waitFor(() => expect(unfinished.entries).toHaveLength(4));
    expect(live(target)).toEqual(expect.arrayContaining(['my own', 'note 1', 'note 2', 'note 3']));
    await target.update('document-3', (present) => {
      if (!present) throw new Error('It has not come.');
      return { ...present, notes: present.notes.map((each) => ({ ...each, body: 'changed since' })) };
    });

    expect(await engineFor(target, unfinished).recover(target)).toEqual({ documents: 4, failures: [] });
    expect(live(target).sort()).toEqual(['changed since', 'my own']);
    expect([...target.notebooks()].flatMap(({ deletedNotes }) => deletedNotes)).toEqual([]);
    expect([...target.notebooks()].map(({ id }) => id).sort()).toEqual(['document-2', 'document-3']);
    expect(unfinished.entries).toEqual([]);
    expect(await engineFor(target, unfinished).recover(target)).toEqual({ documents: 0, failures: [] });
  });

  it('is read from its file, but for a line that was not written whole', async () => {
    const file = path.join(await makeFolder(), 'journal.jsonl');
    const unfinished = openUnfinishedImport(file, silent);
    const read = (from = file) => Array.fromAsync(openUnfinishedImport(from, silent).changes());
    expect(await read()).toEqual([]);
    const [first, second] = notebooks.map((after) => ({ id: after.id, before: undefined, after: JSON.parse(JSON.stringify(after)) }));
    if (!first || !second) throw new Error('There are no notebooks');
    await unfinished.add(first);
    await unfinished.add(second);
    await appendFile(file, '{"id":"document-3","after":{');
    expect(await read()).toEqual([second, first]);
    // A line that was cut off takes no other along.
    const another = openUnfinishedImport(file, silent);
    await another.add(first);
    await another.close();
    expect(await read()).toEqual([first, second, first]);
    await unfinished.end();
    const nowhere = path.join(file, 'no folder');
    expect([await read(nowhere), await openUnfinishedImport(nowhere, silent).add(first)]).toEqual([[], ok(null)]);
    expect(await read()).toEqual([]);
  });

  it('is no more at all where nothing of it was begun', async () => {
    const file = path.join(await makeFolder(), 'import.jsonl');
    await writeFile(file, '{"id":"document-3","after":{');
    const { target } = openTarget();
    expect(await engineFor(target, openUnfinishedImport(file, silent)).recover(target)).toEqual({ documents: 0, failures: [] });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('is told and kept where it could not be taken back, and is taken back before the next', async () => {
    const unfinished = keepUnfinished();
    const { target, give } = openTarget({ room: 1 });
    const after = notebooks[0];
    if (!after) throw new Error('There are no notebooks');
    await target.update(after.id, () => after);
    await unfinished.add({ id: after.id, before: undefined, after });
    const engine = engineFor(target, unfinished);
    expect(await engine.recover(target)).toEqual({ documents: 1, failures: [expect.objectContaining({ code: 'disk-full' })] });
    expect(await engine.apply(await planned(engine), false)).toMatchObject({ ok: false, failure: { code: 'disk-full' } });
    expect([unfinished.entries.length, live(target)]).toEqual([1, ['note 1']]);
    give(10);
    expect(await engine.apply(await planned(engine), false)).toMatchObject({ ok: true });
    expect(live(target)).toHaveLength(4);
    expect(await engine.undo()).toMatchObject({ ok: true });
    expect(live(target)).toEqual([]);
  });
});

describe('what may be done in part', () => {
  it('is done in full the second time, and both parts are taken back together', async () => {
    const { target, give } = openTarget({ room: 2 });
    const engine = engineFor(target);
    await engine.apply(await planned(engine), false);
    expect(live(target)).toEqual(['note 1', 'note 2']);
    give(20);
    expect(await engine.apply(await planned(engine), false)).toMatchObject({ ok: true, value: { complete: true } });
    expect(live(target)).toHaveLength(4);
    await engine.undo();
    expect(live(target)).toEqual([]);
  });

  it('is taken back only while nothing else was brought since, where it is told what is meant', async () => {
    const { target } = openTarget();
    const engine = engineFor(target);
    const first = await planned(engine);
    await engine.apply(first, false);
    await target.update('document-2', () => notebook('document-2', []));
    const second = await planned(engine);
    await engine.apply(second, false);
    const had = live(target);
    expect(await engine.undo(first)).toMatchObject({ ok: false, failure: { code: 'problem-solved' } });
    expect(live(target)).toEqual(had);
    expect(await engine.undo(second)).toMatchObject({ ok: true });
  });
});

describe('two that change the library', () => {
  it('do so one after the other', async () => {
    const { target } = openTarget();
    const turns = createTurns();
    const [one, other] = [engineFor(target, undefined, turns), engineFor(target, keepUnfinished(), turns)];
    const [first, second] = [await planned(one), await planned(other)];
    const both = await Promise.all([one.apply(first, false), other.apply(second, false)]);
    expect(both.map((each) => each.ok)).toEqual([true, false]);
    expect(await other.apply(second, false)).toMatchObject({ ok: true });
  });
});
