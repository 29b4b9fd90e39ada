import { hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { fail, ok, type Result } from '#api';
import { sha256Schema } from '#model';
import { systemCode } from '../storage/errno';
import { writeFailure } from '../storage/failures';
import type { StorageContext } from '../storage/file-kind';
import { writeNewFile } from '../storage/guarded-write';
import { keptTextFile, readKeptText } from '../storage/kept-text';

const compress = promisify(gzip);

/** The texts that anchors count on: `texts/<sha256>.gz`, written once and never changed. */
export interface Texts {
  /** Keeps `text`, whose UTF-8 has the SHA-256 `textHash`. A kept file that is damaged is set aside and written anew. */
  keep(textHash: string, text: string): Promise<Result<null>>;
  read(textHash: string): Promise<Result<string>>;
  /** Deletes one. Throws the system's error. */
  remove(textHash: string): Promise<void>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
}

/** The texts in `folder`, which need not exist yet. */
export function openTexts({ folder, context }: { folder: string; context: StorageContext }): Texts {
  const known = new Set<string>();
  // A folder that was made anew has none of them.
  context.folder.onRenewed(() => known.clear());
  const keeping = new Map<string, Promise<Result<null>>>();
  const fileOf = (textHash: string) => keptTextFile(folder, sha256Schema.parse(textHash));

  const keep = async (textHash: string, text: string): Promise<Result<null>> => {
    const file = fileOf(textHash);
    const bytes = Buffer.from(text);
    if (hashOf(bytes) !== textHash) {
      return fail('text-hash-mismatch', 'The text that came with the notes is not the one they were made on, so it was not kept.');
    }
    try {
      await context.folder.check();
      const found = await readKeptText(file, textHash);
      if (found === 'damaged') await context.quarantine.move(file);
      if (found === 'damaged' || found === 'missing') await context.writing(async () => writeNewFile(file, await compress(bytes)));
    } catch (error) {
      const failure = writeFailure(error, folder);
      context.log.error(`${file} could not be saved (${failure.failure.code})`, error);
      return failure;
    }
    known.add(textHash);
    return ok(null);
  };

  return {
    keep(textHash, text) {
      if (known.has(textHash)) return Promise.resolve(ok(null));
      const running = keeping.get(textHash) ?? keep(textHash, text).finally(() => keeping.delete(textHash));
      keeping.set(textHash, running);
      return running;
    },
    async read(textHash) {
      const file = fileOf(textHash);
      const found = await readKeptText(file, textHash).catch((error: unknown) => {
        if (systemCode(error) === undefined) throw error;
        context.log.error(`${file} could not be read`, error);
        return 'damaged' as const;
      });
      if (found === 'missing') return fail('document-not-found', 'The text that these notes were made on was not kept.');
      if (found === 'damaged')
        return fail('text-hash-mismatch', `The text that these notes were made on is damaged on the disk (${file}).`);
      return ok(found.text);
    },
    async remove(textHash) {
      await keeping.get(textHash);
      known.delete(textHash);
      await rm(fileOf(textHash), { force: true });
    },
    async idle() {
      await Promise.all(keeping.values());
    },
  };
}

const hashOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');
