import { randomUUID } from 'node:crypto';
import { type BroughtOutcome, type Failure, fail, ok, type Result } from '#api';
import type { Pause } from '../../pacing';
import { type Applied, applyImport, type ImportRecord, takeBackIn, undoImport } from './apply';
import type { Incoming, Target } from './incoming';
import { type ImportPlan, planImport } from './plan';
import type { Turns } from './turns';
import type { UnfinishedImport } from './unfinished';

/** What is brought in, wherever it was read from, until it is closed. */
export interface Source {
  incoming: Incoming;
  /** Bytes of a dropped file that it has. */
  sizeOf(name: string): number;
  close(): Promise<void>;
}

/** How one kind of source is spoken of. */
export interface Wording {
  /** "restore" of "A restore is going on". */
  noun: string;
  chosenMeanwhile: string;
  takenBack: string;
  /** The beginning of what is said of a disk without room: "Nothing was restored". */
  nothingDone: string;
  describe(applied: Applied, total: number): string;
}

interface EngineOptions<S extends Source> {
  wording: Wording;
  turns: Turns;
  /** The library as it is now, for what a source brings. */
  openTarget(source: S): Target;
  /**
   * With it all is brought in, or nothing: what ends early is taken back at once, and what was cut off by the end of Lectern by `recover`.
   */
  unfinished?: UnfinishedImport;
  /** Bytes that are free where notebooks are written. */
  freeRoom(): Promise<number>;
  onProgress(done: number, total: number): void;
  /** Told when tags may be others. */
  onTags(): void;
  log: { info(message: string): void; warn(message: string, cause?: unknown): void };
  pause: Pause;
}

/** A dry run that waits to be carried out. */
export interface Planned<S extends Source> {
  id: string;
  source: S;
  plan: ImportPlan;
}

/** Brings sources of one kind in: a plan, the doing of it, and taking it back. */
export interface Engine<S extends Source> {
  /** A newer plan takes the place of an earlier one. */
  plan(open: () => Promise<Result<S>>): Promise<Result<Planned<S>>>;
  apply(planId: string, undelete: boolean): Promise<Result<BroughtOutcome>>;
  /** Lets go of a plan, and of the source that it holds, unless it is being carried out. */
  forget(planId: string): Promise<void>;
  /** Ends what is being applied after the document that it is at. */
  stop(): void;
  /** Takes back what was done last; with `planId`, only where it was done by that plan. */
  undo(planId?: string): Promise<Result<BroughtOutcome>>;
  /** Takes back what was cut off by the end of Lectern, as if it had never been. For the start, before all else. */
  recover(target: Target): Promise<Recovered>;
  /** What was done last, as long as it can be taken back. */
  last(): BroughtOutcome | undefined;
  /** Ends what is being applied and lets go of the source. */
  close(): Promise<void>;
}

/** What was cut off: how many documents it had come to, and why it could not be taken back of some yet. */
export interface Recovered {
  documents: number;
  failures: Failure[];
}

/** Bytes that are left free for what the reader writes meanwhile. */
const LEFT_FREE = 4 * 1_048_576;

