import { type CommandId, type CommandScope, commandIds, commands, keysOf } from '#api';
import type { Colour, Place } from '#model';
import { changeArea } from './actions/area-changes';
import * as areas from './actions/areas';
import { toggleBookmark } from './actions/bookmarks';
import * as documents from './actions/documents';
import { takeFileNotes } from './actions/file-notes';
import { openFind, stepFind } from './actions/find';
import { isPaneFocused, isWriting, stepPane } from './actions/focus';
import { showHighlightPopover } from './actions/highlight-popover';
import * as highlighting from './actions/highlighting';
import { showImport } from './actions/importing';
import { returnToOrigin } from './actions/jumps';
import { chooseFiles, chooseFolder } from './actions/library';
import * as links from './actions/links';
import * as notes from './actions/notes';
import { notify, reportError } from './actions/notices';
import { hasDrawer, toggleOutline, togglePane } from './actions/panes';
import { addSelectionToNote, joinWithNeighbour, splitNoteOf } from './actions/passages';
import { pasteAsDocument } from './actions/pasting';
import { openPicture } from './actions/pictures';
import { confirmPlaceOf, confirmPlaces } from './actions/placing';
import { copyCitation, copyQuote } from './actions/quoting';
import { stepHighlight } from './actions/resizing';
import { showRestore } from './actions/restoring';
import { stepResult } from './actions/results';
import { resizeText, toggleTheme } from './actions/settings';
import * as shelf from './actions/shelf';
import { redoChange, undoChange } from './actions/undo';
import * as view from './actions/view';
import { isPlainKey, type KeyPress, matchesKey } from './keys';
import { listHandle } from './list-handle';
import { hasTwoViews, isViewUnknown, setPageZoom, showsPages, stepPageZoom } from './pages';
import { closeNoteIds } from './placements';
import { readerHandle } from './reader-handle';
import { changeSetting } from './setting-options';
import { type AppState, getState } from './store';
import { keepTyped } from './typed-ahead';

