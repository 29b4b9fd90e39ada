import { likeness, type Sketch } from '#model';
import type { Pause } from '../pacing';
import type { FactsCache } from './cache';
import type { Catalog } from './catalog';
import type { NotebookView } from './types';

/** A document of which another one has much. */
export interface Likeness {
  documentId: string;
  /** 0 to 1 */
  likeness: number;
}

interface LikenessesOptions {
  catalog: Catalog;
  notebooks: Pick<NotebookView, 'ids' | 'outline'>;
  cache: Pick<FactsCache, 'sketch' | 'putSketches'>;
  /** The sketch of a text that notes were made on; `undefined` where it was not kept. */
  sketchKept(textHash: string): Promise<Sketch | undefined>;
  pause: Pause;
}

/** Below this two texts are none of one document, where the file of one has gone and where both stand. */
const GONE = 0.2;
const STANDING = 0.35;

/** Finds documents whose texts have much in common, one of which has the reader's notes. */
export class Likenesses {
  readonly #options: LikenessesOptions;

  constructor(options: LikenessesOptions) {
    this.#options = options;
  }

  /** Documents with notes that one without is much like, or those without that one with notes, whose file is gone, is like; the likest first. */
  async of(documentId: string): Promise<Likeness[]> {
    const { catalog, notebooks } = this.#options;
    const hasNotes = (notebooks.outline(documentId)?.noteCount ?? 0) > 0;
    if (hasNotes) return this.#isMissing(documentId) ? this.#among(await this.#sketchesOf(documentId), this.#withoutNotes(), GONE) : [];
    const textHash = catalog.locate(documentId)?.files[0].textHash;
    const own = textHash === undefined ? undefined : this.#options.cache.sketch(textHash);
    return own ? this.#among([own], this.#withNotes(documentId), STANDING) : [];
  }

  async #among(own: readonly Sketch[], others: Iterable<string>, floor: number): Promise<Likeness[]> {
    const found: Likeness[] = [];
    for (const documentId of others) {
      const paused = this.#options.pause();
      if (paused) await paused;
      let most = 0;
      for (const sketch of await this.#sketchesOf(documentId)) for (const each of own) most = Math.max(most, likeness(each, sketch));
      if (most >= (this.#isMissing(documentId) ? GONE : floor)) found.push({ documentId, likeness: most });
    }
    return found.sort((a, b) => b.likeness - a.likeness);
  }

  /** Of the texts that a document's notes were made on, and of its present one. */
  async #sketchesOf(documentId: string): Promise<Sketch[]> {
    const { catalog, notebooks, cache, sketchKept } = this.#options;
    const texts = new Set(notebooks.outline(documentId)?.noteTexts);
    const present = catalog.locate(documentId)?.files[0].textHash;
    if (present !== undefined) texts.add(present);
    const sketches: Sketch[] = [];
    for (const textHash of texts) {
      const known = cache.sketch(textHash);
      const sketch = known ?? (await sketchKept(textHash));
      if (sketch && !known) cache.putSketches([[textHash, sketch]]);
      if (sketch) sketches.push(sketch);
    }
    return sketches;
  }

  *#withNotes(but: string): Generator<string> {
    for (const id of this.#options.notebooks.ids()) if (id !== but && (this.#options.notebooks.outline(id)?.noteCount ?? 0) > 0) yield id;
  }

  *#withoutNotes(): Generator<string> {
    const { catalog, notebooks } = this.#options;
    for (const id of catalog.ids()) if (!this.#isMissing(id) && (notebooks.outline(id)?.noteCount ?? 0) === 0) yield id;
  }

  #isMissing(documentId: string): boolean {
    const located = this.#options.catalog.locate(documentId);
    return !located || located.files[0].absent === true;
  }
}
