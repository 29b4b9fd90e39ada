import { fail, LARGEST_ZIP, type RestorePlan, type Result } from '#api';
import { call, upload } from '../client';
import { askForFiles } from '../file-dialog';
import { saving } from '../notebook-sync';
import { getState } from '../store';
import { bring, takeBack } from './bringing';
import { reportError } from './notices';
import { showDialog } from './view';

export const isZip = ({ name }: File): boolean => /\.zip$/i.test(name);

/** Shows the backups, or what would be restored from a zip that the reader brought. */
export const showRestore = (file?: File): void => showDialog({ type: 'restore', file });

/** Asks for a zip. */
export const chooseZip = (onChosen: (file: File) => void): void =>
  askForFiles({ accept: '.zip,application/zip' }, ([file]) => file && onChosen(file));

/** What restoring would do. What was typed a moment ago is saved first, so that it is counted. */
export async function planRestore(from: { name: string } | File): Promise<Result<RestorePlan>> {
  const { name } = from;
  const unsaved = await saving.flush();
  if (unsaved) return { ok: false, failure: unsaved };
  if (!(from instanceof File)) return call('restore.plan', { name });
  if (from.size > LARGEST_ZIP) {
    const size = Math.ceil(from.size / 1_048_576);
    return fail(
      'document-too-large',
      `“${name}” has ${size} MB, and zips of up to ${LARGEST_ZIP / 1_048_576} MB can be opened here. Copy it under its own name into the folder “backups” in ${getState().info.dataFolder}: it is listed here then.`,
    );
  }
  try {
    // A folder has a name too, and nothing to read.
    await from.slice(0, 1).arrayBuffer();
  } catch {
    return fail('backup-unreadable', `“${name}” could not be read. If it is a folder, pack it as a zip first.`);
  }
  return upload('restore.plan-zip', from);
}

/** Lets go of a plan that is not carried out: the host holds a backup open for it. */
export const forgetPlan = (planId: string): void => void call('restore.forget', { planId }).catch(reportError);

const undo = (planId?: string) => call('restore.undo', { planId });

/** Does what was planned; says what was done, and offers to take it back. */
export const applyRestore = (planId: string, undelete: boolean): Promise<void> =>
  bring({ dialog: 'restore', label: 'Restore from a backup', planId, apply: () => call('restore.apply', { planId, undelete }), undo });

export const stopRestore = (): Promise<null> => call('restore.stop', {});

/** Takes back what the last restore brought and was not changed since; nothing where that was by another plan than `planId`. */
export const undoRestore = (planId?: string): Promise<void> => takeBack({ dialog: 'restore', undo, planId });
