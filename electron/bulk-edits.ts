import { v7 as uuid } from 'uuid';
import { type BulkEdit, type BulkOutcome, type CallsOf, type Emit, type Failure, fail, ok, type Result, type TagMovePlan } from '#api';
import {
  changedDetails,
  changesOf,
  inversesOf,
  type Mover,
  moveDetails,
  moveObstacle,
  moverOf,
  type NotebookChange,
  type NotebookEdit,
  putDetailsBack,
  stillNeeded,
  type TagMove,
  tagKey,
} from '#model';
import { addCounts, countEdit, countOthers, describeEdit, describeLocked, type EditCount, noCount } from './bulk-wording';
import type { Turns } from './interchange/import';
import type { Log } from './log';
import type {
  BulkRecords,
  Journal,
  KeptMessages,
  NotebookCalls,
  NotebookStore,
  RecordLine,
  TagCalls,
  TagStore,
  TagsRecord,
} from './notebook';
import { createPause } from './pacing';
import { createTagPlans } from './tag-plans';

interface Surroundings {
  notebooks: NotebookStore;
  notebookCalls: Pick<NotebookCalls, 'find' | 'changeAsPart'>;
  tags: TagStore;
  tagCalls: Pick<TagCalls, 'list' | 'tell' | 'remember'>;
  records: BulkRecords;
  journal: Pick<Journal, 'add'>;
  messages: Pick<KeptMessages, 'add'>;
  turns: Turns;
  emit: Emit;
  log: Log;
}

/**
 * Changes of many documents or notes that are one to the reader: done completely or not at all, also where Lectern ends in their midst, and
 * taken back as one. Before a notebook is changed its changes and what takes them back are on the disk (`bulk-records.ts`).
 */
