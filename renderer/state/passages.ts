import { isBookmark, type Note, type Placement, recordsOf, type WholeNote } from '#model';
import type { AppState, SelectedPassage } from './store';

/** A passage of a note, and where it was found in the text of the open document. */
interface PlacedRecord {
  record: Note;
  placement: Exclude<Placement, { state: 'unplaced' }>;
}

/** The passages of a note that were found, in the order of the text. */
export const placedRecords = (note: WholeNote, placements: ReadonlyMap<string, Placement>): PlacedRecord[] =>
  recordsOf(note)
    .flatMap((record) => {
      const placement = placements.get(record.id);
      return placement && placement.state !== 'unplaced' ? [{ record, placement }] : [];
    })
    .sort((one, other) => one.placement.start - other.placement.start);

/** Where a note stands: at the first of its passages that was found; `close` where any of them is. */
export function placementOf(note: WholeNote, placements: ReadonlyMap<string, Placement>): Placement | undefined {
  if (!note.parts) return placements.get(note.id);
  const found = placedRecords(note, placements).map(({ placement }) => placement);
  const [first] = found;
  if (!first) return recordsOf(note).some(({ id }) => placements.has(id)) ? { state: 'unplaced' } : undefined;
  const worst = (['close', 'moved', 'exact'] as const).map((state) => found.find((each) => each.state === state)).find((each) => each);
  const { area: _other, ...state } = worst ?? first;
  return { ...state, start: first.start, end: first.end, ...(first.area && { area: first.area }) };
}

/** The passage of a note that is meant by what is done with it: the one that the reader pointed at, else the first. */
export function meantRecord(
  note: WholeNote,
  { placements, focusedPassageId }: Pick<AppState, 'placements' | 'focusedPassageId'>,
): PlacedRecord | undefined {
  const found = placedRecords(note, placements);
  return found.find(({ record }) => record.id === focusedPassageId) ?? found[0];
}

/** What a sign stands beside: bookmarks, and where pages are shown as text, what is on one of them or a part of it. */
export const signsBeside = (
  notes: readonly WholeNote[],
  placements: ReadonlyMap<string, Placement>,
  isPaged: boolean,
): (PlacedRecord & { note: WholeNote })[] =>
  notes.flatMap((note) =>
    placedRecords(note, placements)
      .filter(({ placement }) => isBookmark(note) || (placement.area && !isPaged))
      .map((placed) => ({ note, ...placed })),
  );

/** Whether a passage was found at exactly this stretch of the text. */
export const isExactlyAt = (placement: Placement | undefined, { start, end }: SelectedPassage): boolean =>
  placement !== undefined && placement.state !== 'unplaced' && !placement.area && placement.start === start && placement.end === end;

/** The passage of a note that is nearest to a stretch of the text. */
export function nearestRecord(
  note: WholeNote,
  { start, end }: SelectedPassage,
  placements: ReadonlyMap<string, Placement>,
): PlacedRecord | undefined {
  const distance = ({ placement }: PlacedRecord) => Math.max(0, placement.start - end, start - placement.end);
  return placedRecords(note, placements).sort((one, other) => distance(one) - distance(other))[0];
}
