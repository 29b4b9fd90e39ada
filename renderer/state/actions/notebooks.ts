import type { Failure } from '#api';
import {
  applyChange,
  applyTagChange,
  basedOn,
  invertChange,
  invertTagChange,
  type LocatedChange,
  type Notebook,
  type NotebookChange,
  notebookChangeSchema,
  noteIdOf,
  type Place,
  type Replay,
  record,
  redo,
  type TagDetails,
  tagChangeSchema,
  tagKey,
  type UndoableChange,
  undo,
  withoutDocument,
  withoutNotes,
} from '#model';
import { notebookSaving, tagSaving, texts } from '../notebook-sync';
import { type AppState, getState, type Notice, setState } from '../store';
import { redoBulkEdit, undoBulkEdit } from './bulk';
import { turnCollection } from './collections';
import { turnJoining } from './joining';
import { notify, notifyFailure, reportError, withdrawNotices } from './notices';
import { pasteAgain, withdrawPasted } from './pasting';
import { showLossOf } from './problems';
import { setSearchRemoved } from './saved-searches';
import { putNotebook } from './shown-notebooks';
import { afterTurns } from './turns';

/** How a change is kept for undo; without it, it is not undone. */
export interface Undoable {
  label: string;
  /** Changes with the same key in quick succession are undone together. */
  joinKey?: string;
  /** It concerns the library, wherever the reader is. */
  isOfLibrary?: boolean;
}

/** Why a notebook may not be changed (a newer version's, unreadable), when it may not. */
export function lockOf(documentId: string): Failure | undefined {
  const problem = getState().documents.get(documentId)?.problem;
  return problem?.code === 'notebook-read-only' || problem?.code === 'notebook-quarantined' ? problem : undefined;
}

/** What is noted of reading alone, without the reader's doing. */
const isNotedByItself = ({ change: { type } }: LocatedChange): boolean => type === 'set-position' || type === 'set-status';

/**
 * The one door through which notebooks and tags change: state, undo, and saving. Unknown notebooks must have been loaded. `base` says
 * what a change is based on: what stands there, unless it was noted when it was first made. False, and the reader is told why, when a
 * notebook may not be changed. Throws on a change that the host would not take: queued, it would hold up all that come after it.
 */
export function makeChanges(changes: readonly LocatedChange[], undoable?: Undoable, base: typeof basedOn = basedOn): boolean {
  for (const { documentId } of changes) {
    if (documentId === undefined) continue;
    const lock = lockOf(documentId);
    if (!lock) continue;
    if (undoable || !changes.every(isNotedByItself)) {
      notifyFailure(lock);
      showLossOf(documentId);
    }
    return false;
  }
  for (const { documentId, change } of changes) (documentId === undefined ? tagChangeSchema : notebookChangeSchema).parse(change);
  const changed = new Map<string, Notebook>();
  const done = changes.flatMap((change) => makeChange(change, base, changed) ?? []);
  // Once each: of thousands of notes each would be placed again with every other.
  for (const notebook of changed.values()) putNotebook(notebook);
  if (undoable && done.length > 0) {
    const isOfLibrary =
      undoable.isOfLibrary || placeOf(getState()) === 'library' || done.some(({ change }) => change.documentId === undefined);
    setState({ history: record(getState().history, { ...undoable, changes: done, at: Date.now(), isOfLibrary }) });
  }
  return true;
}

/** Makes one change and gives it with the one that takes it back, where there is one. `changed` has the notebooks that are to be shown, by id. */
function makeChange(located: LocatedChange, base: typeof basedOn, changed: Map<string, Notebook>): UndoableChange | undefined {
  if (located.documentId === undefined) {
    const { change } = located;
    const before = [...getState().tags.values()];
    setTags(applyTagChange(before, change));
    tagSaving.enqueue('tags', change);
    return { change: located, inverse: { change: invertTagChange(before, change) } };
  }
  const { documentId } = located;
  const before = changed.get(documentId) ?? getState().notebooks.get(documentId);
  if (!before) throw new Error('A notebook was to be changed before it was read.');
  const change = base(before, located.change);
  changed.set(documentId, applyChange(before, change));
  rememberTags(change);
  texts.hold(documentId, change);
  notebookSaving.enqueue(documentId, change);
  const inverse = invertChange(before, change);
  return inverse && { change: { documentId, change }, inverse: { documentId, change: inverse } };
}

export const changeNotebook = (documentId: string, change: NotebookChange, undoable?: Undoable): boolean =>
  makeChanges([{ documentId, change }], undoable);

const setTags = (tags: readonly TagDetails[]): void => setState({ tags: new Map(tags.map((tag) => [tagKey(tag.name), tag])) });

/** Makes the host's tags those of this window; what this window has not saved yet comes last, here as on the disk. */
export function putTags(tags: readonly TagDetails[]): void {
  setTags(tagSaving.unsaved().reduce<readonly TagDetails[]>(applyTagChange, tags));
  for (const change of notebookSaving.unsaved()) rememberTags(change);
}

