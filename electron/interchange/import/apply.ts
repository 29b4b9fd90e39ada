import { type Failure, ok, type Result } from '#api';
import { type Notebook, tagKey } from '#model';
import type { Incoming, Target } from './incoming';
import { countWhole, mergeIncoming, takeBack } from './merging';
import type { ImportPlan } from './plan';
import type { UnfinishedChange, UnfinishedImport } from './unfinished';

/** What was done, so that it can be taken back. */
export interface ImportRecord {
  notebooks: { id: string; before: Notebook | undefined; after: Notebook }[];
  files: string[];
  /** Notes that came, also out of the trash, and notes that both had. */
  added: number;
  changed: number;
  /** Notes in the trash that have other words, too, or came there. */
  inTrash: number;
  /** Archived versions that came. They are not taken back: an archive only grows, and they change no note. */
  versions: number;
}

interface ApplyOptions {
  /** Whether notes come back that the reader has deleted since. */
  undelete: boolean;
  signal: AbortSignal;
  /** Is told what each notebook is about to become, where the whole must be done or nothing. */
  unfinished?: Pick<UnfinishedImport, 'add'>;
  /** Told after each notebook. */
  onProgress(done: number, total: number): void;
}

export interface Applied {
  record: ImportRecord;
  /** Why it ended before everything was done; what is in the record is whole. */
  failure?: Failure;
  /** Notebooks that may not be changed now, and what did not come along: each is told and hinders no other. */
  skipped: string[];
  stopped: boolean;
}

/**
 * Brings in what was planned, notebook by notebook, each merged with what it is at that moment. Ends at the first failed write (a
 * full disk) with what was done until then whole and in the record: doing it again does the rest.
 */
export async function applyImport(plan: ImportPlan, incoming: Incoming, target: Target, options: ApplyOptions): Promise<Applied> {
  const { undelete, signal, unfinished, onProgress } = options;
  const record: ImportRecord = { notebooks: [], files: [], added: 0, changed: 0, inTrash: 0, versions: 0 };
  const skipped: string[] = [];
  const bringTexts = async (hashes: readonly string[]): Promise<Failure | undefined> => {
    for (const hash of hashes) {
      if (signal.aborted) return undefined;
      // Without its text a note is found again by its quote alone.
      const text = await incoming.text(hash).catch(() => undefined);
      const kept = text === undefined ? undefined : await target.keepText(hash, text);
      if (kept && !kept.ok && isOfDisk(kept.failure)) return kept.failure;
    }
    return undefined;
  };
  const end = (failure?: Failure): Applied => ({ record, failure, skipped, stopped: signal.aborted });

  for (const name of plan.files) {
    if (signal.aborted) return end();
    const brought = await target.bringFile(name);
    if (!brought.ok) {
      if (isOfDisk(brought.failure)) return end(brought.failure);
      skipped.push(brought.failure.message);
    } else if (brought.value) record.files.push(name);
  }
  for (const { id, from } of plan.archives) {
    if (signal.aborted) return end();
    const brought = await target.bringVersions(id, await incoming.versions(from));
    if (brought.ok) record.versions += brought.value;
    else if (isOfDisk(brought.failure)) return end(brought.failure);
    else skipped.push(brought.failure.message);
  }
  let done = 0;
  for (const { id, incoming: notebook, texts, standing } of plan.notebooks) {
    if (signal.aborted) return end();
    const locked = target.lockedBecause(id);
    const failure = locked ? undefined : await bringTexts(texts);
    if (failure) return end(failure);
    if (signal.aborted) return end();
    if (locked) skipped.push(locked.message);
    else {
      const before = target.notebook(id);
      let merged = mergeIncoming(before, { ...notebook, id }, undelete, standing);
      const noted = merged.notebook === before ? undefined : await unfinished?.add({ id, before, after: merged.notebook });
      if (noted && !noted.ok) return end(noted.failure);
      const written = await target.update(id, (present) => {
        merged = mergeIncoming(present, { ...notebook, id }, undelete, standing);
        return merged.notebook;
      });
      if (!written.ok) return end(written.failure);
      if (written.value.before !== written.value.after) {
        record.notebooks.push({ id, ...written.value });
        const { added, changed, inTrash } = countWhole(notebook, merged);
        record.added += added;
        record.changed += changed;
        record.inTrash += inTrash;
      }
    }
    done += 1;
    onProgress(done, plan.notebooks.length);
  }
  const known = new Set(target.tags().map(({ name }) => tagKey(name)));
  const tags = plan.tags.filter(({ name }) => !known.has(tagKey(name)));
  const added = tags.length > 0 ? await target.addTags(tags) : undefined;
  return end(added && !added.ok ? added.failure : undefined);
}

/** What every further write would meet as well. */
const isOfDisk = ({ code }: Failure): boolean => code === 'disk-full' || code === 'disk-read-only';

export interface TakenBack {
  /** How many notebooks hold nothing any more of what was brought, or only what was changed since. */
  notebooks: number;
  failure?: Failure;
}

/** Takes back in one notebook what was brought. One that there was not before is no more, unless it holds something. */
export async function takeBackIn(target: Target, { id, before, after }: UnfinishedChange, at?: string): Promise<Result<null>> {
  const written = await target.update(id, (present) => takeBack(present ?? after, before, after, at));
  if (!written.ok) return written;
  return before === undefined ? target.removeNothing(id) : ok(null);
}

/**
 * Takes back what was brought and was not changed since, the last first. Ends at the first failed write; doing it again does the rest. `at`:
 * since when notes are in the trash; without it they leave no trace.
 */
export async function undoImport(record: ImportRecord, target: Target, at?: string): Promise<TakenBack> {
  let notebooks = 0;
  for (const change of record.notebooks.toReversed()) {
    const written = await takeBackIn(target, change, at);
    if (!written.ok) return { notebooks, failure: written.failure };
    notebooks += 1;
  }
  for (const name of record.files) {
    const taken = await target.takeFile(name);
    if (!taken.ok) return { notebooks, failure: taken.failure };
  }
  return { notebooks };
}
