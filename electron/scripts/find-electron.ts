import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../vite.shared.ts';

/** ms; where the network is closed the download fails at once. */
const DOWNLOAD_LIMIT = 120_000;

const electronFolder = path.join(root, 'node_modules/electron');

/** The path of Electron's executable, where its runtime is present. Downloads nothing, which `import 'electron'` would. */
export function findElectron(): string | undefined {
  const pathFile = path.join(electronFolder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const executable = path.join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(electronFolder, 'dist'), name);
  return existsSync(executable) ? executable : undefined;
}

/** Downloads the runtime; the path of its executable, or `undefined` where that fails. */
export function downloadElectron(): string | undefined {
  process.stderr.write('Downloading Electron’s runtime\n');
  const { status } = spawnSync(process.execPath, [path.join(electronFolder, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT });
  return status === 0 ? findElectron() : undefined;
}
