import type { Notebook, NotebookOutline } from '#model';
import { mergeInSlices, type Pause, sortInSlices } from '../../pacing';

/** The notebooks as lists see them: what is at hand of each, and the whole one where its notes must be looked at. */
export interface NotebooksAtHand {
  outlines(): Iterable<NotebookOutline>;
  notebook(id: string): Notebook | undefined | Promise<Notebook | undefined>;
}

/** Something in a list that belongs to a document. */
export interface Item {
  documentId: string;
}

/** What one notebook has in a list. */
export interface Part<T extends Item> {
  /** Another object for each state of the notebook. */
  outline: NotebookOutline;
  items: readonly T[];
}

/** A list of what is in all notebooks. */
export interface KeptList<T extends Item, P extends Part<T> = Part<T>> {
  /** By document. */
  parts: ReadonlyMap<string, P>;
  /** The items of all parts in their order. */
  order: readonly T[];
}

/** What a list is made of. */
export interface Composition<T extends Item, P extends Part<T> = Part<T>> {
  /** What a notebook has in the list. */
  read(outline: NotebookOutline): P | Promise<P>;
  /** Whether what was read of a notebook that is still the same is right. */
  isCurrent?(part: P): boolean;
  compare(a: T, b: T): number;
}

export const emptyList = <T extends Item, P extends Part<T>>(): KeptList<T, P> => ({ parts: new Map(), order: [] });

/**
 * A list brought up to date: only notebooks whose outlines are other objects than before are read. The same object when nothing is another. Other
 * work is let in on the way; where a notebook changes meanwhile, the next update finds it.
 */
export async function updateList<T extends Item, P extends Part<T>>(
  before: KeptList<T, P>,
  outlines: Iterable<NotebookOutline>,
  { read, isCurrent = () => true, compare }: Composition<T, P>,
  pause: Pause,
): Promise<KeptList<T, P>> {
  const parts = new Map<string, P>();
  const added: T[] = [];
  let kept = 0;
  for (const outline of outlines) {
    const paused = pause();
    if (paused) await paused;
    const known = before.parts.get(outline.id);
    if (known?.outline === outline && isCurrent(known)) {
      parts.set(outline.id, known);
      kept += 1;
      continue;
    }
    const part = await read(outline);
    parts.set(outline.id, part);
    for (const item of part.items) added.push(item);
  }
  if (kept === parts.size && kept === before.parts.size) return before;
  const left = before.order.filter(({ documentId }) => parts.get(documentId) === before.parts.get(documentId));
  return { parts, order: await mergeInSlices(left, await sortInSlices(added, compare, pause), compare, pause) };
}
