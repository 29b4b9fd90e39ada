import { spawn } from 'node:child_process';
import type { Log } from '../log';

/** What opens an address in the reader's browser, by platform. */
export function browserCommand(platform: NodeJS.Platform, address: string): [command: string, args: string[]] {
  if (platform === 'darwin') return ['open', [address]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', address]];
  return ['xdg-open', [address]];
}

/** Opens `address` in the reader's browser; where there is none, the printed address is what the reader has. */
export function openBrowser(address: string, log: Log): void {
  const [command, args] = browserCommand(process.platform, address);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => log.warn('No browser could be started here. Open the address above in one'));
  child.unref();
}
