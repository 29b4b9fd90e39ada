import type { ExportScope } from '#api';
import type { ReadingStatus } from '#model';
import { call } from '../client';
import { saving } from '../notebook-sync';
import { readerHandle } from '../reader-handle';
import { viewTag } from '../selectors';
import { type AppState, type Dialog, type DocumentFilter, getState, type Jump, setState, type View } from '../store';
import { openDocument } from './documents';
import { focusView, isPaneFocused } from './focus';
import { here, markOrigin, rememberJump } from './jumps';
import { announce, notify, reportError } from './notices';
import { leaveLibraryDrawer, openPane } from './panes';
import { updateSettings } from './settings';

async function goTo(jump: Jump): Promise<void> {
  setState({ results: jump.results });
  if (jump.view.type !== 'document' || jump.documentId === undefined) {
    setState({ view: jump.view });
    return;
  }
  await openDocument(jump.documentId, {
    goal: jump.offset === undefined ? undefined : { type: 'offset', offset: jump.offset },
    remember: false,
  });
}

export async function goBack(): Promise<void> {
  const { back, forward } = getState().jumps;
  const jump = back.at(-1);
  if (!jump) return;
  setState({ jumps: { back: back.slice(0, -1), forward: [...forward, here()] } });
  await goTo(jump);
}

export async function goForward(): Promise<void> {
  const { back, forward } = getState().jumps;
  const jump = forward.at(-1);
  if (!jump) return;
  setState({ jumps: { back: [...back, here()], forward: forward.slice(0, -1) } });
  await goTo(jump);
}

/** Shows one of the views beside the documents. */
export function showView(view: View): void {
  rememberJump();
  leaveLibraryDrawer();
  setState({ view, results: undefined, selection: undefined, editingNoteId: undefined });
}

/** The same by a key: the keyboard goes along from the library, which stays beside it. */
export function goToView(view: View): void {
  if (getState().view.type === view.type) focusView();
  else if (isPaneFocused('library') && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  showView(view);
}

/** Shows every document in the list, and the open one in the middle. */
export function showAllDocuments(): void {
  showOpenDocument();
  setState({ filter: { status: 'all', text: '' } });
}

/** Shows the documents of one reading status in the list, of the tag that it is narrowed to, and the open one in the middle. */
export function showStatus(status: ReadingStatus): void {
  showOpenDocument();
  setState({ filter: { ...getState().filter, status } });
}

function showOpenDocument(): void {
  const { open, view, results } = getState();
  if (results || (view.type !== 'start' && view.type !== 'document')) rememberJump();
  setState({ view: open ? { type: 'document' } : { type: 'start' }, results: undefined });
}

/** Goes to a passage of the open document, so that "Back" returns from it. */
export function jumpTo(offset: number, options?: { block?: 'start' | 'center'; focus?: boolean }): void {
  rememberJump();
  markOrigin({ isRemembered: true });
  readerHandle()?.scrollTo(offset, options);
}

/** Shows a tag's documents in the list and its notes in the middle. */
export function showTag(tag: string): void {
  rememberJump();
  setState({ view: { type: 'notes', tag }, results: undefined, filter: { ...getState().filter, status: 'all', tag, untagged: undefined } });
}

/** Shows the documents that carry no tag in the list, and the open one in the middle. */
export function showUntaggedDocuments(): void {
  showOpenDocument();
  setState({ filter: { status: 'all', text: '', untagged: true } });
}

/** What of the library a list can be narrowed to, one at a time. */
type Shelf = Pick<DocumentFilter, 'favourite' | 'later' | 'collectionId' | 'folderId' | 'path'>;

/** Shows the favourites, the reading list, a collection or a folder in the list, and the open document in the middle. */
function showShelf(shelf: Shelf): void {
  showOpenDocument();
  setState({ filter: { status: 'all', text: '', ...shelf } });
}

export const showFavourites = (): void => showShelf({ favourite: true });
export const showReadingList = (): void => showShelf({ later: true });
export const showCollection = (collectionId: string): void => showShelf({ collectionId });
/** `path`: of a folder in the library folder, empty for that one. */
export const showFolder = (folderId: string, path: string): void => showShelf({ folderId, ...(path !== '' && { path }) });

/** Opens a dialog; passing messages that ask for nothing make room for it. */
export const showDialog = (dialog: Dialog): void =>
  setState({ dialog, notices: getState().notices.filter(({ kind, action }) => kind === 'error' || action) });
export const closeDialog = (): void => setState({ dialog: undefined });

/** Opens the export dialog on what is on the screen: the document, the tag's notes, or everything. */
export function exportCurrent(): void {
  const { view, open } = getState();
  const tag = viewTag(getState());
  const scope: ExportScope =
    view.type === 'document' && open
      ? { type: 'documents', documentIds: [open.documentId] }
      : tag !== undefined
        ? { type: 'tag', tag }
        : { type: 'everything' };
  showDialog({ type: 'export', scope });
}

export function toggleNotesView(): void {
  updateSettings({ notesView: getState().settings.notesView === 'margin' ? 'list' : 'margin' });
  openPane('notes');
}

/** Shows the documents of the library by their covers, or as a list, and the library with them. */
export function toggleDocumentsView(): void {
  const documentsView = getState().settings.documentsView === 'list' ? 'covers' : 'list';
  updateSettings({ documentsView });
  openPane('library');
  announce(documentsView === 'covers' ? 'Documents are shown by their covers.' : 'Documents are shown as a list.');
}

/** Shows or hides what other persons wrote on the open document, and says which. */
export function toggleOthers(): void {
  const othersShown = !getState().settings.othersShown;
  updateSettings({ othersShown });
  notify('info', othersShown ? 'Notes of others are shown.' : 'Notes of others are hidden beside documents. All notes still lists them.');
}

/** Keeps how all notes were narrowed when they are left, for when they are shown again. */
export const rememberAllNotes = (allNotesLeft: AppState['allNotesLeft']): void => setState({ allNotesLeft });

export const setTypographyOpen = (typographyOpen: boolean): void => setState({ typographyOpen });

/** Saves what is not saved, and loads the window again. */
export function reloadWindow(): void {
  void saving
    .flush()
    .then(() => call('shell.reload', {}))
    .catch(reportError);
}
