import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build, mergeConfig } from 'vite';
import { nodeBundle, searchWorkerEntry } from '../../electron/vite.shared';

/** Bundles search's worker thread as the hosts do: the folder with `search-worker.cjs`, and what removes it. */
export async function bundleSearchWorker(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-worker-'));
  const config = nodeBundle({ entries: searchWorkerEntry, format: 'cjs', electron: 'less' });
  await build(mergeConfig({ ...config, configFile: false }, { build: { outDir: folder } }));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
