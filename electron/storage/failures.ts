import { type Failure, type FailureCode, fail } from '#api';
import { systemCode } from './errno';

/** What was read back is not what was written. `diskFull`: there is no room left for the rest of it. */
export class NotVerifiedError extends Error {
  readonly diskFull: boolean;

  constructor(path: string, diskFull: boolean) {
    super(`${path} does not read back as it was written`);
    this.name = 'NotVerifiedError';
    this.diskFull = diskFull;
  }
}

/** The data folder is not where it was when it was opened, and must not be made anew there. The message is for the reader. */
export class DataFolderGone extends Error {
  override name = 'DataFolderGone';
}

const fullCodes = new Set(['ENOSPC', 'EDQUOT']);
const readOnlyCodes = new Set(['EROFS', 'EACCES', 'EPERM']);

/** Whether `error` says that nothing may be written there. */
export const isReadOnlyError = (error: unknown): boolean => readOnlyCodes.has(systemCode(error) ?? '');

/** What a failed write into `folder` means to the reader. Throws `error` again when it is not the disk's but a bug. */
export function writeFailure(error: unknown, folder: string): { ok: false; failure: Failure } {
  const code = systemCode(error);
  if (fullCodes.has(code ?? '') || (error instanceof NotVerifiedError && error.diskFull)) {
    return fail(
      'disk-full',
      'The disk is full, so the last changes could not be saved. They are kept here and will be saved as soon as there is room.',
    );
  }
  if (error instanceof NotVerifiedError) {
    return fail(
      'write-not-verified',
      'The last changes did not read back from the disk as they were written, so the file was put back as it was. They are kept here and will be written again. If this stays, the disk may be failing: export your notes to another one.',
    );
  }
  if (isReadOnlyError(error)) {
    return fail(
      'disk-read-only',
      `The folder ${folder} cannot be written to, so the last changes could not be saved. They are kept here and will be saved as soon as writing is allowed there.`,
    );
  }
  if (error instanceof DataFolderGone) return fail('data-folder-gone', error.message);
  if (code === undefined) throw error;
  return fail(
    'write-failed',
    `The last changes could not be written to ${folder} (${code}). They are kept here and will be written again.`,
  );
}

const recoveryReasons: Partial<Record<FailureCode, string>> = {
  'disk-full': 'the disk is full. Make room on it and try again',
  'disk-read-only': 'its folder cannot be written to. Allow writing there and try again',
  'write-not-verified': 'what was written did not read back as it was. Try again; if this stays, the disk may be failing',
};

/** What a failed write means to a reader who wanted a backup back. */
export const recoveryFailure = ({ code, message }: Failure): { ok: false; failure: Failure } =>
  fail(
    code,
    `Nothing was restored: ${recoveryReasons[code] ?? `the system refused it (${message})`}. The backup and the file that was set aside are untouched.`,
  );

/** A file that the system does not let Lectern read; `label` as in "The file of your tags". */
export const unreadableFile = (label: string, error: unknown): Failure =>
  fail(
    'notebook-quarantined',
    `${label} could not be opened (${systemCode(error) ?? error}). The file was left as it is and will not be changed. Make it readable and start Lectern again.`,
  ).failure;

/** A file of a newer version; `isShown`: what is in it can be read here. */
export const newerFile = (label: string, isShown: boolean): Failure =>
  fail(
    'notebook-read-only',
    `${label} was written by a newer version of Lectern, so it ${isShown ? 'can be read here but not changed' : 'cannot be shown here'}. Nothing in it is lost: update Lectern to go on.`,
  ).failure;
