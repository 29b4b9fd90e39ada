import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The repository's root, absolute. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** The packages that hold Node, one for each kind of machine, with the version that is pinned. */
const holders = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).optionalDependencies;

/** The Node that package.json pins, on which every script runs. */
const [pinned] = Object.values(holders);

/** What the reader is to do when the packages are missing or this is not the pinned Node's line; `undefined` when all is well. */
export function complaint(version = process.version, modules = path.join(root, 'node_modules')) {
  if (!existsSync(path.join(modules, 'vite'))) return 'Lectern’s packages are not installed. Run `npm ci` first.';
  if (isPinnedLine(version)) return undefined;
  const start = `This is Node ${version}; Lectern’s scripts run on Node ${pinned}`;
  const present = ['node', 'node.cmd'].some((name) => existsSync(path.join(modules, '.bin', name)));
  if (present) return `${start}, which is installed beside them. Start them through npm, as in \`npm start\`.`;
  const holder = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  return Object.hasOwn(holders, holder)
    ? `${start}, and npm did not install it. Run \`npm ci\` again, without --omit=optional.`
    : `${start}, which npm does not have for this kind of machine. Install Node ${pinned} or a later ${pinned.split('.')[0]} and start again.`;
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
