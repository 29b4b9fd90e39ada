import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from '../../../electron/vite.shared';
import { makeFolder } from '../host-fixtures';

/** What `checkNode` says in a checkout whose package.json pins `pinned`; `''` when it lets the script go on. */
async function check({ pinned = process.versions.node, modules = ['vite'] }: { pinned?: string; modules?: string[] }): Promise<string> {
  const folder = await makeFolder();
  await mkdir(path.join(folder, 'electron/scripts'), { recursive: true });
  await cp(path.join(root, 'electron/scripts/check-node.mjs'), path.join(folder, 'electron/scripts/check-node.mjs'));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ devDependencies: { node: pinned } }));
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
    ['on another Node', { pinned: '99.1.0', modules: ['vite', 'node/bin/node'] }, 'Start them through npm'],
    ['where the pinned Node is missing', { pinned: '99.1.0' }, 'without --ignore-scripts'],
  ])('says what to do %s', async (_, checkout, advice) => {
    expect(await check(checkout)).toContain(advice);
  });
});
