import { hash } from 'node:crypto';
import { createLimiter } from '../limiter';
import { withZip } from './copies';

/** Files that are read back at the same time. */
const VERIFYING = 4;

/** Reads a zip back; throws when it is not exactly the files of these SHA-256s, and the signal's reason. */
export async function verifyZip(file: string, digests: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
  await withZip(file, async (zip) => {
    if (zip.names().length !== digests.size) throw new Error(`${file} does not hold what was packed`);
    const reading = createLimiter(VERIFYING);
    const verifyOne = async (name: string, digest: string) => {
      signal.throwIfAborted();
      const bytes = await zip.read(name);
      if (!bytes || hash('sha256', bytes, 'hex') !== digest) throw new Error(`${name} in ${file} does not read back as it was packed`);
    };
    await Promise.all([...digests].map(([name, digest]) => reading(() => verifyOne(name, digest))));
  });
}
