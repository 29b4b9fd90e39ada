import type { Note, Placement } from '#model';
import { inTextOrder } from './note-lists';

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

/** A note whose passage was marked in an earlier text, and where it is in this one. */
export interface PlacedNote {
  note: Note;
  placement: Placement;
}

/** Notes that were made on an earlier text than `textHash`, in the order of this one: those for the reader to see, and those that were placed without doubt. */
export function toReview(
  notes: readonly Note[],
  placements: ReadonlyMap<string, Placement>,
  textHash: string | undefined,
): { toSee: PlacedNote[]; placed: PlacedNote[] } {
  const earlier = notes.filter(({ anchor }) => anchor && anchor.textHash !== textHash);
  const found = inTextOrder(earlier, placements).map(
    (note): PlacedNote => ({ note, placement: placements.get(note.id) ?? { state: 'unplaced' } }),
  );
  const isSure = ({ placement: { state } }: PlacedNote) => state === 'moved' || state === 'exact';
  return { toSee: found.filter((each) => !isSure(each)), placed: found.filter(isSure) };
}
