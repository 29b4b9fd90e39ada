import type { Collection } from '#api';
import { type CollectionStep, collectionKey, record, withStep } from '#model';
import { call } from '../client';
import { type ShownCollection, shownCollections } from '../selectors';
import { getState, setState } from '../store';
import { notify, reportError } from './notices';
import { updateSettings } from './settings';
import { collect } from './shelf';

/** The collection of a name, whatever its case. */
export const collectionNamed = (name: string): ShownCollection | undefined =>
  shownCollections(getState()).find((each) => collectionKey(each.name) === collectionKey(name));

/** Why a collection may not be called so, as a sentence; `id`: the one that is to be. */
export function nameObstacle(name: string, id?: string): string | undefined {
  const known = collectionNamed(name);
  return known && known.id !== id ? `There is a collection “${known.name}” already.` : undefined;
}

/** Keeps a state of a collection that is later than the one before, by whichever clock that was told; without a name it is removed. */
function put(id: string, name: string | undefined): void {
  const { collections } = getState().settings;
  const before = collections[id];
  const at = Math.max(Date.now(), before ? Date.parse(before.changedAt) + 1 : 0);
  const changedAt = new Date(at).toISOString();
  const kept = name ?? before?.name ?? shownCollections(getState()).find((each) => each.id === id)?.name ?? '';
  const next: Collection = { name: kept, changedAt, ...(name === undefined && { isRemoved: true }) };
  updateSettings({ collections: { ...collections, [id]: next } });
}

/** Does what `names` says as a step of undo of the library, and gives the step's id. */
function change(label: string, names: Omit<CollectionStep, 'stepId'>): string {
  const stepId = crypto.randomUUID();
  put(names.collectionId, names.to);
  const step = { label, changes: [], collection: { stepId, ...names }, at: Date.now(), isOfLibrary: true };
  setState({ history: record(getState().history, step) });
  return stepId;
}

/** Takes such a step back, or makes it again. */
export function turnCollection({ collectionId, from, to }: Omit<CollectionStep, 'stepId'>, direction: 'back' | 'again'): void {
  put(collectionId, direction === 'back' ? from : to);
}

/** Makes a collection, or gives the one that is called so. */
export function makeCollection(name: string): { id: string; name: string } {
  const known = collectionNamed(name);
  if (known) return known;
  const made = { id: crypto.randomUUID(), name: name.trim().replace(/\s+/g, ' ') };
  change('Make collection', { collectionId: made.id, to: made.name });
  return made;
}

/** Gives a collection another name; where that is another one's, offers to make one of the two. */
export function renameCollection({ id, name: from }: Pick<ShownCollection, 'id' | 'name'>, name: string): void {
  const to = name.trim().replace(/\s+/g, ' ');
  if (to === '' || to === from) return;
  const obstacle = nameObstacle(to, id);
  const other = collectionNamed(to);
  if (obstacle === undefined || !other) {
    change('Rename collection', { collectionId: id, from, to });
    return;
  }
  const action = { label: 'Merge them', run: () => void mergeCollection({ id, name: from }, other).catch(reportError) };
  notify('info', `${obstacle} “${from}” keeps its name.`, { action, about: `collection ${id}` });
}

/** Puts the documents of a collection into another one, and deletes it: two steps of undo. */
async function mergeCollection(from: Pick<ShownCollection, 'id' | 'name'>, into: ShownCollection): Promise<void> {
  const query = { collectionId: from.id, sort: 'title', ascending: true } as const;
  const documentIds = await call('library.document-ids', { query });
  if (documentIds.length === 0 || (await collect(documentIds, into, true))) removeCollection(from);
}

/** Removes a collection; its documents stay in the library. */
export function removeCollection({ id, name }: Pick<ShownCollection, 'id' | 'name'>): void {
  const stepId = change('Delete collection', { collectionId: id, from: name });
  const bringBack = () => {
    put(id, name);
    setState({ history: withStep(getState().history, stepId, 'undone') });
  };
  const message = `The collection “${name}” is deleted. Its documents stay in the library.`;
  notify('info', message, { action: { label: 'Undo', run: bringBack }, about: `collection ${id}` });
}

/** Takes back what “What changed” tells of a collection, where it still stands so. */
export function takeCollectionBack({ id, from, to }: { id: string; from?: string; to?: string }): void {
  const now = shownCollections(getState()).find((each) => each.id === id)?.name;
  if (now !== to) {
    notify('info', 'The collection was changed again since.');
    return;
  }
  change('Take back', { collectionId: id, ...(to !== undefined && { from: to }), ...(from !== undefined && { to: from }) });
  notify('info', 'It was taken back.');
}
