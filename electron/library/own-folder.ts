import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { documentNotFound, type Failure, type ImportOutcome, type Result, type UploadedFile } from '#api';
import { importFile, removeAbandoned, removeFiles } from './added-files';
import type { Broadcast } from './broadcast';
import type { Catalog, Located } from './catalog';
import { fileFailures } from './failures';
import type { Folder } from './folders';
import { hasReadersWork, type NotebookIndex } from './identity';
import type { Pipeline } from './pipeline';
import type { Reading } from './reading/reading';
import type { LibraryLog, NotebookView } from './types';

interface OwnFolderOptions {
  folder: Folder;
  catalog: Pick<Catalog, 'idAt' | 'idWithHash'>;
  index: Pick<NotebookIndex, 'get' | 'withPath'>;
  notebooks: Pick<NotebookView, 'outline'>;
  pipeline: Pick<Pipeline, 'takeIn' | 'dropFiles'>;
  broadcast: Pick<Broadcast, 'flush'>;
  inspect: Reading['inspect'];
  /** The files of a document as they are seen. */
  locate(id: string): Located | undefined;
  /** Why nothing may be written into the data folder at the moment, when it may not. */
  refusal(): Promise<Failure | undefined> | undefined;
}

/** Makes the library's own folder, without what an earlier end left there. Throws what the file system throws. */
export async function makeOwnFolder(dataFolder: string, log: LibraryLog): Promise<Folder> {
  const own = path.join(dataFolder, 'documents');
  await mkdir(own, { recursive: true });
  await removeAbandoned(own).catch((error: unknown) => log.warn('What was left of an import could not be removed', error));
  return { id: 'own', name: 'My documents', path: own, kind: 'own' };
}

/** The library's own folder, where copies of documents are added and removed by Lectern itself. */
export class OwnFolder {
  readonly #options: OwnFolderOptions;

  constructor(options: OwnFolderOptions) {
    this.#options = options;
  }

  /** Copies a document into it. Throws what the file's bytes throw as they come. */
  async importFile(file: UploadedFile): Promise<ImportOutcome> {
    const { folder, catalog, index, pipeline, broadcast, inspect, refusal } = this.#options;
    const failure = await refusal();
    if (failure) return { name: file.name, failure };
    const outcome = await importFile(file, {
      folder: folder.path,
      inspect,
      idWithHash: catalog.idWithHash,
      isAnothers: (target, rawHash) => [...index.withPath(target)].some((id) => index.get(id)?.rawHash !== rawHash),
      takeIn: async (written) => {
        await pipeline.takeIn(written, folder.id);
        return catalog.idAt(written);
      },
    });
    await broadcast.flush();
    return outcome;
  }

  /** Removes the copies of a document; fails where the reader has notes or tags on it, or no copy is there. */
  async withdraw(documentId: string): Promise<Result<null>> {
    const { folder, notebooks, locate } = this.#options;
    const notebook = notebooks.outline(documentId);
    const copies = locate(documentId)?.files.filter(({ folderId }) => folderId === folder.id) ?? [];
    const [copy] = copies;
    if (!copy) return documentNotFound();
    if (notebook && hasReadersWork(notebook)) return fileFailures.noted(path.basename(copy.path));
    const paths = copies.map((each) => each.path);
    const removed = await removeFiles(paths);
    if (removed.ok) await this.filesRemoved(paths);
    return removed;
  }

  /** Files of it (absolute paths) were removed: what is kept of them goes at once. */
  async filesRemoved(paths: readonly string[]): Promise<void> {
    await this.#options.pipeline.dropFiles(paths);
    await this.#options.broadcast.flush();
  }
}
