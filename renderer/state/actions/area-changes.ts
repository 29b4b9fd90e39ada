import type { Area, AreaBox, Note } from '#model';
import { LOWER_RIGHT, moveBox, type Pulled, pullBox, STEP, UPPER_LEFT } from '../../reader/pages/area-steps';
import { meantRecord } from '../passages';
import { readerHandle } from '../reader-handle';
import { getState, setState, wholeNoteOf } from '../store';
import { describeBox, markAnew, markablePages, putOnArea } from './areas';
import { hasNoHighlight, isOfAnother } from './notes';
import { announce, notify } from './notices';

/** The passage in focus where it is an area of a page, or a page. */
export function focusedArea(): { record: Note; area: Area } | undefined {
  const { focusedNoteId, open } = getState();
  const note = open && focusedNoteId !== undefined ? wholeNoteOf(open.documentId, focusedNoteId) : undefined;
  const placed = note && meantRecord(note, getState());
  return placed?.placement.area && { record: placed.record, area: placed.placement.area };
}

/** Lets the reader move or size the area in focus, with the keys or by drawing it anew; says why it cannot be. */
export function changeArea(): void {
  const focused = focusedArea();
  if (!focused)
    notify('info', 'Only a note on an area of a page, or on a page, can be moved so. The full stop and the comma change a highlight.');
  else if (!isOfAnother(focused.record) && !hasNoHighlight(focused.record)) markAnew(focused.record.id, focused.area);
}

/** Moves the lower right corner (`end`) or the upper left one (`start`) of an area, onwards or back. */
export function stepCorner({ record, area }: { record: Note; area: Area }, edge: 'start' | 'end', direction: 'forward' | 'backward'): void {
  if (isOfAnother(record) || hasNoHighlight(record)) return;
  const shown = markablePages();
  if (!shown) return;
  if (!area.box) {
    notify('info', 'This note is on a whole page.');
    return;
  }
  const by = direction === 'forward' ? STEP : -STEP;
  const box = pullBox(area.box, edge === 'end' ? LOWER_RIGHT : UPPER_LEFT, by, by, shown.pages.sizeOf(area.page));
  put(record, { page: area.page, box }, `anchor ${record.id}`);
}

/** An area that is held with the pointer. */
export interface HeldArea {
  recordId: string;
  page: number;
  box: AreaBox;
  /** The edges that are drawn; without any all of it is moved. */
  pulled?: Pulled;
}

/** Shows how an area would stand when it is drawn by so many points; nothing is changed yet. */
export function drawHeldArea({ recordId, page, box, pulled }: HeldArea, right: number, down: number): void {
  const size = readerHandle()?.pages?.sizeOf(page);
  if (!size) return;
  const drawn = pulled ? pullBox(box, pulled, right, down, size) : moveBox(box, right, down, size);
  setState({ drawnArea: { recordId, page, box: drawn } });
}

/** Ends the drawing: the area stands as it was shown, or as before. */
export function endHeldArea(isKept: boolean): void {
  const { drawnArea } = getState();
  setState({ drawnArea: undefined });
  const focused = focusedArea();
  if (isKept && drawnArea && focused?.record.id === drawnArea.recordId) put(focused.record, drawnArea);
}

function put(record: Note, { page, box }: Pick<HeldArea, 'page' | 'box'>, joinKey?: string): void {
  const size = readerHandle()?.pages?.sizeOf(page);
  if (putOnArea(record, { page, box }, joinKey) && size) announce(`Area: ${describeBox(box, size)}`);
}
