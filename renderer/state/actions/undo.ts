import { type basedOn, noteIdOf, type Place, type Replay, redo, undo, withoutDocument, withoutNotes } from '#model';
import { getState, type Notice, setState } from '../store';
import { redoBulkEdit, undoBulkEdit } from './bulk';
import { turnCollection } from './collections';
import { undoImport } from './importing';
import { turnJoining } from './joining';
import { makeChanges, placeOf } from './notebooks';
import { notify, reportError, withdrawNotices } from './notices';
import { pasteAgain, withdrawPasted } from './pasting';
import { undoRestore } from './restoring';
import { setSearchRemoved } from './saved-searches';
import { afterTurns, inTurn } from './turns';

/** A change that is made again, based on what it replaced then, not on what another window wrote since; a new note, by now in the trash, on itself. */
const basedAsBefore: typeof basedOn = (_notebook, change) =>
  change.type === 'put-note' ? { ...change, basedOn: change.basedOn ?? change.note.modifiedAt, from: change.from ?? change.note } : change;

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
  if (step.brought) {
    const { by, planId } = step.brought;
    void inTurn(() => (by === 'import' ? undoImport : undoRestore)(planId)).catch(reportError);
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
