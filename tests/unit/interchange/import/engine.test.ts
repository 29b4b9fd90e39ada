import { describe, expect, it } from 'vitest';
import { ok, type Result } from '#api';
import type { Target } from '../../../../electron/interchange/import';
import { createEngine, createTurns, type Incoming, type Source } from '../../../../electron/interchange/import';
import { note, notebook } from '../export/fixtures';
import { openTarget } from './library';

const notebooks = [1, 2, 3, 4].map((number) => notebook(`document-${number}`, [note({ body: `note ${number}` })]));
const incoming: Incoming = { notebooks, tags: [], text: async () => undefined, files: [], archives: [], versions: async () => [] };
const source = async (): Promise<Result<Source>> => ok({ incoming, sizeOf: () => 0, close: async () => undefined });

const engineFor = (target: Target, isAllOrNothing: boolean, turns = createTurns()) =>
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
    isAllOrNothing,
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
    const engine = engineFor({ ...target, update }, true);
    expect(await engine.apply(await planned(engine), false)).toEqual(ok({ message: '0 disk-full', complete: false, undoable: false }));
    expect([...target.notebooks()].flatMap(({ notes, deletedNotes }) => [...notes, ...deletedNotes])).toEqual([]);
    expect(engine.last()).toBeUndefined();
  });

  it('can be taken back later where even that fails', async () => {
    const { target, give } = openTarget({ room: 2 });
    const engine = engineFor(target, true);
    expect(await engine.apply(await planned(engine), false)).toEqual(ok({ message: '2 disk-full', complete: false, undoable: true }));
    give(10);
    expect(await engine.undo()).toMatchObject({ ok: true });
    expect(live(target)).toEqual([]);
  });
});

describe('what may be done in part', () => {
  it('is done in full the second time, and both parts are taken back together', async () => {
    const { target, give } = openTarget({ room: 2 });
    const engine = engineFor(target, false);
    await engine.apply(await planned(engine), false);
    expect(live(target)).toEqual(['note 1', 'note 2']);
    give(20);
    expect(await engine.apply(await planned(engine), false)).toMatchObject({ ok: true, value: { complete: true } });
    expect(live(target)).toHaveLength(4);
    await engine.undo();
    expect(live(target)).toEqual([]);
  });
});

describe('two that change the library', () => {
  it('do so one after the other', async () => {
    const { target } = openTarget();
    const turns = createTurns();
    const [one, other] = [engineFor(target, false, turns), engineFor(target, true, turns)];
    const [first, second] = [await planned(one), await planned(other)];
    const both = await Promise.all([one.apply(first, false), other.apply(second, false)]);
    expect(both.map((each) => each.ok)).toEqual([true, false]);
    expect(await other.apply(second, false)).toMatchObject({ ok: true });
  });
});
