import type { Edition, EventPayload, LikelySame } from '#api';
import { withoutDocument } from '#model';
import { call } from '../client';
import { saving } from '../notebook-sync';
import { getState, setState } from '../store';
import { followFile, openDocument, reloadDocument } from './documents';
import { notify, notifyFailure, reportError } from './notices';

/** Two documents of which one is the other's file. */
type Pair = Pick<LikelySame, 'fromId' | 'intoId'>;

export const askLikely = (documentId: string): Promise<LikelySame[]> => call('join.likely', { documentId });

/** Gives the file of one document to the notes on another, and shows it with them. */
export async function joinDocuments({ fromId, intoId }: Pair): Promise<void> {
  if (!(await isSaved())) return;
  const joined = await call('join.apply', { fromId, intoId });
  if (!joined.ok) {
    notifyFailure(joined.failure);
    return;
  }
  dropHistory({ fromId, intoId });
  const run = () => void separateDocuments({ fromId, intoId }).catch(reportError);
  const { title, hasOther } = joined.value;
  const sentence = `This is “${title}” now, with its notes${hasOther ? '; the other file stays, as another edition' : ''}.`;
  notify('info', sentence, { action: { label: 'Undo', run } });
  await show(intoId, fromId);
}

/** Takes the last joining of a document back. A window that shows it shows the other one, which has the file again. */
export async function separateDocuments({ fromId, intoId }: Pair): Promise<void> {
  if (!(await isSaved())) return;
  const separated = await call('join.undo', { intoId });
  if (!separated.ok) {
    notifyFailure(separated.failure);
    return;
  }
  dropHistory({ fromId, intoId });
  notify('info', 'They are two documents again.');
  await followFile(intoId, fromId);
}

/** Shows the document that has the file of the one on the screen by now, which was joined or parted in another window or on another machine. */
export async function followGivenFile({ fromId, intoId, title, isJoined }: EventPayload<'library.file-given'>): Promise<void> {
  dropHistory({ fromId, intoId });
  if (getState().open?.documentId !== fromId) return;
  // What cannot be saved yet goes along when it can.
  await isSaved();
  const sentence = isJoined
    ? `This is “${title}” now, with its notes: it was said elsewhere that they are the same.`
    : `This is “${title}” again: it was said elsewhere that it is another document.`;
  notify('info', sentence);
  await followFile(fromId, intoId);
}

/** What was done before is no longer taken back: who undoes next means the joining, not a note that was edited long ago. */
function dropHistory({ fromId, intoId }: Pair): void {
  setState({ history: [fromId, intoId].reduce(withoutDocument, getState().history) });
}

/** Saves what was typed a moment ago, which goes along; whether it is saved, else it is said why nothing is done. */
async function isSaved(): Promise<boolean> {
  const unsaved = await saving.flush();
  if (unsaved) notifyFailure(unsaved);
  return unsaved === undefined;
}

/** Keeps that two documents are not the same; true when that is kept. */
export async function keepApart({ fromId, intoId }: Pair): Promise<boolean> {
  const kept = await call('join.refuse', { fromId, intoId });
  if (!kept.ok) notifyFailure(kept.failure);
  return kept.ok;
}

/** The files of a document that are not the same, that which is shown first. */
export const askEditions = (documentId: string): Promise<Edition[]> => call('join.editions', { documentId });

/** Shows a document by another of its editions; whoever has it open is told, and reads that. */
export async function showEdition(documentId: string, { rawHash }: Edition): Promise<void> {
  if (!(await isSaved())) return;
  const shown = await call('join.show', { documentId, rawHash });
  if (!shown.ok) notifyFailure(shown.failure);
}

/** Makes another edition of a document one of its own; whether that was done. */
export async function partEdition(documentId: string, { rawHash, title }: Edition): Promise<boolean> {
  const parted = await call('join.part', { documentId, rawHash });
  if (!parted.ok) notifyFailure(parted.failure);
  else notify('info', `“${title}” is a document of its own again. The notes stay with this one.`);
  return parted.ok;
}

/** Shows a document that has the file of another one now, or notes of it. */
async function show(intoId: string, fromId: string): Promise<void> {
  const shown = getState().open?.documentId;
  if (shown === fromId) await followFile(fromId, intoId);
  else if (shown === intoId) await reloadDocument();
  else await openDocument(intoId, { remember: false });
}
