import { heirOf, type Identity } from '#model';
import type { Catalog } from './catalog';
import type { Identities } from './identities';
import { type Known, type NotebookIndex, sightingOf } from './identity';
import type { Pipeline } from './pipeline';
import type { LibraryLog, MachineView, NotebookView } from './types';

interface ContinuationsOptions {
  catalog: Catalog;
  index: NotebookIndex;
  notebooks: Pick<NotebookView, 'outline'>;
  machine: MachineView;
  identities: Identities;
  pipeline: Pipeline;
  identity(id: string): Identity | undefined;
  log: LibraryLog;
}

/** Documents that go on with the file of another one, since the reader said that they are the same. */
export class Continuations {
  readonly #options: ContinuationsOptions;

  constructor(options: ContinuationsOptions) {
    this.#options = options;
  }

  /** Gives what was known of the latter before. */
  async join(fromId: string, intoId: string): Promise<Known | undefined> {
    const { index, pipeline } = this.#options;
    const files = this.#filesOf(fromId, intoId);
    const known = index.get(intoId);
    if (!files || !known) return undefined;
    await pipeline.rename(fromId, intoId, files);
    return known;
  }

  /** Puts the files of a document, whose notebook says since a moment ago that it is another one, beside that as an edition. */
  async putBeside(fromId: string, intoId: string): Promise<void> {
    const { identities, pipeline } = this.#options;
    for (const id of [fromId, intoId]) identities.putKnown(id);
    await pipeline.regroup(intoId);
  }

  /** `known`: what was known of the latter before it was joined. */
  async separate(fromId: string, intoId: string, known: Known | undefined): Promise<void> {
    const { index, machine, identities, pipeline, log } = this.#options;
    const files = this.#filesOf(intoId, fromId);
    if (!known || !files) return;
    identities.putKnown(fromId);
    const kept = await machine.setSightings(new Map([[intoId, sightingOf(known)]]));
    if (!kept.ok) log.warn(`The place of the document ${intoId} could not be kept`, kept.failure.message);
    // The other file may be gone since, or not be the one that is shown.
    if (files.rawHash !== known.rawHash) await pipeline.rename(intoId, fromId, files);
    index.put(intoId, known);
    await pipeline.reclaim(intoId);
  }

  /** Where another machine gave a document the file of another one, and that lies here too, the same is done here. */
  follow(id: string): void {
    const { catalog, notebooks, machine, pipeline } = this.#options;
    const outline = notebooks.outline(id);
    if (!outline) return;
    const { sameAs, identity } = outline;
    const seen = machine.sighting(id)?.rawHash;
    const isBehind = seen !== undefined && identity.rawHash !== seen && identity.history.some(({ rawHash }) => rawHash === seen);
    const heir = (of: string) => heirOf(of, (each) => notebooks.outline(each)?.sameAs);
    if (isBehind && sameAs === undefined && catalog.isBeside(id, identity.rawHash)) return void this.show(id, identity.rawHash);
    const [fromId, intoId] = sameAs !== undefined ? [id, heir(id)] : [isBehind ? catalog.idWithHash(identity.rawHash) : undefined, id];
    if (fromId === undefined || fromId === intoId || !catalog.has(fromId) || !notebooks.outline(intoId)) return;
    const other = notebooks.outline(fromId);
    const files = other && heir(fromId) !== intoId ? undefined : this.#filesOf(fromId, intoId);
    if (files) void pipeline.rename(fromId, intoId, files);
  }

  /** Shows a document by another of its editions; nothing where that is no edition of it that is here. */
  async show(id: string, rawHash: string): Promise<void> {
    const { catalog, pipeline } = this.#options;
    const edition = catalog.editions(id).find(({ files: [file] }) => file.rawHash === rawHash);
    if (!edition) return;
    const paths = edition.files.map(({ path }) => path);
    await pipeline.show(id, { ...sightingOf({ paths, rawHash }), otherHashes: [], ...this.#editionsOf(id) });
  }

  /** What is known of the files of one document, as those of another one. */
  #filesOf(id: string, intoId: string): Known | undefined {
    const identity = this.#options.identity(id);
    return identity && { ...sightingOf(identity), otherHashes: [], ...this.#editionsOf(intoId) };
  }

  #editionsOf(id: string): Pick<Known, 'editions'> {
    const editions = this.#options.notebooks.outline(id)?.editions;
    return editions ? { editions } : {};
  }
}
