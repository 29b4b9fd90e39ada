import type { NotebookChange } from '../../electron/api';

/** One change of one notebook, with the change that takes it back. */
export interface UndoableChange {
  documentId: string;
  change: NotebookChange;
  inverse: NotebookChange;
}

/** What one undo takes back. */
export interface Step {
  /** What was done, for "Undo: …". */
  label: string;
  changes: readonly UndoableChange[];
  /** Steps with the same key that follow one another closely are joined: rapid typing is one step. */
  joinKey?: string;
  /** ms since the epoch. */
  at: number;
}

/** The session's undo and redo, newest last. */
export interface History {
  past: readonly Step[];
  future: readonly Step[];
}

export const emptyHistory: History = { past: [], future: [] };

/** Typing that pauses for longer than this (ms) begins a new step. */
const JOIN_WITHIN = 1_500;
const STEPS_KEPT = 500;

/** The history after `step` was done; what had been undone before can no longer be redone. */
export function record(history: History, step: Step): History {
  const last = history.past.at(-1);
  if (last && step.joinKey !== undefined && last.joinKey === step.joinKey && step.at - last.at <= JOIN_WITHIN) {
    return { past: [...history.past.slice(0, -1), join(last, step)], future: [] };
  }
  return { past: [...history.past, step].slice(-STEPS_KEPT), future: [] };
}

/** One step that goes from before `first` to after `second`, both changing the same things. */
function join(first: Step, second: Step): Step {
  const changes = second.changes.map((later, index) => {
    const earlier = first.changes[index];
    if (!earlier) return later;
    const { documentId, change, inverse } = later;
    return { documentId, change: withBasisOf(earlier.change, change), inverse: withBasisOf(inverse, earlier.inverse) };
  });
  return { ...second, changes };
}

/** `change` as it is made where `basis` was to be made. */
const withBasisOf = (basis: NotebookChange, change: NotebookChange): NotebookChange =>
  basis.type === 'put-note' && change.type === 'put-note' ? { ...change, basedOn: basis.basedOn } : change;

export interface Replay {
  history: History;
  label: string;
  changes: { documentId: string; change: NotebookChange }[];
}

/** The changes that take back the last step, newest first; `undefined` when there is none. */
export function undo({ past, future }: History): Replay | undefined {
  const step = past.at(-1);
  if (!step) return undefined;
  const changes = step.changes.toReversed().map(({ documentId, inverse }) => ({ documentId, change: inverse }));
  return { history: { past: past.slice(0, -1), future: [...future, step] }, label: step.label, changes };
}

/** The changes that do the last undone step again; `undefined` when there is none. */
export function redo({ past, future }: History): Replay | undefined {
  const step = future.at(-1);
  if (!step) return undefined;
  const changes = step.changes.map(({ documentId, change }) => ({ documentId, change }));
  // Typing after a redo must not be joined to what was redone.
  return { history: { past: [...past, { ...step, joinKey: undefined }], future: future.slice(0, -1) }, label: step.label, changes };
}
