import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildFolder } from '../vite.shared.ts';
import { browserHost, buildStale } from './build-stale.ts';

/** Builds what is stale and runs the browser host in this process, with its command line and `options`. */
export async function runBrowserHost(...options: string[]): Promise<void> {
  await buildStale(browserHost);
  process.argv.push(...options);
  await import(pathToFileURL(path.join(buildFolder, 'serve.mjs')).href);
}
