import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** Where what goes wrong is written, for the reader to send and for us to read. Never a word of a document or a note. */
export interface Log {
  error(message: string, cause?: unknown): void;
  warn(message: string, cause?: unknown): void;
  info(message: string): void;
}

/** Bytes; a longer log is put aside as `lectern.old.log` at the next start. */
const LONGEST = 1_000_000;

interface LogOptions {
  /** Holds `lectern.log`; made when it is missing. */
  folder: string;
  /** Where errors and warnings go as well; standard error when absent. */
  print?: (line: string) => void;
}

/** A log in a file. A disk that takes no more stops nothing: the line is then printed only. */
export function openLog({ folder, print = (line) => process.stderr.write(line) }: LogOptions): Log {
  const file = path.join(folder, 'lectern.log');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LONGEST) renameSync(file, path.join(folder, 'lectern.old.log'));
  } catch (error) {
    print(`The log cannot be kept in ${folder}: ${describe(error)}\n`);
  }
  const write = (level: 'error' | 'warn' | 'info', message: string, cause?: unknown) => {
    const line = `${new Date().toISOString()} ${level} ${message}${cause === undefined ? '' : `: ${describe(cause)}`}\n`;
    if (level !== 'info') print(line);
    try {
      appendFileSync(file, line);
    } catch {
      if (level === 'info') print(line);
    }
  };
  return {
    error: (message, cause) => write('error', message, cause),
    warn: (message, cause) => write('warn', message, cause),
    info: (message) => write('info', message),
  };
}

const describe = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
