import { type Clip, dataAddressOf } from '#api';
import { formatOf } from '#formats/list';
import { record, withoutStep, withStep } from '#model';
import { call } from '../client';
import { saving } from '../notebook-sync';
import { documentOf } from '../pasted-document';
import { getState, setState } from '../store';
import { leaveDocument, openDocument } from './documents';
import { isPaneFocused, isWriting } from './focus';
import { importFile, importFiles } from './library';
import { notify, notifyFailure, reportError, withdrawNotices } from './notices';
import { inTurn } from './turns';

const NOTHING = 'There is nothing on the clipboard that a document can be made of. Copy a text, a part of a page or a picture first.';

/** Makes a document of what is pasted while the library has the keyboard, or no document is on the screen; a field takes what is pasted itself. */
export function handlePaste(event: ClipboardEvent): void {
  const { view, dialog } = getState();
  const { clipboardData } = event;
  if (event.defaultPrevented || dialog || !clipboardData || isWriting(event.target)) return;
  if (view.type !== 'start' && !isPaneFocused('library')) return;
  event.preventDefault();
  const files = [...clipboardData.files];
  void pasteEvent(files, clipboardData.getData('text/plain'), clipboardData.getData('text/html')).catch(reportError);
}

/** What an event gave must be taken out of it at once. */
async function pasteEvent(files: readonly File[], text: string, html: string): Promise<void> {
  const picture = files.find(({ type }) => type.startsWith('image/'));
  if (files.some(({ name }) => formatOf(name) !== undefined)) await importFiles(files);
  else if (getState().info.capabilities.clipboard) await pasteAsDocument();
  else await paste({ text, html, picture: picture && (await dataAddressOf(picture)) });
}

/** Makes a document of what is on the clipboard, wherever the keyboard is. */
export async function pasteAsDocument(): Promise<void> {
  const clip = await call('shell.read-clipboard', {});
  if (clip.ok) await paste(clip.value);
  else notifyFailure(clip.failure);
}

/** Of what the documents were made that were pasted, by their ids: what was taken back is pasted again from here. */
const pasted = new Map<string, File>();

async function paste(clip: Clip): Promise<void> {
  const day = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const file = documentOf(clip, day);
  if (file) await inTurn(() => add(file));
  else notify('info', NOTHING);
}

/** Puts a document into the library and opens it, as one step of undo, in place of the one that was taken back, if it is `again` that. */
async function add(file: File, again?: string): Promise<void> {
  const { name, documentId, wasKnown, failure } = await importFile(file);
  if (failure) notifyFailure(failure);
  if (documentId === undefined) return;
  if (again !== undefined) setState({ history: withoutStep(getState().history, again) });
  const { view, open } = getState();
  const pastedFrom = view.type === 'document' ? open?.documentId : undefined;
  await openDocument(documentId);
  if (wasKnown) {
    notify('info', 'The library has this already: here it is.');
    return;
  }
  pasted.set(documentId, file);
  const step = { label: 'Paste as a document', changes: [], pastedId: documentId, pastedFrom, at: Date.now(), isOfLibrary: true };
  setState({ history: record(getState().history, step) });
  const action = { label: 'Undo', run: () => void withdrawPasted(documentId).catch(reportError) };
  notify('info', `“${name}” is in the library.`, { action, about: `pasted ${documentId}` });
}

/** Takes a document that was pasted out of the library again, where nothing was written on it. */
export const withdrawPasted = (documentId: string): Promise<void> =>
  inTurn(async () => {
    // The button in a message was pressed after the keys.
    if (getState().history.future.some(({ pastedId }) => pastedId === documentId)) return;
    const unsaved = await saving.flush();
    if (unsaved) {
      notifyFailure(unsaved);
      return;
    }
    const result = await call('library.withdraw', { documentId });
    withdrawNotices(`pasted ${documentId}`);
    if (!result.ok) {
      // What lies before it can be undone all the same.
      setState({ history: withoutStep(getState().history, documentId) });
      notifyFailure(result.failure);
      return;
    }
    leaveDocument(documentId);
    setState({ history: withStep(getState().history, documentId, 'undone') });
    notify('info', 'Undone: Paste as a document', { about: 'history' });
  });

/** Puts a document into the library again that was taken back; where that fails it can be tried once more. */
export const pasteAgain = (documentId: string): Promise<void> =>
  inTurn(async () => {
    const file = pasted.get(documentId);
    withdrawNotices('history');
    if (file) await add(file, documentId);
  });
