import type { TrashCount } from '#api';
import { call } from '../client';
import { saving } from '../notebook-sync';
import { notify, notifyFailure } from './notices';

/** What lies in the trash since before a moment. What this window has not saved is saved first: the host counts what it has. */
export async function countDeleted(before: string): Promise<TrashCount> {
  await saving.flush();
  return call('notebook.count-deleted', { before });
}

/** Removes for good what lies in the trash since before a moment, and tells how much that was. */
export async function emptyTrash(before: string): Promise<void> {
  const unsaved = await saving.flush();
  if (unsaved) {
    notify('error', `The trash was not emptied, since your last changes are not saved yet. ${unsaved.message}`);
    return;
  }
  const emptied = await call('notebook.empty-trash', { before });
  if (!emptied.ok) notifyFailure(emptied.failure);
  else {
    const { removed, changes } = emptied.value;
    const notes = removed === 1 ? 'One note was deleted for good.' : `${removed} notes were deleted for good.`;
    notify('info', changes === 0 ? notes : `${notes} What tags and titles were before is gone, too.`);
  }
}
