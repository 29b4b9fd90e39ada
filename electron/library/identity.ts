import { hash } from 'node:crypto';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Identity, type NotebookOutline, readersFields } from '#model';
import { ManyByKey } from './many-by-key';
import type { Sighting } from './types';

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
export function deriveId(rawHash: string, file: string, isTaken: (id: string) => boolean): string {
  let id = rawHash.slice(0, ID_LENGTH);
  for (let round = 0; isTaken(id); round++) id = hash('sha256', `${rawHash}\0${file}\0${round}`).slice(0, ID_LENGTH);
  return id;
}

/** What is seen of a document. */
export interface Seen extends Sighting {
  title: string;
}

/** What this machine keeps of a document that it sees. */
export const sightingOf = ({ paths, rawHash }: Sighting): Sighting => ({ paths: paths.slice(0, PATHS_KEPT), rawHash });

/**
 * The identity of a document whose file was seen; `undefined` when its content is known. What it was before goes into the history.
 * A content that is in the history already is no news: this machine has an older copy than another one.
 */
export function nextIdentity(before: Identity, { paths, rawHash, title }: Seen, until: string): Identity | undefined {
  if (before.rawHash === rawHash || before.history.some((earlier) => earlier.rawHash === rawHash)) return undefined;
  return identityWith(before, { paths, rawHash, title }, until);
}

/** The identity of a document that has another content since `until`. */
export function identityWith(before: Identity, { paths, rawHash, title }: Seen, until: string): Identity {
  return {
    ...before,
    rawHash,
    // That of the new content is known once a note is made on it.
    textHash: undefined,
    title,
    fileName: path.basename(paths[0] ?? '') || before.fileName,
    history: [...before.history, { rawHash: before.rawHash, textHash: before.textHash, until }].slice(-HISTORY_KEPT),
  };
}

/** By what a document with a notebook is found again. */
export interface Known extends Sighting {
  /** Contents that it has or had on other machines; they count where nothing else does. */
  otherHashes: readonly string[];
  /** Contents that the reader said to be this document, its own among them; absent where it has one alone. */
  editions?: readonly string[];
}

/**
 * What is known of a document: what this machine saw of it, else what its notebook says. An older copy is looked for only where the
 * document was never seen, or one that lies about would be taken for a document that is gone for a while.
 */
export function knownOf(identity: Identity, sighting: Sighting | undefined, editions: readonly string[] = []): Known {
  const { paths, rawHash } = sighting ?? identity;
  const others = sighting ? [identity.rawHash] : identity.history.map((earlier) => earlier.rawHash);
  return {
    paths,
    rawHash,
    otherHashes: others.filter((each) => each !== rawHash),
    ...(editions.length > 0 && { editions: [...editions, identity.rawHash] }),
  };
}

/** Whether a notebook holds anything that the reader would miss if its document left the list. What is in the trash is found there. */
export const hasReadersWork = (outline: NotebookOutline): boolean =>
  outline.noteCount > 0 ||
  outline.tags.length > 0 ||
  outline.collections !== undefined ||
  readersFields.some((field) => outline[field] !== undefined);

/** Finds notebooks by the hashes and by the paths of their documents. */
export class NotebookIndex {
  readonly #known = new Map<string, Known>();
  readonly #byHash = new ManyByKey();
  readonly #byOtherHash = new ManyByKey();
  readonly #byEdition = new ManyByKey();
  readonly #byPath = new ManyByKey();
  readonly #newEditions = new Map<string, readonly string[]>();

  /** Takes in what is known now. */
  put(id: string, told: Known): void {
    const newEditions = this.#newEditions.get(id);
    const known = told.editions && newEditions ? { ...told, editions: [...new Set([...told.editions, ...newEditions])] } : told;
    if (isDeepStrictEqual(this.#known.get(id), known)) return;
    this.delete(id);
    this.#known.set(id, known);
    this.#byHash.add(known.rawHash, id);
    for (const each of known.otherHashes) this.#byOtherHash.add(each, id);
    for (const each of known.editions ?? []) this.#byEdition.add(each, id);
    for (const each of known.paths) this.#byPath.add(each, id);
  }

  delete(id: string): void {
    const before = this.#known.get(id);
    if (!before) return;
    this.#known.delete(id);
    this.#byHash.delete(before.rawHash, id);
    for (const each of before.otherHashes) this.#byOtherHash.delete(each, id);
    for (const each of before.editions ?? []) this.#byEdition.delete(each, id);
    for (const each of before.paths) this.#byPath.delete(each, id);
  }

  /** Takes a content for an edition of a document that has others, though its notebook does not say so yet. */
  addEdition(id: string, rawHash: string): void {
    this.#newEditions.set(id, [...(this.#newEditions.get(id) ?? []), rawHash]);
    const known = this.#known.get(id);
    if (known) this.put(id, known);
  }

  /** The contents that were added as editions and that notebooks do not say yet, by document. */
  newEditions = (): ReadonlyMap<string, readonly string[]> => this.#newEditions;

  /** Tells that the notebook of a document says these editions by now. */
  editionsKept(id: string, rawHashes: readonly string[]): void {
    const left = (this.#newEditions.get(id) ?? []).filter((each) => !rawHashes.includes(each));
    if (left.length > 0) this.#newEditions.set(id, left);
    else this.#newEditions.delete(id);
  }

  has = (id: string): boolean => this.#known.has(id);
  get = (id: string): Known | undefined => this.#known.get(id);
  withHash = (rawHash: string): Iterable<string> => this.#byHash.get(rawHash);
  withOtherHash = (rawHash: string): Iterable<string> => this.#byOtherHash.get(rawHash);
  withEdition = (rawHash: string): Iterable<string> => this.#byEdition.get(rawHash);
  withPath = (file: string): Iterable<string> => this.#byPath.get(file);
  ids = (): Iterable<string> => this.#known.keys();
}
