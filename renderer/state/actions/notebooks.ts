import { applyChange, basedOn, type Failure, invertChange, type NotebookChange, notebookChangeSchema, tagKey } from '../../../electron/api';
import { type Replay, record, redo, type UndoableChange, undo } from '../../domain/history';
import { getState, setState } from '../store';
import { saving } from './host-notebooks';
import { holdText } from './kept-texts';
import { notify, notifyFailure, withdrawNotices } from './notices';
import { showLossOf } from './problems';
import { putNotebook } from './shown-notebooks';

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
  for (const { documentId, change: wanted } of changes) {
    const before = getState().notebooks.get(documentId);
    if (!before) throw new Error('A notebook was to be changed before it was read.');
    const change = basedOn(before, wanted);
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
    withdrawNotices('history');
    notify('info', done === 'Undone' ? 'There is nothing to undo.' : 'There is nothing to redo.', { about: 'history' });
    return;
  }
  if (!changeNotebooks(step.changes)) return;
  setState({ history: step.history });
  withdrawNotices();
  notify('info', `${done}: ${step.label}`, { about: 'history' });
};

export const undoChange = (): void => replay(undo(getState().history), 'Undone');
export const redoChange = (): void => replay(redo(getState().history), 'Done again');
