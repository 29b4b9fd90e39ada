import type { BulkEdit, BulkOutcome, Result, TagMovePlan } from '#api';
import { record, type TagMove, withStep } from '#model';
import { call } from '../client';
import { saving } from '../notebook-sync';
import { getState, setState } from '../store';
import { notify, notifyFailure, reportError, withdrawNotices } from './notices';
import { inTurn } from './turns';

/** What moving a tag would change. What this window has not saved is saved first: the host plans with what it has. */
export async function planTagMove(move: TagMove): Promise<Result<TagMovePlan>> {
  const unsaved = await saving.flush();
  return unsaved ? { ok: false, failure: unsaved } : call('bulk.plan-move', move);
}

/** The tags that nothing carries, with what this window has not saved yet. */
export async function findUnusedTags(): Promise<Result<string[]>> {
  const unsaved = await saving.flush();
  return unsaved ? { ok: false, failure: unsaved } : call('bulk.unused-tags', {});
}

/** Changes many documents or notes as one step of undo; says what was done, and offers to take it back. Whether it was done. */
export async function applyBulkEdit(edit: BulkEdit, label: string): Promise<boolean> {
  return run(async () => {
    const result = await call('bulk.apply', edit);
    if (!result.ok) return tell(result);
    const { message, editId } = result.value;
    if (editId === undefined) notify('info', message);
    else {
      setState({ history: record(getState().history, { label, changes: [], editId, at: Date.now(), isOfLibrary: true }) });
      const action = { label: 'Undo', run: () => void undoBulkEdit(editId).catch(reportError) };
      notify('info', message, { action, about: `edit ${editId}` });
    }
    return true;
  });
}

/** That what a sentence tells was taken back. */
export const describeTakenBack = (message: string): string => `This was taken back: ${message}`;

/** Takes such a change back, but for what was changed since. Whether it was. */
export const undoBulkEdit = (editId: string): Promise<boolean> =>
  run(async () => {
    const result = await call('bulk.undo', { editId });
    if (!result.ok) return tell(result);
    keepHistory(editId, 'undone');
    notify('info', describeTakenBack(result.value.message), { about: 'history' });
    return true;
  });

/** Makes it again. */
export const redoBulkEdit = (editId: string): Promise<boolean> =>
  run(async () => {
    const result = await call('bulk.redo', { editId });
    if (!result.ok) return tell(result);
    keepHistory(editId, 'done');
    notify('info', `Redone: ${result.value.message}`, { about: 'history' });
    return true;
  });

/** Keeps the history of undo up with what was taken back or made again. */
function keepHistory(editId: string, state: 'done' | 'undone'): void {
  setState({ history: withStep(getState().history, editId, state) });
  withdrawNotices(`edit ${editId}`);
}

/** Ends what is being changed; nothing of it stays. */
export const stopBulkEdit = (): void => void call('bulk.stop', {}).catch(reportError);

export const followBulkEdit = (progress: { done: number; total: number }): void => {
  if (getState().changingMany) setState({ changingMany: progress });
};

const run = (act: () => Promise<boolean>): Promise<boolean> => inTurn(() => make(act));

/** What was typed a moment ago is saved first: the host changes what it has. */
async function make(act: () => Promise<boolean>): Promise<boolean> {
  setState({ changingMany: { done: 0, total: 0 } });
  try {
    const unsaved = await saving.flush();
    if (unsaved) {
      notify('error', `Nothing was changed, since your last changes are not saved yet. ${unsaved.message}`);
      return false;
    }
    return await act();
  } finally {
    setState({ changingMany: undefined });
  }
}

/** What the reader stopped is no error. */
function tell({ failure }: Extract<Result<BulkOutcome>, { ok: false }>): false {
  if (failure.code === 'cancelled') notify('info', failure.message);
  else notifyFailure(failure);
  return false;
}
