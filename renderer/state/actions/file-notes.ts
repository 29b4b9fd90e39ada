import { type FileNote, noteOfFile } from '#model';
import { call } from '../client';
import { notesEverIn, offeredFileNotes, withoutParts } from '../file-notes';
import { readerHandle } from '../reader-handle';
import { getState, selectNotebook } from '../store';
import { updateOpen } from './documents';
import { makeChanges, undoChange } from './notebooks';
import { notify } from './notices';

/** Notes stand in the file of the open document. Those that this library has on another document, of which the file is a copy with notes, are left out. */
export async function fileNotesFound(opening: number, fileNotes: readonly FileNote[]): Promise<void> {
  const { open } = getState();
  if (open?.opening !== opening) return;
  const origins = new Set(fileNotes.flatMap(({ madeOn }) => (madeOn === undefined || madeOn === open.documentId ? [] : [madeOn])));
  const known = new Set<string>();
  for (const origin of origins) for (const id of await notesOnDocument(origin)) known.add(id);
  updateOpen(opening, { fileNotes: fileNotes.filter(({ id }) => !known.has(id)) });
}

/** The ids of all notes that a document of this library has or had, also where another document has them by now; none where it is not here. */
async function notesOnDocument(documentId: string): Promise<Set<string>> {
  const found = await call('library.notebook', { documentId });
  if (!found.ok) return new Set();
  const { notebook } = found.value;
  const heir = notebook.sameAs === undefined ? undefined : await call('library.notebook', { documentId: notebook.sameAs });
  return heir?.ok ? notesEverIn(notebook).union(notesEverIn(heir.value.notebook)) : notesEverIn(notebook);
}

/** Makes what stands in the open document's file notes of whoever made it, as one step of undo; says what was done. */
export function takeFileNotes(): void {
  const { open } = getState();
  const notebook = selectNotebook(getState());
  const handle = readerHandle();
  const textHash = open?.textHash;
  const offered = offeredFileNotes(open?.fileNotes, notebook);
  if (!notebook || !handle || textHash === undefined || offered.length === 0) {
    const isRead = textHash !== undefined;
    notify('info', isRead ? 'No highlights or notes stand in this file that are not here already.' : 'The document is still being read.');
    return;
  }
  const takenAt = new Date().toISOString();
  const changes = offered.map((each) => {
    const note = noteOfFile(
      each,
      (place) => ('area' in place ? handle.anchorOfArea(place.area, textHash) : handle.anchorOf(place, textHash)),
      takenAt,
    );
    return { documentId: notebook.id, change: { type: 'put-note' as const, note } };
  });
  const count = withoutParts(offered).length;
  const what = count === 1 ? 'One note' : `${count} notes`;
  if (!makeChanges(changes, { label: `Take in ${what.toLowerCase()} of the file` })) return;
  const verb = count === 1 ? 'was' : 'were';
  notify('info', `${what} ${verb} taken in out of the file.`, { action: { label: 'Undo', run: () => undoChange() }, about: 'history' });
}
