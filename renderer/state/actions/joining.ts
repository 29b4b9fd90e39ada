import type { LikelySame } from '#api';
import { withoutDocument } from '#model';
import { call } from '../client';
import { saving } from '../notebook-sync';
import { getState, setState } from '../store';
import { openDocument, reloadDocument } from './documents';
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
  notify('info', `This is “${joined.value.title}” now, with its notes.`, { action: { label: 'Undo', run } });
  await show(intoId);
}

async function separateDocuments({ fromId, intoId }: Pair): Promise<void> {
  if (!(await isSaved())) return;
  const separated = await call('join.undo', { intoId });
  if (!separated.ok) {
    notifyFailure(separated.failure);
    return;
  }
  dropHistory({ fromId, intoId });
  notify('info', 'They are two documents again.');
  await show(fromId);
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

const show = (documentId: string): Promise<void> =>
  getState().open?.documentId === documentId ? reloadDocument() : openDocument(documentId, { remember: false });
