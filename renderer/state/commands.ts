import { type Colour, type CommandId, type CommandScope, commandIds, commands, keysOf } from '../../electron/api';
import { isPlainKey, type KeyPress, matchesKey } from '../domain/keys';
import * as documents from './actions/documents';
import { openFind, stepFind } from './actions/find';
import { isWriting, stepPane } from './actions/focus';
import { chooseFiles, chooseFolder } from './actions/library';
import { redoChange, undoChange } from './actions/notebooks';
import * as notes from './actions/notes';
import { reportError } from './actions/notices';
import { togglePane } from './actions/panes';
import { showRestore } from './actions/restoring';
import { resizeText, toggleTheme } from './actions/settings';
import * as view from './actions/view';
import { readerHandle } from './reader-handle';
import { type AppState, getState } from './store';

/** What each command does. */
const perform: Record<CommandId, () => unknown> = {
  'library.open-files': chooseFiles,
  'library.add-folder': chooseFolder,
  'library.folders': () => view.showDialog({ type: 'folders' }),
  'export.document': view.exportCurrent,
  'library.restore': () => showRestore(),
  'export.everything': () => view.showDialog({ type: 'export', scope: { type: 'everything' } }),

  'edit.undo': undoChange,
  'edit.redo': redoChange,
  'select.paragraph': () => readerHandle()?.select({ edge: 'end', direction: 'forward', unit: 'paragraph' }),
  'select.next-word': () => readerHandle()?.select({ edge: 'end', direction: 'forward', unit: 'word' }),
  'select.previous-word': () => readerHandle()?.select({ edge: 'end', direction: 'backward', unit: 'word' }),
  'select.next-sentence': () => readerHandle()?.select({ edge: 'end', direction: 'forward', unit: 'sentence' }),
  'select.previous-sentence': () => readerHandle()?.select({ edge: 'end', direction: 'backward', unit: 'sentence' }),
  'select.start-later': () => readerHandle()?.select({ edge: 'start', direction: 'forward', unit: 'word' }),
  'select.start-earlier': () => readerHandle()?.select({ edge: 'start', direction: 'backward', unit: 'word' }),
  'select.none': notes.letGo,
  'find.open': openFind,
  'find.next': () => stepFind(1),
  'find.previous': () => stepFind(-1),

  'view.library': view.toggleLibrary,
  'view.notes': () => togglePane('notes'),
  'view.outline': () => togglePane('outline'),
  'view.notes-view': view.toggleNotesView,
  'view.typography': () => view.setTypographyOpen(!getState().typographyOpen),
  'view.theme': toggleTheme,
  'text.larger': () => resizeText(1),
  'text.smaller': () => resizeText(-1),
  'text.reset': () => resizeText(0),

  'go.search': () => view.showDialog({ type: 'palette', query: '' }),
  'go.back': view.goBack,
  'go.forward': view.goForward,
  'go.next-document': () => documents.stepDocument(1),
  'go.previous-document': () => documents.stepDocument(-1),
  'go.next-note': () => notes.stepNote(1),
  'go.previous-note': () => notes.stepNote(-1),
  'go.next-pane': () => stepPane(1),
  'go.previous-pane': () => stepPane(-1),
  'go.all-documents': view.showAllDocuments,
  'go.all-notes': () => view.showView({ type: 'notes' }),
  'go.trash': () => view.showView({ type: 'trash' }),

  'highlight.yellow': () => colour('yellow'),
  'highlight.green': () => colour('green'),
  'highlight.blue': () => colour('blue'),
  'highlight.pink': () => colour('pink'),
  'highlight.violet': () => colour('violet'),
  'note.add': () => withNoteOrSelection(notes.addNoteOnSelection, notes.editNote),
  'tag.add': () => withNoteOrSelection(notes.tagSelection, notes.startTagging),
  'quote.copy': notes.copyQuote,
  'highlight.extend': notes.extendHighlight,
  'note.edit': () => withFocusedNote((_, noteId) => notes.editNote(noteId)),
  'note.delete': () => withFocusedNote(notes.deleteNote),
  'note.export': () =>
    withFocusedNote((documentId, noteId) => view.showDialog({ type: 'export', scope: { type: 'note', documentId, noteId } })),
  'page-note.add': () => withOpenNotebook(notes.addPageNote),
  'document.tag': () => withOpenNotebook(() => notes.startTagging('document')),
  'document.details': () => withOpenNotebook((documentId) => view.showDialog({ type: 'details', documentId })),
  'document.finished': () => withOpenNotebook(documents.toggleFinished),

  'help.shortcuts': () => view.showDialog({ type: 'shortcuts' }),
};

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

function colour(name: Colour): void {
  if (hasSelection()) notes.highlightSelection(name);
  else withFocusedNote((documentId, noteId) => notes.setNoteColour(documentId, noteId, name));
}

/** What must be there for each scope. Commands of a passage also serve the highlight in focus. */
const isThere: Record<CommandScope, (state: AppState) => boolean> = {
  always: () => true,
  document: ({ view: { type }, open }) => type === 'document' && open !== undefined,
  text: ({ view: { type }, open }) => type === 'document' && open !== undefined && open.phase !== 'failed',
  selection: ({ view: { type }, focusedNoteId }) => type === 'document' && (focusedNoteId !== undefined || hasSelection()),
  note: ({ view: { type }, focusedNoteId }) => type === 'document' && focusedNoteId !== undefined,
};

export const isEnabled = (id: CommandId, state: AppState): boolean => isThere[commands[id].scope](state);

/** Runs a command, if there is what it needs; what goes wrong is shown and logged. */
export function runCommand(id: CommandId): void {
  if (!isEnabled(id, getState())) return;
  try {
    void Promise.resolve(perform[id]()).catch(reportError);
  } catch (error) {
    reportError(error);
  }
}

/** The command of a key press, as the registry and the reader's own keys have it. */
export function commandOf(press: KeyPress, state: AppState): CommandId | undefined {
  const { settings, info } = state;
  return commandIds.find((id) => keysOf(id, settings.keys).some((key) => matchesKey(press, key, info.platform)) && isEnabled(id, state));
}

/** Commands whose keys the editor of a note has for itself. */
const EDITING_KEYS: ReadonlySet<CommandId> = new Set(['edit.undo', 'edit.redo']);

/** Runs the command of a key that was pressed anywhere in the window. */
export function handleKeyDown(event: KeyboardEvent): void {
  const state = getState();
  if (event.defaultPrevented || event.isComposing || (state.dialog && state.dialog.type !== 'palette')) return;
  const id = commandOf(event, state);
  if (!id) return;
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
  event.preventDefault();
  runCommand(id);
}

/** Commands that share a key and can both be there at once, by the key. */
export function keyClashes(own: Readonly<Record<string, string>>): Map<string, CommandId[]> {
  const byKey = new Map<string, CommandId[]>();
  for (const id of commandIds) {
    for (const key of keysOf(id, own)) byKey.set(key, [...(byKey.get(key) ?? []), id]);
  }
  return new Map([...byKey].filter(([, ids]) => ids.length > 1));
}
