import { syncBuiltinESMExports } from 'node:module';

/** Which calls of the file system fail at the moment, and how often. Imported before everything that keeps such a function. */
export interface FailingCalls {
  /** Only calls for this folder fail; none when it is `undefined`. */
  folder: string | undefined;
  /** Of one call, 0 to 1. */
  likelihood: number;
  random(): number;
  /** How many have failed. */
  count: number;
}

export const failing: FailingCalls = { folder: undefined, likelihood: 0, random: Math.random, count: 0 };

const CODES = ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'];

type Call = (...args: unknown[]) => unknown;

const isStruck = (): boolean => failing.folder !== undefined && failing.random() < failing.likelihood;
const concerns = (args: unknown[]): boolean =>
  args.slice(0, 2).some((each) => typeof each === 'string' && failing.folder !== undefined && each.startsWith(failing.folder));

function failure(syscall: string): Error {
  failing.count += 1;
  const code = CODES[Math.floor(failing.random() * CODES.length)] ?? 'EIO';
  return Object.assign(new Error(`${code}: made to fail, ${syscall}`), { code, syscall });
}

function wrap(target: Record<string, unknown>, name: string, isAsync: boolean): void {
  const original = target[name] as Call;
  target[name] = function wrapped(this: unknown, ...args: unknown[]): unknown {
    if (!concerns(args) || !isStruck()) return original.apply(this, args);
    // A call that fails may have been done all the same.
    if (name === 'renameSync' && failing.random() < 0.5) original.apply(this, args);
    if (isAsync) return Promise.reject(failure(name));
    throw failure(name);
  };
}

const fs = process.getBuiltinModule('node:fs');
for (const name of ['rename', 'link', 'unlink', 'open', 'copyFile', 'mkdir', 'readFile', 'rm', 'stat', 'readdir', 'access'])
  wrap(fs.promises as unknown as Record<string, unknown>, name, true);
for (const name of ['renameSync', 'openSync', 'mkdirSync', 'statSync', 'readFileSync', 'unlinkSync'])
  wrap(fs as unknown as Record<string, unknown>, name, false);

// A disk that is full writes as much as there is room for, and says how much that was, not that it failed.
const { writeSync } = fs;
fs.writeSync = ((file: number, data: string | NodeJS.ArrayBufferView, ...rest: number[]) => {
  if (typeof data !== 'string' || !isStruck()) return writeSync(file, data as NodeJS.ArrayBufferView, ...rest);
  if (failing.random() < 0.3) throw failure('write');
  failing.count += 1;
  return writeSync(file, Buffer.from(data).subarray(0, Math.floor(failing.random() * data.length)));
}) as typeof fs.writeSync;
syncBuiltinESMExports();
