import type { Edition, EventPayload, Failure, LikelySame } from '#api';
import { type JoiningStep, record, type Step, withMovedNotes, withoutStep, withStep } from '#model';
import { call } from '../client';
import { loadNotebook, saving } from '../notebook-sync';
import { getState, setState } from '../store';
import { followFile, openDocument, reloadDocument } from './documents';
import { notify, notifyFailure, reportError, withdrawNotices } from './notices';
import { inTurn } from './turns';

/** Two documents of which one is the other's file. */
type Pair = Pick<LikelySame, 'fromId' | 'intoId'>;

export const askLikely = (documentId: string): Promise<LikelySame[]> => call('join.likely', { documentId });

/** Gives the file of one document to the notes on another, as a step of undo, and shows it with them. */
export const joinDocuments = (pair: Pair): Promise<void> => inTurn(() => join(pair));

async function join(pair: Pair, again?: JoiningStep): Promise<void> {
  if (!(await isSaved())) return;
  const joined = await call('join.apply', { fromId: pair.fromId, intoId: pair.intoId });
  if (!joined.ok) return refuse(joined.failure, again);
  const { fromId } = pair;
  const { intoId, title, hasOther, noteIds } = joined.value;
  await moveSteps(fromId, intoId, noteIds);
  const { stepId } = keepDone('Join documents', again ?? { stepId: crypto.randomUUID(), fromId, intoId });
  const sentence = `This is “${title}” now, with its notes${hasOther ? '; the other file stays, as another edition' : ''}.`;
  const run = () => void separateDocuments({ fromId, intoId }).catch(reportError);
  notify('info', sentence, { action: { label: 'Undo', run }, about: `joining ${stepId}` });
  await show(intoId, fromId);
}

/** Takes the last joining of a document back, which can be made again. A window that shows it shows the other one, which has the file again. */
export const separateDocuments = (pair: Pair): Promise<void> => inTurn(() => separate(pair));

async function separate({ fromId, intoId }: Pair): Promise<void> {
  const isIt = ({ joining }: Step): boolean => joining?.fromId === fromId && joining.intoId === intoId && joining.parted === undefined;
  const known = getState().history.past.findLast(isIt)?.joining;
  if (!(await isSaved())) return;
  const separated = await call('join.undo', { fromId, intoId });
  if (!separated.ok) return refuse(separated.failure, known);
  await moveSteps(intoId, fromId, separated.value.noteIds);
  // One of an earlier run can be made again, too.
  keepUndone(known ?? keepDone('Join documents', { stepId: crypto.randomUUID(), fromId, intoId }));
  notify('info', 'They are two documents again.', { about: 'history' });
  await followFile(intoId, fromId);
}

/** Takes a joining or a parting back, or makes it again. */
export const turnJoining = (step: JoiningStep, direction: 'back' | 'again'): Promise<void> =>
  inTurn(async () => {
    const isBack = direction === 'back';
    if (step.parted === undefined) await (isBack ? separate(step) : join(step, step));
    else await (isBack ? rejoin(step) : part({ ...step, rawHash: step.parted }, step));
  });

/** Shows the document that has the file of the one on the screen by now, which was joined or parted in another window or on another machine. */
export async function followGivenFile({ fromId, intoId, title, isJoined, noteIds }: EventPayload<'library.file-given'>): Promise<void> {
  await moveSteps(fromId, intoId, noteIds);
  if (getState().open?.documentId !== fromId) return;
  // What cannot be saved yet goes along when it can.
  await isSaved();
  const sentence = isJoined
    ? `This is “${title}” now, with its notes: it was said elsewhere that they are the same.`
    : `This is “${title}” again: it was said elsewhere that it is another document.`;
  notify('info', sentence);
  await followFile(fromId, intoId);
}

/** What was done to notes that are another document's by now is taken back there. */
async function moveSteps(fromId: string, intoId: string, noteIds: readonly string[]): Promise<void> {
  setState({ history: withMovedNotes(getState().history, fromId, intoId, new Set(noteIds)) });
  const { past, future } = getState().history;
  const concerns = ({ changes }: Step): boolean => changes.some(({ change }) => change.documentId === intoId);
  if ([...past, ...future].some(concerns)) await loadNotebook(intoId);
}

