import type { Notebook } from '#model';

/**
 * How many times changes were applied to each notebook since it was opened. Kept by the object, so that a notebook and its revision are always
 * of one moment; of one that is packed by its id, since it is another object each time that it is unpacked.
 */
export class Revisions {
  readonly #ofObjects = new WeakMap<Notebook, number>();
  readonly #ofPacked = new Map<string, number>();

  of = (notebook: Notebook): number => this.#ofObjects.get(notebook) ?? 0;

  /** That of what comes after a notebook, or after none. */
  after = (notebook: Notebook | undefined): number => (notebook ? this.of(notebook) : 0) + 1;

  has = (notebook: Notebook): boolean => this.#ofObjects.has(notebook);

  set(notebook: Notebook, revision: number): void {
    this.#ofObjects.set(notebook, revision);
  }

  /** The notebook is packed from now on. */
  pack(notebook: Notebook): void {
    this.#ofPacked.set(notebook.id, this.of(notebook));
  }

  /** The packed notebook is this object now. */
  unpack(notebook: Notebook): void {
    this.#ofObjects.set(notebook, this.#ofPacked.get(notebook.id) ?? 0);
  }
}
