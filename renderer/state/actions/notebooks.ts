import {
  applyChange,
  applyTagChange,
  type Failure,
  invertChange,
  invertTagChange,
  type LocatedNote,
  type Notebook,
  type NotebookChange,
  notebookChangeSchema,
  summariseNotebook,
  type TagDetails,
  tagChangeSchema,
  tagKey,
} from '../../../electron/api';
import { resolve } from '../../domain/anchors';
import { type LocatedChange, type Replay, record, redo, undo } from '../../domain/history';
import { call } from '../client';
import { readerHandle } from '../reader-handle';
import { type AppState, getState, setState } from '../store';
import { notebookSaving, tagSaving } from './keeping';
import { holdText } from './kept-texts';
import { notify, notifyFailure } from './notices';

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

/** What is noted of reading alone, without the reader's doing. */
const isNotedByItself = ({ change: { type } }: LocatedChange): boolean => type === 'set-position' || type === 'set-status';

/**
 * The one door through which notebooks and tags change: state, undo, and saving. Unknown notebooks must have been loaded. False, and
 * the reader is told why, when a notebook may not be changed. Throws on a change that the host would not take: queued, it would hold up
 * all that come after it.
 */
export function makeChanges(changes: readonly LocatedChange[], undoable?: Undoable): boolean {
  const lock = changes.map(({ documentId }) => documentId !== undefined && lockOf(documentId)).find((failure) => failure);
  if (lock) {
    if (undoable || !changes.every(isNotedByItself)) notifyFailure(lock);
    return false;
  }
  for (const { documentId, change } of changes) (documentId === undefined ? tagChangeSchema : notebookChangeSchema).parse(change);
  const done = changes.flatMap((change) => {
    const inverse = makeChange(change);
    return inverse ? { change, inverse } : [];
  });
  if (undoable && done.length > 0) {
    setState({ history: record(getState().history, { ...undoable, changes: done, at: Date.now() }) });
  }
  return true;
}

/** Makes one change and gives the one that takes it back, where there is one. */
function makeChange(located: LocatedChange): LocatedChange | undefined {
  if (located.documentId === undefined) {
    const { change } = located;
    const before = [...getState().tags.values()];
    setTags(applyTagChange(before, change));
    tagSaving.enqueue('tags', change);
    return { change: invertTagChange(before, change) };
  }
  const { documentId, change } = located;
  const before = getState().notebooks.get(documentId);
  if (!before) throw new Error('A notebook was to be changed before it was read.');
  putNotebook(applyChange(before, change));
  rememberTags(change);
  holdText(documentId, change);
  notebookSaving.enqueue(documentId, change);
  const inverse = invertChange(before, change);
  return inverse && { documentId, change: inverse };
}

export const changeNotebook = (documentId: string, change: NotebookChange, undoable?: Undoable): boolean =>
  makeChanges([{ documentId, change }], undoable);

const setTags = (tags: readonly TagDetails[]): void => setState({ tags: new Map(tags.map((tag) => [tagKey(tag.name), tag])) });

/** Makes the host's tags those of this window; what this window has not saved yet comes last, here as on the disk. */
export function putTags(tags: readonly TagDetails[]): void {
  setTags(tagSaving.unsaved().reduce<readonly TagDetails[]>(applyTagChange, tags));
  for (const change of notebookSaving.unsaved()) rememberTags(change);
}

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
  if (!makeChanges(step.changes)) return;
  setState({ history: step.history });
  notify('info', `${done}: ${step.label}`);
};

export const undoChange = (): void => replay(undo(getState().history), 'Undone');
export const redoChange = (): void => replay(redo(getState().history), 'Done again');