export function createEngine<S extends Source>(options: EngineOptions<S>): Engine<S> {
  const { wording, turns, openTarget, unfinished, log, pause } = options;
  let planned: Planned<S> | undefined;
  /** What can be taken back: of what ended early and was done again, both parts. */
  let last: { planId: string; parts: { record: ImportRecord; target: Target }[]; outcome: BroughtOutcome } | undefined;
  let running: AbortController | undefined;
  /** Whether something of what was cut off is still to be taken back. */
  let isOwed = false;

  const forget = async () => {
    const { source } = planned ?? {};
    planned = undefined;
    await source?.close();
  };

  const plan = async (open: () => Promise<Result<S>>): Promise<Result<Planned<S>>> => {
    await forget();
    const opened = await open();
    if (!opened.ok) return opened;
    const source = opened.value;
    try {
      planned = { id: randomUUID(), source, plan: await planImport(source.incoming, openTarget(source), pause) };
      return ok(planned);
    } catch (error) {
      await source.close();
      throw error;
    }
  };

  const recover = async (target: Target): Promise<Recovered> => {
    const documents = new Set<string>();
    const failures: Failure[] = [];
    try {
      for await (const change of unfinished?.changes() ?? []) {
        const { id } = change;
        documents.add(id);
        if (!target.notebook(id) && !target.lockedBecause(id)) continue;
        const written = await takeBackIn(target, change);
        if (!written.ok) failures.push(written.failure);
      }
    } catch (error) {
      log.warn(`an ${wording.noun} that was cut off could not be read`, error);
      failures.push(fail('write-failed', 'What Lectern noted of it could not be read.').failure);
    }
    for (const { message } of failures) log.warn(`an ${wording.noun} that was cut off could not be taken back: ${message}`);
    isOwed = failures.length > 0;
    // What was cut off in the midst of its first line did nothing.
    if (!isOwed) await unfinished?.end();
    return { documents: documents.size, failures };
  };

  const apply = async (planId: string, undelete: boolean, signal: AbortSignal): Promise<Result<BroughtOutcome>> => {
    if (planned?.id !== planId) return fail('cancelled', wording.chosenMeanwhile);
    const { plan: made, source } = planned;
    const target = openTarget(source);
    // It would be forgotten with the end of this one.
    const [owed] = isOwed ? (await recover(target)).failures : [];
    if (owed) return notTakenBack(`${wording.noun} that was cut off`, owed);
    const needed = made.files.reduce((sum, name) => sum + source.sizeOf(name), made.bytes);
    const missing = needed === 0 ? 0 : needed + LEFT_FREE - (await options.freeRoom());
    if (missing > 0) return noRoom(wording.nothingDone, missing);
    const onProgress = (done: number, total: number) => {
      if (done === total || done % Math.ceil(total / 100) === 0) options.onProgress(done, total);
    };
    const applied = await applyImport(made, source.incoming, target, { undelete, signal, unfinished, onProgress });
    await forget();
    const end = unfinished && (applied.failure || applied.stopped) ? await withdraw(applied, target) : applied;
    if (end.record.notebooks.length === 0 || (!end.failure && !end.stopped)) await unfinished?.end();
    options.onTags();
    const { record, failure, stopped } = end;
    const undoable = record.notebooks.length + record.files.length > 0;
    const outcome = { message: wording.describe(end, made.notebooks.length), complete: !failure && !stopped, undoable };
    log.info(`${wording.noun}: ${record.notebooks.length} notebooks and ${record.files.length} files`);
    for (const message of applied.skipped) log.warn(message);
    if (undoable) {
      const earlier = last?.outcome.complete === false ? last.parts : [];
      last = { planId, parts: [...earlier, { record, target }], outcome };
    }
    return ok(outcome);
  };

  /** Takes back what was done, as if it had never been; where that fails, too, what is left stays in the record. */
  const withdraw = async (applied: Applied, target: Target): Promise<Applied> => {
    const { notebooks, failure } = await undoImport(applied.record, target);
    const left = failure ? applied.record.notebooks.slice(0, applied.record.notebooks.length - notebooks) : [];
    const files = failure ? applied.record.files : [];
    const counts = failure ? {} : { added: 0, changed: 0 };
    return { ...applied, record: { ...applied.record, ...counts, notebooks: left, files } };
  };

  const undo = async (planId?: string): Promise<Result<BroughtOutcome>> => {
    if (!last) return fail('problem-solved', `There is no ${wording.noun} to take back.`);
    if (planId !== undefined && planId !== last.planId)
      return fail('problem-solved', `There was another ${wording.noun} since, so that this one cannot be taken back any more.`);
    for (const { record, target } of last.parts.toReversed()) {
      const { failure } = await undoImport(record, target, new Date().toISOString());
      if (failure) return notTakenBack(wording.noun, failure);
    }
    options.onTags();
    last = undefined;
    await unfinished?.end();
    return ok({ message: wording.takenBack, complete: true, undoable: false });
  };

  return {
    plan: (open) => turns.look(() => plan(open)),
    apply: (planId, undelete) =>
      turns.change(async () => {
        running = new AbortController();
        try {
          return await apply(planId, undelete, running.signal);
        } finally {
          running = undefined;
        }
      }),
    async forget(planId) {
      if (planned?.id === planId && !running) await forget();
    },
    stop: () => running?.abort(),
    undo: (planId) => turns.change(() => undo(planId)),
    recover,
    last: () => last?.outcome,
    async close() {
      running?.abort();
      await turns.ended();
      await forget();
      await unfinished?.close();
    },
  };
}

const noRoom = (nothingDone: string, bytes: number) =>
  fail(
    'disk-full',
    `${nothingDone}: there is not enough room on the disk. Make ${Math.ceil(bytes / 1_048_576)} MB more free and try again.`,
  );

const notTakenBack = (noun: string, { code, message }: Failure) =>
  fail(code, `Not everything of the ${noun} could be taken back. ${message}`);
