import { documentTooLarge, fail, type ImportOutcome, type LibraryFolder, type Result, type UnreadFile } from '#api';
import { documentExtensions, documentFormats, fileTypes, formatOf, largestDocument } from '#formats/list';
import { call, upload } from '../client';
import { askForFiles } from '../file-dialog';
import { documentsOf, sayImported } from '../imported';
import { type DocumentFilter, getState, setState } from '../store';
import { openDocument } from './documents';
import { focusViewFromNowhere } from './focus';
import { holdsNotes, isCertainExport, offerImport, showImport } from './importing';
import { notify, notifyFailure } from './notices';
import { isZip, showRestore } from './restoring';
import { showDialog } from './view';

export const setFilter = (part: Partial<DocumentFilter>): void => setState({ filter: { ...getState().filter, ...part } });

/** Narrows the list to nothing any more. */
export const clearFilter = (): void => setState({ filter: { status: 'all', text: '' } });

/** Shows these library folders; the list is no longer narrowed to one that is gone. */
export function setFolders(folders: readonly LibraryFolder[]): void {
  const { filter } = getState();
  setState({ folders });
  if (filter.folderId !== undefined && !folders.some(({ id }) => id === filter.folderId))
    setFilter({ folderId: undefined, path: undefined });
}

/** Opens a folder of the tree, or closes it. */
export function setFolderOpen(folder: { folderId: string; path: string }, isOpen: boolean): void {
  const openFolders = new Map(getState().openFolders);
  const key = `${folder.folderId}/${folder.path}`;
  if (isOpen) openFolders.set(key, folder);
  else openFolders.delete(key);
  setState({ openFolders });
}

/** Adds a library folder: by the system's dialog where there is one, else by a path that the reader writes. */
export async function chooseFolder(): Promise<void> {
  if (!getState().info.capabilities.folderDialog) {
    showDialog({ type: 'folders' });
    return;
  }
  const path = await call('shell.choose-folder', {});
  if (path === null) return;
  const result = await addFolder(path);
  if (!result.ok) notifyFailure(result.failure);
}

export async function addFolder(path: string): Promise<Result<null>> {
  const result = await call('library.add-folder', { path });
  if (!result.ok) return result;
  const { folders } = getState();
  // The host may have told it already, with the documents that it found in it since.
  if (!folders.some(({ id }) => id === result.value.id)) setState({ folders: [...folders, result.value] });
  notify('info', `Lectern now reads and watches “${result.value.name}”.`);
  return { ok: true, value: null };
}

export async function removeFolder(folderId: string): Promise<void> {
  const result = await call('library.remove-folder', { folderId });
  if (!result.ok) {
    notifyFailure(result.failure);
    return;
  }
  setFolders(getState().folders.filter(({ id }) => id !== folderId));
}

/** Makes a folder the inbox, or lets there be none. */
export async function setInbox(folder: LibraryFolder | undefined): Promise<void> {
  const result = await call('library.set-inbox', { folderId: folder?.id ?? null });
  if (!result.ok) {
    notifyFailure(result.failure);
    return;
  }
  setFolders(getState().folders.map((each) => ({ ...each, isInbox: each.id === folder?.id })));
  notify(
    'info',
    folder ? `What is saved in “${folder.name}” now comes on top of the list, in its order by date.` : 'There is no inbox any more.',
  );
}

/** The files of a folder that a reader takes for documents and that are not read. */
export async function listUnread(folderId: string): Promise<readonly UnreadFile[]> {
  const result = await call('library.unread-files', { folderId });
  if (result.ok) return result.value;
  notifyFailure(result.failure);
  return [];
}

/** Takes the files of a folder that are not there any more off the list. */
export async function forgetMissing(folderId: string): Promise<void> {
  const result = await call('library.forget-missing', { folderId });
  if (result.ok) notify('info', 'They are off the list, but for those with notes of yours. A file that comes back is listed again.');
  else notifyFailure(result.failure);
}

