import path from 'node:path';
import { type DocumentSource, documentNotFound, ok, type Result } from '#api';
import { isAsset } from '#formats/list';
import { fileNameOf, type Identity } from '#model';
import type { EmbeddedFile, OpenBytes } from '../formats/format';
import { readRange } from '../storage/read-range';
import { findAsset } from './assets';
import type { FactsCache } from './cache';
import type { Catalog } from './catalog';
import { createContentHashes } from './content-hashes';
import { contentOf, type FileFacts } from './facts';
import { fileFailures } from './failures';
import { createGivenPasswords } from './given-passwords';
import { createLastEmbedded } from './last-embedded';
import { createNamedAssets } from './named-assets';
import { lookAt, openFile, readFacts } from './read-document';
import type { BeforeEnd, DocumentLines, Reading } from './reading/reading';
import type { Library, NotebookView } from './types';

interface DocumentFilesOptions {
  catalog: Catalog;
  notebooks: Pick<NotebookView, 'outline'>;
  cache: FactsCache;
  /** For what the reader opens, and for what the index has not. */
  reading: Pick<Reading, 'read' | 'embedded'>;
  /** For what nobody waits for. */
  takingIn: Pick<Reading, 'inspect' | 'readThrough' | 'cover'>;
  /** The path of a library folder; absent when it was removed meanwhile. */
  folderPath(folderId: string): string | undefined;
  /** What a document of this file is called. */
  titleOf(file: FileFacts): string;
  /** Told of a file that is another than the watch has told yet. */
  onChanged(file: FileFacts): void;
}

/** ms after which a sound that nobody asks for any more takes no memory. */
const EMBEDDED_REST = 60_000;

/** What is read out of the files that a document has. */
export class DocumentFiles {
  readonly #options: DocumentFilesOptions;
  readonly #passwords = createGivenPasswords();
  readonly #hashes = createContentHashes();
  readonly #assets = createNamedAssets();
  readonly #lastEmbedded = createLastEmbedded(EMBEDDED_REST);

  constructor(options: DocumentFilesOptions) {
    this.#options = options;
  }

