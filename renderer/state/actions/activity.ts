import { type Activity, takeBack } from '#model';
import { loadNotebook, saving } from '../notebook-sync';
import { getState } from '../store';
import { undoBulkEdit } from './bulk';
import { takeCollectionBack } from './collections';
import { separateDocuments } from './joining';
import { makeChanges } from './notebooks';
import { notify } from './notices';

/** Takes back something that was done in the library, or tells why that is not possible any more. It can be undone like any change. */
export async function takeBackActivity(activity: Activity): Promise<void> {
  const documentId = 'documentId' in activity ? activity.documentId : undefined;
  if (documentId !== undefined && !(await loadNotebook(documentId))) return;
  const { notebooks, tags } = getState();
  const notebook = documentId === undefined ? undefined : notebooks.get(documentId);
  // Whether it is the last joining, the host knows.
  const joining = activity.type === 'document-joined' ? { fromId: activity.fromId, since: activity.at } : undefined;
  const taking = takeBack(activity, { notebook, tags: [...tags.values()], canUndo: () => true, joining, now: new Date().toISOString() });
  if ('parts' in taking) {
    await separateDocuments(taking.parts);
    return;
  }
  if ('obstacle' in taking) {
    notify('info', taking.obstacle);
    return;
  }
  if ('collection' in taking) {
    takeCollectionBack(taking.collection);
    return;
  }
  if ('editId' in taking) {
    await undoBulkEdit(taking.editId);
    return;
  }
  if (!makeChanges(taking.changes, { label: 'Take back' })) return;
  notify('info', 'It was taken back.');
  // The list is shown as the host has it.
  await saving.flush();
}
