import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../vite.shared.ts';

interface Target {
  /** Its Vite configuration. */
  config: string;
  /** The files and folders that it is built of. */
  inputs: string[];
  /** Is there when it was built. */
  output: string;
}

const targets = {
  renderer: {
    config: 'renderer/vite.config.ts',
    inputs: ['renderer', 'electron/api', 'electron/model', 'electron/formats', 'electron/site/security.ts', 'electron/vite.shared.ts'],
    output: '.vite/renderer/main_window/index.html',
  },
  serve: { config: 'electron/vite.serve.config.ts', inputs: ['electron'], output: '.vite/build/serve.mjs' },
  workers: { config: 'electron/vite.workers.config.ts', inputs: ['electron'], output: '.vite/build/search-worker.cjs' },
  main: { config: 'electron/vite.main.config.ts', inputs: ['electron'], output: '.vite/build/main.cjs' },
  preload: { config: 'electron/vite.preload.config.ts', inputs: ['electron'], output: '.vite/build/preload.cjs' },
} satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;

/** What each host is made of. */
export const browserHost: TargetName[] = ['renderer', 'serve', 'workers'];
export const electronHost: TargetName[] = ['renderer', 'main', 'preload', 'workers'];

/** Builds those targets whose inputs changed since they were last built. Rejects with Vite's error. */
export async function buildStale(names: readonly TargetName[]): Promise<void> {
  for (const name of names) {
    const { config, inputs, output } = targets[name];
    const stamp = path.join(root, '.vite/stamps', name);
    const fingerprint = await takeFingerprint([...inputs, 'package-lock.json']);
    const isBuilt = existsSync(path.join(root, output)) && existsSync(stamp);
    if (isBuilt && (await readFile(stamp, 'utf8')) === fingerprint) continue;
    process.stderr.write(`Building ${name}\n`);
    const { build } = await import('vite');
    await build({ configFile: path.join(root, config) });
    await mkdir(path.dirname(stamp), { recursive: true });
    await writeFile(stamp, fingerprint);
  }
}

/** SHA-256 over the paths and contents of all files in `places`, relative to the root. */
async function takeFingerprint(places: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of await listFiles(path.join(root, place))) {
      hash.update(`${path.relative(root, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function listFiles(place: string): Promise<string[]> {
  if (!(await stat(place)).isDirectory()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
}