/** What each command does. */
const perform: Record<CommandId, () => unknown> = {
  'library.open-files': chooseFiles,
  'library.paste': pasteAsDocument,
  'library.add-folder': chooseFolder,
  'library.folders': () => view.showDialog({ type: 'folders' }),
  'library.inbox': () => view.showDialog({ type: 'folders' }),
  'export.document': view.exportCurrent,
  'document.print': () => view.showDialog({ type: 'print' }),
  'collection.new': () => view.showDialog({ type: 'new-collection' }),
  'library.import': () => showImport(),
  'library.restore': () => showRestore(),
  'trash.empty': () => view.showDialog({ type: 'empty-trash' }),
  'export.everything': () => view.showDialog({ type: 'export', scope: { type: 'everything' } }),

  'edit.undo': () => undoChange(placeOfKeyboard()),
  'edit.redo': () => redoChange(placeOfKeyboard()),
  'select.paragraph': () => readerHandle()?.select({ edge: 'end', direction: 'forward', unit: 'paragraph' }),
  'select.next-word': () => readerHandle()?.select({ edge: 'end', direction: 'forward', unit: 'word' }),
  'select.previous-word': () => readerHandle()?.select({ edge: 'end', direction: 'backward', unit: 'word' }),
  'select.next-sentence': () => readerHandle()?.select({ edge: 'end', direction: 'forward', unit: 'sentence' }),
  'select.previous-sentence': () => readerHandle()?.select({ edge: 'end', direction: 'backward', unit: 'sentence' }),
  'select.start-later': () => readerHandle()?.select({ edge: 'start', direction: 'forward', unit: 'word' }),
  'select.start-earlier': () => readerHandle()?.select({ edge: 'start', direction: 'backward', unit: 'word' }),
  'select.none': highlighting.releaseFocus,
  'find.open': openFind,
  'find.next': () => stepHit(1),
  'find.previous': () => stepHit(-1),

  'view.library': () => togglePane('library'),
  'view.documents-view': view.toggleDocumentsView,
  'view.notes': () => togglePane('notes'),
  'picture.open': openPicture,
  'view.outline': toggleOutline,
  'view.notes-view': view.toggleNotesView,
  'view.whole-page': documents.toggleView,
  'pages.fit-width': () => setPageZoom('width'),
  'pages.fit-page': () => setPageZoom('page'),
  'view.others': view.toggleOthers,
  'view.typography': () => view.setTypographyOpen(!getState().typographyOpen),
  'view.theme': toggleTheme,
  'text.larger': () => (isThere.pages(getState()) ? stepPageZoom(1) : resizeText(1)),
  'text.smaller': () => (isThere.pages(getState()) ? stepPageZoom(-1) : resizeText(-1)),
  'text.reset': () => (isThere.pages(getState()) ? setPageZoom('width') : resizeText(0)),

  'go.search': () => view.showDialog({ type: 'palette', query: '' }),
  'go.back': view.goBack,
  'go.return': returnToOrigin,
  'go.forward': view.goForward,
  'go.next-document': () => documents.stepDocument(1),
  'go.previous-document': () => documents.stepDocument(-1),
  'go.next-note': () => stepNote(1),
  'go.previous-note': () => stepNote(-1),
  'go.next-pane': () => stepPane(1),
  'go.previous-pane': () => stepPane(-1),
  'go.all-documents': view.showAllDocuments,
  'go.favourites': view.showFavourites,
  'go.reading-list': view.showReadingList,
  'go.next-to-read': shelf.openNextToRead,
  'go.all-notes': () => view.goToView({ type: 'notes' }),
  'go.trash': () => view.goToView({ type: 'trash' }),
  'go.unplaced': () => view.goToView({ type: 'unplaced' }),
  'go.activity': () => view.goToView({ type: 'activity' }),

  'highlight.yellow': () => colour('yellow'),
  'highlight.green': () => colour('green'),
  'highlight.blue': () => colour('blue'),
  'highlight.pink': () => colour('pink'),
  'highlight.violet': () => colour('violet'),
  'colours.name': () => view.showDialog({ type: 'colour-names' }),
  'highlighter.toggle': highlighting.toggleHighlighter,
  'bookmark.toggle': toggleBookmark,
  'area.mark': areas.startMarking,
  'area.whole-page': areas.addNoteOnPage,
  'note.add': addNote,
  'tag.add': () => withNoteOrSelection(highlighting.tagSelection, notes.startTagging),
  'quote.copy': copyQuote,
  'citation.copy': () => copyCitation(),
  'link.copy': () => links.copyLink(),
  'link.copy-markdown': () => links.copyLink('markdown'),
  'link.copy-document': () => links.copyLinkToDocument(),
  'highlight.extend': highlighting.extendHighlight,
  'note.add-passage': addSelectionToNote,
  'note.join-next': () => withFocusedNote((documentId, noteId) => joinWithNeighbour(documentId, noteId, 1)),
  'note.join-previous': () => withFocusedNote((documentId, noteId) => joinWithNeighbour(documentId, noteId, -1)),
  'note.split': () => withFocusedNote(splitNoteOf),
  'area.change': changeArea,
  'highlight.longer': () => stepHighlight('end', 'forward'),
  'highlight.shorter': () => stepHighlight('end', 'backward'),
  'highlight.begin-earlier': () => stepHighlight('start', 'backward'),
  'highlight.begin-later': () => stepHighlight('start', 'forward'),
  'highlight.options': () => withFocusedNote((_, noteId) => showHighlightPopover(noteId)),
  'note.confirm-place': () => withFocusedNote((_, noteId) => void confirmPlaceOf(noteId)),
  'note.confirm-places': () => void confirmPlaces(closeNoteIds(getState().placements)),
  'file-notes.take': takeFileNotes,
  'note.review': () => view.showDialog({ type: 'review' }),
  'note.edit': () => withFocusedNote((_, noteId) => notes.editNote(noteId)),
  'note.delete': () => withFocusedNote(notes.deleteNote),
  'note.export': () =>
    withFocusedNote((documentId, noteId) => view.showDialog({ type: 'export', scope: { type: 'note', documentId, noteId } })),
  'page-note.add': addPageNote,
  'document.tag': () => withOpenNotebook(() => notes.startTagging('document')),
  'document.details': () => withOpenNotebook((documentId) => view.showDialog({ type: 'details', documentId })),
  'document.texts': () => withOpenNotebook((documentId) => view.showDialog({ type: 'texts', documentId })),
  'document.same': () => withOpenNotebook((documentId) => view.showDialog({ type: 'same', documentId })),
  'document.editions': () => withOpenNotebook((documentId) => view.showDialog({ type: 'editions', documentId })),
  'document.forget': () => {
    const { open } = getState();
    if (open) view.showDialog({ type: 'forget', documentId: open.documentId });
  },
  'document.unread': () => withOpenNotebook(() => documents.setStatus('unread')),
  'document.reading': () => withOpenNotebook(() => documents.setStatus('reading')),
  'document.favourite': () => withOpenNotebook(shelf.toggleFavourite),
  'document.later': () => withOpenNotebook(shelf.toggleReadLater),
  'document.collect': () => withOpenNotebook((documentId) => view.showDialog({ type: 'collections', documentIds: [documentId] })),
  'document.finished': () => withOpenNotebook(documents.toggleFinished),

  'settings.open': () => view.showDialog({ type: 'settings' }),
  'settings.theme': () => changeSetting('settings.theme'),
  'settings.font': () => changeSetting('settings.font'),
  'settings.size': () => changeSetting('settings.size'),
  'settings.line-height': () => changeSetting('settings.line-height'),
  'settings.width': () => changeSetting('settings.width'),
  'settings.justify': () => changeSetting('settings.justify'),
  'settings.hyphenate': () => changeSetting('settings.hyphenate'),
  'settings.own-styles': () => changeSetting('settings.own-styles'),
  'settings.reopen': () => changeSetting('settings.reopen'),
  'settings.colour': () => changeSetting('settings.colour'),
  'settings.author': () => changeSetting('settings.author'),
  'settings.sort': () => changeSetting('settings.sort'),
  'settings.data': () => changeSetting('settings.data'),
  'settings.privacy': () => changeSetting('settings.privacy'),

  'help.shortcuts': () => view.showDialog({ type: 'shortcuts' }),
};

