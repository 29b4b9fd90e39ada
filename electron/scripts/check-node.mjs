import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The repository's root, absolute. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** The Node that package.json pins, on which every script runs. */
const pinned = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.node;

/** What the reader is to do when the packages are missing or this is not the pinned Node's line; `undefined` when all is well. */
export function complaint(version = process.version, modules = path.join(root, 'node_modules')) {
  if (!existsSync(path.join(modules, 'vite'))) return 'Lectern’s packages are not installed. Run `npm ci` first.';
  if (isPinnedLine(version)) return undefined;
  const present = ['node', 'node.exe'].some((name) => existsSync(path.join(modules, 'node/bin', name)));
  return present
    ? `This is Node ${version}; Lectern’s scripts run on Node ${pinned}, which is installed beside them. Start them through npm, as in \`npm start\`.`
    : `This is Node ${version}; Lectern’s scripts run on Node ${pinned}, whose install script did not run. Run \`npm ci\` again, without --ignore-scripts.`;
}

/** Ends the process with a sentence when the packages or the Node are wrong. */
export function checkNode() {
  const sentence = complaint();
  if (!sentence) return;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Whether `version` is of the pinned major and not older than the pinned minor. */
function isPinnedLine(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  const [pinnedMajor, pinnedMinor] = pinned.split('.').map(Number);
  return major === pinnedMajor && minor >= pinnedMinor;
}
