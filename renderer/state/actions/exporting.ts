import type { EventPayload, ExportRequest, Failure } from '#api';
import { call } from '../client';
import { saving } from '../notebook-sync';
import { getState, setState } from '../store';
import { notify, notifyFailure } from './notices';
import { closeDialog } from './view';

/** Where an export goes. */
export type ExportTarget = 'file' | 'clipboard';

/** Exports to a file, or to the clipboard; says what became of it. One at a time. What was typed a moment ago is saved first, so that it is in it. */
export async function runExport(request: ExportRequest, target: ExportTarget): Promise<void> {
  if (getState().exporting) return;
  setState({ exporting: { documents: 0, notes: 0 } });
  try {
    await saving.flush();
    const prepared = await call('export.prepare', request);
    if (!prepared.ok) return tellFailure(prepared.failure);
    if (getState().exporting?.isCancelled) return tellFailure(cancelled);
    setState({ exporting: { prepared: prepared.value, documents: 0, notes: 0 } });
    const args = { prepared: prepared.value };
    if (target === 'clipboard') {
      const copied = await call('shell.copy-export', args);
      if (copied.ok) notify('info', 'The export is on the clipboard.');
      else tellFailure(copied.failure);
      return;
    }
    const saved = await call('shell.save-export', args);
    if (!saved.ok) return tellFailure(saved.failure);
    if (saved.value === null) return;
    notify('info', `Exported to ${saved.value.place}.`);
    if (getState().dialog?.type === 'export') closeDialog();
  } finally {
    setState({ exporting: undefined });
  }
}

const cancelled: Failure = { code: 'cancelled', message: 'The export was cancelled. Nothing of it was kept.' };

/** What the reader asked to be cancelled is no error. */
const tellFailure = (failure: Failure): void => (failure.code === 'cancelled' ? notify('info', failure.message) : notifyFailure(failure));

export function followExport({ exportId, documents, notes }: EventPayload<'export.progress'>): void {
  const { exporting } = getState();
  if (exporting?.prepared?.id === exportId) setState({ exporting: { ...exporting, documents, notes } });
}

/** Ends the export that goes on; nothing of it stays. */
export async function cancelExport(): Promise<void> {
  const { exporting } = getState();
  if (!exporting) return;
  setState({ exporting: { ...exporting, isCancelled: true } });
  if (exporting.prepared) await call('shell.cancel-export', { exportId: exporting.prepared.id });
}
