import type { ActivityPage, DeletedNotesPage, NoteChoices, NotesPage, NotesQuery, UnplacedNotesPage } from '#api';
import { call } from './client';
import { notebookSaving } from './notebook-sync';

/** Asks for notes of all documents; `undefined` where a newer question of this window took its place. */
export async function askNotes(query: NotesQuery, from: number, count: number): Promise<NotesPage | undefined> {
  const answer = await call('notebook.notes', { query, from, count });
  if (answer.ok) return answer.value;
  if (answer.failure.code !== 'cancelled') throw new Error(answer.failure.message);
  return undefined;
}

export const askDeleted = (_query: null, from: number, count: number): Promise<DeletedNotesPage> =>
  call('notebook.deleted-notes', { from, count });

export const askUnplaced = (_query: null, from: number, count: number): Promise<UnplacedNotesPage> =>
  call('notebook.unplaced-notes', { from, count });

/** Asks for what was done in one document, or in all. */
export const askActivities = ({ documentId }: { documentId: string | undefined }, from: number, count: number): Promise<ActivityPage> =>
  call('notebook.activities', { documentId, from, count });

export const askChoices = (within: string | undefined, documentId?: string): Promise<NoteChoices> =>
  call('notebook.note-choices', { within, documentId });

/** `ask`, but for its first time only when what this window has not saved is saved, or cannot be: the host lists what it has. */
export function afterSaving<A extends unknown[], R>(ask: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  let saved: Promise<unknown> | undefined;
  return async (...args) => {
    saved ??= notebookSaving.flush();
    await saved;
    return ask(...args);
  };
}

const NOTE_CHANGES: readonly string[] = ['put-note', 'delete-note', 'restore-note', 'purge-note'];

/** How many changes of notes could not be saved, so that lists of notes are without them. */
export const countUnsavedChanges = (): number =>
  notebookSaving.state().state === 'failed' ? notebookSaving.unsaved().filter(({ type }) => NOTE_CHANGES.includes(type)).length : 0;

/** Does `act` now; what asks for it while it is under way has it done once more after that. */
export function createRepeat(act: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await act().catch(onError);
    }
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
