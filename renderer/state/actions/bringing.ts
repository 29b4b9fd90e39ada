import type { BroughtOutcome, Result } from '#api';
import { record, withoutStep } from '#model';
import { saving } from '../notebook-sync';
import { getState, setState } from '../store';
import { notify, notifyFailure, reportError, withdrawNotices } from './notices';
import { closeDialog } from './view';

interface Bringing {
  dialog: 'restore' | 'import';
  /** What was done, for "Undo: …". */
  label: string;
  planId: string;
  apply(): Promise<Result<BroughtOutcome>>;
  undo(planId?: string): Promise<Result<BroughtOutcome>>;
}

/** Brings in what was planned; says what was done, and offers to take it back. */
export async function bring({ dialog, label, planId, apply, undo }: Bringing): Promise<void> {
  setState({ bringing: { done: 0, total: 0 } });
  try {
    const result = await apply();
    if (!result.ok) {
      notifyFailure(result.failure);
      return;
    }
    const { message, complete, undoable } = result.value;
    const action = { label: 'Undo', run: () => void takeBack({ dialog, undo, planId }).catch(reportError) };
    if (undoable) {
      forgetStep(dialog);
      const step = { label, changes: [], brought: { by: dialog, planId }, at: Date.now(), isOfLibrary: true };
      setState({ history: record(getState().history, step) });
    }
    // What did not all succeed stays to be read, whatever else is undone.
    notify(complete ? 'info' : 'error', message, undoable ? { action, ...(complete && { about: `brought by ${dialog}` }) } : {});
  } finally {
    setState({ bringing: undefined });
    if (getState().dialog?.type === dialog) closeDialog();
  }
}

export const followBringing = (progress: { done: number; total: number }): void => {
  if (getState().bringing) setState({ bringing: progress });
};

/** What the host takes back is the last of its kind: an earlier one cannot be any more, nor by the plan that is told. */
function forgetStep(dialog: Bringing['dialog'], planId?: string): void {
  const { history } = getState();
  const step = history.past.find(({ brought }) => brought?.by === dialog && (planId === undefined || brought.planId === planId));
  if (!step?.brought) return;
  setState({ history: withoutStep(history, step.brought.planId) });
  withdrawNotices(`brought by ${dialog}`);
}

type TakingBack = Pick<Bringing, 'dialog' | 'undo'> & { planId?: string | undefined };

/** Takes back what was brought last and was not changed since; nothing where that was by another plan than `planId`. */
export async function takeBack({ dialog, undo, planId }: TakingBack): Promise<void> {
  const unsaved = await saving.flush();
  if (unsaved) {
    notify('error', `Nothing was taken back, since your last changes are not saved yet. ${unsaved.message}`);
    return;
  }
  const result = await undo(planId);
  // Where it never can be taken back, what lies before it can be all the same.
  if (result.ok || result.failure.code === 'problem-solved') forgetStep(dialog, planId);
  if (!result.ok) {
    notifyFailure(result.failure);
    return;
  }
  notify('info', result.value.message);
}
