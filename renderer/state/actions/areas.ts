import { type Anchor, type Area, type AreaBox, type Colour, type Note, nameOfArea } from '#model';
import { boxBetween, boxBetweenEdges, boxOnto, LOWER_RIGHT, moveBox, pullBox } from '../../reader/pages/area-steps';
import { readerHandle, type ShownPages } from '../reader-handle';
import { getState, selectNotebook, setState } from '../store';
import { focusPane, isPaneFocused } from './focus';
import { changeNotebook } from './notebooks';
import { addNote, editNote, focusNote, now } from './notes';
import { announce, notify } from './notices';
import { updateSettings } from './settings';

/** The pages on the screen, once areas of them can be marked; tells the reader when they cannot be yet. */
export function markablePages(): { pages: ShownPages; textHash: string } | undefined {
  const { open } = getState();
  const pages = readerHandle()?.pages;
  if (pages && pages.count > 0 && open?.textHash !== undefined) return { pages, textHash: open.textHash };
  notify('info', 'This document is still being opened. Try it again in a moment.');
  return undefined;
}

/** The share of a page that is proposed at first. */
const PROPOSED = { width: 0.5, height: 0.2 };

/** Lets the reader mark an area of a page: one that can be moved stands in the middle of what is seen of the page that is read. */
export function startMarking(): void {
  const shown = markablePages();
  if (shown) mark(proposedOn(shown.pages, shown.pages.current()));
}

/** Lets the reader mark where a note on an area, or on a page, is from now on, beginning with where it is. */
export function markAnew(noteId: string, { page, box }: Area): void {
  const shown = markablePages();
  if (!shown) return;
  setState({ placingNoteId: noteId });
  mark(box ? { page, box } : proposedOn(shown.pages, page));
}

function mark(marking: Area): void {
  readerHandle()?.clearSelection();
  setState({ selection: undefined, highlightPopover: undefined, marking });
  // Where it is marked the keyboard goes on, which may be elsewhere while it is marked already.
  if (!isPaneFocused('main')) focusPane('main');
}

function proposedOn(pages: ShownPages, page: number): Area {
  const size = pages.sizeOf(page);
  const [width, height] = [PROPOSED.width * size.width, PROPOSED.height * size.height];
  return { page, box: inView(pages, page, { x: (size.width - width) / 2, y: 0, width, height }) };
}

/** A box in the middle of the height of what is seen of its page, and within the width. */
function inView(pages: ShownPages, page: number, box: AreaBox): AreaBox {
  const size = pages.sizeOf(page);
  const middle = pages.pointAt(0, window.innerHeight / 2, page)?.y ?? size.height / 2;
  return boxBetweenEdges(moveBox({ ...box, y: middle - box.height / 2 }, 0, 0, size), pages.seenAcross(page));
}

/** Brings what is marked within the width that is seen of its page by now. */
export function narrowArea(): void {
  const now = marked();
  // Where a note is already, it may be wider than what is seen.
  if (!now || getState().placingNoteId !== undefined) return;
  const box = boxBetweenEdges(now.box, now.pages.seenAcross(now.page));
  if (box.x !== now.box.x || box.width !== now.box.width) putBox(now, box);
}

/** Brings what is marked along to the page that is read by now. */
export function bringArea(): void {
  const now = marked();
  if (!now) return;
  const { pages, box } = now;
  const page = pages.current();
  putBox({ pages, page }, inView(pages, page, boxOnto(box, pages.sizeOf(now.page), pages.sizeOf(page))));
}

/** What is marked by now, with its page. */
function marked(): { pages: ShownPages; page: number; box: AreaBox } | undefined {
  const { marking } = getState();
  const pages = readerHandle()?.pages;
  return marking?.box && pages ? { pages, page: marking.page, box: marking.box } : undefined;
}

function putBox({ pages, page }: { pages: ShownPages; page: number }, box: AreaBox): void {
  const isAnother = page !== getState().marking?.page;
  setState({ marking: { page, box } });
  announce(`${isAnother ? `Page ${page}: ` : ''}${describeBox(box, pages.sizeOf(page))}`);
}

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

