import type { App } from 'electron';
import type { Log } from '../log';
import type { Page } from './page';
import { scheme } from './scheme';

interface LinksOptions {
  page: Pick<Page, 'show' | 'sendOnce'>;
  log: Log;
}

/**
 * Has the system hand over the application's own addresses. macOS tells them by `open-url`, also before `ready`; Windows and Linux start the
 * application with one as an argument. What is given back tells the page of addresses, as soon as there is one that listens.
 */
export function setUpLinks(
  app: Pick<App, 'on' | 'isPackaged' | 'setAsDefaultProtocolClient'>,
  { page, log }: LinksOptions,
): (addresses: readonly string[]) => void {
  const open = (addresses: readonly string[]): void => {
    for (const address of addresses) page.sendOnce('app.open-link', { address });
  };
  // What is being developed leaves the links to what is installed.
  if (app.isPackaged && !app.setAsDefaultProtocolClient(scheme)) log.warn(`The system does not hand ${scheme}: addresses to Lectern`);
  app.on('open-url', (event, address) => {
    event.preventDefault();
    page.show();
    open([address]);
  });
  return open;
}
