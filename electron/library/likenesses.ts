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

/**
 * Below this two texts are none of one document: in all that they have, and in what hardly any other document has, since pages of one manual share
 * most of their words. More is asked where both files stand than where one has gone.
 */
const GONE = { all: 0.2, rare: 0.2 };
const STANDING = { all: 0.35, rare: 0.3 };
/** Two saved copies of one page, by the address that they say they have, may have little in common but the passages with notes, which are looked for. */
const SAME_ADDRESS = { all: 0, rare: 0 };
type Floor = typeof GONE;
/** Other documents that may have a run of words for it to be rare. */
const RARE = 1;
/** Of the likest so many are looked at closely. */
const CLOSELY = 12;

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
    const floorFor = (otherId: string): Floor => {
      if (this.#isOfOnePage(documentId, otherId)) return SAME_ADDRESS;
      return hasNotes || this.#isMissing(otherId) ? GONE : STANDING;
    };
    if (hasNotes) return this.#isMissing(documentId) ? this.#among(await this.#sketchesOf(documentId), this.#withoutNotes(), floorFor) : [];
    const textHash = catalog.locate(documentId)?.files[0].textHash;
    const own = textHash === undefined ? undefined : this.#options.cache.sketch(textHash);
    return own ? this.#among([own], this.#withNotes(documentId), floorFor) : [];
  }

  async #among(own: readonly Sketch[], others: Iterable<string>, floorFor: (documentId: string) => Floor): Promise<Likeness[]> {
    const found: (Likeness & { one: Sketch; other: Sketch })[] = [];
    for (const documentId of others) {
      await this.#rest();
      let best = { documentId, likeness: 0, one: NOTHING, other: NOTHING };
      for (const other of await this.#sketchesOf(documentId))
        for (const one of own) {
          const now = likeness(one, other);
          if (now > best.likeness) best = { documentId, likeness: now, one, other };
        }
      if (best.likeness >= floorFor(documentId).all) found.push(best);
    }
    const isOfOnePage = ({ documentId }: Likeness): number => (floorFor(documentId) === SAME_ADDRESS ? 1 : 0);
    const likest = found.sort((a, b) => isOfOnePage(b) - isOfOnePage(a) || b.likeness - a.likeness).slice(0, CLOSELY);
    if (likest.length === 0) return [];
    const uses = await this.#countUses(likest);
    return likest
      .filter(({ documentId, one, other }) => {
        const pair = [one, other].map((each) => new Set(each));
        const isRare = (run: number) => (uses.get(run) ?? 0) - pair.filter((each) => each.has(run)).length <= RARE;
        return likeness(one, other, isRare) >= floorFor(documentId).rare;
      })
      .map(({ documentId, likeness: how }) => ({ documentId, likeness: how }));
  }

  /** Whether two files are copies of one page, by their addresses. */
  #isOfOnePage(documentId: string, otherId: string): boolean {
    const address = this.#options.catalog.locate(documentId)?.files[0].address;
    return address !== undefined && address === this.#options.catalog.locate(otherId)?.files[0].address;
  }

  async #rest(): Promise<void> {
    const paused = this.#options.pause();
    if (paused) await paused;
  }

  /** How many documents of the library have each run of these sketches in their present texts. */
  async #countUses(likest: readonly { one: Sketch; other: Sketch }[]): Promise<Map<number, number>> {
    const { catalog, cache } = this.#options;
    const uses = new Map<number, number>();
    for (const { one, other } of likest) for (const sketch of [one, other]) for (const run of sketch) uses.set(run, 0);
    for (const id of catalog.ids()) {
      await this.#rest();
      const textHash = catalog.locate(id)?.files[0].textHash;
      for (const run of (textHash === undefined ? undefined : cache.sketch(textHash)) ?? []) {
        const count = uses.get(run);
        if (count !== undefined) uses.set(run, count + 1);
      }
    }
    return uses;
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

const NOTHING: Sketch = new Uint32Array();
