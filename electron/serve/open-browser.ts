import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log } from '../log';

/** ms after which the page is taken away, whether or not a browser came for it. */
const OFFERED = 60_000;

/** Begins the names of the folders of such pages. */
const OFFER = 'lectern-opens-';

/**
 * Where such pages lie. On Linux that is the reader's home: browsers installed as snaps see neither `/tmp` nor hidden folders,
 * in which the data folder usually is. The page is there for a moment.
 */
export const offerFolder = (dataFolder: string, platform = process.platform, home = os.homedir()): string =>
  platform === 'linux' ? home : dataFolder;

/** What opens a file in the reader's browser, by platform. */
export function browserCommand(platform: NodeJS.Platform, file: string): [command: string, args: string[]] {
  if (platform === 'darwin') return ['open', [file]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', pathToFileURL(file, { windows: true }).href]];
  return ['xdg-open', [file]];
}

/** A page that goes on to `address`, and loads nothing else. */
export const redirectPage = (address: string): string =>
  `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Lectern</title><script>location.replace(${JSON.stringify(address)})</script><noscript>Lectern needs JavaScript.</noscript>\n`;

/** A page that is offered to the reader's browser until it is withdrawn. */
export interface Offer {
  file: string;
  /** Takes the page away; may be called again. */
  withdraw(): Promise<void>;
}

/**
 * Writes a page that goes on to `address` where only the reader can read it, in a folder of its own within `folder`. The
 * address holds the key to the session, and every user of the machine can read command lines.
 */
export async function offerPage(address: string, folder: string): Promise<Offer> {
  await removeAbandoned(folder);
  // `mkdtemp` makes it for its owner alone.
  const own = await mkdtemp(path.join(folder, OFFER));
  const file = path.join(own, 'Lectern.html');
  await writeFile(file, redirectPage(address), { mode: 0o600, flag: 'wx' });
  return { file, withdraw: () => rm(own, { recursive: true, force: true }) };
}

/** Takes away what a Lectern left that was killed; its key opens nothing any more. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(OFFER)) continue;
    const left = path.join(folder, name);
    if (Date.now() - (await stat(left)).mtimeMs > OFFERED) await rm(left, { recursive: true, force: true });
  }
}

/**
 * Opens `address` in the reader's browser, through a page in `folder`; the page is taken away after a minute, or with the
 * returned function. Where there is no browser, the printed address is what the reader has.
 */
export async function openBrowser(address: string, folder: string, log: Log): Promise<() => Promise<void>> {
  const { file, withdraw } = await offerPage(address, folder);
  const takeAway = () => withdraw().catch((error: unknown) => log.warn('The page that opens the browser could not be removed', error));
  setTimeout(() => void takeAway(), OFFERED).unref();
  const [command, args] = browserCommand(process.platform, file);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => log.warn('No browser could be started here. Open the address above in one'));
  child.unref();
  return takeAway;
}