/** What undo takes back from a list: in the library's pane what was done to the library, in the results also what was done to the document beside them. */
function placeOfKeyboard(): Place | undefined {
  const { view, open } = getState();
  if (isPaneFocused('library')) return 'library';
  return isPaneFocused('results') && view.type === 'document' && open ? { documentId: open.documentId, withLibrary: true } : undefined;
}

/** The next hit of the find in the document, or else of the search whose results stand beside it. */
function stepHit(direction: 1 | -1): void | Promise<void> {
  const { find, results } = getState();
  return results && !find ? stepResult(direction) : stepFind(direction);
}

/** The next note beside the document, or of the list that stands in its place. */
function stepNote(direction: 1 | -1): void {
  const list = listHandle();
  if (isThere.document(getState())) notes.stepNote(direction);
  else if (list) list.step(direction);
  else notify('info', 'There is nothing in this list.');
}

/** Acts on the open document when its notebook is there, which it is not from the moment it is opened. */
async function withOpenNotebook(action: (documentId: string) => void): Promise<void> {
  const documentId = getState().open?.documentId;
  if (documentId === undefined) return;
  await notes.withNotebook(documentId, () => {
    if (getState().open?.documentId === documentId) action(documentId);
  });
}

function withFocusedNote(action: (documentId: string, noteId: string) => void): void {
  const { open, focusedNoteId } = getState();
  if (open && focusedNoteId !== undefined) action(open.documentId, focusedNoteId);
}

/** Whether a passage is selected; a key may follow the selection before the store has it. */
const hasSelection = (): boolean => getState().selection !== undefined || readerHandle()?.selection() !== undefined;

/** The same key serves the selected passage, or without one the note in focus. */
function withNoteOrSelection(onSelection: () => void, onNote: (noteId: string) => void): void {
  const { focusedNoteId } = getState();
  if (hasSelection()) onSelection();
  else if (focusedNoteId !== undefined) onNote(focusedNoteId);
}

/** A note on the selected passage, else that of the highlight in focus, else one on the whole document. */
function addNote(): void | Promise<void> {
  const { focusedNoteId } = getState();
  if (hasSelection()) highlighting.addNoteOnSelection();
  else if (focusedNoteId !== undefined) notes.editNote(focusedNoteId);
  else return addPageNote();
}

async function addPageNote(): Promise<void> {
  const { open } = getState();
  if (open) await notes.addPageNote(open.documentId);
}

function colour(name: Colour): void {
  if (getState().marking) areas.finishMarking({ colour: name, takesFocus: true });
  else if (hasSelection()) highlighting.highlightSelection(name);
  else if (getState().highlighter) highlighting.chooseHighlighter(name);
  else withFocusedNote((documentId, noteId) => notes.setNoteColour(documentId, noteId, name));
}

/** What must be there for each scope. Commands of a passage also serve the highlight in focus. */
const isThere: Record<CommandScope, (state: AppState) => boolean> = {
  always: () => true,
  document: ({ view: { type }, open }) => type === 'document' && open !== undefined,
  notes: (state) => isThere.document(state) || (state.view.type !== 'document' && state.view.type !== 'start'),
  text: ({ view: { type }, open }) => type === 'document' && open !== undefined && open.phase !== 'failed',
  views: ({ view: { type }, open }) => type === 'document' && (open?.hasArticle === true || hasTwoViews(open) || isViewUnknown(open)),
  pages: ({ view: { type }, open }) => type === 'document' && open?.phase !== 'failed' && showsPages(open),
  selection: ({ view: { type }, focusedNoteId }) => type === 'document' && (focusedNoteId !== undefined || hasSelection()),
  highlighting: (state) =>
    isThere.selection(state) || (state.view.type === 'document' && (state.highlighter === true || state.marking !== undefined)),
  held: (state) => isThere.highlighting(state) || hasDrawer(state),
  note: ({ view: { type }, focusedNoteId }) => type === 'document' && focusedNoteId !== undefined,
};

export const isEnabled = (id: CommandId, state: AppState): boolean => isThere[commands[id].scope](state);

