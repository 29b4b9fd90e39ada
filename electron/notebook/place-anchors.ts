import { hash } from 'node:crypto';
import { type Anchor, anchorKey, anchorsOf, type Placement, type Placements } from '#model';
import type { NotebookStore } from './notebook-store';

/** A document's text that was just read, and what tells where anchors of earlier texts are in it. */
interface ReadText {
  textHash: string;
  place(earlier: readonly { text?: string; anchors: readonly Anchor[] }[]): Promise<Placement[][]>;
}

/** Where the anchors of a document's notes that were made on earlier texts are in the one that was read; `undefined` where there are none. */
export type PlaceAnchors = (documentId: string, read: ReadText) => Promise<Placements | undefined>;

/** Documents whose placements are kept: they take up to a second to compute, and come to the same while neither text nor notes change. */
const KEPT = 50;

/** Places anchors in a document's text, with the texts that they were made on where these were kept. */
export function createPlaceAnchors(notebooks: Pick<NotebookStore, 'get' | 'readText'>): PlaceAnchors {
  const kept = new Map<string, { digest: string; placements: Placements }>();

  return async (documentId, { textHash, place }) => {
    const notebook = notebooks.get(documentId);
    // Those of the trash and of versions go along where the text is compared anyway; they may come back.
    const wanted = new Set(notebook?.notes.flatMap(({ anchor }) => anchor?.textHash ?? []));
    wanted.delete(textHash);
    const others = notebook ? anchorsOf(notebook).filter((anchor) => wanted.has(anchor.textHash)) : [];
    if (others.length === 0) return undefined;
    const anchors = [...new Map(others.map((anchor) => [anchorKey(anchor), anchor])).values()];
    const digest = digestAnchors(textHash, anchors);
    const known = kept.get(documentId);
    if (known?.digest === digest) return known.placements;
    const { placements, isWhole } = await placeIn({ textHash, place }, anchors, notebooks.readText);
    kept.delete(documentId);
    // A text that is not there may still come, from another machine or a backup.
    if (isWhole) kept.set(documentId, { digest, placements });
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return placements;
  };
}

/** Where anchors are in a text that was read; `isWhole`: the texts that they were made on were all kept. */
export async function placeIn(
  { textHash, place }: ReadText,
  anchors: readonly Anchor[],
  readText: NotebookStore['readText'],
): Promise<{ placements: Placements; isWhole: boolean }> {
  const placements: Record<string, Placement> = {};
  let isWhole = true;
  // One text after another: each may take seconds, and its reader may go away meanwhile.
  for (const [earlierHash, made] of Map.groupBy(anchors, (anchor) => anchor.textHash)) {
    if (earlierHash === textHash) {
      for (const anchor of made) placements[anchorKey(anchor)] = { state: 'exact', start: anchor.start, end: anchor.end };
      continue;
    }
    const text = await readText(earlierHash);
    isWhole &&= text.ok;
    const [placed] = await place([{ anchors: made, ...(text.ok && { text: text.value }) }]);
    for (const [index, anchor] of made.entries()) placements[anchorKey(anchor)] = placed?.[index] ?? { state: 'unplaced' };
  }
  return { placements, isWhole };
}

/** A digest of anchors and the text that they were looked for in; where they are in print, which the same reading writes, does not count. */
export const digestAnchors = (textHash: string, anchors: unknown): string =>
  hash(
    'sha256',
    JSON.stringify([textHash, anchors], (key, value: unknown) => (key === 'locator' ? undefined : value)),
  );
