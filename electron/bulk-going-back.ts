import { type BulkOutcome, type Failure, fail, ok, type Result } from '#api';
import { type Mover, moverOf, stillNeeded } from '#model';
import type { BulkSteps, Made, Step, Target } from './bulk-steps';
import type { BulkTags } from './bulk-tags';
import { countEdit, describeLocked, noCount } from './bulk-wording';
import type { Log } from './log';
import type { BulkRecords, Journal, KeptMessages, TagCalls, TagsRecord } from './notebook';
import { createPause } from './pacing';
import type { TagPlans } from './tag-plans';

interface Surroundings {
  plans: Pick<TagPlans, 'read' | 'isLocked' | 'names'>;
  steps: BulkSteps;
  bulkTags: BulkTags;
  targetsOfMoves(mover: Mover): Promise<Target[]>;
  tagCalls: Pick<TagCalls, 'tell' | 'remember'>;
  records: BulkRecords;
  journal: Pick<Journal, 'add'>;
  messages: Pick<KeptMessages, 'add'>;
  log: Log;
}

export type Direction = 'undo' | 'redo';

/** What is left of a change of many once it was made: how it ends, and how it is taken back and made again from what was recorded. */
export interface GoingBack {
  /** Marks what was done, tells it, and notes it in the journal. `steps`: how many there were. */
  conclude(editId: string, state: 'done' | 'undone', told: { message: string; steps: number }): Promise<Result<BulkOutcome>>;
  /** Takes back what was done, as if it had never been; what cannot be taken back now is at the next start. */
  withdraw(editId: string, made: Pick<Made, 'failure' | 'isStopped'>): Promise<Result<BulkOutcome>>;
  /** Takes a change of many back, or makes it again; once stopped, it stays as it was. */
  goBack(editId: string, direction: Direction, signal: AbortSignal): Promise<Result<BulkOutcome>>;
  /** Takes back what the end of Lectern cut off; for the start. */
  recover(): Promise<void>;
}

/** What a record says beside the steps. */
interface Read {
  tags?: TagsRecord;
  /** What was said at first. */
  message?: string;
  steps: number;
  unclear: number;
  isOfDocuments: boolean;
}

