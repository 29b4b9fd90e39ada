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

/** The joinings of documents, each a file of LOCAL, so that they are taken back on the machine where they were done, the last first. */
export interface JoiningRecords {
  /** Those with a document as the names of the files tell them, the last first. */
  of(intoId: string): LastJoining[];
  /** Keeps one in the place of an earlier one of the same two documents; the oldest go. */
  put(record: JoiningRecord): Promise<Result<null>>;
  /** `undefined` where it is not kept, or cannot be understood. Throws the system's error. */
  read(intoId: string, joining: LastJoining): Promise<JoiningRecord | undefined>;
  /** Throws the system's error, like those below. */
  remove(intoId: string, joining: LastJoining): Promise<void>;
  /** Lets go of what has anything of a document. */
  forget(documentId: string): Promise<void>;
  /** Lets go of what was done before a moment. */
  removeEarlier(before: string): Promise<void>;
}

interface Kept extends LastJoining {
  intoId: string;
}

/** How many are kept. */
const KEPT = 50;

/** Opens the records in a folder of LOCAL, which need not be there. Where they cannot be read, there is nothing to take back. */
export async function openJoiningRecords(folder: string, log: Log): Promise<JoiningRecords> {
  /** The last first. */
  let known: Kept[] = [];
  const names = await readdir(folder)
    .catch(ignoreMissing)
    .catch((error: unknown) => {
      log.error(`what joinings are taken back by could not be read in ${folder}`, error);
      return [];
    });
  for (const name of names) {
    const [intoId = '', fromId = '', time = '', ending] = name.split('.');
    if (ending === 'json' && /^\d{1,15}$/.test(time)) known.push({ intoId, fromId, since: new Date(Number(time)).toISOString() });
  }
  const isLater = (one: Kept, other: Kept): number => Date.parse(other.since) - Date.parse(one.since);
  known.sort(isLater);
  const fileOf = ({ intoId, fromId, since }: Kept) => path.join(folder, `${intoId}.${fromId}.${Date.parse(since)}.json`);

  const removeThose = async (isGone: (kept: Kept, index: number) => boolean): Promise<void> => {
    for (const kept of known.filter(isGone)) {
      await rm(fileOf(kept), { force: true });
      known = known.filter((each) => each !== kept);
    }
  };

  return {
    of: (intoId) => known.filter((kept) => kept.intoId === intoId),
    async put(record) {
      const { intoId, fromId, since } = record;
      try {
        await removeThose((kept) => kept.intoId === intoId && kept.fromId === fromId);
        await removeThose((_, index) => index >= KEPT - 1);
        await writeNewFile(fileOf(record), Buffer.from(JSON.stringify(record)));
        known = [{ intoId, fromId, since }, ...known].sort(isLater);
        return { ok: true, value: null };
      } catch (error) {
        return writeFailure(error, folder);
      }
    },
    async read(intoId, joining) {
      const text = (await readFile(fileOf({ intoId, ...joining })).catch(ignoreMissing)).toString();
      return joiningRecordSchema.safeParse(parse(text)).data;
    },
    remove: (intoId, { fromId }) => removeThose((kept) => kept.intoId === intoId && kept.fromId === fromId),
    forget: (documentId) => removeThose(({ intoId, fromId }) => intoId === documentId || fromId === documentId),
    removeEarlier: (before) => removeThose(({ since }) => Date.parse(since) < Date.parse(before)),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
