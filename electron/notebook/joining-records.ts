import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Result } from '#api';
import { documentIdSchema, type LastJoining, notebookSchema, sha256Schema } from '#model';
import type { Log } from '../log';
import { ignoreMissing } from '../storage/errno';
import { writeFailure } from '../storage/failures';
import { writeNewFile } from '../storage/guarded-write';

/** What a joining of two documents is taken back by: both as they were, what the latter became, and where its own file was. */
const joiningRecordSchema = z.object({
  fromId: documentIdSchema,
  intoId: documentIdSchema,
  /** When it was begun (ISO). */
  since: z.iso.datetime(),
  titles: z.object({ fromTitle: z.string(), intoTitle: z.string() }),
  from: notebookSchema,
  into: notebookSchema,
  joined: notebookSchema,
  seen: z
    .object({ paths: z.array(z.string()).readonly(), rawHash: sha256Schema, otherHashes: z.array(sha256Schema).readonly() })
    .optional(),
});
export type JoiningRecord = z.infer<typeof joiningRecordSchema>;

/** The last joining with each document, each a file of LOCAL, so that it is taken back on the machine where it was done. */
export interface JoiningRecords {
  /** As the file’s name tells it. */
  lastOf(intoId: string): LastJoining | undefined;
  /** Keeps one in the place of an earlier one with the same document; the oldest go. */
  put(record: JoiningRecord): Promise<Result<null>>;
  /** `undefined` where there is none, or it cannot be understood. Throws the system's error. */
  read(intoId: string): Promise<JoiningRecord | undefined>;
  /** Throws the system's error, like those below. */
  remove(intoId: string): Promise<void>;
  /** Lets go of what has anything of a document. */
  forget(documentId: string): Promise<void>;
  /** Lets go of what was done before a moment. */
  removeEarlier(before: string): Promise<void>;
}

/** How many are kept. */
const KEPT = 50;

/** Opens the records in a folder of LOCAL, which need not be there. Where they cannot be read, there is nothing to take back. */
export async function openJoiningRecords(folder: string, log: Log): Promise<JoiningRecords> {
  const known = new Map<string, LastJoining>();
  const names = await readdir(folder)
    .catch(ignoreMissing)
    .catch((error: unknown) => {
      log.error(`what joinings are taken back by could not be read in ${folder}`, error);
      return [];
    });
  for (const name of names) {
    const [intoId = '', fromId = '', time = '', ending] = name.split('.');
    if (ending === 'json' && /^\d{1,15}$/.test(time)) known.set(intoId, { fromId, since: new Date(Number(time)).toISOString() });
  }
  const fileOf = (intoId: string, { fromId, since }: LastJoining) => path.join(folder, `${intoId}.${fromId}.${Date.parse(since)}.json`);

  const remove = async (intoId: string): Promise<void> => {
    const last = known.get(intoId);
    if (!last) return;
    await rm(fileOf(intoId, last), { force: true });
    known.delete(intoId);
  };
  const removeThose = async (isGone: (intoId: string, last: LastJoining) => boolean): Promise<void> => {
    for (const [intoId, last] of [...known]) if (isGone(intoId, last)) await remove(intoId);
  };

  return {
    lastOf: (intoId) => known.get(intoId),
    async put(record) {
      const { intoId, fromId, since } = record;
      try {
        await remove(intoId);
        const oldest = [...known].sort(([, one], [, other]) => Date.parse(one.since) - Date.parse(other.since));
        for (const [each] of oldest.slice(0, Math.max(0, known.size + 1 - KEPT))) await remove(each);
        await writeNewFile(fileOf(intoId, { fromId, since }), Buffer.from(JSON.stringify(record)));
        known.set(intoId, { fromId, since });
        return { ok: true, value: null };
      } catch (error) {
        return writeFailure(error, folder);
      }
    },
    async read(intoId) {
      const last = known.get(intoId);
      if (!last) return undefined;
      const text = (await readFile(fileOf(intoId, last)).catch(ignoreMissing)).toString();
      return joiningRecordSchema.safeParse(parse(text)).data;
    },
    remove,
    forget: (documentId) => removeThose((intoId, { fromId }) => intoId === documentId || fromId === documentId),
    removeEarlier: (before) => removeThose((_, { since }) => Date.parse(since) < Date.parse(before)),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
