import type { Placement } from '#model';

/** The notes of the open document whose passages are most likely where they are shown, for the reader to say. */
export const closeNoteIds = (placements: ReadonlyMap<string, Placement>): string[] =>
  [...placements].flatMap(([id, { state }]) => (state === 'close' ? [id] : []));

/** What became of passages of an earlier text, as a sentence; `undefined` where nothing of them was made on one. */
export function describePlacements(placements: readonly Placement[]): string | undefined {
  const count = (wanted: Placement['state']) => placements.filter(({ state }) => state === wanted).length;
  const parts = [
    [count('moved'), 'was found again', 'were found again'],
    [count('close'), 'is likely where a dashed line is', 'are likely where dashed lines are'],
    [count('unplaced'), 'was not found', 'were not found'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, one, many]) => `${number} ${number === 1 ? one : many}`);
  if (told.length === 0) return undefined;
  const list = told.length < 3 ? told.join(' and ') : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
  return `The document has changed since you marked passages in it: ${list}.`;
}
