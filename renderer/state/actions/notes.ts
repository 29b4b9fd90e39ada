import { v7 as uuid } from 'uuid';
import {
  type Colour,
  deleteNotes,
  idsDeletedWith,
  isBookmark,
  isSameContent,
  type Note,
  type NotebookChange,
  quoteOf,
  redirectOf,
  restoreNotes,
  tagKey,
  type WholeNote,
} from '#model';
import { call } from '../client';
import { inTextOrder } from '../note-lists';
import { loadNotebook, notebookSaving } from '../notebook-sync';
import { meantRecord } from '../passages';
import { readerHandle } from '../reader-handle';
import { shownNotes } from '../selectors';
import { getState, noteOf, selectNotebook, setState, wholeNoteOf } from '../store';
import { inKnownCasing } from '../tag-casing';
import { awaitEditor, takeTypedAhead } from '../typed-ahead';
import { focusPane } from './focus';
import { markOrigin, rememberJump } from './jumps';
import { changeNotebook, lockOf, makeChanges, tellLock } from './notebooks';
import { aboutTag, announce, notify, notifyFailure, withdrawNotices } from './notices';
import { isPaneOpen, openPane } from './panes';
import { updateSettings } from './settings';

export const now = () => new Date().toISOString();

/** Puts a new note on a document, which is the open one unless another is named. */
export function addNote(
  note: Pick<Note, 'anchor' | 'colour'> & Partial<Pick<Note, 'body' | 'motivation'>>,
  label: string,
  documentId = getState().open?.documentId,
): Note | undefined {
  if (documentId === undefined) return undefined;
  const at = now();
  const whole: Note = { id: uuid(), body: '', tags: [], createdAt: at, modifiedAt: at, history: [], ...note };
  return changeNotebook(documentId, { type: 'put-note', note: whole }, { label }) ? whole : undefined;
}

/** UTF-16 code units of a passage that are announced. */
const ANNOUNCED = 120;

/** The beginning of a text for being announced, cut at a word where it has words. */
export function shorten(text: string): string {
  if (text.length <= ANNOUNCED) return text;
  const space = text.lastIndexOf(' ', ANNOUNCED);
  return `${text.slice(0, space > 0 ? space : ANNOUNCED)}…`;
}

/** Adds a note on the whole document as soon as its notebook is there, which it is not from the moment the document is opened. */
export const addPageNote = (documentId: string): Promise<void> => startPageNote(documentId, '');

/** The same of a note that begins with a title, by which links find it. */
export const addNamedPageNote = (documentId: string, title: string): Promise<void> => startPageNote(documentId, `# ${title}\n\n`);

/** Whether an editor can be opened beside a document, whose notebook may not be there from the moment it is opened. What is typed meanwhile is kept for it. */
async function awaitNotebook(documentId: string): Promise<boolean> {
  const isWanted = () => getState().open?.documentId === documentId && getState().view.type === 'document';
  awaitEditor(isWanted);
  const isThere = (await loadNotebook(documentId)) && isWanted();
  if (!isThere) takeTypedAhead();
  return isThere;
}

async function startPageNote(documentId: string, body: string): Promise<void> {
  if (!(await awaitNotebook(documentId))) return;
  // The note stands above the text: the way back leads to where the reader was.
  rememberJump();
  const note = addNote({ colour: getState().settings.lastColour, body }, 'Add note');
  if (note) editNote(note.id);
  else takeTypedAhead();
}

/** Whether a note is another person's; then it is said that it is not edited. */
export function isOfAnother({ creator }: Note): boolean {
  if (creator) notify('info', `This note is by ${creator.name}. It can be deleted, but is not edited. Write a note of your own beside it.`);
  return creator !== undefined;
}

/** Whether a note is a bookmark; then it is said that it has no highlight. */
export function hasNoHighlight(note: Note): boolean {
  if (isBookmark(note)) notify('info', 'A bookmark has no highlight. Its card has what can be done with it.');
  return isBookmark(note);
}

/** Changes a note of any loaded notebook, unless it is so already: that would be a step of undo that does nothing. */
function update(documentId: string, noteId: string, part: Partial<Note>, label: string, joinKey?: string): void {
  const note = noteOf(documentId, noteId);
  if (!note || isSameContent(note, { ...note, ...part }) || isOfAnother(note)) return;
  changeNotebook(documentId, { type: 'put-note', note: { ...note, ...part, modifiedAt: now() } }, { label, joinKey });
}

export const setNoteBody = (documentId: string, noteId: string, body: string): void =>
  update(documentId, noteId, { body }, 'Edit note', `body ${noteId}`);

export function setNoteColour(documentId: string, noteId: string, colour: Colour): void {
  const note = noteOf(documentId, noteId);
  if (note && !hasNoHighlight(note)) update(documentId, noteId, { colour }, 'Change colour');
}

export function setNoteTags(documentId: string, noteId: string, tags: readonly string[]): void {
  const before = noteOf(documentId, noteId);
  const now = uniqueTags(tags);
  update(documentId, noteId, { tags: now }, 'Tag note');
  rememberUsed(now, before?.tags);
}

