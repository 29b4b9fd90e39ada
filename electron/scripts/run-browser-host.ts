import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildFolder } from '../vite.shared.ts';
import { browserHost, buildStale } from './build-stale.ts';

const host = path.join(buildFolder, 'serve.mjs');

/**
 * Builds what is stale and puts the browser host in the place of this process, with its command line and `options`: signals reach it, and
 * what the building took of memory is given back. Where a process cannot be replaced (Windows), it runs in this one.
 */
export async function becomeBrowserHost(...options: string[]): Promise<void> {
  await buildStale(browserHost);
  const args = [process.execPath, ...process.execArgv, host, ...process.argv.slice(2), ...options];
  if (process.platform !== 'win32') process.execve?.(process.execPath, args, hostEnvironment(process.env));
  await runBrowserHost(...options);
}

/** Builds what is stale and runs the browser host in this process, beside what else runs in it. */
export async function runBrowserHost(...options: string[]): Promise<void> {
  await buildStale(browserHost);
  process.argv.push(...options);
  await import(pathToFileURL(host).href);
}

/**
 * The environment for a browser host: `env` with what keeps the C library from holding on to memory that nobody uses. It keeps some for each
 * thread (glibc: 100 MB after a large library was read, which two threads did that have long ended). Other systems do not look at this.
 */
export const hostEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '65536',
  MALLOC_TRIM_THRESHOLD_: '131072',
  ...env,
});
