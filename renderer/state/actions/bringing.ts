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
  apply(): Promise<Result<BroughtOutcome>>;
  undo(): Promise<Result<BroughtOutcome>>;
}

/** Brings in what was planned; says what was done, and offers to take it back. */
export async function bring({ dialog, label, apply, undo }: Bringing): Promise<void> {
  setState({ bringing: { done: 0, total: 0 } });
  try {
    const result = await apply();
    if (!result.ok) {
      notifyFailure(result.failure);
      return;
    }
    const { message, complete, undoable } = result.value;
    const action = { label: 'Undo', run: () => void takeBack({ dialog, undo }).catch(reportError) };
    if (undoable) {
      const history = withoutStep(getState().history, dialog);
      setState({ history: record(history, { label, changes: [], broughtBy: dialog, at: Date.now(), isOfLibrary: true }) });
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

/** Takes back what was brought last and was not changed since. */
export async function takeBack({ dialog, undo }: Pick<Bringing, 'dialog' | 'undo'>): Promise<void> {
  const unsaved = await saving.flush();
  if (unsaved) {
    notify('error', `Nothing was taken back, since your last changes are not saved yet. ${unsaved.message}`);
    return;
  }
  const result = await undo();
  if (!result.ok) {
    notifyFailure(result.failure);
    return;
  }
  setState({ history: withoutStep(getState().history, dialog) });
  withdrawNotices(`brought by ${dialog}`);
  notify('info', result.value.message);
}
