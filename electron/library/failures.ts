import { documentTooLarge, type Failure, fail } from '#api';
import { documentExtensions } from '#formats/list';
import { systemCode } from '../storage/errno';

type Failed = { ok: false; failure: Failure };

/** What is wrong with a file, in sentences for the reader. */
export const fileFailures = {
  tooLarge: documentTooLarge,
  unreadable: (name: string, error: unknown): Failed =>
    fail('document-unreadable', `“${name}” cannot be read: ${reasonOf(error)}. Check the file and its permissions.`),
  changed: (name: string): Failed =>
    fail('document-changed', `“${name}” was changed by another program while it was being opened. Open it again.`),
  outOfTime: (name: string): Failed =>
    fail(
      'document-unreadable',
      `Reading “${name}” was given up, since it got no further for a long time. Open it again; if it happens again, the file may be damaged.`,
    ),
  brokenOff: (name: string): Failed =>
    fail(
      'document-unreadable',
      `Reading “${name}” broke off by a fault of Lectern’s, which its log tells of. Open it again; your notes on it are kept.`,
    ),
  outside: (name: string): Failed =>
    fail(
      'document-unreadable',
      `“${name}” is a link to a file outside of its library folder, which Lectern does not read. Add the folder where the file itself is.`,
    ),
  gone: (name: string): Failed =>
    fail('document-not-found', `“${name}” is no longer where it was. Your notes on it are kept; put the file back to read it again.`),
  noted: (name: string): Failed =>
    fail(
      'document-changed',
      `“${name}” stays, since you have written notes, tags or details on it. “Forget this document” takes all of it away.`,
    ),
  notRemovable: (name: string, error: unknown): Failed =>
    fail('write-failed', `“${name}” could not be removed: ${reasonOf(error)}. Remove it by hand, or try again.`),
  notImportable: (name: string): Failed =>
    fail(
      'file-not-importable',
      `“${name}” is not a kind of document that Lectern reads. It reads ${new Intl.ListFormat('en').format(documentExtensions)} files.`,
    ),
};

export const folderFailures = {
  notAbsolute: (path: string): Failed =>
    fail('folder-not-found', `“${path}” is not a whole path. Write the path from the top, as in /home/you/Texts.`),
  missing: (path: string): Failed =>
    fail('folder-not-found', `The folder “${path}” is not there. It may have been moved, or its disk may not be connected.`),
  notFolder: (path: string): Failed => fail('folder-not-found', `“${path}” is a file, not a folder. Choose the folder that holds it.`),
  unreadable: (path: string, error: unknown): Failed =>
    fail('folder-not-readable', `The folder “${path}” cannot be read: ${reasonOf(error)}. Check its permissions.`),
  added: (path: string, by: string): Failed =>
    fail(
      'folder-already-added',
      path === by ? `“${path}” is already in the library.` : `“${path}” is already in the library, as a part of “${by}”.`,
    ),
  unknown: (): Failed => fail('folder-not-found', 'This folder is not in the library any more.'),
  noInbox: (name: string): Failed =>
    fail('folder-not-found', `“${name}” belongs to Lectern and cannot be the inbox. Add the folder where your browser saves pages.`),
  builtIn: (name: string): Failed => fail('folder-not-found', `“${name}” belongs to Lectern and cannot be removed.`),
};

/** What the reader is told of a folder of which `count` files are gone at once. */
export const describeLoss = (count: number): string =>
  `${count} files of a library folder are gone at once. Its disk may not be connected, or not be copied whole yet, so Lectern concludes nothing from it: the documents stay in the list and your notes as they are, and when the files are back, all is as before. If you took them away yourself, tell Lectern under “Library folders”.`;

/** The failure of a write, by the code of its system error. */
export function writeFailure(name: string, error: unknown): Failed {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return fail('disk-full', `“${name}” could not be copied: the disk is full. Make room and try again.`);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return fail('disk-read-only', `“${name}” could not be copied: Lectern may not write to its own folder. Check its permissions.`);
  return fail('write-failed', `“${name}” could not be copied: ${reasonOf(error)}. Try again.`);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to read it',
  EPERM: 'you have no permission to read it',
  EISDIR: 'it is a folder',
  EIO: 'the disk reported an error',
  EMFILE: 'too many files are open',
  ELOOP: 'its links lead in a circle',
  ENOENT: 'it is not there',
};

const reasonOf = (error: unknown): string => reasons[systemCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
