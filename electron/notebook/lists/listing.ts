import type { Notebook } from '#model';
import { mergeInSlices, type Pause, sortInSlices } from '../../pacing';

/** Something in a list that belongs to a document. */
export interface Item {
  documentId: string;
}

/** What one notebook has in a list. */
export interface Part<T extends Item> {
  notebook: Notebook;
  items: readonly T[];
}

/** A list of what is in all notebooks. */
export interface Listing<T extends Item, P extends Part<T> = Part<T>> {
  /** By document. */
  parts: ReadonlyMap<string, P>;
  /** The items of all parts in their order. */
  order: readonly T[];
}

/** What a list is made of. */
export interface Composition<T extends Item, P extends Part<T> = Part<T>> {
  /** What a notebook has in the list. */
  read(notebook: Notebook): P | Promise<P>;
  /** Whether what was read of a notebook that is still the same is right. */
  isCurrent?(part: P): boolean;
  compare(a: T, b: T): number;
}

export const emptyListing = <T extends Item, P extends Part<T>>(): Listing<T, P> => ({ parts: new Map(), order: [] });

/**
 * A list brought up to date: only notebooks that are other objects than before are read. The same object when nothing is another. Other
 * work is let in on the way; where a notebook changes meanwhile, the next update finds it.
 */
export async function updateListing<T extends Item, P extends Part<T>>(
  before: Listing<T, P>,
  notebooks: Iterable<Notebook>,
  { read, isCurrent = () => true, compare }: Composition<T, P>,
  pause: Pause,
): Promise<Listing<T, P>> {
  const parts = new Map<string, P>();
  const added: T[] = [];
  let kept = 0;
  for (const notebook of notebooks) {
    const paused = pause();
    if (paused) await paused;
    const known = before.parts.get(notebook.id);
    if (known?.notebook === notebook && isCurrent(known)) {
      parts.set(notebook.id, known);
      kept += 1;
      continue;
    }
    const part = await read(notebook);
    parts.set(notebook.id, part);
    for (const item of part.items) added.push(item);
  }
  if (kept === parts.size && kept === before.parts.size) return before;
  const left = before.order.filter(({ documentId }) => parts.get(documentId) === before.parts.get(documentId));
  return { parts, order: await mergeInSlices(left, await sortInSlices(added, compare, pause), compare, pause) };
}