/** Where a box is on its page, as it is said. */
export const describeBox = ({ x, y, width, height }: AreaBox, page: { width: number; height: number }): string =>
  `${percent(x, page.width)} from the left, ${percent(y, page.height)} from the top; ${percent(width, page.width)} wide, ${percent(height, page.height)} high`;

/** Moves what is marked by so many points, or its lower right corner alone. */
export function stepArea(right: number, down: number, { isSized = false } = {}): void {
  const now = marked();
  if (!now) return;
  const size = now.pages.sizeOf(now.page);
  putBox(now, isSized ? pullBox(now.box, LOWER_RIGHT, right, down, size) : moveBox(now.box, right, down, size));
}

/** Goes on to the next (1) or previous (-1) page with what is marked. */
export function turnArea(direction: 1 | -1): void {
  const now = marked();
  const page = now && now.page + direction;
  if (!now || page === undefined || page < 1 || page > now.pages.count) return;
  const area = { page, box: boxOnto(now.box, now.pages.sizeOf(now.page), now.pages.sizeOf(page)) };
  setState({ marking: area });
  readerHandle()?.reveal({ start: 0, area });
  announce(`Page ${page}`);
}

/** Marks what lies between two points of a page. False where they are one. */
export function drawArea(page: number, from: { x: number; y: number }, to: { x: number; y: number }): boolean {
  const box = boxBetween(from, to);
  if (box) setState({ marking: { page, box } });
  return box !== undefined;
}

/** Ends the marking with nothing marked. What was marked by has the keyboard, and gives it back. */
export const cancelMarking = (): void => setState({ marking: undefined, placingNoteId: undefined });

/** Ends the marking since the reader went on elsewhere, and says so. */
export function leaveMarking(): void {
  cancelMarking();
  notify('info', 'No area was marked.');
}

/** Makes a note of what is marked, or puts the note there that is about to be placed. `takesFocus`: the keyboard goes on with what can be done with it. */
export function finishMarking({ colour = getState().settings.lastColour, takesFocus }: { colour?: Colour; takesFocus: boolean }): void {
  const { marking, placingNoteId } = getState();
  const note = marking && noteOn(marking, { colour, placing: placingNoteId });
  if (!note) {
    setState({ marking: undefined });
    return;
  }
  if (colour !== getState().settings.lastColour) updateSettings({ lastColour: colour });
  focusNote(note.id);
  // At once: the keyboard goes from the one to the other.
  setState({ marking: undefined, highlightPopover: { noteId: getState().focusedNoteId ?? note.id, takesFocus }, placingNoteId: undefined });
  const where = nameOfArea(marking, note.anchor?.locator);
  announce(note.id === placingNoteId ? `Moved: ${where}` : `Marked in ${note.colour}: ${where}`);
}

function noteOn(area: Area, { colour, placing }: { colour: Colour; placing?: string | undefined }): Note | undefined {
  // One on words is placed by selecting them.
  const before = selectNotebook(getState())?.notes.find((note) => note.id === placing && note.anchor?.area);
  if (before) return putOnArea(before, area);
  const anchor = anchorOn(area);
  return anchor && addNote({ anchor, colour }, 'Mark area');
}

function anchorOn(area: Area): Anchor | undefined {
  const shown = markablePages();
  return shown && readerHandle()?.anchorOfArea(area, shown.textHash);
}

/** Puts a note on another area. Steps with the same key that follow upon each other are one step of undo. */
export function putOnArea(record: Note, area: Area, joinKey?: string): Note | undefined {
  const { open } = getState();
  const anchor = anchorOn(area);
  if (!open || !anchor) return undefined;
  const note: Note = { ...record, anchor, modifiedAt: now() };
  return changeNotebook(open.documentId, { type: 'put-note', note }, { label: 'Change area', joinKey }) ? note : undefined;
}

/** Adds a note on the page that is being read, and opens its editor. */
export function addNoteOnPage(): void {
  const shown = markablePages();
  const note = shown && noteOn({ page: shown.pages.current() }, { colour: getState().settings.lastColour });
  if (note) editNote(note.id);
}