export interface BulkEdits {
  /** What moving a tag would change. */
  planMove(move: TagMove): Promise<Result<TagMovePlan>>;
  /** The tags that nothing carries. */
  unusedTags(): Promise<Result<string[]>>;
  apply(edit: BulkEdit): Promise<Result<BulkOutcome>>;
  undo(editId: string): Promise<Result<BulkOutcome>>;
  redo(editId: string): Promise<Result<BulkOutcome>>;
  /** Ends what is being applied; nothing of it stays. */
  stop(): void;
  /** Takes back what the end of Lectern cut off; for the start. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

/** What bulk edits answer. */
export const bulkCalls = (edits: BulkEdits): CallsOf<'bulk'> => ({
  'bulk.plan-move': (move) => edits.planMove(move),
  'bulk.unused-tags': () => edits.unusedTags(),
  'bulk.apply': (edit) => edits.apply(edit),
  'bulk.stop': () => {
    edits.stop();
    return null;
  },
  'bulk.undo': ({ editId }) => edits.undo(editId),
  'bulk.redo': ({ editId }) => edits.redo(editId),
});

/** Notebooks whose changes are noted at once, and then made at the same time. */
const AT_ONCE = 16;
/** Notes that are deleted by one change: the notebook is gone through for each. */
const DELETED_AT_ONCE = 500;

/** A notebook that is to be changed. */
interface Target {
  documentId: string;
  edit: NotebookEdit;
}

/** The changes of one notebook, and those that take them back where they are to be recorded. */
interface Step {
  documentId: string;
  changes: NotebookChange[];
  undo?: NotebookChange[];
}

/** How far one change of many came. */
interface Made {
  count: EditCount;
  failure?: Failure;
  isStopped?: boolean;
}

export function createBulkEdits(surroundings: Surroundings): BulkEdits {
  const { notebooks, notebookCalls, tags, tagCalls, records, journal, messages, turns, emit, log } = surroundings;
  const pause = createPause();
  let running: AbortController | undefined;
  /** Tags that came by what is under way: once that is done they are in use, also those that had gone. */
  const came = new Set<string>();

  const { names, carriersOf, isLocked, read, planMove, unused } = createTagPlans({
    notebooks,
    find: notebookCalls.find,
    list: tagCalls.list,
  });

  /** Makes the steps, batch by batch, once each is in the record. What cannot be read ends it, like what cannot be written. */
  const make: typeof makeSteps = async (editId, ...more) => {
    try {
      return await makeSteps(editId, ...more);
    } catch (error) {
      log.error('a change of many documents could not be gone on with', error);
      return { count: noCount(), failure: fail('write-failed', 'What is needed for it could not be read.').failure };
    }
  };

  const makeSteps = async (
    editId: string,
    total: number,
    steps: AsyncIterable<Step & { counts: EditCount }>,
    signal?: AbortSignal,
  ): Promise<Made> => {
    const made: Made = { count: noCount() };
    let done = 0;
    const flush = async (batch: readonly Step[]): Promise<Failure | undefined> => {
      const lines = batch.flatMap(({ documentId, changes, undo }) => (undo ? [{ documentId, done: changes, undo }] : []));
      const added = lines.length > 0 ? await records.add(editId, lines) : ok(null);
      if (!added.ok) return added.failure;
      const written = await Promise.all(batch.map(({ documentId, changes }) => notebookCalls.changeAsPart(documentId, changes)));
      for (const each of written) if (each.ok) for (const name of each.value) came.add(name);
      // Of one that was forgotten meanwhile there is nothing to change.
      return written.flatMap((each) => (each.ok || each.failure.code === 'document-not-found' ? [] : [each.failure]))[0];
    };
    let batch: Step[] = [];
    for await (const { counts, ...step } of steps) {
      if (signal?.aborted) return { ...made, isStopped: true };
      done += 1;
      made.count = addCounts(made.count, counts);
      if (step.changes.length > 0) batch.push(step);
      if (batch.length >= AT_ONCE) {
        const failure = await flush(batch);
        batch = [];
        if (failure) return { ...made, failure };
        if (total > 0) emit('bulk.progress', { done: Math.min(done, total), total });
      }
    }
    if (signal?.aborted) return { ...made, isStopped: true };
    const failure = batch.length > 0 ? await flush(batch) : undefined;
    return failure ? { ...made, failure } : made;
  };

  async function* stepsOf(targets: Iterable<Target>, at: string) {
    for (const { documentId, edit } of targets) {
      await pause();
      const notebook = await read(documentId);
      if (!notebook || isLocked(documentId)) {
        yield { documentId, changes: [], counts: { ...noCount(), ...(isLocked(documentId) ? { locked: 1 } : { gone: 1 }) } };
        continue;
      }
      const changes = changesOf(notebook, edit, at);
      const counts = { ...countEdit(notebook, changes), others: countOthers(notebook, edit) };
      if (edit.type !== 'delete-notes') {
        yield { documentId, changes, undo: inversesOf(notebook, changes), counts };
        continue;
      }
      for (let start = 0; start < changes.length; start += DELETED_AT_ONCE) {
        const slice = changes.slice(start, start + DELETED_AT_ONCE);
        yield { documentId, changes: slice, undo: inversesOf(notebook, slice), counts: countEdit(notebook, slice) };
        await pause();
      }
    }
  }

  const updateTags = async (editId: string, moves: readonly TagMove[], at: string): Promise<Result<null>> => {
    const before = tags.list();
    const after = moveDetails(before, moves, moverOf(moves, names()), at);
    const changed = changedDetails(before, after);
    const keys = new Set(changed.map(({ name }) => tagKey(name)));
    const line: RecordLine = {
      tags: { moves: [...moves], before: before.filter(({ name }) => keys.has(tagKey(name))), after: changed },
    };
    const added = await records.add(editId, [line]);
    return added.ok ? tags.update((present) => moveDetails(present, moves, moverOf(moves, names()), at)) : added;
  };

  const apply = async (edit: BulkEdit, signal: AbortSignal): Promise<Result<BulkOutcome>> => {
    if (edit.type === 'move-tags')
      for (const move of edit.moves) {
        const obstacle = moveObstacle(move);
        if (obstacle !== undefined) return fail('tag-not-movable', obstacle);
      }
    const at = new Date().toISOString();
    const known = names();
    const moves = edit.type === 'delete-unused-tags' ? await deletionsOf(edit.names) : edit.type === 'move-tags' ? edit.moves : [];
    if (edit.type === 'delete-unused-tags' && moves.length === 0) return ok({ message: 'They are in use by now, so nothing was changed.' });
    const targets = edit.type === 'move-tags' ? await targetsOfMoves(moverOf(edit.moves, known)) : targetsOf(edit);
    const editId = uuid();
    const begun = await records.begin(editId);
    if (!begun.ok) return nothingDone(begun.failure);
    const moved = moves.length > 0 ? await updateTags(editId, moves, at) : ok(null);
    const made = moved.ok ? await make(editId, targets.length, stepsOf(targets, at), signal) : { count: noCount(), failure: moved.failure };
    if (made.failure || made.isStopped) return withdraw(editId, made);
    const message = describeEdit(edit.type === 'delete-unused-tags' ? { type: 'move-tags', moves } : edit, made.count, known);
    if (moves.length === 0 && made.count.documents + made.count.notes === 0) {
      await records.remove(editId);
      return ok({ message });
    }
    return settle(editId, 'done', message);
  };

  const deletionsOf = async (chosen: readonly string[]): Promise<TagMove[]> => {
    const keys = new Set(chosen.map(tagKey));
    return (await unused()).flatMap((from) => (keys.has(tagKey(from)) ? [{ from }] : []));
  };

  const targetsOfMoves = async (mover: Mover): Promise<Target[]> =>
    (await carriersOf(mover)).map((documentId) => ({ documentId, edit: { type: 'move-tags', mover } }));

  /** Marks what was done, tells it, and notes it in the journal. */
  const settle = async (editId: string, state: 'done' | 'undone', message: string): Promise<Result<BulkOutcome>> => {
    const noted = await records.add(editId, [{ message }]);
    const marked = noted.ok ? await records.mark(editId, state) : noted;
    // It would be taken back at the next start.
    if (!marked.ok) return withdraw(editId, { count: noCount(), failure: marked.failure });
    await tagCalls.remember([...came], () => true);
    journal.add([{ type: 'changed-together', editId, message, ...(state === 'undone' && { isUndo: true }) }]);
    tagCalls.tell();
    return ok({ message, editId });
  };

  /** Takes back what was done, as if it had never been; what cannot be taken back now is at the next start. */
  const withdraw = async (editId: string, { failure, isStopped }: Made): Promise<Result<BulkOutcome>> => {
    const back = await replay(editId, 'undo');
    tagCalls.tell();
    if (back.failure)
      return fail(
        back.failure.code,
        `Not all of it was done, and what was done could not be taken back yet: ${back.failure.message} It is taken back at the next start of Lectern.`,
      );
    await records.remove(editId);
    if (isStopped || !failure) return fail('cancelled', 'It was stopped. Nothing was changed.');
    return nothingDone(failure);
  };

  /** Takes back what is recorded, or does it again, as far as what stands now is what that left. */
  const replay = async (editId: string, direction: 'undo' | 'redo'): Promise<Made & { message?: string }> => {
    const at = new Date().toISOString();
    let record: TagsRecord | undefined;
    let message: string | undefined;
    let unclear = 0;
    let isOfDocuments = false;
    async function* steps() {
      for await (const line of records.lines(editId)) {
        await pause();
        if (!line) unclear += 1;
        else if ('message' in line)
          // What was said at first: that of each time after it tells that time, too.
          message = line.message;
        else if ('tags' in line) record ??= line.tags;
        else {
          isOfDocuments = true;
          const { documentId, done, undo } = line;
          const locked = isLocked(documentId) ? 1 : 0;
          const notebook = locked ? undefined : await read(documentId);
          const [wanted, replaced] = direction === 'undo' ? [undo, done] : [done, undo];
          const changes = notebook ? stillNeeded(notebook, wanted, replaced, at) : [];
          yield { documentId, changes, counts: { ...(notebook ? countEdit(notebook, changes) : noCount()), locked } };
        }
      }
    }
    const made = await make(editId, 0, steps());
    if (made.failure) return made;
    const told = record;
    // Tags that nothing carried: those that have come in use since stay.
    const isOfUnused = told?.moves.every(({ to }) => to === undefined) && !isOfDocuments;
    const moves = told && isOfUnused ? await deletionsOf(told.moves.map(({ from }) => from)) : (told?.moves ?? []);
    const written = told
      ? direction === 'undo'
        ? await tags.update((present) => putDetailsBack(present, told, at))
        : await updateTags(editId, moves, at)
      : ok(null);
    if (!written.ok) return { ...made, failure: written.failure };
    if (moves.length > 0 && direction === 'redo') {
      // What came with a tag since is moved, too.
      const more = await make(editId, 0, stepsOf(await targetsOfMoves(moverOf(moves, names())), at));
      if (more.failure) return more;
    }
    if (unclear > 0) return { ...made, failure: fail('write-failed', 'Some of what Lectern noted of it could not be read.').failure };
    const left = describeLocked(made.count).join(' ');
    if (left && direction === 'undo') return { ...made, failure: fail('notebook-read-only', left).failure };
    return { ...made, ...(message !== undefined && { message: left ? `${message} ${left}` : message }) };
  };

  const goBack = async (editId: string, direction: 'undo' | 'redo'): Promise<Result<BulkOutcome>> => {
    const wanted = direction === 'undo' ? 'done' : 'undone';
    if (records.stateOf(editId) !== wanted)
      return fail('problem-solved', direction === 'undo' ? 'This cannot be taken back any more.' : 'This cannot be done again any more.');
    const begun = await records.mark(editId, 'begun');
    if (!begun.ok) return begun;
    const made = await replay(editId, direction);
    if (made.failure && direction === 'redo') return withdraw(editId, made);
    if (made.failure) {
      await records.mark(editId, 'done');
      tagCalls.tell();
      return fail(made.failure.code, `Not everything could be taken back: ${made.failure.message} Undo again when that is mended.`);
    }
    return settle(editId, direction === 'undo' ? 'undone' : 'done', made.message ?? '');
  };

  const inTurn = (act: (signal: AbortSignal) => Promise<Result<BulkOutcome>>): Promise<Result<BulkOutcome>> =>
    turns.change(async () => {
      running = new AbortController();
      came.clear();
      try {
        return await act(running.signal);
      } finally {
        running = undefined;
      }
    });

  return {
    planMove: (move) => turns.look(() => planMove(move)),
    unusedTags: () => turns.look(async () => ok(await unused())),
    apply: (edit) => inTurn((signal) => apply(edit, signal)),
    undo: (editId) => inTurn(() => goBack(editId, 'undo')),
    redo: (editId) => inTurn(() => goBack(editId, 'redo')),
    stop: () => running?.abort(),
    async recover() {
      for (const editId of records.ids()) {
        if (records.stateOf(editId) !== 'begun') continue;
        const { failure, message: said } = await replay(editId, 'undo');
        if (failure) log.error('what was cut off could not be taken back', failure.message);
        const marked = failure ? undefined : await records.mark(editId, 'undone');
        const message =
          marked?.ok === true
            ? said === undefined
              ? 'Lectern was ended in the midst of a change of many documents. What had been changed was taken back. Do it again.'
              : // What was done once is told in its record.
                'Lectern was ended while a change of many documents was taken back or made again. All of it is taken back now.'
            : `Lectern was ended in the midst of a change of many documents, and not all of it could be taken back. ${failure?.message ?? ''} It is tried again at the next start of Lectern.`;
        messages.add({ id: 'bulk:cut-off', message });
      }
    },
    async close() {
      running?.abort();
      await turns.ended();
    },
  };
}

const nothingDone = ({ code, message }: Failure) => fail(code, `Nothing was changed. ${message}`);

function targetsOf(edit: Exclude<BulkEdit, { type: 'move-tags' }>): Target[] {
  switch (edit.type) {
    // Nothing carries them.
    case 'delete-unused-tags':
      return [];
    case 'tag-documents':
      return edit.documentIds.map((documentId) => ({ documentId, edit: { type: 'tag-document', add: edit.add, remove: edit.remove } }));
    case 'set-status':
      return edit.documentIds.map((documentId) => ({ documentId, edit: { type: 'set-status', status: edit.status } }));
    case 'tag-notes':
    case 'delete-notes':
      return edit.notes.map(({ documentId, noteIds }) => ({ documentId, edit: { ...edit, noteIds: new Set(noteIds) } }));
  }
}