export function createGoingBack(surroundings: Surroundings): GoingBack {
  const { plans, steps, bulkTags, targetsOfMoves, tagCalls, records, journal, messages, log } = surroundings;
  const pause = createPause();

  /** The steps that are recorded, taken back or made again as far as what stands now is what they left; `read` gets the rest of the record. */
  async function* stepsBack(editId: string, direction: Direction, at: string, read: Read): AsyncGenerator<Step> {
    for await (const line of records.lines(editId)) {
      await pause();
      if (!line) read.unclear += 1;
      else if ('message' in line) {
        // The first one: that of each time after it tells that time, too.
        read.message = line.message;
        read.steps = line.steps ?? 0;
      } else if ('tags' in line) read.tags ??= line.tags;
      else {
        read.isOfDocuments = true;
        const { documentId, done, undo } = line;
        const locked = plans.isLocked(documentId) ? 1 : 0;
        const notebook = locked ? undefined : await plans.read(documentId);
        const [wanted, replaced] = direction === 'undo' ? [undo, done] : [done, undo];
        const changes = notebook ? stillNeeded(notebook, wanted, replaced, at) : [];
        yield { documentId, changes, counts: { ...(notebook ? countEdit(notebook, changes) : noCount()), locked } };
      }
    }
  }

  const makeBack = async (editId: string, direction: Direction, at: string, signal?: AbortSignal): Promise<{ made: Made; read: Read }> => {
    const read: Read = { steps: 0, unclear: 0, isOfDocuments: false };
    const made = await steps.make(editId, stepsBack(editId, direction, at, read), { total: () => read.steps, signal });
    return { made, read };
  };

  /** Takes back what is recorded, or does it again. */
  const replay = async (
    editId: string,
    direction: Direction,
    signal?: AbortSignal,
  ): Promise<Made & { message?: string; steps: number }> => {
    const at = new Date().toISOString();
    const { made, read } = await makeBack(editId, direction, at, signal);
    if (made.failure || made.isStopped) return { ...made, steps: read.steps };
    const { tags, message } = read;
    // Tags that nothing carried: those that have come in use since stay.
    const isOfUnused = tags?.moves.every(({ to }) => to === undefined) && !read.isOfDocuments;
    const moves = tags && isOfUnused ? await bulkTags.deletionsOf(tags.moves.map(({ from }) => from)) : (tags?.moves ?? []);
    const written = !tags ? ok(null) : direction === 'undo' ? await bulkTags.putBack(tags, at) : await bulkTags.move(editId, moves, at);
    const ended = { ...made, steps: read.steps };
    if (!written.ok) return { ...ended, failure: written.failure };
    if (moves.length > 0 && direction === 'redo') {
      // What came with a tag since is moved, too.
      const more = await steps.make(editId, steps.stepsOf(await targetsOfMoves(moverOf(moves, plans.names())), at), { signal });
      if (more.failure || more.isStopped) return { ...more, steps: read.steps };
    }
    if (read.unclear > 0) return { ...ended, failure: fail('write-failed', 'Some of what Lectern noted of it could not be read.').failure };
    const left = describeLocked(made.count).join(' ');
    if (left && direction === 'undo') return { ...ended, failure: fail('notebook-read-only', left).failure };
    return { ...ended, ...(message !== undefined && { message: left ? `${message} ${left}` : message }) };
  };

  const conclude: GoingBack['conclude'] = async (editId, state, told) => {
    const noted = await records.add(editId, [told]);
    const marked = noted.ok ? await records.mark(editId, state) : noted;
    // It would be taken back at the next start.
    if (!marked.ok) return withdraw(editId, { failure: marked.failure });
    // Tags that came by it are in use, also those that had gone.
    await tagCalls.remember(steps.takeCame(), () => true);
    const { message } = told;
    journal.add([{ type: 'changed-together', editId, message, ...(state === 'undone' && { isUndo: true }) }]);
    tagCalls.tell();
    return ok({ message, editId });
  };

  /** Takes back what was done; a failure where that cannot be yet. */
  const takeBack = async (editId: string): Promise<Result<null>> => {
    const back = await replay(editId, 'undo');
    tagCalls.tell();
    return back.failure
      ? fail(
          back.failure.code,
          `Not all of it was done, and what was done could not be taken back yet: ${back.failure.message} It is taken back at the next start of Lectern.`,
        )
      : ok(null);
  };

  const withdraw: GoingBack['withdraw'] = async (editId, made) => {
    const back = await takeBack(editId);
    if (!back.ok) return back;
    await records.remove(editId);
    return nothingDone(made);
  };

  const undo = async (editId: string, signal: AbortSignal): Promise<Result<BulkOutcome>> => {
    const made = await replay(editId, 'undo', signal);
    // Tags come last, so the notebooks alone are to be made again.
    const again = made.isStopped ? (await makeBack(editId, 'redo', new Date().toISOString())).made : undefined;
    const failure = again ? again.failure : made.failure;
    if (!again && !failure) return conclude(editId, 'undone', { message: made.message ?? '', steps: made.steps });
    await records.mark(editId, 'done');
    tagCalls.tell();
    if (!failure) return nothingDone(made);
    return fail(failure.code, `Not everything could be taken back: ${failure.message} Undo again when that is mended.`);
  };

  const redo = async (editId: string, signal: AbortSignal): Promise<Result<BulkOutcome>> => {
    const made = await replay(editId, 'redo', signal);
    if (!made.failure && !made.isStopped) return conclude(editId, 'done', { message: made.message ?? '', steps: made.steps });
    const back = await takeBack(editId);
    if (!back.ok) return back;
    const marked = await records.mark(editId, 'undone');
    return marked.ok ? nothingDone(made) : marked;
  };

  return {
    conclude,
    withdraw,
    async goBack(editId, direction, signal) {
      const wanted = direction === 'undo' ? 'done' : 'undone';
      if (records.stateOf(editId) !== wanted)
        return fail('problem-solved', direction === 'undo' ? 'This cannot be taken back any more.' : 'This cannot be done again any more.');
      const begun = await records.mark(editId, 'begun');
      if (!begun.ok) return begun;
      return direction === 'undo' ? undo(editId, signal) : redo(editId, signal);
    },
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
  };
}

/** Why nothing was done: it was stopped, or failed. */
export const nothingDone = ({ failure, isStopped }: { failure?: Failure; isStopped?: boolean }) =>
  isStopped || !failure
    ? fail('cancelled', 'It was stopped. Nothing was changed.')
    : fail(failure.code, `Nothing was changed. ${failure.message}`);
