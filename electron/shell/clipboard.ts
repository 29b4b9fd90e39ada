import { clipboard } from 'electron';
import { type Clip, dataAddressOf, fail, ok, type Result } from '#api';
import type { Log } from '../log';

/** What browsers made of Chromium call the address that they copied from, on each system. */
const SOURCE = /\bsource-url\b/i;

/** What the system's clipboard holds: text, HTML, a picture, and where they were copied from. */
export async function readClipboard(log: Log): Promise<Result<Clip>> {
  try {
    const items = await clipboard.read();
    const find = async (isWanted: (type: string) => boolean): Promise<Blob | undefined> => {
      for (const item of items) {
        const type = item.types.find(isWanted);
        const found = type === undefined ? undefined : await item.getType(type);
        if (found instanceof Blob) return found;
      }
      return undefined;
    };
    const [text, html, picture, address] = await Promise.all([
      find((type) => type === 'text/plain'),
      find((type) => type === 'text/html'),
      find((type) => type.startsWith('image/')),
      find((type) => SOURCE.test(type)),
    ]);
    return ok({
      text: (await text?.text()) ?? '',
      html: (await html?.text()) ?? '',
      picture: picture && (await dataAddressOf(picture)),
      address: await address?.text(),
    });
  } catch (error) {
    log.warn('The clipboard could not be read', error);
    return fail('not-opened', 'The clipboard could not be read. Copy it once more, and try again.');
  }
}
