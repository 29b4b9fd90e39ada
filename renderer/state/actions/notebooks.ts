import type { Failure } from '#api';
import {
  applyChange,
  applyTagChange,
  basedOn,
  invertChange,
  invertTagChange,
  type LocatedChange,
  type Notebook,
  type NotebookChange,
  notebookChangeSchema,
  type Place,
  record,
  type TagDetails,
  tagChangeSchema,
  tagKey,
  type UndoableChange,
} from '#model';
import { notebookSaving, tagSaving, texts } from '../notebook-sync';
import { type AppState, getState, setState, store } from '../store';
import { notify } from './notices';
import { showLossOf } from './problems';
import { putNotebook } from './shown-notebooks';

/** How a change is kept for undo; without it, it is not undone. */
export interface Undoable {
  label: string;
  /** Changes with the same key in quick succession are undone together. */
  joinKey?: string;
  /** It concerns the library, wherever the reader is. */
  isOfLibrary?: boolean;
  /** Lectern does it by itself. */
  isAutomatic?: boolean;
}

/** Why a notebook may not be changed (a newer version's, unreadable), when it may not. */
export function lockOf(documentId: string): Failure | undefined {
  const problem = getState().documents.get(documentId)?.problem;
  return problem?.code === 'notebook-read-only' || problem?.code === 'notebook-quarantined' ? problem : undefined;
}

/** Says why a notebook may not be changed, and shows where the reader can choose what becomes of it. */
export function tellLock(documentId: string, lock: Failure): void {
  notify('error', lock.message, { lockedId: documentId });
  showLossOf(documentId);
}

/** Takes away what said so, as soon as the notebook may be changed: it was restored, by whatever way. */
export function followLocks(): void {
  store.subscribe(({ documents, notices }, before) => {
    if (documents === before.documents) return;
    const standing = notices.filter(({ lockedId }) => lockedId === undefined || !documents.has(lockedId) || lockOf(lockedId));
    if (standing.length < notices.length) setState({ notices: standing });
  });
}

/** What is noted of reading alone, without the reader's doing. */
const isNotedByItself = ({ change: { type } }: LocatedChange): boolean => type === 'set-position' || type === 'set-status';

/**
 * The one door through which notebooks and tags change: state, undo, and saving. Unknown notebooks must have been loaded. `base` says
 * what a change is based on: what stands there, unless it was noted when it was first made. False, and the reader is told why, when a
 * notebook may not be changed. Throws on a change that the host would not take: queued, it would hold up all that come after it.
 */
export function makeChanges(changes: readonly LocatedChange[], undoable?: Undoable, base: typeof basedOn = basedOn): boolean {
  for (const { documentId } of changes) {
    if (documentId === undefined) continue;
    const lock = lockOf(documentId);
    if (!lock) continue;
    if (undoable || !changes.every(isNotedByItself)) tellLock(documentId, lock);
    return false;
  }
  for (const { documentId, change } of changes) (documentId === undefined ? tagChangeSchema : notebookChangeSchema).parse(change);
  const changed = new Map<string, Notebook>();
  const done = changes.flatMap((change) => makeChange(change, base, changed) ?? []);
  // Once each: of thousands of notes each would be placed again with every other.
  for (const notebook of changed.values()) putNotebook(notebook);
  if (undoable && done.length > 0) {
    const isOfLibrary =
      undoable.isOfLibrary || placeOf(getState()) === 'library' || done.some(({ change }) => change.documentId === undefined);
    setState({ history: record(getState().history, { ...undoable, changes: done, at: Date.now(), isOfLibrary }) });
  }
  return true;
}

/** Makes one change and gives it with the one that takes it back, where there is one. `changed` has the notebooks that are to be shown, by id. */
function makeChange(located: LocatedChange, base: typeof basedOn, changed: Map<string, Notebook>): UndoableChange | undefined {
  if (located.documentId === undefined) {
    const { change } = located;
    const before = [...getState().tags.values()];
    setTags(applyTagChange(before, change));
    tagSaving.enqueue('tags', change);
    return { change: located, inverse: { change: invertTagChange(before, change) } };
  }
  const { documentId } = located;
  const before = changed.get(documentId) ?? getState().notebooks.get(documentId);
  if (!before) throw new Error('A notebook was to be changed before it was read.');
  const change = base(before, located.change);
  changed.set(documentId, applyChange(before, change));
  rememberTags(change);
  texts.hold(documentId, change);
  notebookSaving.enqueue(documentId, change);
  const inverse = invertChange(before, change);
  return inverse && { change: { documentId, change }, inverse: { documentId, change: inverse } };
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

/** Where the reader is, as undo sees it: in the document on the screen, or in the library. */
export const placeOf = ({ view, open }: Pick<AppState, 'view' | 'open'>): Place =>
  view.type === 'document' && open ? { documentId: open.documentId } : 'library';
