import type { App, Session } from 'electron';
import type { Log } from '../log';
import { isOwnUrl, pageUrl, scheme } from './scheme';

interface SessionOptions {
  /** Lets the developer tools load themselves. */
  development: boolean;
  platform: NodeJS.Platform;
  log: Log;
}

/**
 * Closes the network for all of Chromium, below everything that a page or Chromium itself may try: no name and no
 * address resolves, no proxy is looked for. The application's own scheme needs neither. Must run before `ready`.
 */
export function setUpNetwork({ commandLine }: Pick<App, 'commandLine'>): void {
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('no-proxy-server');
  commandLine.appendSwitch('disable-background-networking');
}

/** Closes the page's session: no permission, no device, no download, no request but the application's own. */
export function setUpSession(session: Session, { development, platform, log }: SessionOptions): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !isAllowedRequest(url, development);
    if (cancel) log.warn(`A request was refused: ${schemeOf(url)}`);
    answer({ cancel });
  });
  setUpSpelling(session, platform);
}

/**
 * Spelling is checked only where the system does it (macOS). Elsewhere Electron downloads a dictionary, even for windows
 * with `spellcheck: false` (electron/electron#22995): the checker is off, and the address to download from leads nowhere.
 */
function setUpSpelling(session: Session, platform: NodeJS.Platform): void {
  session.setSpellCheckerDictionaryDownloadURL(`${pageUrl}no-dictionaries/`);
  session.setSpellCheckerEnabled(platform === 'darwin');
}

/** Whether the page may load `url`: its own files, and what it holds itself (`data:`, `blob:`). */
export function isAllowedRequest(url: string, development: boolean): boolean {
  if (isOwnUrl(url) || url.startsWith('data:') || url.startsWith(`blob:${scheme}://app/`)) return true;
  return development && url.startsWith('devtools:');
}

/** Only this much of a refused address goes into the log: the rest may be a reader's. */
const schemeOf = (url: string): string => URL.parse(url)?.protocol ?? 'not an address';
