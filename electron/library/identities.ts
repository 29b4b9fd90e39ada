import type { Identity } from '#model';
import { createPause } from '../pacing';
import type { Catalog } from './catalog';
import { knownOf, type NotebookIndex, nextIdentity, type Seen, sightingOf } from './identity';
import type { LibraryLog, MachineView, NotebookView } from './types';

interface IdentitiesOptions {
  catalog: Pick<Catalog, 'locate'>;
  index: NotebookIndex;
  notebooks: NotebookView;
  machine: Pick<MachineView, 'sighting' | 'setSightings'>;
  log: LibraryLog;
}

/** What is kept of the documents that have a notebook, so that they are found again: where they are, and what their files hold. */
export class Identities {
  readonly #options: IdentitiesOptions;
  /** Documents whose notebook could not take its new identity yet. */
  readonly #owed = new Set<string>();
  /** After a scan all documents are gone through at once. */
  readonly #pause = createPause();

  constructor(options: IdentitiesOptions) {
    this.#options = options;
  }

  /**
   * Keeps where documents with a notebook are on this machine, and writes to the notebooks whose documents have a new content. What
   * fails is tried again with the next change.
   */
  async update(ids: Iterable<string>): Promise<void> {
    const { notebooks, machine, log } = this.#options;
    await this.#keepNewEditions();
    const seen = new Map<string, Seen>();
    /** What the notebooks said when it was seen. */
    const known = new Map<string, string | undefined>();
    const forgottenAt = (id: string) => notebooks.outline(id)?.forgottenAt;
    const forgotten = new Map<string, string | undefined>();
    for (const id of new Set([...ids, ...this.#owed])) {
      this.#owed.delete(id);
      const document = this.#seenOf(id);
      if (document) seen.set(id, document);
      known.set(id, notebooks.outline(id)?.identity.rawHash);
      forgotten.set(id, forgottenAt(id));
      await this.#pause();
    }
    // What was forgotten meanwhile is not to be known again.
    for (const id of seen.keys()) if (forgottenAt(id) !== forgotten.get(id)) seen.delete(id);
    const kept = await machine.setSightings(new Map([...seen].map(([id, document]) => [id, sightingOf(document)])));
    if (!kept.ok) log.warn(`The places of ${seen.size} documents could not be kept`, kept.failure.message);
    const until = new Date().toISOString();
    for (const [id, document] of seen) {
      await this.#pause();
      if (!kept.ok) this.#owed.add(id);
      this.putKnown(id);
      const identity = notebooks.outline(id)?.identity;
      if (!identity || notebooks.lockedBecause(id) || !nextIdentity(identity, document, until)) continue;
      // Who chose another edition meanwhile, here or elsewhere, knows better than what was seen before.
      const isAsKnown = ({ rawHash }: Identity): boolean => rawHash === known.get(id);
      const written = await notebooks.changeIdentity(
        id,
        (before) => (isAsKnown(before) && nextIdentity(before, document, until)) || before,
      );
      if (!written.ok) log.warn(`What the document ${id} now is could not be kept`, written.failure.message);
      if (!written.ok) this.#owed.add(id);
      this.putKnown(id);
    }
  }

  /** Writes to the notebooks which contents are editions of their documents since the files of those were edited. */
  async #keepNewEditions(): Promise<void> {
    const { notebooks, index, log } = this.#options;
    for (const [id, rawHashes] of [...index.newEditions()]) {
      if (notebooks.lockedBecause(id)) continue;
      const written = await notebooks.addEditions(id, rawHashes);
      if (written.ok) index.editionsKept(id, rawHashes);
      else log.warn(`What the editions of the document ${id} now are could not be kept`, written.failure.message);
    }
  }

  /** Takes into the index what is known of a document with a notebook. */
  putKnown(id: string): void {
    const { notebooks, machine, index } = this.#options;
    const outline = notebooks.outline(id);
    // What it has is another document's by now.
    if (outline?.sameAs !== undefined) index.delete(id);
    else if (outline) index.put(id, knownOf(outline.identity, machine.sighting(id), outline.editions));
  }

  /** Where a document with a notebook is and what its file holds, when that can be known. */
  #seenOf(id: string): Seen | undefined {
    const { notebooks, catalog } = this.#options;
    const located = catalog.locate(id);
    if (!notebooks.outline(id) || !located) return undefined;
    const [{ rawHash, problem, title }] = located.files;
    // Where a part of it is not there now, it is not known where it is.
    if (!rawHash || problem || located.files.some(({ absent }) => absent)) return undefined;
    return { paths: located.files.map(({ path }) => path), rawHash, title };
  }
}
