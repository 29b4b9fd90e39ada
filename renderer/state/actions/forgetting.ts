import type { ForgettingPlan, Result } from '#api';
import { call } from '../client';
import { saving } from '../notebook-sync';
import { getState, setState } from '../store';
import { notify } from './notices';

/** What would go with a document, and what would stay. What this window has not saved is saved first. */
export async function planForgetting(documentId: string): Promise<Result<ForgettingPlan>> {
  const unsaved = await saving.flush();
  return unsaved ? { ok: false, failure: unsaved } : call('forget.plan', { documentId });
}

/** Forgets a document for good. One of which no file is left is no longer on the screen then. */
export async function forgetDocument(documentId: string, { title, state, filesStaying }: ForgettingPlan): Promise<void> {
  const forgotten = await call('forget.apply', { documentId, state });
  if (!forgotten.ok) {
    notify('error', forgotten.failure.message);
    return;
  }
  if (filesStaying.length === 0 && getState().open?.documentId === documentId) {
    setState({ open: undefined, selection: undefined, focusedNoteId: undefined, view: { type: 'start' } });
  }
  const { unreadableBackups } = forgotten.value;
  const left = unreadableBackups === 1 ? 'One backup' : `${unreadableBackups} backups`;
  const rest = unreadableBackups === 0 ? '' : ` ${left} could not be read and may still hold it.`;
  notify('info', `“${title}” is forgotten.${filesStaying.length > 0 ? ' Its file was not touched, and is listed as new.' : ''}${rest}`);
}
