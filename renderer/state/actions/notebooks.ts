import {
  applyChange,
  type Failure,
  invertChange,
  type LocatedNote,
  type Notebook,
  type NotebookChange,
  notebookChangeSchema,
  summariseNotebook,
  tagKey,
} from '../../../electron/api';
import { resolve } from '../../domain/anchors';
import { type Replay, record, redo, type UndoableChange, undo } from '../../domain/history';
import { call } from '../client';
import { readerHandle } from '../reader-handle';
import { createSaving } from '../saving';
import { type AppState, getState, setState } from '../store';
import { holdText, keepTexts } from './kept-texts';
import { notify, notifyFailure } from './notices';
import { showLossOf } from './problems';

export const saving = createSaving({
  async save(documentId, changes) {
    // The text first, so that no anchor is ever without it; but the reader's words are saved whatever becomes of the text.
    const text = await keepTexts(changes).catch(lostText);
    const result = await call('notebook.apply', { documentId, changes });
    return result.ok ? text : result.failure;
  },
  // Nobody is there any more to hear of a failure.
  send: (documentId, changes) => void call('notebook.apply', { documentId, changes }).catch(() => undefined),
  onState: (state) => setState({ saving: state }),
});

const lostText = (error: unknown): Failure => ({
  code: 'write-failed',
  message: `The text that the last notes are on could not be kept beside them: ${error instanceof Error ? error.message : String(error)} It is tried again.`,
});

/** The notebook of a document, read from the host when this session has not had it yet. */
export async function loadNotebook(documentId: string): Promise<Notebook | undefined> {
  const loaded = getState().notebooks.get(documentId);
  if (loaded) return loaded;
  const result = await call('library.notebook', { documentId });
  if (!result.ok) {
    notifyFailure(result.failure);
    return undefined;
  }
  const already = getState().notebooks.get(documentId);
  if (!already) putNotebook(result.value);
  return already ?? result.value;
}

/** Makes `notebook` what this window knows of its document. */
export function putNotebook(notebook: Notebook): void {
  const { notebooks, documents, allNotes, allDeleted } = getState();
  setState({
    notebooks: new Map(notebooks).set(notebook.id, notebook),
    documents: withRow(documents, notebook),
    allNotes: allNotes && replaceNotes(allNotes, notebook),
    allDeleted: allDeleted && [
      ...allDeleted.filter(({ documentId }) => documentId !== notebook.id),
      ...notebook.deletedNotes.map(({ note, deletedAt }) => ({ documentId: notebook.id, note, deletedAt })),
    ],
  });
  placeNotes(notebook);
}

/** The documents with the row of `notebook` brought up to date; the same object when the row shows nothing new, as while a note is typed. */
function withRow(documents: AppState['documents'], notebook: Notebook): AppState['documents'] {
  const row = documents.get(notebook.id);
  if (!row) return documents;
  const shown = summariseNotebook(notebook);
  const isSame = (Object.keys(shown) as (keyof typeof shown)[]).every((key) => String(row[key]) === String(shown[key]));
  return isSame ? documents : new Map(documents).set(notebook.id, { ...row, ...shown });
}

const replaceNotes = (all: readonly LocatedNote[], notebook: Notebook): LocatedNote[] => [
  ...all.filter(({ documentId }) => documentId !== notebook.id),
  ...notebook.notes.map((note) => ({ documentId: notebook.id, note })),
];

/** Finds the place of each note of the open document whose anchor is new; the others keep theirs. */
export function placeNotes(notebook: Notebook, textHash = getState().open?.textHash): void {
  const { open, placements } = getState();
  const handle = readerHandle();
  if (open?.documentId !== notebook.id || handle?.documentId !== notebook.id || textHash === undefined) return;
  const text = handle.text();
  const next = new Map<string, ReturnType<typeof resolve>>();
  for (const { id, anchor } of notebook.notes) {
    if (!anchor) continue;
    const known = placements.get(id);
    const isCurrent =
      known !== undefined &&
      anchor.textHash === textHash &&
      known.state !== 'unplaced' &&
      known.start === anchor.start &&
      known.end === anchor.end;
    const isOld = known !== undefined && anchor.textHash !== textHash;
    next.set(id, isCurrent || isOld ? known : resolve(anchor, text, textHash));
  }
  const isSame = next.size === placements.size && [...next].every(([id, placement]) => placements.get(id) === placement);
  if (!isSame) setState({ placements: next });
}

/** How a change is kept for undo; without it, it is not undone. */
export interface Undoable {
  label: string;
  /** Changes with the same key in quick succession are undone together. */
  joinKey?: string;
}

/** Why a notebook may not be changed (a newer version's, unreadable), when it may not. */
export function lockOf(documentId: string): Failure | undefined {
  const problem = getState().documents.get(documentId)?.problem;
  return problem?.code === 'notebook-read-only' || problem?.code === 'notebook-quarantined' ? problem : undefined;
}

interface LocatedChange {
  documentId: string;
  change: NotebookChange;
}

/** What is noted of reading alone, without the reader's doing. */
const isNotedByItself = ({ change: { type } }: LocatedChange): boolean => type === 'set-position' || type === 'set-status';

/**
 * The one door through which notebooks change: state, undo, and saving. Unknown notebooks must have been loaded. False, and the
 * reader is told why, when a notebook may not be changed. Throws on a change that the host would not take: queued, it would hold up all
 * that come after it.
 */
export function changeNotebooks(changes: readonly LocatedChange[], undoable?: Undoable): boolean {
  for (const { documentId } of changes) {
    const lock = lockOf(documentId);
    if (!lock) continue;
    if (undoable || !changes.every(isNotedByItself)) {
      notifyFailure(lock);
      showLossOf(documentId);
    }
    return false;
  }
  for (const { change } of changes) notebookChangeSchema.parse(change);
  const done: UndoableChange[] = [];
  for (const { documentId, change } of changes) {
    const before = getState().notebooks.get(documentId);
    if (!before) throw new Error('A notebook was to be changed before it was read.');
    const inverse = undoable && invertChange(before, change);
    if (inverse) done.push({ documentId, change, inverse });
    putNotebook(applyChange(before, change));
    rememberTags(change);
    holdText(documentId, change);
    saving.enqueue(documentId, change);
  }
  if (undoable && done.length > 0) {
    setState({ history: record(getState().history, { ...undoable, changes: done, at: Date.now() }) });
  }
  return true;
}

export const changeNotebook = (documentId: string, change: NotebookChange, undoable?: Undoable): boolean =>
  changeNotebooks([{ documentId, change }], undoable);

/** Lists a tag that is used for the first time; the host does the same when the change arrives there. */
function rememberTags(change: NotebookChange): void {
  const names = change.type === 'set-tags' ? change.tags : change.type === 'put-note' ? change.note.tags : [];
  const { tags } = getState();
  const fresh = names.filter((name) => !tags.has(tagKey(name)));
  if (fresh.length > 0) setState({ tags: new Map([...tags, ...fresh.map((name) => [tagKey(name), { name }] as const)]) });
}

const replay = (step: Replay | undefined, done: string): void => {
  if (!step) {
    notify('info', done === 'Undone' ? 'There is nothing to undo.' : 'There is nothing to redo.');
    return;
  }
  if (!changeNotebooks(step.changes)) return;
  setState({ history: step.history });
  notify('info', `${done}: ${step.label}`);
};

export const undoChange = (): void => replay(undo(getState().history), 'Undone');
export const redoChange = (): void => replay(redo(getState().history), 'Done again');
