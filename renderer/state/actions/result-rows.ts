import type { ResultRow } from '../results';
import { deleteNotes } from './choosing';
import { withNotebook } from './notes';
import { notify } from './notices';
import { showDialog } from './view';

/** Tags the note of a row of the results, or else its document. */
export function tagResult({ hit, group: { documentId } }: ResultRow): void {
  if (hit?.noteId === undefined) showDialog({ type: 'tag-many', target: { type: 'documents', documentIds: [documentId] } });
  else showDialog({ type: 'tag-many', target: { type: 'notes', notes: new Map([[hit.noteId, documentId]]) } });
}

/** Opens the form of a row's document, as the list of documents does; says of a passage that there is nothing to write in. */
export async function editResult({ hit, group: { documentId } }: ResultRow): Promise<void> {
  if (hit?.kind === 'text') notify('info', 'This passage has no note that could be edited. Enter goes to it, and N adds one there.');
  else await withNotebook(documentId, () => showDialog({ type: 'details', documentId }));
}

/** Puts the note of a row into the trash, and offers to forget a document, as the list of documents does; says of a passage that there is nothing to delete. */
export async function deleteResult({ hit, group: { documentId } }: ResultRow): Promise<void> {
  if (hit?.noteId !== undefined) await deleteNotes(new Map([[hit.noteId, documentId]]));
  else if (hit?.kind === 'text') notify('info', 'This passage has no note that could be deleted.');
  else showDialog({ type: 'forget', documentId });
}