/** Copies files into the library and opens the first one that came in. A zip may be a backup: what is in it is shown. */
export async function importFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const [only] = files;
  const isExport = await Promise.all(files.map((file) => isCertainExport(file).catch(() => false)));
  if (isExport.every((is) => is)) {
    showImport(files.map((file) => ({ name: file.name, file })));
    return;
  }
  if (only && files.length === 1 && isZip(only)) {
    showRestore(only);
    return;
  }
  waiting.push(...files);
  const { importing } = getState();
  setState({ importing: { done: 0, ...importing, total: (importing?.total ?? 0) + files.length } });
  // What copies already takes these too.
  if (!importing) await importWaiting();
}

/** Files to be copied, in the order in which they came. */
const waiting: File[] = [];

async function importWaiting(): Promise<void> {
  const outcomes: ImportOutcome[] = [];
  const exported: File[] = [];
  for (let file = waiting.shift(); file; file = waiting.shift()) {
    const outcome = await importFile(file);
    outcomes.push(outcome);
    if (outcome.documentId !== undefined && (await holdsNotes(file).catch(() => false))) exported.push(file);
    const { importing } = getState();
    if (importing) setState({ importing: { ...importing, done: outcomes.length } });
  }
  const { isCancelled, total = 0 } = getState().importing ?? {};
  setState({ importing: undefined });
  if (isCancelled) tellCancelled(outcomes, total);
  else await showImported(outcomes);
  offerImport(exported);
}

/** Ends the copying of files after the one that it is at; what was copied stays. */
export function cancelImport(): void {
  const { importing } = getState();
  if (!importing) return;
  waiting.length = 0;
  setState({ importing: { ...importing, isCancelled: true } });
}

function tellCancelled(outcomes: readonly ImportOutcome[], total: number): void {
  tellFailures(outcomes);
  const came = outcomes.filter(({ documentId }) => documentId !== undefined).length;
  notify('info', `Cancelled. ${came} of ${total} files ${came === 1 ? 'was copied, and stays' : 'were copied, and stay'} in the library.`);
}

/** Copies one file into the library. Whatever goes wrong with it is its outcome: the files after it are copied all the same. */
export async function importFile(file: File): Promise<ImportOutcome> {
  const { name, size } = file;
  const format = formatOf(name);
  // What is no document is refused with the sentence of the host.
  if (format && size > largestDocument(format)) return { name, failure: documentTooLarge(name, format, size).failure };
  try {
    // A folder has a name too, and nothing to read.
    await file.slice(0, 1).arrayBuffer();
  } catch {
    return { name, ...fileFailure(`“${name}” could not be read. If it is a folder, add it as a library folder.`) };
  }
  try {
    return await upload('library.import', file);
  } catch (error) {
    return { name, ...fileFailure(`“${name}” could not be copied: ${error instanceof Error ? error.message : String(error)}`) };
  }
}

const fileFailure = (message: string): Pick<ImportOutcome, 'failure'> => ({ failure: fail('file-not-importable', message).failure });

/** How many files are told of each by itself. */
const SHOWN_ONE_BY_ONE = 3;

/** Tells what became of files that were copied into the library, and opens the first one. */
export async function showImported(outcomes: readonly ImportOutcome[]): Promise<void> {
  tellFailures(outcomes);
  const said = sayImported(outcomes);
  if (said !== undefined) notify('info', said);
  const [first] = documentsOf(outcomes);
  if (first === undefined) return;
  await openDocument(first);
  focusViewFromNowhere();
}

function tellFailures(outcomes: readonly ImportOutcome[]): void {
  const failed = outcomes.filter(({ failure }) => failure);
  const shown = failed.length > SHOWN_ONE_BY_ONE ? SHOWN_ONE_BY_ONE - 1 : failed.length;
  for (const { failure } of failed.slice(0, shown)) if (failure) notifyFailure(failure);
  const others = failed.slice(shown).map(({ name }) => `“${name}”`);
  if (others.length > 0) notify('error', `${others.length} other files could not be copied: ${others.join(', ')}`);
}

/** What the file dialog offers: endings, and media types for systems that go by them. */
const acceptedFiles = [...documentExtensions, ...documentFormats.map((format) => fileTypes[format].mediaType)].join(',');

/** Asks for documents. */
export const chooseFiles = (): void => askForFiles({ accept: acceptedFiles, isMultiple: true }, (files) => void importFiles(files));