/** Keeps a step as done, whether for the first time or again. */
function keepDone(label: string, joining: JoiningStep): JoiningStep {
  const { history } = getState();
  const isKnown = history.future.some((step) => step.joining?.stepId === joining.stepId);
  const step = { label, changes: [], joining, at: Date.now(), isOfLibrary: true };
  setState({ history: isKnown ? withStep(history, joining.stepId, 'done') : record(history, step) });
  return joining;
}

function keepUndone({ stepId }: JoiningStep): void {
  setState({ history: withStep(getState().history, stepId, 'undone') });
  withdrawNotices(`joining ${stepId}`);
}

/** Says why a step cannot be taken back, or made again; where it never can be, what lies before it can be all the same. */
function refuse(failure: Failure, step: JoiningStep | undefined): void {
  if (step && ['problem-solved', 'document-not-found'].includes(failure.code)) {
    setState({ history: withoutStep(getState().history, step.stepId) });
    withdrawNotices(`joining ${step.stepId}`);
  }
  notifyFailure(failure);
}

/** Saves what was typed a moment ago, which goes along; whether it is saved, else it is said why nothing is done. */
async function isSaved(): Promise<boolean> {
  const unsaved = await saving.flush();
  if (unsaved) notifyFailure(unsaved);
  return unsaved === undefined;
}

/** Keeps that two documents are not the same; true when that is kept. */
export async function keepApart({ fromId, intoId }: Pair): Promise<boolean> {
  const kept = await call('join.refuse', { fromId, intoId });
  if (!kept.ok) notifyFailure(kept.failure);
  return kept.ok;
}

/** The files of a document that are not the same, that which is shown first. */
export const askEditions = (documentId: string): Promise<Edition[]> => call('join.editions', { documentId });

/** Shows a document by another of its editions; whoever has it open is told, and reads that. */
export async function showEdition(documentId: string, { rawHash }: Edition): Promise<void> {
  if (!(await isSaved())) return;
  const shown = await call('join.show', { documentId, rawHash });
  if (!shown.ok) notifyFailure(shown.failure);
}

/** Makes another edition of a document one of its own, as a step of undo; whether that was done. */
export const partEdition = (documentId: string, { rawHash }: Pick<Edition, 'rawHash'>): Promise<boolean> =>
  inTurn(() => part({ intoId: documentId, rawHash }));

async function part({ intoId, rawHash }: { intoId: string; rawHash: string }, again?: JoiningStep): Promise<boolean> {
  if (!(await isSaved())) return false;
  const parted = await call('join.part', { documentId: intoId, rawHash });
  if (!parted.ok) {
    refuse(parted.failure, again);
    return false;
  }
  const { documentId: fromId, title } = parted.value;
  const step = keepDone('Part edition', again ?? { stepId: crypto.randomUUID(), fromId, intoId, parted: rawHash });
  const run = () => void turnJoining(step, 'back').catch(reportError);
  const action = { label: 'Undo', run };
  notify('info', `“${title}” is a document of its own again. The notes stay with this one.`, { action, about: `joining ${step.stepId}` });
  return true;
}

async function rejoin(step: JoiningStep): Promise<void> {
  const { fromId, intoId } = step;
  if (!(await isSaved())) return;
  const joined = await call('join.again', { fromId, intoId });
  if (!joined.ok) return refuse(joined.failure, step);
  await moveSteps(fromId, intoId, joined.value.noteIds);
  keepUndone(step);
  notify('info', `It is another edition of “${joined.value.title}” again.`, { about: 'history' });
  await followFile(fromId, intoId);
}

/** Shows a document that has the file of another one now, or notes of it. */
async function show(intoId: string, fromId: string): Promise<void> {
  const shown = getState().open?.documentId;
  if (shown === fromId) await followFile(fromId, intoId);
  else if (shown === intoId) await reloadDocument();
  else await openDocument(intoId, { remember: false });
}
