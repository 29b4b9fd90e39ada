import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type DataProblem,
  type DocumentSummary,
  documentNotFound,
  type Edition,
  type ImportOutcome,
  type LibraryFolder,
  ok,
  type Result,
  type UploadedFile,
} from '#api';
import { emptyNotebook, fileNameOf, type Identity, type Notebook } from '#model';
import { createPause } from '../pacing';
import { importFile, removeAbandoned, removeFiles } from './added-files';
import { Beginning } from './beginning';
import { Broadcast } from './broadcast';
import { type FactsCache, openCache } from './cache';
import { Catalog, type Located, type Placed } from './catalog';
import { Continuations } from './continuations';
import { DocumentFiles } from './document-files';
import { contentOf } from './facts';
import { fileFailures, folderFailures } from './failures';
import { FolderProblems } from './folder-problems';
import { addedFolder, type Folder, folderOf } from './folders';
import { FrameTitles } from './frame-titles';
import { Identities } from './identities';
import { hasReadersWork, type Known, knownOf, NotebookIndex, sightingOf } from './identity';
import { LibraryFolders } from './library-folders';
import { Likenesses } from './likenesses';
import { Listing } from './listing/listing';
import { Pipeline } from './pipeline';
import { openReading, type Reading } from './reading/reading';
import { readRemembered } from './remembered';
import { missingRow, rowOf } from './rows';
import type { Library, LibraryOptions } from './types';
import { UnreadFiles, whyUnread } from './unread-files';
import { type FileEvent, WatchedFolders } from './watched-folders';

const OWN = 'own';

/** ms after which the thread that reads files as they are taken in ends: it may have taken 100 MB of memory. */
const REST_LIMIT = 2_000;

/** Files from which on the scan lets the first window have its list before it. */
const LARGE = 500;

/**
 * Opens the library: it answers at once, scans its folders in the background (`ready`), and watches them from then on.
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const own = path.join(options.dataFolder, 'documents');
  await mkdir(own, { recursive: true });
  await removeAbandoned(own).catch((error: unknown) => options.log.warn('What was left of an import could not be removed', error));
  const pause = createPause();
  const folders: Folder[] = [
    { id: 'seeds', name: "Lectern's own documents", path: path.resolve(options.seedsFolder), kind: 'seeds' },
    { id: OWN, name: 'My documents', path: own, kind: 'own' },
    ...[...new Set(options.folders.map((folder) => path.resolve(folder)))].map(addedFolder),
  ];
  const index = new NotebookIndex();
  for (const { id, identity } of options.notebooks.identities()) {
    const { sameAs, editions } = options.notebooks.outline(id) ?? {};
    if (sameAs !== undefined) continue;
    index.put(id, knownOf(identity, options.machine.sighting(id), editions));
    await pause();
  }
  const cache = openCache(path.join(options.localFolder, 'files.sqlite'), options.log);
  const remembered = await readRemembered(cache, { folders, index, pause });
  const titles = new FrameTitles();
  for (const id of remembered.ids()) {
    titles.put(id, remembered.locate(id)?.files[0]);
    await pause();
  }
  return new FolderLibrary(options, { folders, index, cache, remembered, titles });
}

/** What is known before the folders are looked at. */
interface Beginnings {
  folders: readonly Folder[];
  index: NotebookIndex;
  cache: FactsCache;
  remembered: Catalog;
  titles: FrameTitles;
}

class FolderLibrary implements Library {
  readonly ready: Promise<void>;
  readonly #options: LibraryOptions;
  readonly #cache: FactsCache;
  readonly #index: NotebookIndex;
  readonly #catalog: Catalog;
  readonly #watchedFolders: WatchedFolders;
  readonly #identities: Identities;
  readonly #pipeline: Pipeline;
  readonly #files: DocumentFiles;
  readonly #listing: Listing;
  readonly #broadcast: Broadcast;
  readonly #likenesses: Likenesses;
  readonly #continuations: Continuations;
  readonly #titles: FrameTitles;
  readonly #folders: LibraryFolders;
  readonly #unread = new UnreadFiles();
  /** One thread for what the reader opens, one for what is taken in: none waits for the other. */
  readonly #reading: Reading;
  readonly #takingIn: Reading;
  readonly #problems: FolderProblems;
  readonly #begin: Beginning;
  readonly #markReady: () => void;
  #isReady = false;
  /** The files as they were before the first scan, until it is done. */
  #remembered: Catalog | undefined;
  #isClosed = false;
  /** Called after the next files were placed. */
  #waiting: (() => void)[] = [];

