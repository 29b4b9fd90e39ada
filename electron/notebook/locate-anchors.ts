import { hash } from 'node:crypto';
import {
  type Anchor,
  type Area,
  anchorKey,
  anchorsOf,
  isSameContent,
  type Locator,
  type Notebook,
  type NotebookChange,
  type Placements,
  type TextRange,
} from '#model';
import type { Log } from '../log';
import type { NotebookStore } from './notebook-store';

/** A document's text that was just read, and what tells in which chapter and on which pages its passages are. */
interface ReadText {
  textHash: string;
  locate(ranges: readonly Pick<Anchor, 'start' | 'end' | 'area'>[]): Promise<(Locator | null)[]>;
  /** Where anchors of earlier texts are in it. */
  placements: Placements | undefined;
}

interface Locating {
  notebooks: NotebookStore;
  log: Log;
  /** Tells the windows of what was changed. */
  tell(documentId: string, changes: NotebookChange[], revision: number): void;
}

/** Has the anchors whose passages are in a text say where that is in print. */
export type LocateAnchors = (documentId: string, read: ReadText) => Promise<void>;

/** Documents of which it is kept that all their anchors say where they are. */
const KEPT = 50;

/**
 * Writes chapter and pages beside each quote of a document that was just read: exports have no text to ask. Those of earlier versions of Lectern and of
 * imports get them so, too; those that were found elsewhere in this text without doubt get those of the new place.
 */
export function createLocateAnchors({ notebooks, log, tell }: Locating): LocateAnchors {
  /** Digests of the anchors that were asked for last, by document. */
  const asked = new Map<string, string>();

  return async (documentId, { textHash, locate, placements = {} }) => {
    const notebook = notebooks.get(documentId);
    if (!notebook || notebooks.lockedBecause(documentId)) return;
    const rangeOf = (anchor: Anchor) => {
      const placement = placements[anchorKey(anchor)];
      if (anchor.textHash === textHash) return rangeIn(anchor, anchor.area);
      if (placement?.state !== 'moved' && placement?.state !== 'exact') return undefined;
      return rangeIn(placement, placement.area);
    };
    const anchorsIn = (of: Notebook): Anchor[] => uniqueAnchors(anchorsOf(of).filter(rangeOf));
    const remember = (located: readonly Anchor[]): void => {
      asked.delete(documentId);
      asked.set(documentId, digestOf(textHash, located));
      const [oldest] = asked.keys();
      if (asked.size > KEPT && oldest !== undefined) asked.delete(oldest);
    };
    const anchors = anchorsIn(notebook);
    if (anchors.length === 0 || asked.get(documentId) === digestOf(textHash, anchors)) return;
    const locators = await locate(anchors.map((anchor) => rangeOf(anchor) ?? NOWHERE));
    const carried = anchors.flatMap(({ locator: before, ...anchor }, index) => {
      const locator = locators[index] ?? undefined;
      return isSameContent(before ?? null, locator ?? null) ? [] : [{ from: anchor, to: { ...anchor, ...(locator && { locator }) } }];
    });
    remember(anchors);
    if (carried.length === 0) return;
    const changes: NotebookChange[] = [{ type: 'carry-anchors', carried }];
    const applied = await notebooks.apply(documentId, changes, () => notebook);
    if (applied.ok) {
      tell(documentId, changes, applied.value.revision);
      remember(anchorsIn(applied.value.after));
    } else log.warn(`Chapters and pages of the notes on ${documentId} could not be written`, applied.failure.message);
  };
}

const digestOf = (textHash: string, anchors: readonly Anchor[]): string => hash('sha256', JSON.stringify([textHash, anchors]));

const rangeIn = ({ start, end }: TextRange, area: Area | undefined) => ({ start, end, ...(area && { area }) });

/** Those that are asked for have all a place. */
const NOWHERE = { start: 0, end: 0 };

/** Each place once; two anchors of one place that say different things of it are both asked for by the first. */
const uniqueAnchors = (anchors: readonly Anchor[]): Anchor[] => {
  const byPlace = new Map<string, Anchor>();
  for (const anchor of anchors) {
    const known = byPlace.get(anchorKey(anchor));
    if (!known || known.locator) byPlace.set(anchorKey(anchor), anchor);
  }
  return [...byPlace.values()];
};
