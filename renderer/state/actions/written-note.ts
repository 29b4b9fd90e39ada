import { restoreNotes } from '#model';
import type { ShownWithin } from '../../sync/replica';
import { isTypedWithAltGraph } from '../keys';
import { getState, noteOf } from '../store';
import { awaitEditor, takeTypedAhead } from '../typed-ahead';
import { isWriting } from './focus';
import { makeChanges } from './notebooks';
import { copyText, stopEditing } from './notes';
import { notify, reportError } from './notices';

/**
 * Takes over what another window or machine did to a document. The note that is being written here stays though it was deleted there: what is typed
 * next would become commands, or words of another note. Deleted for good it does not come back: then its words are offered, with what is typed next.
 */
export const keepWritten: ShownWithin = (documentId, takeOver) => {
  const { editingNoteId, notebooks } = getState();
  const before = notebooks.get(documentId);
  const written = editingNoteId === undefined ? undefined : noteOf(documentId, editingNoteId);
  takeOver();
  if (!written || noteOf(documentId, written.id)) return;
  const notebook = getState().notebooks.get(documentId);
  const changes = notebook ? restoreNotes(notebook, written.id) : [];
  if (changes.length === 0 || !makeChanges(changes.map((change) => ({ documentId, change })))) {
    endWriting(written.body, notebook?.forgottenAt !== before?.forgottenAt);
    return;
  }
  notify('info', 'This note was deleted in another window or on another machine while you write in it. It stays.', {
    about: written.id,
  });
};

/** Ends the writing of a note that is gone, and offers its words. Said until it is closed: they are nowhere else. */
function endWriting(body: string, isForgotten: boolean): void {
  const rest = holdRest();
  stopEditing();
  const what = isForgotten
    ? 'The document of the note that you were writing was forgotten in another window or on another machine, and the note with it.'
    : 'The note that you were writing was deleted for good in another window or on another machine.';
  const run = () => void copyText(body + rest(), 'The words of the note are on the clipboard.').catch(reportError);
  notify('error', `${what} Its words can still be copied; what you type is added to them until you press Escape.`, {
    action: { label: 'Copy its words', run },
  });
}

/** Whether a reader turns to something else by a key. */
const isLeaving = (press: KeyboardEvent): boolean =>
  ['Escape', 'Tab', 'F6'].includes(press.key) ||
  ([...press.key].length === 1 && (press.ctrlKey || press.metaKey) && !isTypedWithAltGraph(press));

/** Keeps what is typed from being taken for commands until the reader turns to something else; the function tells what it was, and ends that. */
function holdRest(): () => string {
  const held = new AbortController();
  const { signal } = held;
  let rest = '';
  const end = (): void => {
    if (signal.aborted) return;
    rest = takeTypedAhead();
    held.abort();
  };
  awaitEditor(() => !signal.aborted);
  window.addEventListener('keydown', (event) => isLeaving(event) && end(), { capture: true, signal });
  window.addEventListener('pointerdown', end, { capture: true, signal });
  window.addEventListener('focusin', ({ target }) => isWriting(target) && end(), { signal });
  return () => {
    end();
    return rest;
  };
}
