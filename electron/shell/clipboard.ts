import { clipboard } from 'electron';
import { type Clip, fail, ok, type Result, readClip } from '#api';
import type { Log } from '../log';

/** What the system's clipboard holds. */
export async function readClipboard(log: Log): Promise<Result<Clip>> {
  try {
    return ok(await readClip(await clipboard.read()));
  } catch (error) {
    log.warn('The clipboard could not be read', error);
    return fail('not-opened', 'The clipboard could not be read. Copy it once more, and try again.');
  }
}
