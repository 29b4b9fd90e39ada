import { spawn } from 'node:child_process';
import process from 'node:process';
import { checkNode, root } from './check-node.mjs';

checkNode();
const { downloadElectron, findElectron } = await import('./find-electron.ts');
const electron = findElectron() ?? downloadElectron();
if (electron) await runElectron(electron);
else await runBrowser();

/** @param {string} executable */
async function runElectron(executable) {
  const { buildStale, electronHost } = await import('./build-stale.ts');
  await buildStale(electronHost);
  const child = spawn(executable, [root, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

async function runBrowser() {
  const { becomeBrowserHost } = await import('./run-browser-host.ts');
  process.stderr.write('Electron’s runtime is missing and cannot be downloaded, so Lectern opens in your browser instead.\n');
  await becomeBrowserHost('--open');
}
