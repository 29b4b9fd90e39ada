import { hash } from 'node:crypto';
import { type DerivedFile, openDerivedFiles } from '../../storage/derived-files';
import type { FileToRead } from './protocol';

/** The lines that long documents were sent as, so that whoever opens one again does not wait until it is parsed. Derived (see `DerivedFiles`). */
export interface Models {
  /** Of a file of `size` bytes; `undefined` where none is kept. */
  of(file: FileToRead, size: number): Model | undefined;
}

/** All lines. */
export type Model = DerivedFile;

export interface ModelsOptions {
  /** Made when it is needed. */
  folder: string;
  /** What made the lines: those of another version are not read. */
  version: string;
  /** Bytes of the shortest document whose model is kept; what is shorter is parsed as fast. */
  smallest?: number;
  /** Bytes of all models. */
  most?: number;
  /** Told, once, why models cannot be kept. */
  warn(message: string): void;
}

const SMALLEST = 256 * 1024;
const MOST = 200 * 1024 * 1024;

export function openModels({ folder, version, smallest = SMALLEST, most = MOST, warn }: ModelsOptions): Models {
  const files = openDerivedFiles({
    folder,
    most,
    warn: (why) => warn(`Documents that were opened are not kept for the next time (${why})`),
  });
  return {
    of({ rawHash, format, encoding }, size) {
      if (rawHash === undefined || size < smallest) return undefined;
      return files.of(hash('sha256', JSON.stringify([rawHash, format, encoding ?? '', version])));
    },
  };
}
