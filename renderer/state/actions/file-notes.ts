import { type FileNote, noteOfFile, restoreNotes } from '#model';
import { call } from '../client';
import { describeCopy, fileNotesByPlace, notesEverIn, withoutParts } from '../file-notes';
import { type ReaderHandle, readerHandle } from '../reader-handle';
import { getState, selectNotebook } from '../store';
import { openDocument, updateOpen } from './documents';
import { makeChanges } from './notebooks';
import { changeTogether } from './notes';
import { notify, reportError, withdrawNotices } from './notices';
import { undoOffer } from './undo';

/**
 * Notes stand in the file of the open document. Those that this library has on another document, of which the file is a copy with notes, are left
 * out, and that document is told.
 */
export async function fileNotesFound(opening: number, fileNotes: readonly FileNote[]): Promise<void> {
  const { open } = getState();
  if (open?.opening !== opening) return;
  const origins = new Set(fileNotes.flatMap(({ madeOn }) => (madeOn === undefined || madeOn === open.documentId ? [] : [madeOn])));
  const known = new Set<string>();
  let copyOf: { documentId: string; title: string } | undefined;
  for (const origin of origins) {
    const made = await notesMadeOn(origin);
    if (!made) continue;
    for (const id of made.ids) known.add(id);
    if (fileNotes.some(({ id }) => made.ids.has(id))) copyOf ??= { documentId: made.documentId, title: made.title };
  }
  const others = fileNotes.filter(({ id }) => !known.has(id));
  updateOpen(opening, { fileNotes: others, ...(others.length === 0 && { copyOf }) });
}

/** The ids of all notes that a document of this library has or had, and the document that has them by now; nothing where it is not here. */
async function notesMadeOn(documentId: string): Promise<{ ids: Set<string>; documentId: string; title: string } | undefined> {
  const found = await call('library.notebook', { documentId });
  if (!found.ok) return undefined;
  const { notebook } = found.value;
  const heir = notebook.sameAs === undefined ? undefined : await call('library.notebook', { documentId: notebook.sameAs });
  const { notebook: present, document } = heir?.ok ? heir.value : found.value;
  return {
    ids: notesEverIn(notebook).union(notesEverIn(present)),
    documentId: present.id,
    title: document?.title ?? present.title ?? present.identity.title ?? 'another document',
  };
}

/** Makes what stands in the open document's file notes of whoever made it, as one step of undo; says what was done, or why there is nothing to do. */
export function takeFileNotes(): void {
  const { open } = getState();
  const notebook = selectNotebook(getState());
  const handle = readerHandle();
  const textHash = open?.textHash;
  if (!open || !notebook || !handle || textHash === undefined) {
    notify('info', 'The document is still being read.');
    return;
  }
  const { offered, inTrash, purged } = fileNotesByPlace(open.fileNotes, notebook);
  if (offered.length > 0) takeIn(offered, notebook.id, handle, textHash);
  else if (inTrash.length > 0) {
    const action = { label: 'Restore', run: () => restoreFileNotes(notebook.id, inTrash) };
    notify('info', `${countOf(inTrash)} of this file ${isOne(inTrash) ? 'is' : 'are'} in the trash.`, { action, about: 'history' });
  } else if (purged.length > 0) {
    const takeAgain = () => {
      if (readerHandle() === handle) takeIn(purged, notebook.id, handle, textHash);
      else notify('info', 'The document with these notes is not open any more.');
    };
    const action = { label: 'Take in again', run: takeAgain };
    notify('info', `${countOf(purged)} of this file ${verbOf(purged)} deleted for good.`, { action, about: 'history' });
  } else if (open.copyOf) {
    const { documentId } = open.copyOf;
    notify('info', describeCopy(open.copyOf), {
      action: { label: 'Open it', run: () => void openDocument(documentId).catch(reportError) },
    });
  } else notify('info', 'No highlights or notes stand in this file that are not here already.');
}

function takeIn(taken: readonly FileNote[], documentId: string, handle: ReaderHandle, textHash: string): void {
  const takenAt = new Date().toISOString();
  const changes = taken.map((each) => {
    const note = noteOfFile(
      each,
      (place) => ('area' in place ? handle.anchorOfArea(place.area, textHash) : handle.anchorOf(place, textHash)),
      takenAt,
    );
    return { documentId, change: { type: 'put-note' as const, note } };
  });
  const what = countOf(taken);
  if (!makeChanges(changes, { label: `Take in ${what.toLowerCase()} of the file` })) return;
  notify('info', `${what} ${verbOf(taken)} taken in out of the file.`, undoOffer(documentId));
}

/** Takes notes of the file out of the trash, as they were there. */
function restoreFileNotes(documentId: string, fileNotes: readonly FileNote[]): void {
  const notebook = getState().notebooks.get(documentId);
  const changes = notebook ? withoutParts(fileNotes).flatMap(({ id }) => restoreNotes(notebook, id)) : [];
  const what = countOf(fileNotes);
  if (changes.length === 0 || !changeTogether(documentId, changes, `Restore ${what.toLowerCase()}`)) return;
  // What offers to restore them is untrue by now.
  withdrawNotices();
  notify('info', `${what} ${verbOf(fileNotes)} restored.`, undoOffer(documentId));
}

const isOne = (fileNotes: readonly FileNote[]): boolean => withoutParts(fileNotes).length === 1;
const countOf = (fileNotes: readonly FileNote[]): string => (isOne(fileNotes) ? 'One note' : `${withoutParts(fileNotes).length} notes`);
const verbOf = (fileNotes: readonly FileNote[]): string => (isOne(fileNotes) ? 'was' : 'were');