  constructor(options: LibraryOptions, { folders, index, cache, remembered, titles }: Beginnings) {
    this.#options = options;
    this.#index = index;
    this.#catalog = new Catalog(index, remembered);
    this.#cache = cache;
    this.#remembered = remembered;
    this.#titles = titles;
    this.#reading = openReading({ start: options.startReading, log: options.log, threads: 2 });
    this.#takingIn = openReading({ start: options.startReading, log: options.log, restLimit: REST_LIMIT });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#markReady = resolve;
    this.#watchedFolders = new WatchedFolders({
      log: options.log,
      onFile: (file, folder, event) => this.#noteFile(file, folder, event),
      onFolder: (folder) => this.#folderChanged(folder),
      onScanned: (folder, paths) => this.#pipeline.scanned(folder.id, paths),
      onUnwatched: () => this.#foldersChanged(),
      system: options.watching,
    });
    const { notebooks, machine, log } = options;
    this.#identities = new Identities({ catalog: this.#catalog, index, notebooks, machine, log });
    this.#pipeline = new Pipeline({
      catalog: this.#catalog,
      index,
      notebooks,
      identities: this.#identities,
      cache,
      inspect: this.#takingIn.inspect,
      log: options.log,
      isReachable: this.#watchedFolders.isReachable,
      changingFolders: () => this.#watchedFolders.folders.filter(({ kind, problem }) => kind !== 'seeds' && !problem),
      folderPath: (id) => this.#watchedFolders.get(id)?.path,
      isScanning: () => this.#watchedFolders.scanning,
      onText: (content, text) => options.index.put(content, text),
      onPlaced: (placed) => this.#placed(placed),
      onSettled: () => this.#settled(),
      onDoubt: () => this.#foldersChanged(),
    });
    this.#files = new DocumentFiles({
      catalog: this.#catalog,
      notebooks,
      cache,
      reading: this.#reading,
      takingIn: this.#takingIn,
      folderPath: (id) => this.#watchedFolders.get(id)?.path,
      titleOf: (file) => titles.titleOf(file),
      onChanged: (file) => this.#pipeline.readAgain(file),
    });
    this.#problems = new FolderProblems({
      emit: options.emit,
      missing: (folderId) => (this.#pipeline.isDoubtful(folderId) ? this.#pipeline.absentIn(folderId).map((file) => file.path) : []),
      onBack: (folder) => this.#lookAnew(folder),
      unwatched: this.#watchedFolders.unwatched,
    });
    this.#continuations = new Continuations({
      catalog: this.#catalog,
      index,
      notebooks,
      machine,
      identities: this.#identities,
      pipeline: this.#pipeline,
      identity: this.identity,
      log,
    });
    this.#likenesses = new Likenesses({
      catalog: this.#catalog,
      notebooks,
      cache,
      sketchKept: async (textHash) => {
        const text = await options.keptText(textHash);
        return text === undefined ? undefined : this.#takingIn.sketch(text);
      },
      pause: createPause(),
    });
    this.#listing = new Listing({
      row: (id) => this.summary(id),
      notebook: (id) => options.notebooks.outline(id),
      folderName: (id) => path.basename(this.#watchedFolders.get(id)?.name ?? ''),
    });
    this.#broadcast = new Broadcast({
      emit: options.emit,
      changes: () => this.#listing.changes(),
      folders: () => this.folders(),
      scanning: this.scanning,
      progress: () => this.#pipeline.progress,
    });
    this.#folders = new LibraryFolders({
      watched: this.#watchedFolders,
      catalog: this.#catalog,
      remembered: () => this.#remembered,
      pipeline: this.#pipeline,
      unread: this.#unread,
      machine,
      broadcast: this.#broadcast,
      onRemoved: () => this.#foldersChanged(),
      onInbox: (ids) => this.#touch(ids),
    });
    for (const folder of folders) this.#watchedFolders.put(folder);
    this.#listing.begin(remembered.ids());
    const isLarge = [...remembered.files()].length > LARGE;
    this.#begin = new Beginning({
      isAtOnce: !isLarge,
      begin: () => {
        for (const { id } of folders) void this.#watchedFolders.start(id);
      },
    });
  }

  get begun(): Promise<void> {
    return this.#begin.done;
  }

  folders = (): LibraryFolder[] => this.#folders.list();
  addFolder: Library['addFolder'] = (wanted) => this.#folders.add(wanted);
  takeFolders: Library['takeFolders'] = (paths) => this.#folders.take(paths);
  removeFolder: Library['removeFolder'] = (folderId) => this.#folders.remove(folderId);
  setInbox: Library['setInbox'] = (folderId) => this.#folders.setInbox(folderId);
  unreadFiles: Library['unreadFiles'] = (folderId) => this.#folders.unreadFiles(folderId);
  scanning = (): boolean => !this.#pipeline.settled;
  counted: Library['counted'] = () => this.#listing.counted();
  page: Library['page'] = (query, wanted) => this.#listing.page(query, wanted).finally(() => setImmediate(() => this.#begin.now()));
  idsOf: Library['idsOf'] = (query) => this.#listing.ids(query);
  titles: Library['titles'] = (text, limit) => this.#listing.titles(text, limit);
  series: Library['series'] = (text, limit) => this.#listing.series(text, limit);
  folderRows: Library['folderRows'] = (open) => {
    const folderIds = this.#watchedFolders.folders.map(({ id }) => id);
    return this.#listing.folderRows(folderIds, open);
  };
  authors: Library['authors'] = (text, limit) => this.#listing.authors(text, limit);

  async find({ path: file, besideId }: Parameters<Library['find']>[0]): Promise<string | undefined> {
    const beside = this.summary(besideId);
    if (!beside) return undefined;
    const place = beside.relativePath.slice(0, beside.relativePath.lastIndexOf('/') + 1) + file;
    const row = await this.#listing.find(({ folderId, relativePath }) => folderId === beside.folderId && relativePath === place);
    const folder = this.#watchedFolders.get(beside.folderId);
    // A file without a row may be another edition of a document.
    return row?.id ?? (folder && this.#catalog.idAt(path.join(folder.path, place)));
  }

  ids(): Set<string> {
    const ids = new Set(this.#catalog.ids());
    for (const id of this.#remembered?.ids() ?? this.#options.notebooks.ids()) ids.add(id);
    return ids;
  }

  summary(id: string): DocumentSummary | undefined {
    const { notebooks } = this.#options;
    const notebook = notebooks.outline(id);
    const locked = notebooks.lockedBecause(id);
    const located = this.#locate(id);
    const toReview = this.#options.toReview(id);
    if (located) {
      const [file] = located.files;
      const folder = this.#watchedFolders.get(file.folderId);
      const inInbox = folder !== undefined && this.#folders.isInbox(folder);
      const otherEditions = this.#catalog.editions(id).length;
      return rowOf(located, { notebook, locked, toReview, folder, inInbox, title: this.#titles.titleOf(file), otherEditions });
    }
    if (!this.#isReady || !notebook || !hasReadersWork(notebook)) return undefined;
    const [known] = this.#index.get(id)?.paths ?? [];
    // A path of another machine may be one of another system.
    const lastPath = known !== undefined && path.isAbsolute(known) ? known : (fileNameOf(notebook.identity) ?? '');
    return missingRow(notebook, { locked, toReview, folder: folderOf(this.#watchedFolders.folders, lastPath), lastPath });
  }

  identity: Library['identity'] = (id) => this.#files.identity(id);
  read: Library['read'] = (id, rawHash, beforeEnd) => this.#files.read(id, rawHash, beforeEnd);
  unlock: Library['unlock'] = (id, password) => this.#files.unlock(id, password);
  fileBytes: Library['fileBytes'] = (id, rawHash) => this.#files.fileBytes(id, rawHash);
  readThrough: Library['readThrough'] = (id, beforeEnd) => this.#files.readThrough(id, beforeEnd);
  readText: Library['readText'] = (id) => this.#files.readText(id);
  cover: Library['cover'] = (id) => this.#files.cover(id);

  embedded: Library['embedded'] = (id, rawHash, at) => this.#files.embedded(id, rawHash, at);
  assetPath: Library['assetPath'] = (documentId, relative) => this.#files.assetPath(documentId, relative);

  async open(id: string): ReturnType<Library['open']> {
    await this.#found(id);
    const source = await this.#files.source(id);
    const document = this.summary(id);
    if (!source.ok) return source;
    const identity = this.identity(id);
    if (!document || !identity) return documentNotFound();
    const notebook: Notebook = this.#options.notebooks.get(id) ?? emptyNotebook(id, identity);
    return ok({ document: this.#listing.marked(document), source: source.value, notebook });
  }

  async forgetMissing(folderId: string): Promise<Result<null>> {
    if (!this.#watchedFolders.get(folderId)) return folderFailures.unknown();
    await this.#pipeline.forgetAbsent(folderId);
    await this.#broadcast.flush();
    return ok(null);
  }

  async filesRemoved(paths: readonly string[]): Promise<void> {
    await this.#pipeline.dropFiles(paths);
    await this.#broadcast.flush();
  }

  problems = (): DataProblem[] => this.#problems.list();

  async importFile(file: UploadedFile): Promise<ImportOutcome> {
    const failure = await this.#options.refusal?.();
    if (failure) return { name: file.name, failure };
    const outcome = await importFile(file, {
      folder: this.#watchedFolders.get(OWN)?.path ?? path.join(this.#options.dataFolder, 'documents'),
      inspect: this.#takingIn.inspect,
      idWithHash: this.#catalog.idWithHash,
      isAnothers: (target, rawHash) => [...this.#index.withPath(target)].some((id) => this.#index.get(id)?.rawHash !== rawHash),
      takeIn: async (written) => {
        await this.#pipeline.takeIn(written, OWN);
        return this.#catalog.idAt(written);
      },
    });
    await this.#broadcast.flush();
    return outcome;
  }

  async withdraw(documentId: string): Promise<Result<null>> {
    const notebook = this.#options.notebooks.outline(documentId);
    const copies = this.#locate(documentId)?.files.filter(({ folderId }) => folderId === OWN) ?? [];
    const [copy] = copies;
    if (!copy) return documentNotFound();
    if (notebook && hasReadersWork(notebook)) return fileFailures.noted(path.basename(copy.path));
    const removed = await removeFiles(copies.map((each) => each.path));
    if (removed.ok) await this.filesRemoved(copies.map((each) => each.path));
    return removed;
  }

  file(id: string): ReturnType<Library['file']> {
    const file = this.#locate(id)?.files[0];
    return file && { path: file.path, ...(!file.absent && { content: contentOf(file), textHash: file.textHash }) };
  }

  async notebookChanged(id: string, identity?: Identity): Promise<void> {
    const { notebooks, machine, log } = this.#options;
    const notebook = notebooks.outline(id);
    if (notebook && identity && !machine.sighting(id) && identity.paths.length > 0) {
      // The next scan finds it again where it cannot be kept.
      const kept = await machine.setSightings(new Map([[id, sightingOf(identity)]]));
      if (!kept.ok) log.warn(`The place of the document ${id} could not be kept`, kept.failure.message);
    }
    const editions = this.#index.get(id)?.editions;
    this.#identities.putKnown(id);
    if (!isDeepStrictEqual(editions, this.#index.get(id)?.editions)) await this.#pipeline.regroup(id);
    if (notebook && !this.#catalog.has(id)) void this.#pipeline.reclaim(id);
    if (this.#isReady) this.#continuations.follow(id);
    for (const file of this.#catalog.locate(id)?.files ?? []) if (file.chosen !== notebook?.encoding) this.#pipeline.readAgain(file);
    this.#touch([id]);
  }

  like: Library['like'] = (id) => this.#likenesses.of(id);

  async join(fromId: string, intoId: string): Promise<Known | undefined> {
    const known = await this.#continuations.join(fromId, intoId);
    this.#touch([fromId, intoId]);
    return known;
  }

  async separate(fromId: string, intoId: string, known: Known | undefined): Promise<void> {
    await this.#continuations.separate(fromId, intoId, known);
    this.#touch([fromId, intoId]);
  }

  editions(id: string): Edition[] {
    const shown = this.#locate(id);
    const tell = ({ files }: Located, isShown: boolean): Edition[] => {
      const [file] = files;
      return file.rawHash === undefined
        ? []
        : [
            {
              rawHash: file.rawHash,
              title: this.#titles.titleOf(file),
              paths: files.map(({ path }) => path),
              format: file.format,
              words: file.words,
              changedAt: new Date(file.changedAt).toISOString(),
              isShown,
              missing: file.absent === true,
            },
          ];
    };
    return [...(shown ? tell(shown, true) : []), ...this.#catalog.editions(id).flatMap((each) => tell(each, false))];
  }

  idOfContent: Library['idOfContent'] = (rawHash) => this.#catalog.idWithHash(rawHash);

  async showEdition(id: string, rawHash: string): Promise<void> {
    await this.#continuations.show(id, rawHash);
    this.#touch([id]);
  }

  reviewChanged(id: string): void {
    this.#listing.touch([id]);
    this.#broadcast.touch();
  }

  async notebookRestored(id: string): Promise<void> {
    await this.notebookChanged(id);
    await this.#identities.update([id]);
  }

  notebookRemoved(id: string): void {
    this.#index.delete(id);
    this.#touch([id]);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#begin.close();
    this.#broadcast.close();
    this.#problems.close();
    await Promise.all([this.#reading.close(), this.#watchedFolders.close()]);
    // What is being looked into at the end is looked into at the next start.
    const taken = this.#pipeline.close();
    await this.#takingIn.close();
    await taken;
    this.#cache.close();
    this.#settleWaiting();
    this.#markReady();
  }

  /** A document with its files as they are seen; before the first scan is done, also as they were where it has not come to them yet. */
  #locate(id: string): Located | undefined {
    const located = this.#catalog.locate(id);
    if (located) return located;
    const [first, ...others] = this.#remembered?.locate(id)?.files.filter((file) => !this.#catalog.fileAt(file.path)) ?? [];
    return first && { id, files: [first, ...others] };
  }

  #placed({ touched, edited }: Placed): void {
    this.#touch(touched);
    if (edited.size > 0) void this.#broadcast.edited();
    for (const documentId of edited) {
      const rawHash = this.#catalog.locate(documentId)?.files[0].rawHash;
      const isOther = rawHash !== undefined && this.#index.get(documentId)?.editions?.includes(rawHash) === true;
      this.#options.emit('library.source-changed', { documentId, isOther });
    }
    this.#settleWaiting();
  }

  #settled(): void {
    this.#isReady = true;
    // Only now is it known which documents have no file.
    const unseen = new Set([...this.#options.notebooks.ids(), ...(this.#remembered?.ids() ?? [])]);
    this.#remembered = undefined;
    this.#touch([...unseen].filter((id) => !this.#catalog.has(id)));
    for (const id of this.#options.notebooks.ids()) this.#continuations.follow(id);
    void this.#broadcast.flush();
    this.#options.index.complete();
    this.#settleWaiting();
    this.#markReady();
  }

  #noteFile(file: string, folder: Folder, event: FileEvent): void {
    const reason = whyUnread(file);
    if (reason === undefined) {
      this.#pipeline.note(file, folder, event);
      return;
    }
    if (event === 'gone') this.#unread.forget(file, folder.id);
    else this.#unread.note(file, folder.id, reason);
    this.#broadcast.touch();
  }

  #folderChanged(folder: Folder): void {
    if (folder.problem) void this.#pipeline.placeRemembered(folder.id);
    else this.#lookAnew(folder);
    this.#foldersChanged();
  }

  /** A folder is back, or some of its files are: whether all are is judged by another scan. */
  #lookAnew({ id }: Folder): void {
    this.#pipeline.unsettle();
    void this.#watchedFolders.restart(id);
  }

  #foldersChanged(): void {
    this.#problems.update(this.#watchedFolders.folders);
    this.#broadcast.touch();
  }

  /** Tells of rows that may have changed. */
  #touch(ids: Iterable<string>): void {
    const touched = [...ids];
    for (const id of [...touched]) touched.push(...this.#titles.put(id, this.#locate(id)?.files[0]));
    this.#listing.touch(touched);
    this.#broadcast.touch();
    this.#options.index.touch(touched);
  }

  /** While the first scan runs, waits until a document is found. */
  async #found(id: string): Promise<void> {
    const [file] = this.#catalog.has(id) ? [] : (this.#locate(id)?.files ?? []);
    if (file) await this.#pipeline.takeIn(file.path, file.folderId);
    while (!this.#isReady && !this.#isClosed && !this.#catalog.has(id)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #settleWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
