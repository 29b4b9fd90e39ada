import { type NotebookChange, noteIdOf } from './changes';
import type { TagChange } from './tags';

/** One change of one notebook, or of what is kept of a tag. */
export type LocatedChange = { documentId: string; change: NotebookChange } | { documentId?: undefined; change: TagChange };

/** A change with the one that takes it back. */
export interface UndoableChange {
  change: LocatedChange;
  inverse: LocatedChange;
}

/** What became of a collection, as the names that it had before and has after: none where it was made, or removed. */
export interface CollectionStep {
  /** Names this step among all. */
  stepId: string;
  collectionId: string;
  from?: string;
  to?: string;
}

/** Two documents of which one got the file of the other; with `parted`, one that had both files, of which that with this raw hash went (to `fromId`). */
export interface JoiningStep {
  /** Names this step among all. */
  stepId: string;
  fromId: string;
  intoId: string;
  parted?: string;
}

/** What was imported or restored by the plan with this id. */
export interface BroughtStep {
  by: 'import' | 'restore';
  planId: string;
}

/** What one undo takes back. */
export interface Step {
  /** What was done, for "Undo: …". */
  label: string;
  changes: readonly UndoableChange[];
  /** In place of changes: a change of many that the host made, and takes back. */
  editId?: string;
  /** In place of changes: a saved search that was removed. */
  searchId?: string;
  /** In place of changes: a document that was made of what was pasted. */
  pastedId?: string;
  /** The document that was on the screen when it was pasted. */
  pastedFrom?: string | undefined;
  /** In place of changes: a collection that was made, renamed or removed. */
  collection?: CollectionStep;
  /** In place of changes: two documents that were joined, or parted. */
  joining?: JoiningStep;
  /** In place of changes: what was imported, or restored. The host takes back the last of each, and does not bring it again. */
  brought?: BroughtStep;
  /** Steps with the same key that follow one another closely are joined: rapid typing is one step. */
  joinKey?: string;
  /** Lectern did it by itself. */
  isAutomatic?: boolean;
  /** ms since the epoch. */
  at: number;
  /** It was made in a view of the whole library, or concerns no single document. */
  isOfLibrary: boolean;
}

/** Where undo looks for what to take back: a document, also together with the library, beside whose lists it stands, or the library as a whole. */
export type Place = { documentId: string; withLibrary?: boolean } | 'library';

const documentsOf = (joining: JoiningStep | undefined): string[] => (joining ? [joining.fromId, joining.intoId] : []);

/** Whether undo takes `step` back in a place. In a document it is whatever concerns that document alone. */
const isOf = (place: Place, step: Step): boolean =>
  place === 'library'
    ? step.isOfLibrary
    : (place.withLibrary === true && step.isOfLibrary) ||
      step.pastedId === place.documentId ||
      documentsOf(step.joining).includes(place.documentId) ||
      (step.changes.length > 0 && step.changes.every(({ change }) => change.documentId === place.documentId));

/** Whether redo does `step` again in a place: a document that was pasted comes again where it was pasted, since it is not there itself. */
const comesAgainIn = (place: Place, step: Step): boolean =>
  isOf(place, step) || (place !== 'library' && step.pastedFrom === place.documentId);

/** The session's undo and redo, newest last. */
export interface History {
  past: readonly Step[];
  future: readonly Step[];
}

export const emptyHistory: History = { past: [], future: [] };

/** Typing that pauses for longer than this (ms) begins a new step. */
const JOIN_WITHIN = 1_500;
/** ms in which the reader has what was done last in mind, and means that by "undo". */
const IN_MIND = 10_000;
const STEPS_KEPT = 500;

/**
 * The history after `step` was done; what had been undone before in the same notebooks can no longer be redone. What Lectern did by itself is taken
 * back after what the reader did a moment before.
 */
export function record(history: History, step: Step): History {
  const touched = touchedBy(step);
  const future = history.future.filter((undone) => touched.isDisjointFrom(touchedBy(undone)));
  const last = history.past.at(-1);
  if (last && step.joinKey !== undefined && last.joinKey === step.joinKey && step.at - last.at <= JOIN_WITHIN) {
    return { past: [...history.past.slice(0, -1), join(last, step)], future };
  }
  const comesBefore = step.isAutomatic && last && step.at - last.at <= IN_MIND;
  const latest = comesBefore ? [...history.past.slice(0, -1), step, last] : [...history.past, step];
  return { past: latest.slice(-STEPS_KEPT), future };
}

/** What a step changed: the documents or their notebooks, the saved search, or the collection; `undefined` stands for the tags. */
const touchedBy = ({ changes, searchId, pastedId, collection, joining }: Step): Set<string | undefined> =>
  new Set([
    ...changes.map(({ change }) => change.documentId),
    ...documentsOf(joining),
    ...[searchId, pastedId, collection?.collectionId].filter((id) => id !== undefined),
  ]);

/** One step that goes from before `first` to after `second`, both changing the same things. */
function join(first: Step, second: Step): Step {
  const changes = second.changes.map((later, index) => {
    const earlier = first.changes[index];
    if (!earlier) return later;
    return { change: withBasisOf(earlier.change, later.change), inverse: withBasisOf(later.inverse, earlier.inverse) };
  });
  return { ...second, changes };
}

