import { hash } from 'node:crypto';
import type { Identity, Notebook } from '../api';

/** Earlier states of a file that an identity keeps: the newest. */
const HISTORY_KEPT = 200;

/** Paths that an identity keeps: of a file that is copied everywhere, the first. */
const PATHS_KEPT = 20;

/** Hexadecimal digits of a document's identifier. */
const ID_LENGTH = 32;

/**
 * The identifier of a document that has none yet: of its raw hash, so that it is the same after a restart; with its
 * path as well while the plain one `isTaken` by another document.
 */
export function deriveId(rawHash: string, path: string, isTaken: (id: string) => boolean): string {
  let id = rawHash.slice(0, ID_LENGTH);
  for (let round = 0; isTaken(id); round++) id = hash('sha256', `${rawHash}\0${path}\0${round}`).slice(0, ID_LENGTH);
  return id;
}

interface Seen {
  /** Absolute paths where the document is, the shown one first. */
  paths: readonly string[];
  rawHash: string;
  title: string;
}

/**
 * The identity of a document whose file was seen; `undefined` when nothing changed. What it was before goes into the
 * history when its content or its first path is another.
 */
export function nextIdentity(before: Identity, seen: Seen, until: string): Identity | undefined {
  const [path] = before.paths;
  const paths = seen.paths.slice(0, PATHS_KEPT);
  const same = before.rawHash === seen.rawHash && before.paths.join('\0') === paths.join('\0');
  if (same) return undefined;
  const replaced = path !== undefined && (before.rawHash !== seen.rawHash || path !== paths[0]);
  const entry = replaced ? [{ path, rawHash: before.rawHash, textHash: before.textHash, until }] : [];
  return {
    ...before,
    paths,
    rawHash: seen.rawHash,
    title: seen.title,
    history: [...before.history, ...entry].slice(-HISTORY_KEPT),
  };
}

/** Whether a notebook holds anything that the reader would miss if its document left the list. */
export const hasReadersWork = ({ notes, deletedNotes, tags, title, date }: Notebook): boolean =>
  notes.length > 0 || deletedNotes.length > 0 || tags.length > 0 || title !== undefined || date !== undefined;

/** Finds notebooks by the current hash and by the paths of their identities. */
export class NotebookIndex {
  readonly #indexed = new Map<string, Identity>();
  readonly #byHash = new Map<string, Set<string>>();
  readonly #byPath = new Map<string, Set<string>>();

  /** Takes in a notebook's identity as it is now. */
  put(id: string, identity: Identity): void {
    const before = this.#indexed.get(id);
    if (before === identity) return;
    if (before) {
      this.#byHash.get(before.rawHash)?.delete(id);
      for (const path of before.paths) this.#byPath.get(path)?.delete(id);
    }
    this.#indexed.set(id, identity);
    add(this.#byHash, identity.rawHash, id);
    for (const path of identity.paths) add(this.#byPath, path, id);
  }

  has = (id: string): boolean => this.#indexed.has(id);
  identityOf = (id: string): Identity | undefined => this.#indexed.get(id);
  withHash = (rawHash: string): Iterable<string> => this.#byHash.get(rawHash) ?? [];
  withPath = (path: string): Iterable<string> => this.#byPath.get(path) ?? [];
  ids = (): Iterable<string> => this.#indexed.keys();
}

function add(map: Map<string, Set<string>>, key: string, id: string): void {
  const ids = map.get(key);
  if (ids) ids.add(id);
  else map.set(key, new Set([id]));
}
