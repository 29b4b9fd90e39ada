import type { FolderRow } from '#api';
import { compareTitles, foldText } from '#model';

/** A folder with what lies in it and in those under it. */
interface Node {
  documents: number;
  /** By their names. */
  folders: Map<string, Node>;
}

/** The folders that documents lie in, as a tree under each library folder, kept up as documents come and go. */
export class FolderTree {
  /** By the ids of the library folders. */
  readonly #roots = new Map<string, Node>();

  /** A document came (1), or went (-1); `relativePath`: where its file lies in the library folder, with `/`. */
  count(folderId: string, relativePath: string, sign: 1 | -1): void {
    let level: Map<string, Node> = this.#roots;
    for (const name of [folderId, ...relativePath.split('/').slice(0, -1)]) {
      const node = level.get(name) ?? { documents: 0, folders: new Map() };
      node.documents += sign;
      if (node.documents > 0) level.set(name, node);
      else level.delete(name);
      level = node.folders;
    }
  }

  /** Those of these library folders that have documents, in this order, and under each folder that `isOpen` those in it, by name. */
  rows(folderIds: readonly string[], isOpen: (folderId: string, path: string) => boolean): FolderRow[] {
    const rows: FolderRow[] = [];
    const add = (node: Node, folderId: string, path: string, depth: number): void => {
      const isShownOpen = node.folders.size > 0 && isOpen(folderId, path);
      rows.push({ folderId, path, depth, documents: node.documents, hasFolders: node.folders.size > 0, isOpen: isShownOpen });
      if (!isShownOpen) return;
      const names = [...node.folders.keys()].sort((a, b) => compareTitles(a, b) || (a < b ? -1 : 1));
      for (const name of names) {
        const under = node.folders.get(name);
        if (under) add(under, folderId, path === '' ? name : `${path}/${name}`, depth + 1);
      }
    };
    for (const folderId of folderIds) {
      const node = this.#roots.get(folderId);
      if (node) add(node, folderId, '', 0);
    }
    return rows;
  }

  /** Names of folders within the library folders that hold `text`, whatever its case and accents, those with most documents first. */
  names(text: string): string[] {
    const wanted = foldText(text);
    const counts = new Map<string, number>();
    const count = (level: ReadonlyMap<string, Node>): void => {
      for (const [name, { documents, folders }] of level) {
        if (foldText(name).includes(wanted)) counts.set(name, (counts.get(name) ?? 0) + documents);
        count(folders);
      }
    };
    for (const { folders } of this.#roots.values()) count(folders);
    return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
  }
}
