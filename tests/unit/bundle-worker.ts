import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build, mergeConfig } from 'vite';
import { nodeBundle, workerEntries } from '../../electron/vite.shared';

interface Bundling {
  /** Those of the hosts unless told. */
  entries?: Record<string, string>;
  /** Where in the folder they are. */
  within?: string;
}

/** Bundles worker threads as the hosts do: a folder with `<name>.cjs`, and what removes it. */
export async function bundleWorkers({ entries = workerEntries, within = '' }: Bundling = {}): Promise<{
  folder: string;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-worker-'));
  const config = nodeBundle({ entries, format: 'cjs', electron: 'less' });
  await build(mergeConfig({ ...config, configFile: false }, { build: { outDir: path.join(folder, within) } }));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
