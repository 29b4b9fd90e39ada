import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Result, savedSearchSchema } from '#api';
import { documentIdSchema, notebookChangeSchema, tagDetailsSchema, tagMoveSchema, tagNameSchema } from '#model';
import type { Log } from '../log';
import { createPause, filterInSlices } from '../pacing';
import { ignoreMissing, systemCode } from '../storage/errno';
import { writeFailure } from '../storage/failures';
import { syncFolder, writeNewFile } from '../storage/guarded-write';
import { type IntentLines, openIntentLines } from '../storage/intent-lines';
import { createKeyedMutex } from '../storage/limiter';

/** What was done to what is kept of tags beside their use, and what that was before, as far as it was changed. */
const tagsRecordSchema = z.object({
  moves: z.array(tagMoveSchema),
  before: z.array(tagDetailsSchema),
  after: z.array(tagDetailsSchema),
  /** Names that nothing had before. */
  came: z.array(tagNameSchema).default([]),
  /** Saved searches that name what was moved, as they were and as they became. */
  searches: z.array(z.object({ id: z.string(), before: savedSearchSchema, after: savedSearchSchema })).default([]),
});
export type TagsRecord = z.infer<typeof tagsRecordSchema>;

/** The changes of a document's notebook, and those that take them back. */
const documentRecordSchema = z.object({
  documentId: documentIdSchema,
  done: z.array(notebookChangeSchema),
  undo: z.array(notebookChangeSchema),
});
export type DocumentRecord = z.infer<typeof documentRecordSchema>;

/** `message`: what was done, for the reader; `steps`: in how many steps. */
const lineSchema = z.union([
  documentRecordSchema,
  z.object({ tags: tagsRecordSchema }),
  z.object({ message: z.string(), steps: z.int().nonnegative().optional() }),
]);
export type RecordLine = z.infer<typeof lineSchema>;

/** `begun`: it is being done or taken back, so that what the end of Lectern cuts off there is taken back at the next start. */
const states = ['begun', 'done', 'undone'] as const;
export type RecordState = (typeof states)[number];

/**
 * What was done to many notebooks at once, so that it can be taken back: a file of LOCAL for each time, written before the notebooks are. The
 * file's name tells how far it is. So it is taken back on the machine where it was done.
 */
export interface BulkRecords {
  /** `undefined`: nothing is known of it. */
  stateOf(id: string): RecordState | undefined;
  ids(): string[];
  /** Makes room for one; the oldest of those that are done go. */
  begin(id: string): Promise<Result<null>>;
  /** Resolves when the lines are on the disk. */
  add(id: string, lines: readonly RecordLine[]): Promise<Result<null>>;
  mark(id: string, state: RecordState): Promise<Result<null>>;
  /** The last first, one at a time in memory; `undefined` for one that cannot be understood. Throws the system's error. */
  lines(id: string): AsyncIterable<RecordLine | undefined>;
  /** Lets go of one for good. Throws the system's error. */
  remove(id: string): Promise<void>;
  /** Takes what is of a document out of all. Throws the system's error. */
  forget(documentId: string): Promise<void>;
  /** Lets go of those that were begun before a moment and are not under way. Throws the system's error. */
  removeEarlier(before: string): Promise<void>;
}

/** How many times one can go back. */
const KEPT = 50;

/** Opens the records in a folder of LOCAL, which need not be there. Where they cannot be read, there is nothing to go back to. */
export async function openBulkRecords(folder: string, log: Log): Promise<BulkRecords> {
  const known = new Map<string, RecordState>();
  const open = new Map<string, IntentLines>();
  const pause = createPause();
  /** One write of a file after the other: a document may be forgotten while a change of many is under way. */
  const inTurn = createKeyedMutex();
  const fileOf = (id: string, state: RecordState) => path.join(folder, `${id}.${state}.jsonl`);
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') log.error(`what was done to many documents at once could not be read in ${folder}`, error);
    return [];
  });
  for (const name of names.sort()) {
    const [id = '', state, ending] = name.split('.');
    const found = states.find((each) => each === state);
    if (found && ending === 'jsonl' && z.uuid().safeParse(id).success) known.set(id, found);
  }

  const linesOf = (id: string): IntentLines => {
    const lines = open.get(id) ?? openIntentLines(fileOf(id, known.get(id) ?? 'begun'));
    open.set(id, lines);
    return lines;
  };

  const removeNow = async (id: string): Promise<void> => {
    await linesOf(id).remove();
    open.delete(id);
    known.delete(id);
  };
  const remove = (id: string): Promise<void> => inTurn(id, () => removeNow(id));

  const removeIfEarlier = async (id: string, before: string): Promise<void> => {
    const state = known.get(id);
    if (!state || state === 'begun') return;
    const { birthtimeMs, mtimeMs } = await stat(fileOf(id, state));
    if (Math.min(birthtimeMs, mtimeMs) < Date.parse(before)) await removeNow(id);
  };

  const mark = async (id: string, state: RecordState): Promise<Result<null>> => {
    const before = known.get(id) ?? 'begun';
    try {
      await open.get(id)?.close();
      open.delete(id);
      if (state !== before) {
        await rename(fileOf(id, before), fileOf(id, state));
        known.set(id, state);
        await syncFolder(folder);
      }
      return { ok: true, value: null };
    } catch (error) {
      return writeFailure(error, folder);
    }
  };

  const forgetIn = async (id: string, documentId: string): Promise<void> => {
    const state = known.get(id);
    if (!state) return;
    const file = fileOf(id, state);
    const text = (await readFile(file).catch(ignoreMissing)).toString();
    if (!text.includes(documentId)) return;
    await open.get(id)?.close();
    const kept = await filterInSlices(text.split('\n'), (line) => !line.startsWith(`{"documentId":"${documentId}"`), pause);
    await writeNewFile(file, Buffer.from(kept.join('\n')));
  };

  return {
    stateOf: (id) => known.get(id),
    ids: () => [...known.keys()],
    async begin(id) {
      try {
        if (await mkdir(folder, { recursive: true, mode: 0o700 })) await syncFolder(path.dirname(folder));
        const ended = [...known].filter(([, state]) => state !== 'begun').map(([each]) => each);
        // Ids are in the order of time (UUID v7).
        for (const oldest of ended.sort().slice(0, Math.max(0, ended.length + 1 - KEPT))) await remove(oldest);
      } catch (error) {
        return writeFailure(error, folder);
      }
      known.set(id, 'begun');
      return { ok: true, value: null };
    },
    add: (id, lines) => inTurn(id, () => linesOf(id).add(lines)),
    mark: (id, state) => inTurn(id, () => mark(id, state)),
    async *lines(id) {
      for await (const line of linesOf(id).fromEnd()) {
        yield lineSchema.safeParse(line).data;
      }
    },
    remove,
    async forget(documentId) {
      for (const id of [...known.keys()]) await inTurn(id, () => forgetIn(id, documentId));
    },
    async removeEarlier(before) {
      for (const id of [...known.keys()]) await inTurn(id, () => removeIfEarlier(id, before));
    },
  };
}
