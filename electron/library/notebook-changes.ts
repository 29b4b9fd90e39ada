import { isDeepStrictEqual } from 'node:util';
import type { Identity } from '#model';
import type { Catalog } from './catalog';
import type { Continuations } from './continuations';
import type { Identities } from './identities';
import { type NotebookIndex, sightingOf } from './identity';
import type { Pipeline } from './pipeline';
import type { LibraryLog, MachineView, NotebookView } from './types';

interface NotebookChangesOptions {
  catalog: Pick<Catalog, 'has' | 'locate'>;
  index: Pick<NotebookIndex, 'get' | 'delete'>;
  notebooks: Pick<NotebookView, 'outline'>;
  machine: Pick<MachineView, 'sighting' | 'setSightings'>;
  identities: Pick<Identities, 'putKnown' | 'update'>;
  pipeline: Pick<Pipeline, 'regroup' | 'reclaim' | 'readAgain'>;
  continuations: Pick<Continuations, 'follow'>;
  /** Whether the files of all folders were seen. */
  isComplete(): boolean;
  /** The rows of these documents may be others. */
  onChanged(ids: readonly string[]): void;
  log: LibraryLog;
}

/** What the library does when the notebook of a document is made, changed, brought back or removed. */
export class NotebookChanges {
  readonly #options: NotebookChangesOptions;

  constructor(options: NotebookChangesOptions) {
    this.#options = options;
  }

  /** `identity`: where the document of a notebook that was just made was last seen. */
  async changed(id: string, identity?: Identity): Promise<void> {
    const { catalog, index, notebooks, machine, identities, pipeline, continuations, isComplete, onChanged, log } = this.#options;
    const notebook = notebooks.outline(id);
    if (notebook && identity && !machine.sighting(id) && identity.paths.length > 0) {
      // The next scan finds it again where it cannot be kept.
      const kept = await machine.setSightings(new Map([[id, sightingOf(identity)]]));
      if (!kept.ok) log.warn(`The place of the document ${id} could not be kept`, kept.failure.message);
    }
    const editions = index.get(id)?.editions;
    identities.putKnown(id);
    if (!isDeepStrictEqual(editions, index.get(id)?.editions)) await pipeline.regroup(id);
    if (notebook && !catalog.has(id)) void pipeline.reclaim(id);
    if (isComplete()) continuations.follow(id);
    for (const file of catalog.locate(id)?.files ?? []) if (file.chosen !== notebook?.encoding) pipeline.readAgain(file);
    onChanged([id]);
  }

  /** It is back from a backup: its document may have moved since. */
  async restored(id: string): Promise<void> {
    await this.changed(id);
    await this.#options.identities.update([id]);
  }

  /** As if there had never been one. */
  removed(id: string): void {
    this.#options.index.delete(id);
    this.#options.onChanged([id]);
  }
}
