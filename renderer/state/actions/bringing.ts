import type { BroughtOutcome, Result } from '#api';
import { saving } from '../notebook-sync';
import { getState, setState } from '../store';
import { notify, notifyFailure, reportError } from './notices';
import { closeDialog } from './view';

interface Bringing {
  dialog: 'restore' | 'import';
  apply(): Promise<Result<BroughtOutcome>>;
  undo(): Promise<Result<BroughtOutcome>>;
}

/** Brings in what was planned; says what was done, and offers to take it back. */
export async function bring({ dialog, apply, undo }: Bringing): Promise<void> {
  setState({ bringing: { done: 0, total: 0 } });
  try {
    const result = await apply();
    if (!result.ok) {
      notifyFailure(result.failure);
      return;
    }
    const { message, complete, undoable } = result.value;
    const action = { label: 'Undo', run: () => void takeBack(undo).catch(reportError) };
    notify(complete ? 'info' : 'error', message, undoable ? { action } : {});
  } finally {
    setState({ bringing: undefined });
    if (getState().dialog?.type === dialog) closeDialog();
  }
}

export const followBringing = (progress: { done: number; total: number }): void => {
  if (getState().bringing) setState({ bringing: progress });
};

/** Takes back what was brought last and was not changed since. */
export async function takeBack(undo: Bringing['undo']): Promise<void> {
  const unsaved = await saving.flush();
  if (unsaved) {
    notify('error', `Nothing was taken back, since your last changes are not saved yet. ${unsaved.message}`);
    return;
  }
  const result = await undo();
  if (result.ok) notify('info', result.value.message);
  else notifyFailure(result.failure);
}