  /** The first file of a document that can be read, with `password` where that is given. */
  async source(id: string, password?: string): Promise<Result<DocumentSource>> {
    const notebook = this.#options.notebooks.outline(id);
    const name = notebook && (notebook.title ?? notebook.identity.title ?? fileNameOf(notebook.identity) ?? '');
    let result: Result<DocumentSource> = name === undefined ? documentNotFound() : fileFailures.gone(name);
    for (const file of this.#options.catalog.locate(id)?.files ?? []) {
      const isUnlocked = password !== undefined;
      const found = await lookAt(file, this.#folderOf(file), { chosen: notebook?.encoding, isUnlocked, hashes: this.#hashes });
      // The watch has not told yet that it changed.
      if (found.ok && file.rawHash !== found.value.rawHash) this.#options.onChanged(file);
      result = found;
      if (result.ok) break;
    }
    return result.ok && password !== undefined ? ok({ ...result.value, unlockKey: this.#passwords.give(password) }) : result;
  }

  async read(id: string, rawHash: string | undefined, beforeEnd: BeforeEnd, unlockKey?: string): Promise<Result<DocumentLines>> {
    const password = unlockKey === undefined ? undefined : this.#passwords.take(unlockKey);
    const encoding = this.#options.notebooks.outline(id)?.encoding;
    let result: Result<DocumentLines> = documentNotFound();
    // Of two files of one document one may have been changed, or be gone.
    for (const file of this.#options.catalog.locate(id)?.files ?? []) {
      const { path: where, format } = file;
      result = await this.#options.reading.read(
        { path: where, folder: this.#folderOf(file), format, encoding, rawHash, password },
        beforeEnd,
      );
      if (result.ok) break;
    }
    return result;
  }

  /** The first file of a document that holds `rawHash` and can be read. */
  async fileBytes(id: string, rawHash: string): Promise<Result<OpenBytes>> {
    let result: Result<OpenBytes> = documentNotFound();
    for (const file of this.#options.catalog.locate(id)?.files ?? []) {
      result = await this.#openBytes(file, rawHash);
      if (result.ok) break;
    }
    return result;
  }

  async #openBytes(file: FileFacts, rawHash: string): Promise<Result<OpenBytes>> {
    const name = path.basename(file.path);
    const opened = await openFile(file.path, this.#folderOf(file), file.format);
    if (!opened.ok) return opened;
    const { handle, stats } = opened.value;
    const close = () => handle.close();
    try {
      if ((await this.#hashes.of(file, handle, stats)) === rawHash) {
        return ok({ size: stats.size, read: (start, end) => readRange(handle, start, end), close });
      }
      await close();
      return fileFailures.changed(name);
    } catch (error) {
      await close();
      return fileFailures.unreadable(name, error);
    }
  }

  /** Reads the shown file of a document for `beforeEnd` alone. */
  async readThrough(id: string, beforeEnd: (rawHash: string) => BeforeEnd): Promise<Result<null>> {
    const file = this.#options.catalog.locate(id)?.files[0];
    if (!file?.rawHash) return documentNotFound();
    const { path: where, format, rawHash } = file;
    const encoding = this.#options.notebooks.outline(id)?.encoding;
    const wanted = { path: where, folder: this.#folderOf(file), format, encoding, rawHash };
    return this.#options.takingIn.readThrough(wanted, beforeEnd(rawHash));
  }

  async cover(id: string): Promise<EmbeddedFile | undefined> {
    const file = this.#options.catalog.locate(id)?.files[0];
    if (!file?.hasCover) return undefined;
    return this.#options.takingIn.cover({ path: file.path, folder: this.#folderOf(file), format: file.format });
  }

  /** A picture, font or sound in the first file of a document that holds `rawHash`. */
  async embedded(id: string, rawHash: string, at: string): Promise<EmbeddedFile | undefined> {
    const file = this.#options.catalog.locate(id)?.files.find((each) => each.rawHash === rawHash);
    if (!file) return undefined;
    const wanted = { path: file.path, folder: this.#folderOf(file), format: file.format, rawHash };
    return this.#lastEmbedded(`${rawHash} ${at}`, () => this.#options.reading.embedded(wanted, at));
  }

  async readText(id: string): ReturnType<Library['readText']> {
    const file = this.#options.catalog.locate(id)?.files[0];
    if (!file) return documentNotFound();
    const found = await readFacts(
      { path: file.path, folderId: file.folderId, folder: this.#folderOf(file), known: file, again: true },
      { cache: this.#options.cache, inspect: this.#options.takingIn.inspect, chosenFor: () => file.chosen },
    );
    const content = found && contentOf(found.facts);
    // The watch has not told yet that it changed.
    if (content !== contentOf(file)) this.#options.onChanged(file);
    if (found?.facts.problem) return { ok: false, failure: found.facts.problem };
    return content !== undefined && found?.text ? ok({ content, text: found.text }) : fileFailures.gone(path.basename(file.path));
  }

  identity(id: string): Identity | undefined {
    const located = this.#options.catalog.locate(id);
    const [first] = located?.files ?? [];
    if (!located || !first?.rawHash) return undefined;
    return {
      paths: located.files.map((file) => file.path),
      fileName: path.basename(first.path),
      rawHash: first.rawHash,
      title: this.#options.titleOf(first),
      history: [],
    };
  }

  async assetPath(documentId: string, relative: string): Promise<string | undefined> {
    const file = this.#options.catalog.locate(documentId)?.files[0];
    if (!file) return undefined;
    const folder = this.#folderOf(file);
    const found = await findAsset(file.path, relative, folder);
    // In a vault a picture or sound is named, wherever in it it lies; of a saved page, one of the same name would be another.
    if (found !== undefined || file.format !== 'markdown' || !isAsset(relative)) return found;
    const named = await this.#assets.find(folder, relative);
    return named === undefined ? undefined : findAsset(path.join(folder, named), path.posix.basename(named), folder);
  }

  #folderOf = ({ folderId, path: file }: FileFacts): string => this.#options.folderPath(folderId) ?? path.dirname(file);
}
