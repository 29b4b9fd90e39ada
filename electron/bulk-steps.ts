import { type Emit, type Failure, fail, ok } from '#api';
import { changesOf, inversesOf, type NotebookChange, type NotebookEdit } from '#model';
import { addCounts, countEdit, countOthers, type EditCount, noCount } from './bulk-wording';
import type { Log } from './log';
import type { BulkRecords, NotebookCalls } from './notebook';
import { createPause } from './pacing';
import type { TagPlans } from './tag-plans';

interface Surroundings {
  notebookCalls: Pick<NotebookCalls, 'changeAsPart'>;
  plans: Pick<TagPlans, 'read' | 'isLocked'>;
  records: Pick<BulkRecords, 'add'>;
  emit: Emit;
  log: Log;
}

/** A notebook that is to be changed. */
export interface Target {
  documentId: string;
  edit: NotebookEdit;
}

/** The changes of one notebook, and those that take them back where they are to be recorded. */
export interface Step {
  documentId: string;
  changes: NotebookChange[];
  undo?: NotebookChange[];
  counts: EditCount;
}

/** How far one change of many came. */
export interface Made {
  count: EditCount;
  failure?: Failure;
  isStopped?: boolean;
}

interface MakeOptions {
  /** How many steps there are, where that is known; it can be told late. */
  total?: () => number;
  signal?: AbortSignal;
}

/** The steps of changes of many: what each notebook is changed by, and how that is made. */
export interface BulkSteps {
  /** What `edit` changes of each notebook at `at`, one after the other. */
  stepsOf(targets: Iterable<Target>, at: string): AsyncIterable<Step>;
  /** Makes steps, batch by batch, once each is in the record. What cannot be read ends it, like what cannot be written. */
  make(editId: string, steps: AsyncIterable<Step>, options?: MakeOptions): Promise<Made>;
  /** The tags that came by the steps that were made since this was asked for last. */
  takeCame(): string[];
}

/** Notebooks whose changes are noted at once, and then made at the same time. */
const AT_ONCE = 16;
/** Notes that are deleted by one change: the notebook is gone through for each. */
const DELETED_AT_ONCE = 500;

export function createBulkSteps({ notebookCalls, plans, records, emit, log }: Surroundings): BulkSteps {
  const pause = createPause();
  const came = new Set<string>();

  async function* stepsOf(targets: Iterable<Target>, at: string): AsyncGenerator<Step> {
    for (const { documentId, edit } of targets) {
      await pause();
      const notebook = await plans.read(documentId);
      const isLocked = plans.isLocked(documentId);
      if (!notebook || isLocked) {
        yield { documentId, changes: [], counts: { ...noCount(), ...(isLocked ? { locked: 1 } : { gone: 1 }) } };
        continue;
      }
      const changes = changesOf(notebook, edit, at);
      const counts = { ...countEdit(notebook, changes), others: countOthers(notebook, edit) };
      if (edit.type !== 'delete-notes' && edit.type !== 'remove-record') {
        yield { documentId, changes, undo: inversesOf(notebook, changes), counts };
        continue;
      }
      for (let start = 0; start < changes.length; start += DELETED_AT_ONCE) {
        const slice = changes.slice(start, start + DELETED_AT_ONCE);
        // The document counts once, however many slices it has.
        const documents = edit.type === 'remove-record' && start === 0 ? 1 : 0;
        yield { documentId, changes: slice, undo: inversesOf(notebook, slice), counts: { ...countEdit(notebook, slice), documents } };
        await pause();
      }
    }
  }

  const write = async (editId: string, batch: readonly Step[]): Promise<Failure | undefined> => {
    const lines = batch.flatMap(({ documentId, changes, undo }) => (undo ? [{ documentId, done: changes, undo }] : []));
    const added = lines.length > 0 ? await records.add(editId, lines) : ok(null);
    if (!added.ok) return added.failure;
    const written = await Promise.all(batch.map(({ documentId, changes }) => notebookCalls.changeAsPart(documentId, changes)));
    for (const each of written) if (each.ok) for (const name of each.value) came.add(name);
    // Of one that was forgotten meanwhile there is nothing to change.
    return written.flatMap((each) => (each.ok || each.failure.code === 'document-not-found' ? [] : [each.failure]))[0];
  };

  const makeAll = async (editId: string, steps: AsyncIterable<Step>, { total = () => 0, signal }: MakeOptions): Promise<Made> => {
    const made: Made = { count: noCount() };
    let done = 0;
    let batch: Step[] = [];
    for await (const step of steps) {
      if (signal?.aborted) return { ...made, isStopped: true };
      done += 1;
      made.count = addCounts(made.count, step.counts);
      if (step.changes.length > 0) batch.push(step);
      if (batch.length < AT_ONCE) continue;
      const failure = await write(editId, batch);
      batch = [];
      if (failure) return { ...made, failure };
      if (total() > 0) emit('bulk.progress', { done: Math.min(done, total()), total: total() });
    }
    if (signal?.aborted) return { ...made, isStopped: true };
    const failure = batch.length > 0 ? await write(editId, batch) : undefined;
    return failure ? { ...made, failure } : made;
  };

  return {
    stepsOf,
    async make(editId, steps, options = {}) {
      try {
        return await makeAll(editId, steps, options);
      } catch (error) {
        log.error('a change of many documents could not be gone on with', error);
        return { count: noCount(), failure: fail('write-failed', 'What is needed for it could not be read.').failure };
      }
    },
    takeCame() {
      const names = [...came];
      came.clear();
      return names;
    },
  };
}