/** Lists a tag that is used for the first time; the host does the same when the change arrives there. */
function rememberTags(change: NotebookChange): void {
  const names = change.type === 'set-tags' ? change.tags : change.type === 'put-note' ? change.note.tags : [];
  const { tags } = getState();
  const fresh = names.filter((name) => !tags.has(tagKey(name)));
  if (fresh.length > 0) setState({ tags: new Map([...tags, ...fresh.map((name) => [tagKey(name), { name }] as const)]) });
}

/** A change that is made again, based on what it replaced then, not on what another window wrote since; a new note, by now in the trash, on itself. */
const basedAsBefore: typeof basedOn = (_notebook, change) =>
  change.type === 'put-note' ? { ...change, basedOn: change.basedOn ?? change.note.modifiedAt, from: change.from ?? change.note } : change;

/** Where the reader is, as undo sees it: in the document on the screen, or in the library. */
const placeOf = ({ view, open }: Pick<AppState, 'view' | 'open'>): Place =>
  view.type === 'document' && open ? { documentId: open.documentId } : 'library';

const replay = (step: Replay | undefined, place: Place, done: 'Undone' | 'Redone'): void => {
  if (!step) {
    withdrawNotices('history');
    const what = `There is nothing to ${done === 'Undone' ? 'undo' : 'redo'}`;
    notify('info', place === 'library' || place.withLibrary ? `${what}.` : `${what} in this document.`, { about: 'history' });
    return;
  }
  if (step.editId !== undefined) {
    void (done === 'Undone' ? undoBulkEdit(step.editId) : redoBulkEdit(step.editId)).catch(reportError);
    return;
  }
  if (step.pastedId !== undefined) {
    void (done === 'Undone' ? withdrawPasted(step.pastedId) : pasteAgain(step.pastedId)).catch(reportError);
    return;
  }
  if (step.joining) {
    void turnJoining(step.joining, done === 'Undone' ? 'back' : 'again').catch(reportError);
    return;
  }
  if (step.searchId !== undefined) setSearchRemoved(step.searchId, done === 'Redone');
  else if (step.collection) turnCollection(step.collection, done === 'Undone' ? 'back' : 'again');
  else if (!makeChanges(step.changes, undefined, basedAsBefore)) return;
  setState({ history: step.history });
  withdrawNotices();
  notify('info', `${done}: ${step.label}`, { about: 'history' });
};

/**
 * What undo takes back in a place. Not what was done to notes that went to the trash since, among many or in another window: they would come back
 * as they were before their last words.
 */
function stepToUndo(place: Place): Replay | undefined {
  for (;;) {
    const step = stepOfDocuments(() => undo(getState().history, place));
    const inTrash = step?.changes.find(
      ({ documentId, change }) =>
        documentId !== undefined &&
        change.type === 'put-note' &&
        getState()
          .notebooks.get(documentId)
          ?.deletedNotes.some(({ note }) => note.id === change.note.id),
    );
    const noteId = inTrash?.documentId === undefined ? undefined : noteIdOf(inTrash.change);
    if (inTrash?.documentId === undefined || noteId === undefined) return step;
    setState({ history: withoutNotes(getState().history, inTrash.documentId, new Set([noteId])) });
  }
}

/** The step that comes next, without what was done to documents that are another one's file by now: nobody would see it. */
function stepOfDocuments(next: () => Replay | undefined): Replay | undefined {
  for (;;) {
    const step = next();
    const { notebooks } = getState();
    const given = step?.changes.find(({ documentId = '' }) => notebooks.get(documentId)?.sameAs !== undefined)?.documentId;
    if (given === undefined) return step;
    setState({ history: withoutDocument(getState().history, given) });
  }
}

/** Takes back what was done last where the reader is by then; a change of another document is never undone unseen. Presses wait for each other. */
export const undoChange = (place?: Place): void => replayIn(place, stepToUndo, 'Undone');
export const redoChange = (place?: Place): void =>
  replayIn(place, (there) => stepOfDocuments(() => redo(getState().history, there)), 'Redone');

/** What a message offers that tells of the step of undo in a document which was made a moment ago: to take back that one, and no other. */
export function undoOffer(documentId: string): Pick<Notice, 'action' | 'about' | 'step'> {
  const step = getState().history.past.at(-1);
  const run = () =>
    afterTurns(() => {
      const place = { documentId };
      const last = stepToUndo(place);
      if (step && last?.history.future.at(-1) === step) replay(last, place, 'Undone');
      else notify('info', 'Something else was changed since, so that this cannot be taken back here any more.', { about: 'history' });
    });
  return { action: { label: 'Undo', run }, about: 'history', ...(step && { step }) };
}

const replayIn = (place: Place | undefined, stepIn: (place: Place) => Replay | undefined, done: 'Undone' | 'Redone'): void =>
  afterTurns(() => {
    // What was pressed before may have led elsewhere.
    const there = place ?? placeOf(getState());
    replay(stepIn(there), there, done);
  });
