import { hash } from 'node:crypto';
import { type FirstPage, firstPageSchema } from '#api';
import { openDerivedFiles } from '../storage/derived-files';

/** The pictures of first pages that windows drew, so that they need not be drawn again. Derived (see `DerivedFiles`). */
export interface FirstPages {
  /** Of a file with this hash; `undefined` where none is kept. */
  of(rawHash: string): Promise<FirstPage | undefined>;
  keep(rawHash: string, page: FirstPage): Promise<void>;
}

/** Bytes of all pictures: some thousands. */
const MOST = 64 * 1024 * 1024;
/** To be raised when windows draw the same page otherwise. */
const REVISION = 1;

/** `folder` is made when it is needed; `warn` is told, once, why they cannot be kept. */
export function openFirstPages({ folder, warn }: { folder: string; warn(message: string): void }): FirstPages {
  const files = openDerivedFiles({ folder, most: MOST, warn: (why) => warn(`Pictures of first pages are not kept (${why})`) });
  const fileOf = (rawHash: string) => files.of(hash('sha256', JSON.stringify([rawHash, REVISION])));
  return {
    async of(rawHash) {
      const bytes = await fileOf(rawHash).read();
      return bytes && firstPageSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
    },
    keep: (rawHash, page) => fileOf(rawHash).keep([new TextEncoder().encode(JSON.stringify(page))]),
  };
}
