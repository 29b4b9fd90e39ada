import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build, mergeConfig } from 'vite';
import { nodeBundle, workerEntries } from '../../electron/vite.shared';

/** Bundles worker threads as the hosts do, those of the hosts unless told: the folder with `<name>.cjs`, and what removes it. */
export async function bundleWorkers(entries: Record<string, string> = workerEntries): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-worker-'));
  const config = nodeBundle({ entries, format: 'cjs', electron: 'less' });
  await build(mergeConfig({ ...config, configFile: false }, { build: { outDir: folder } }));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
