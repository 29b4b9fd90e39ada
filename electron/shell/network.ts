import type { App } from 'electron';

/**
 * Closes the network for all of Chromium, below everything that a page or Chromium itself may try: no name and no
 * address resolves, no proxy is looked for. The application's own scheme needs neither. Must run before `ready`.
 */
export function setUpNetwork({ commandLine }: Pick<App, 'commandLine'>): void {
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('no-proxy-server');
  commandLine.appendSwitch('disable-background-networking');
}
