import path from 'node:path';
import type { UnreadFile } from '#api';
import { formatOf } from '#formats/list';
import type { Folder } from './folders';
import type { Undecodable } from './undecodable-names';

/**
 * What a reader takes for a document, by the ending of its name, and Lectern does not read. Only these are listed: pictures, programs, and
 * what has no ending would hide them. Hidden files and
 * what belongs to a saved page are not looked at by the watch.
 */
const kinds: Readonly<Record<string, string>> = {
  '.mobi': 'Kindle books',
  '.azw': 'Kindle books',
  '.azw3': 'Kindle books',
  '.fb2': 'FictionBook books',
  '.djvu': 'scanned documents of this kind',
  '.doc': 'Word documents',
  '.docx': 'Word documents',
  '.odt': 'OpenDocument texts',
  '.rtf': 'RTF documents',
  '.pages': 'Pages documents',
  '.wpd': 'WordPerfect documents',
  '.tex': 'LaTeX sources',
  '.rst': 'reStructuredText documents',
  '.org': 'Org documents',
  '.adoc': 'AsciiDoc documents',
  '.webarchive': 'saved web archives',
  '.ppt': 'slides',
  '.pptx': 'slides',
  '.odp': 'slides',
  '.xls': 'spreadsheets',
  '.xlsx': 'spreadsheets',
  '.ods': 'spreadsheets',
};

/** Why a file that a reader takes for a document is not read; `undefined` for all others. */
export function whyUnread(file: string): string | undefined {
  const kind = kinds[path.extname(file).toLowerCase()];
  return kind === undefined || formatOf(file) ? undefined : `Lectern does not read ${kind}.`;
}

/** A file's path inside its folder, with `/`. */
export const relativeTo = (folder: Folder, file: string): string => path.relative(folder.path, file).split(path.sep).join('/');

/** The files of each folder that are not read, with the reason. */
export class UnreadFiles {
  readonly #reasons = new Map<string, Map<string, string>>();
  readonly #undecodable = new Map<string, readonly Undecodable[]>();

  note(file: string, folderId: string, reason: string): void {
    const reasons = this.#reasons.get(folderId);
    if (reasons) reasons.set(file, reason);
    else this.#reasons.set(folderId, new Map([[file, reason]]));
  }

  forget(file: string, folderId: string): void {
    this.#reasons.get(folderId)?.delete(file);
  }

  /** All that has such a name in a folder. */
  setUndecodable(folderId: string, found: readonly Undecodable[]): void {
    this.#undecodable.set(folderId, found);
  }

  dropFolder(folderId: string): void {
    this.#reasons.delete(folderId);
    this.#undecodable.delete(folderId);
  }

  count = (folderId: string): number => (this.#reasons.get(folderId)?.size ?? 0) + (this.#undecodable.get(folderId)?.length ?? 0);

  list(folder: Folder): UnreadFile[] {
    const named = [...(this.#reasons.get(folder.id) ?? [])].map(([file, reason]) => ({ path: relativeTo(folder, file), reason }));
    const others = (this.#undecodable.get(folder.id) ?? []).map(({ path: place, isFolder }) => ({
      path: relativeTo(folder, place),
      reason: `${isFolder ? 'Nothing in this folder can be opened' : 'It cannot be opened'}, because its name is not written in UTF-8, as names are today. Rename it, and Lectern reads it.`,
    }));
    return [...named, ...others];
  }
}