/** Takes one of the other names of a tag away from it. */
export function removeAlias(name: string): void {
  if (!makeChanges([{ change: { type: 'set-tag-alias', name } }], { label: 'Remove another name of a tag' })) return;
  notify('info', `“${name}” is a name of its own again.`, { about: aboutTag(name) });
}

export function setDocumentTags(documentId: string, tags: readonly string[]): boolean {
  const before = getState().notebooks.get(documentId)?.tags;
  const now = uniqueTags(tags);
  rememberUsed(now, before);
  return changeNotebook(documentId, { type: 'set-tags', tags: now }, { label: 'Tag document' });
}

const RECENT_TAGS = 8;

/** Keeps which tags were put on last: they are offered first. */
export function rememberUsed(tags: readonly string[], before: readonly string[] = []): void {
  const added = tags.filter((tag) => !before.includes(tag));
  if (added.length === 0) return;
  const keys = new Set(added.map(tagKey));
  // The host counts once it has saved; a new tag is offered again at once.
  const { tagUses } = getState();
  const fresh = added.filter((tag) => !tagUses.has(tagKey(tag))).map((name) => [tagKey(name), { name, count: 1 }] as const);
  if (fresh.length > 0) setState({ tagUses: new Map([...tagUses, ...fresh]) });
  const others = getState().settings.recentTags.filter((tag) => !keys.has(tagKey(tag)));
  updateSettings({ recentTags: [...added.toReversed(), ...others].slice(0, RECENT_TAGS) });
}

/** Tags as they are kept: normalised, each once, under its own name, in the casing that was used first. */
export function uniqueTags(names: readonly string[]): string[] {
  const known = getState().tags;
  const byKey = new Map<string, string>();
  const named = redirectOf([...known.values()], 'aliases');
  for (const name of names.map((each) => inKnownCasing(named?.(each) ?? each, known))) {
    const key = tagKey(name);
    if (name !== '' && !byKey.has(key)) byKey.set(key, name);
  }
  return [...byKey.values()];
}

/** Makes changes of a notebook as one step of undo; `joinKey` as in `Undoable`. */
export const changeTogether = (documentId: string, changes: readonly NotebookChange[], label: string, joinKey?: string): boolean =>
  makeChanges(
    changes.map((change) => ({ documentId, change })),
    { label, joinKey },
  );

/** Puts a note with all its passages into the trash, with a message that offers to take it back. */
export function deleteNote(documentId: string, noteId: string): void {
  const note = noteOf(documentId, noteId);
  const kind = note && isBookmark(note) ? 'bookmark' : 'note';
  const notebook = getState().notebooks.get(documentId);
  if (!notebook || !changeTogether(documentId, deleteNotes(notebook, new Set([noteId]), now()), `Delete ${kind}`)) return;
  const { focusedNoteId, editingNoteId, taggingId } = getState();
  setState({
    focusedNoteId: focusedNoteId === noteId ? undefined : focusedNoteId,
    editingNoteId: editingNoteId === noteId ? undefined : editingNoteId,
    taggingId: taggingId === noteId ? undefined : taggingId,
  });
  const action = { label: 'Restore', run: () => restoreNote(documentId, noteId) };
  notify('info', `The ${kind} is in the trash.`, { action, about: noteId });
}

export function restoreNote(documentId: string, noteId: string): void {
  const notebook = getState().notebooks.get(documentId);
  if (notebook && changeTogether(documentId, restoreNotes(notebook, noteId), 'Restore note')) withdrawNotices(noteId);
}

/** Takes a note out of the trash for good. */
export function purgeNote(documentId: string, noteId: string): void {
  const notebook = getState().notebooks.get(documentId);
  if (!notebook) return;
  const changes = idsDeletedWith(notebook, noteId).map((id) => ({ documentId, change: { type: 'purge-note' as const, noteId: id } }));
  if (makeChanges(changes)) withdrawNotices(noteId);
}

/** Changes a note of the trash, unless that was done already, and saves it at once: the trash is shown as the host has it. */
export async function withDeletedNote(documentId: string, noteId: string, change: () => void): Promise<void> {
  await withNotebook(documentId, () => {
    const deleted = getState().notebooks.get(documentId)?.deletedNotes ?? [];
    if (deleted.some(({ note }) => note.id === noteId)) change();
  });
  await notebookSaving.flush();
}

/** Loads a notebook where this window has not got it, then changes it. */
export async function withNotebook(documentId: string, change: () => void): Promise<void> {
  if (await loadNotebook(documentId)) change();
}

/**
 * Puts the focus on the note of a record, and of several passages on its first one, or on that of the record where this is a further one or `ofRecord`;
 * `reveal` also brings it into view.
 */
