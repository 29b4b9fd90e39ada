import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

export interface ServeOptions {
  /** DATA, absolute; the system's place for application data when absent. */
  data?: string;
  /** Library folders to add, absolute. */
  libraries: string[];
  /** 0 lets the system choose; absent for the usual one where that is free, else any. */
  port?: number;
  /** Opens the reader's browser. */
  open: boolean;
  /** Reloads the page when its bundle is built anew, for development. */
  watch: boolean;
}

/** A command line that makes no sense; the message says why, for the reader. */
export class OptionsError extends Error {
  override name = 'OptionsError';
}

export const usage = 'npm run serve -- [--data DIR] [--library DIR]... [--port N] [--open]';

/** Reads the command line of the browser host. Relative folders count from `workingFolder`. Throws an `OptionsError`. */
export function parseOptions(args: readonly string[], workingFolder: string): ServeOptions {
  const { data, library = [], port, open = false, watch = false } = parse(args);
  return {
    ...(data !== undefined && { data: path.resolve(workingFolder, nonEmpty('--data', data)) }),
    libraries: library.map((folder) => existing(path.resolve(workingFolder, nonEmpty('--library', folder)))),
    ...(port !== undefined && { port: parsePort(port) }),
    open,
    watch,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        library: { type: 'string', multiple: true },
        port: { type: 'string' },
        open: { type: 'boolean' },
        watch: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    // Node's message goes on with advice on its own syntax after the first sentence.
    throw new OptionsError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
}

function nonEmpty(option: string, value: string): string {
  if (value === '') throw new OptionsError(`${option} needs a folder`);
  return value;
}

function existing(folder: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new OptionsError(`There is no folder ${folder}`);
  return folder;
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) throw new OptionsError(`--port needs a number from 0 to 65535, not ${value}`);
  return port;
}
