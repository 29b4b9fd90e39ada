import path from 'node:path';
import type { DocumentSummary, Edition } from '#api';
import { fileNameOf, heirOf, type NotebookOutline } from '#model';
import type { Catalog, Located } from './catalog';
import { contentOf } from './facts';
import { type Folder, folderOf } from './folders';
import type { FrameTitles } from './frame-titles';
import { hasReadersWork, type NotebookIndex } from './identity';
import { ManyByKey } from './many-by-key';
import { missingRow, rowOf } from './rows';
import type { Library, LibraryOptions, NotebookView } from './types';
import type { WatchedFolders } from './watched-folders';

interface ShownDocumentsOptions {
  catalog: Catalog;
  /** The files as they were before the first scan. */
  remembered: Catalog;
  index: Pick<NotebookIndex, 'get'>;
  notebooks: Pick<NotebookView, 'ids' | 'outline' | 'lockedBecause'>;
  titles: Pick<FrameTitles, 'titleOf'>;
  folders: Pick<WatchedFolders, 'folders' | 'get'>;
  isInbox(folder: Folder): boolean;
  toReview: LibraryOptions['toReview'];
}

/** The documents as the reader sees them: their files, their rows and their editions, before the first scan is done as well. */
export class ShownDocuments {
  readonly #options: ShownDocumentsOptions;
  /** Until the first scan is done. */
  #remembered: Catalog | undefined;
  /** Documents that have no row while the one has one that they were said to be, by the latter's id. */
  readonly #behind = new ManyByKey();

  constructor(options: ShownDocumentsOptions) {
    this.#options = options;
    this.#remembered = options.remembered;
  }

  /** The files as they were before the first scan, until it is done. */
  remembered = (): Catalog | undefined => this.#remembered;

  /** Whether the files of all folders were seen: only then is it known which documents have no file. */
  isComplete = (): boolean => this.#remembered === undefined;

  /** Every file of every folder was seen. The ids of the documents that have none. */
  complete(): string[] {
    const { catalog, notebooks } = this.#options;
    const unseen = new Set([...notebooks.ids(), ...(this.#remembered?.ids() ?? [])]);
    this.#remembered = undefined;
    return [...unseen].filter((id) => !catalog.has(id));
  }

  /** A document with its files as they are seen; before the first scan is done, also as they were where it has not come to them yet. */
  locate = (id: string): Located | undefined => {
    const { catalog } = this.#options;
    const located = catalog.locate(id);
    if (located) return located;
    const [first, ...others] = this.#remembered?.locate(id)?.files.filter((file) => !catalog.fileAt(file.path)) ?? [];
    return first && { id, files: [first, ...others] };
  };

  /** The ids of all documents that have a row. */
  ids(): Set<string> {
    const ids = new Set(this.#options.catalog.ids());
    for (const id of this.#remembered?.ids() ?? this.#options.notebooks.ids()) ids.add(id);
    return ids;
  }

  /** The documents whose rows depend on whether this one has a row. */
  behind = (id: string): Iterable<string> => this.#behind.get(id);

  /** The row of a document, also of one whose file is gone or cannot be read. */
  summary(id: string): DocumentSummary | undefined {
    const { catalog, index, notebooks, titles, folders, isInbox } = this.#options;
    const notebook = notebooks.outline(id);
    const locked = notebooks.lockedBecause(id);
    const located = this.locate(id);
    const toReview = this.#options.toReview(id);
    if (located) {
      const [file] = located.files;
      const folder = folders.get(file.folderId);
      const inInbox = folder !== undefined && isInbox(folder);
      const otherEditions = catalog.editions(id).length;
      return rowOf(located, { notebook, locked, toReview, folder, inInbox, title: titles.titleOf(file), otherEditions });
    }
    if (!this.isComplete() || !notebook || !hasReadersWork(notebook) || this.#isAnother(notebook)) return undefined;
    const [known] = index.get(id)?.paths ?? [];
    // A path of another machine may be one of another system.
    const lastPath = known !== undefined && path.isAbsolute(known) ? known : (fileNameOf(notebook.identity) ?? '');
    return missingRow(notebook, { locked, toReview, folder: folderOf(folders.folders, lastPath), lastPath });
  }

  /** Whether a document is said to be another one that has a row: what it keeps for the day when they are parted is not shown twice. */
  #isAnother({ id, sameAs }: NotebookOutline): boolean {
    if (sameAs === undefined) return false;
    const heir = heirOf(id, (each) => this.#options.notebooks.outline(each)?.sameAs);
    if (heir === id) return false;
    this.#behind.add(heir, id);
    return this.summary(heir) !== undefined;
  }

  /** Where the shown file of a document is, and the name of its content and the hash of its text where that can be read. */
  file(id: string): ReturnType<Library['file']> {
    const file = this.locate(id)?.files[0];
    return file && { path: file.path, ...(!file.absent && { content: contentOf(file), textHash: file.textHash }) };
  }

  /** The files of a document that are not the same, that which is shown first. */
  editions(id: string): Edition[] {
    const shown = this.locate(id);
    return [...(shown ? this.#tell(shown, true) : []), ...this.#options.catalog.editions(id).flatMap((each) => this.#tell(each, false))];
  }

  /** Nothing where its file cannot be read. */
  #tell({ files }: Located, isShown: boolean): Edition[] {
    const [file] = files;
    if (file.rawHash === undefined) return [];
    return [
      {
        rawHash: file.rawHash,
        title: this.#options.titles.titleOf(file),
        paths: files.map(({ path }) => path),
        format: file.format,
        words: file.words,
        changedAt: new Date(file.changedAt).toISOString(),
        isShown,
        missing: file.absent === true,
      },
    ];
  }
}
