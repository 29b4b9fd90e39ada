import { type Folded, fold } from '#model';
import type { ReadText, SearchDocument } from './protocol';

/** Bytes of folded texts that stay in memory; further documents are read at every search. */
const FOLDED_BUDGET = 256 * 1024 * 1024;

/** Bytes of original texts that stay in memory for the passages around hits, the least recently shown going first. */
const ORIGINAL_BUDGET = 32 * 1024 * 1024;

interface Kept {
  version: string;
  folded: Folded | undefined;
  bytes: number;
}

/** The texts of documents, read when they are first needed and kept while their file stays the same. */
export interface Texts {
  /** `undefined` for a text that cannot be read, which is told once for each version of the file. */
  folded(document: SearchDocument): Promise<Folded | undefined>;
  original(document: SearchDocument): Promise<string | undefined>;
  forget(id: string): void;
}

export function createTexts(readText: ReadText, warn: (message: string) => void, budget = FOLDED_BUDGET): Texts {
  const kept = new Map<string, Kept>();
  const originals = new Map<string, { version: string; text: string }>();
  let used = 0;
  let originalsUsed = 0;

  const forget = (id: string): void => {
    used -= kept.get(id)?.bytes ?? 0;
    kept.delete(id);
    forgetOriginal(id);
  };

  const forgetOriginal = (id: string): void => {
    originalsUsed -= bytesOf(originals.get(id)?.text ?? '');
    originals.delete(id);
  };

  const read = async (document: SearchDocument): Promise<string | undefined> => {
    const { path, format, encoding } = document;
    if (path === undefined) return undefined;
    try {
      return await readText({ path, format, encoding });
    } catch (error) {
      warn(`Search leaves out the text of ${path}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };

  return {
    async folded(document) {
      const version = versionOf(document);
      const known = kept.get(document.id);
      if (known?.version === version) return known.folded;
      forget(document.id);
      const text = await read(document);
      const folded = text === undefined ? undefined : fold(text);
      const bytes = folded ? bytesOf(folded.text) + folded.shifts.byteLength : 0;
      if (used + bytes <= budget) {
        kept.set(document.id, { version, folded, bytes });
        used += bytes;
      }
      return folded;
    },

    async original(document) {
      const version = versionOf(document);
      const known = originals.get(document.id);
      forgetOriginal(document.id);
      const text = known?.version === version ? known.text : await read(document);
      if (text === undefined) return undefined;
      originals.set(document.id, { version, text });
      originalsUsed += bytesOf(text);
      for (const id of originals.keys()) {
        if (originalsUsed <= ORIGINAL_BUDGET) break;
        forgetOriginal(id);
      }
      return text;
    },

    forget,
  };
}

const versionOf = ({ path, format, encoding, size, changedAt }: SearchDocument): string =>
  JSON.stringify([path, format, encoding, size, changedAt]);

/** What a string takes in memory: V8 keeps a text of nothing but Latin-1 in one byte a unit. */
const bytesOf = (text: string): number => text.length * (/[^\0-\xFF]/.test(text) ? 2 : 1);
