import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build, mergeConfig } from 'vite';
import { nodeBundle } from '../../electron/vite.shared';

/** Bundles a worker thread of the tests as those of the hosts are (which are in `buildFolder`): a folder with `<name>.cjs`, and what removes it. */
export async function bundleWorkers(entries: Record<string, string>): Promise<{
  folder: string;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-worker-'));
  const config = nodeBundle({ entries, format: 'cjs', electron: 'less' });
  await build(mergeConfig({ ...config, configFile: false }, { build: { outDir: folder } }));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