/** `located` as it is made where `basis` was to be made. */
function withBasisOf({ change: basis }: LocatedChange, located: LocatedChange): LocatedChange {
  const { documentId, change } = located;
  if (documentId === undefined || basis.type !== 'put-note' || change.type !== 'put-note') return located;
  return { documentId, change: { ...change, basedOn: basis.basedOn, from: basis.from } };
}

/** The history without what was done to a document that is forgotten: undo must not bring its words back. */
export function withoutDocument(history: History, documentId: string): History {
  const { past, future } = withoutChanges(history, ({ change }) => change.documentId === documentId);
  const isOther = ({ joining }: Step): boolean => !documentsOf(joining).includes(documentId);
  return { past: past.filter(isOther), future: future.filter(isOther) };
}

/** The history once notes of one document are another one's, since the two were joined or parted: what was done to them is taken back there. */
export function withMovedNotes({ past, future }: History, fromId: string, intoId: string, noteIds: ReadonlySet<string>): History {
  const located = (each: LocatedChange): LocatedChange =>
    each.documentId === fromId && noteIds.has(noteIdOf(each.change) ?? '') ? { ...each, documentId: intoId } : each;
  const moved = (step: Step): Step => ({
    ...step,
    changes: step.changes.map(({ change, inverse }) => ({ change: located(change), inverse: located(inverse) })),
  });
  return { past: past.map(moved), future: future.map(moved) };
}

/** The history without what was done to notes that are gone for good, or came anew from elsewhere: undo must not write over that. */
export const withoutNotes = (history: History, documentId: string, noteIds: ReadonlySet<string>): History =>
  withoutChanges(history, ({ change }) => change.documentId === documentId && noteIds.has(noteIdOf(change.change) ?? ''));

function withoutChanges({ past, future }: History, isGone: (change: UndoableChange) => boolean): History {
  const without = (steps: readonly Step[]): Step[] =>
    steps.flatMap((step) => {
      const changes = step.changes.filter((change) => !isGone(change));
      if (changes.length === step.changes.length) return [step];
      return changes.length > 0 ? [{ ...step, changes }] : [];
    });
  return { past: without(past), future: without(future) };
}

export interface Replay {
  history: History;
  label: string;
  changes: LocatedChange[];
  editId?: string;
  searchId?: string;
  pastedId?: string;
  collection?: CollectionStep;
  joining?: JoiningStep;
  brought?: BroughtStep;
}

/** The history without a step that is no changes, known by its id. */
export const withoutStep = ({ past, future }: History, id: string): History => ({
  past: past.filter((step) => !isKnownBy(id, step)),
  future: future.filter((step) => !isKnownBy(id, step)),
});

const isKnownBy = (id: string, { editId, searchId, pastedId, collection, joining, brought }: Step): boolean =>
  [editId, searchId, pastedId, collection?.stepId, joining?.stepId, brought?.planId].includes(id);

/** The history once a step that is no changes, known by its id, was taken back, or made again, wherever the reader asked for that. */
export function withStep(history: History, id: string, state: 'done' | 'undone'): History {
  const { past, future } = history;
  const others = withoutStep(history, id);
  const step = [...past, ...future].find((each) => isKnownBy(id, each));
  if (!step) return others;
  return state === 'done' ? { ...others, past: [...others.past, step] } : { ...others, future: [...others.future, step] };
}

/** What is taken back elsewhere than by changes. */
const elsewhereOf = ({
  editId,
  searchId,
  pastedId,
  collection,
  joining,
  brought,
}: Step): Pick<Step, 'editId' | 'searchId' | 'pastedId' | 'collection' | 'joining' | 'brought'> => ({
  ...(editId !== undefined && { editId }),
  ...(searchId !== undefined && { searchId }),
  ...(pastedId !== undefined && { pastedId }),
  ...(collection && { collection }),
  ...(joining && { joining }),
  ...(brought && { brought }),
});

/** The changes that take back the last step of a place, newest first; `undefined` when there is none. */
export function undo({ past, future }: History, place: Place): Replay | undefined {
  const step = past.findLast((each) => isOf(place, each));
  if (!step) return undefined;
  const changes = step.changes.toReversed().map(({ inverse }) => inverse);
  return {
    history: { past: past.filter((each) => each !== step), future: [...future, step] },
    label: step.label,
    changes,
    ...elsewhereOf(step),
  };
}

/** The changes that do the last undone step of a place again; `undefined` when there is none. */
export function redo({ past, future }: History, place: Place): Replay | undefined {
  const step = future.findLast((each) => comesAgainIn(place, each));
  if (!step) return undefined;
  const changes = step.changes.map(({ change }) => change);
  // Typing after a redo must not be joined to what was redone.
  return {
    history: { past: [...past, { ...step, joinKey: undefined }], future: future.filter((each) => each !== step) },
    label: step.label,
    changes,
    ...elsewhereOf(step),
  };
}
