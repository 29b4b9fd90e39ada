import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { createModeration } from './log-moderation';
import { PRIVATE } from './private-folder';

/** Where what goes wrong is written, for the reader to send and for us to read. Never a word of a document or a note. */
export interface Log {
  error(message: string, cause?: unknown): void;
  warn(message: string, cause?: unknown): void;
  info(message: string): void;
}

/** Bytes; a longer log is put aside as `lectern.old.log`, in place of the one before. */
const LONGEST = 1_000_000;

/** UTF-16 code units of a cause that are written. */
const LONGEST_CAUSE = 4_000;

interface LogOptions {
  /** Holds `lectern.log`; made when it is missing. */
  folder: string;
  /** Where errors and warnings go as well; standard error when absent. */
  print?: (line: string) => void;
}

/**
 * A log in a file. A disk that takes no more stops nothing: the line is then printed only. Whoever says much fills neither
 * the disk nor the screen: what is repeated is counted, and the file is bounded.
 */
export function openLog({ folder, print = (line) => process.stderr.write(line) }: LogOptions): Log {
  const file = path.join(folder, 'lectern.log');
  let size = 0;
  const putAside = () => {
    if (size <= LONGEST) return;
    renameSync(file, path.join(folder, 'lectern.old.log'));
    size = 0;
  };
  try {
    // It may be the first that is made of the data folder.
    mkdirSync(folder, { recursive: true, mode: PRIVATE });
    size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    putAside();
  } catch (error) {
    print(`The log cannot be kept in ${folder}: ${describe(error)}\n`);
  }

  const write = (level: string, text: string) => {
    const line = `${new Date().toISOString()} ${level} ${text}\n`;
    if (level !== 'info') print(line);
    try {
      putAside();
      appendFileSync(file, line);
      size += Buffer.byteLength(line);
    } catch {
      if (level === 'info') print(line);
    }
  };
  const moderate = createModeration(write);
  const say = (level: string) => (message: string, cause?: unknown) =>
    moderate(level, message, cause === undefined ? message : `${message}: ${describe(cause).slice(0, LONGEST_CAUSE)}`);
  return { error: say('error'), warn: say('warn'), info: say('info') };
}

/**
 * Logs what nothing else catches. After an exception Electron shows its own message, and goes on, and Node ends; after a promise that failed while
 * nobody waited for it either host goes on: the reader's words are saved in other ways. (The monitor is told of exceptions alone.)
 */
export function logUncaught(process: Pick<NodeJS.Process, 'on'>, log: Pick<Log, 'error'>): void {
  process.on('uncaughtExceptionMonitor', (error) => log.error('An error was not caught', error));
  process.on('unhandledRejection', (reason) => log.error('A promise failed and nothing waited for it', reason));
}

const describe = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
