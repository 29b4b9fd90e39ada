import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type DataProblem, dataProblemSchema } from '#api';
import type { Log } from '../log';
import { systemCode } from './errno';
import { writeNewFile } from './guarded-write';

/**
 * What happened to the reader's files and can be read from none of them later, such as a conflict with another machine: kept until the
 * reader has put it away, over the end of Lectern and over a kill. It lies in LOCAL, since it is this machine's reader who is to know.
 */
export interface KeptMessages {
  /** Keeps a message, in place of an earlier one of the same id. */
  add(message: DataProblem): void;
  /** Takes one away that the reader has put away, or that does not hold any more; whether it was there. */
  remove(id: string): boolean;
  /** The last one last. */
  list(): DataProblem[];
  /** Resolves when all of them are on the disk; where they cannot be, the log says so and it is tried again at the next call. */
  flush(): Promise<void>;
}

const fileSchema = z.object({ version: z.literal(1), messages: z.array(dataProblemSchema) });

/** Opens the messages of LOCAL, `messages.json`. A file that makes no sense counts as none. */
export async function openKeptMessages({ localFolder, log }: { localFolder: string; log: Log }): Promise<KeptMessages> {
  const file = path.join(localFolder, 'messages.json');
  const byId = new Map((await readMessages(file, log)).map((message) => [message.id, message]));
  const textOf = () => JSON.stringify({ version: 1, messages: [...byId.values()] }, undefined, '\t');
  let written = textOf();
  let hasFailed = false;
  let writing = Promise.resolve();

  const write = async (): Promise<void> => {
    const text = textOf();
    if (text === written) return;
    try {
      await writeNewFile(file, Buffer.from(text));
      written = text;
      hasFailed = false;
    } catch (error) {
      // Logged once, not with each save that waits for it.
      if (!hasFailed) log.error(`${file} could not be written, so messages that nobody has seen are lost with the end of Lectern`, error);
      hasFailed = true;
    }
  };
  const flush = (): Promise<void> => {
    writing = writing.then(write);
    return writing;
  };

  return {
    add(message) {
      byId.delete(message.id);
      byId.set(message.id, message);
      void flush();
    },
    remove(id) {
      const isKnown = byId.delete(id);
      if (isKnown) void flush();
      return isKnown;
    },
    list: () => [...byId.values()],
    flush,
  };
}

async function readMessages(file: string, log: Log): Promise<DataProblem[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).messages;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') log.warn(`${file} could not be read, so its messages are not shown`, error);
    return [];
  }
}