export function focusNote(recordId: string | undefined, { reveal = false, ofRecord = false } = {}): void {
  const { highlightPopover, open, placingNoteId } = getState();
  const note = open && recordId !== undefined ? wholeNoteOf(open.documentId, recordId) : undefined;
  const noteId = note?.id ?? recordId;
  setState({
    focusedNoteId: noteId,
    focusedPassageId: ofRecord || recordId !== noteId ? recordId : undefined,
    highlightPopover: highlightPopover?.noteId === noteId ? highlightPopover : undefined,
    // Who goes to another note does not place that one any more.
    placingNoteId: recordId === undefined || recordId === placingNoteId || noteId === placingNoteId ? placingNoteId : undefined,
  });
  const meant = note && meantRecord(note, getState());
  if (!reveal || !meant) return;
  markOrigin();
  readerHandle()?.reveal(meant.placement);
}

/** Whether a note is written and tagged beside its highlight, since no card of it is shown. */
export const isWrittenInPopover = (noteId: string): boolean => getState().highlightPopover?.noteId === noteId && !isPaneOpen('notes');

/** Whether a note may be edited; if not, the reader is told why. */
function mayEdit(documentId: string, noteId: string): boolean {
  const lock = lockOf(documentId);
  if (lock) {
    tellLock(documentId, lock);
    return false;
  }
  const note = noteOf(documentId, noteId);
  return note === undefined || !isOfAnother(note);
}

/** Opens the editor of a note of the open document, in its card or where that is not shown beside its highlight. */
export function editNote(noteId: string): void {
  const { open } = getState();
  if (open && !mayEdit(open.documentId, noteId)) {
    takeTypedAhead();
    return;
  }
  if (getState().editingNoteId !== noteId) awaitEditor(() => getState().editingNoteId === noteId && getState().view.type === 'document');
  if (!isWrittenInPopover(noteId)) openPane('notes');
  setState({ focusedNoteId: noteId, editingNoteId: noteId, taggingId: undefined });
}

/** The same of a document that is being opened, as soon as its notebook is there. */
export async function editNoteOf(documentId: string, noteId: string): Promise<void> {
  if (await awaitNotebook(documentId)) editNote(noteId);
}

/** Opens the editor of a note where a list of many documents shows it; false where it is not edited. */
export async function editListedNote(documentId: string, noteId: string): Promise<boolean> {
  const { view } = getState();
  const isWanted = () => getState().view === view;
  awaitEditor(isWanted);
  if (!(await loadNotebook(documentId)) || !isWanted() || !mayEdit(documentId, noteId)) {
    takeTypedAhead();
    return false;
  }
  setState({ editingNoteId: noteId });
  return true;
}

export const stopEditing = (): void => setState({ editingNoteId: undefined });

/** Opens the tag field of a note, or of the document. */
export function startTagging(target: string | 'document'): void {
  if (target !== 'document') {
    const note = selectNotebook(getState())?.notes.find(({ id }) => id === target);
    if (note && isOfAnother(note)) return;
    if (getState().taggingId !== target) awaitEditor(() => getState().taggingId === target && getState().view.type === 'document');
    if (!isWrittenInPopover(target)) openPane('notes');
    setState({ focusedNoteId: target });
  }
  setState({ taggingId: target });
}

export const stopTagging = (): void => setState({ taggingId: undefined });

/** The notes of the open document in the order of the text: page notes, placed ones, then those without a place. */
export const orderedNotes = (): WholeNote[] => inTextOrder(shownNotes(getState()), getState().placements);

/** Moves the focus to the next (1) or previous (-1) note of the document. */
export function stepNote(direction: 1 | -1): void {
  const notes = orderedNotes();
  if (notes.length === 0) {
    notify('info', 'This document has no notes yet. Select a passage to make one.');
    return;
  }
  const { focusedNoteId } = getState();
  const at = notes.findIndex(({ id }) => id === focusedNoteId);
  const next = at < 0 ? (direction === 1 ? 0 : notes.length - 1) : Math.min(Math.max(at + direction, 0), notes.length - 1);
  const note = notes[next];
  if (note) goToNote(note, `Note ${next + 1} of ${notes.length}`);
}

/** Puts the keyboard on a note's card; where no card is shown, on the text, and the note is announced. */
function goToNote(note: WholeNote, place: string): void {
  const { id, body } = note;
  focusNote(id, { reveal: true });
  if (isPaneOpen('notes')) {
    setState({ wantedCard: { noteId: id } });
    return;
  }
  focusPane('main');
  announce(`${place}. ${[shorten(quoteOf(note) ?? ''), shorten(body)].filter(Boolean).join('. ')}`);
}

export async function copyText(text: string, message: string): Promise<void> {
  const result = await call('shell.copy-text', { text });
  if (result.ok) notify('info', message);
  else notifyFailure(result.failure);
}

/** Gives a tag its colour, or takes it away, with a message that offers to take that back: it is seen in every document. */
export function setTagColour(name: string, colour: Colour | undefined): void {
  const before = getState().tags.get(tagKey(name))?.colour;
  if (before === colour) return;
  if (!makeChanges([{ change: { type: 'set-tag-colour', name, colour } }], { label: 'Colour tag' })) return;
  const about = aboutTag(name);
  withdrawNotices(about);
  const action = { label: 'Undo', run: () => setTagColour(name, before) };
  notify('info', colour ? `The tag “${name}” is ${colour} now.` : `The tag “${name}” has no colour of its own now.`, { action, about });
}
