import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build, mergeConfig } from 'vite';
import { nodeBundle } from '../../electron/vite.shared';

/** Bundles a file of the tests as the hosts are, as a thread (`cjs`) or a process (`es`): the absolute path of the script, and what removes it. */
export async function bundle(entry: string, format: 'cjs' | 'es'): Promise<{ script: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-bundle-'));
  const config = nodeBundle({ entries: { script: entry }, format, electron: 'less' });
  await build(mergeConfig({ ...config, configFile: false }, { build: { outDir: folder } }));
  const script = path.join(folder, format === 'es' ? 'script.mjs' : 'script.cjs');
  return { script, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The process that writes notebooks, or holds the lock, until it is killed. */
export const bundleChild = () => bundle('tests/unit/notebook/child.ts', 'es');