/** What a command of each scope needs, for telling why it did nothing. */
const needs: Record<CommandScope, (state: AppState) => string> = {
  always: () => '',
  document: () => 'a document on the screen',
  notes: () => 'a document on the screen, or a list of notes',
  text: ({ open, view }) => (open && view.type === 'document' ? 'a text that can be read' : 'a document on the screen'),
  views: ({ open, view }) =>
    open && view.type === 'document'
      ? 'a page that holds more than its article, or a document that has pages: this one is shown in one way only'
      : 'a document on the screen',
  pages: ({ open, view }) => (open && view.type === 'document' ? 'a document that is shown as pages' : 'a document on the screen'),
  selection: ({ open, view }) =>
    open && view.type === 'document' ? 'a selected passage, or a note that has the focus' : 'a document on the screen',
  highlighting: (state) => needs.selection(state),
  held: (state) => needs.selection(state),
  note: ({ open, view }) => (open && view.type === 'document' ? 'a note that has the focus: J goes to one' : 'a document on the screen'),
};

/** Says what a command that cannot be run needs. */
export const sayNeeds = (id: CommandId, state: AppState): string => `“${commands[id].title}” needs ${needs[commands[id].scope](state)}.`;

/** Runs a command; what goes wrong is shown and logged, and so is what it lacks when there is not what it needs. */
export function runCommand(id: CommandId): void {
  const state = getState();
  if (!isEnabled(id, state)) {
    notify('info', sayNeeds(id, state));
    return;
  }
  try {
    void Promise.resolve(perform[id]()).catch(reportError);
  } catch (error) {
    reportError(error);
  }
}

/** The command of a key press, as the registry and the reader's own keys have it: of several the one that can be run, else the first. */
function commandOf(press: KeyPress, state: AppState): CommandId | undefined {
  const { settings, info } = state;
  const ids = commandIds.filter((id) => keysOf(id, settings.keys).some((key) => matchesKey(press, key, info.platform)));
  return ids.find((id) => isEnabled(id, state)) ?? ids[0];
}

/** Commands whose keys the editor of a note has for itself. */
const EDITING_KEYS: ReadonlySet<CommandId> = new Set(['edit.undo', 'edit.redo']);

/** Keys that mean something to the browser, or nothing at all, where their command cannot be run. */
const isMute = (key: string): boolean => key === 'Escape' || key.includes('Arrow');

/** What is open over the page and has keys of its own; beside a highlight its own keys go on to work. */
const OVER_THE_PAGE = '[role="menu"], [role="dialog"]:not(.highlight-popover), [role="alertdialog"]';

/** Keeps what is typed for an editor that is about to come from everything else that answers keys. For the capturing phase. */
export function holdTyped(event: KeyboardEvent): void {
  const { dialog, info } = getState();
  if (event.isComposing || dialog || isWriting(event.target) || !keepTyped(event, info.platform)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Runs the command of a key that was pressed anywhere in the window. */
export function handleKeyDown(event: KeyboardEvent): void {
  const state = getState();
  if (event.defaultPrevented || event.isComposing || (state.dialog && state.dialog.type !== 'palette')) return;
  const id = commandOf(event, state);
  if (!id) {
    chooseAllOf(event);
    return;
  }
  const key = keysOf(id, state.settings.keys).find((each) => matchesKey(event, each, state.info.platform)) ?? '';
  if (isWriting(event.target) && (isPlainKey(key) || EDITING_KEYS.has(id))) return;
  // A button or link in focus answers Enter and Space itself.
  if (
    isPlainKey(key) &&
    key === 'Enter' &&
    event.target instanceof Element &&
    event.target.closest('button, a[href], [role="menuitem"], [role="option"]')
  )
    return;
  if (isPlainKey(key) && event.target instanceof Element && event.target.closest(OVER_THE_PAGE)) return;
  if (!isEnabled(id, state) && isMute(key)) return;
  event.preventDefault();
  runCommand(id);
}

/** Selects all rows of the list in the middle, not the text of the page, where that is asked for anywhere but in another pane or a field. */
function chooseAllOf(event: KeyboardEvent): void {
  const chooseAll = listHandle()?.chooseAll;
  const { target } = event;
  if (!chooseAll || !matchesKey(event, 'Mod+A', getState().info.platform) || isWriting(target)) return;
  if (target instanceof Element && target.closest('[data-pane]:not([data-pane="main"])')) return;
  event.preventDefault();
  chooseAll();
}

/** Commands that share a key and can both be there at once, by the key. */
export function keyClashes(own: Readonly<Record<string, string>>): Map<string, CommandId[]> {
  const byKey = new Map<string, CommandId[]>();
  for (const id of commandIds) {
    for (const key of keysOf(id, own)) byKey.set(key, [...(byKey.get(key) ?? []), id]);
  }
  return new Map([...byKey].filter(([, ids]) => ids.length > 1));
}
