import path from 'node:path';
import { type DataProblem, type DocumentSummary, documentNotFound, type LibraryFolder, ok } from '#api';
import { emptyNotebook, type Notebook } from '#model';
import { createPause } from '../pacing';
import { Beginning } from './beginning';
import { Broadcast } from './broadcast';
import type { FactsCache } from './cache';
import { Catalog, type Placed } from './catalog';
import { Continuations } from './continuations';
import { DocumentFiles } from './document-files';
import { FirstScan } from './first-scan';
import { FolderProblems } from './folder-problems';
import { addedFolder, type Folder } from './folders';
import type { FrameTitles } from './frame-titles';
import { Identities } from './identities';
import type { Known, NotebookIndex } from './identity';
import { LibraryFolders } from './library-folders';
import { Likenesses } from './likenesses';
import { filesLinked, isAtAddress, sameName } from './linked-files';
import { Listing } from './listing/listing';
import { NotebookChanges } from './notebook-changes';
import { makeOwnFolder, OwnFolder } from './own-folder';
import { Pipeline } from './pipeline';
import { openReading, type Reading } from './reading/reading';
import { type Remembered, readRemembered } from './remembered';
import { ShownDocuments } from './shown-documents';
import { siteTops } from './site-tops';
import type { Library, LibraryOptions } from './types';
import { WatchedFolders } from './watched-folders';

/** ms after which the thread that reads files as they are taken in ends: it may have taken 100 MB of memory. */
const REST_LIMIT = 2_000;

/** Files from which on the scan lets the first window have its list before it. */
const LARGE = 500;

/**
 * Opens the library: it answers at once, scans its folders in the background (`ready`), and watches them from then on.
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const own = await makeOwnFolder(options.dataFolder, options.log);
  const folders: Folder[] = [
    { id: 'seeds', name: 'Lectern’s own documents', path: path.resolve(options.seedsFolder), kind: 'seeds' },
    own,
    ...[...new Set(options.folders.map((folder) => path.resolve(folder)))].map(addedFolder),
  ];
  return new FolderLibrary(options, { folders, own, remembered: await readRemembered(options, folders) });
}

/** What is there before the folders are looked at. */
interface Beginnings {
  folders: readonly Folder[];
  /** The one among them that Lectern itself writes into. */
  own: Folder;
  remembered: Remembered;
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
  readonly #own: OwnFolder;
  readonly #documents: ShownDocuments;
  readonly #notebookChanges: NotebookChanges;
  /** One thread for what the reader opens, one for what is taken in: none waits for the other. */
  readonly #reading: Reading;
  readonly #takingIn: Reading;
  readonly #problems: FolderProblems;
  readonly #begin: Beginning;
  readonly #firstScan = new FirstScan();

  constructor(options: LibraryOptions, { folders, own, remembered }: Beginnings) {
    const { index, cache, titles } = remembered;
    this.#options = options;
    this.#index = index;
    this.#catalog = new Catalog(index, remembered.catalog);
    this.#cache = cache;
    this.#titles = titles;
    this.#reading = openReading({ start: options.startReading, log: options.log, threads: 2 });
    this.#takingIn = openReading({ start: options.startReading, log: options.log, restLimit: REST_LIMIT });
    this.ready = this.#firstScan.done;
    this.#watchedFolders = new WatchedFolders({
      log: options.log,
      onFile: (file, folder, event) => this.#folders.noteFile(file, folder, event),
      onUndecodable: (folder, found) => this.#folders.noteUndecodable(folder, found),
      onFolder: (folder) => this.#folders.changed(folder),
      onScanned: (folder, paths) => this.#pipeline.scanned(folder.id, paths),
      onUnwatched: () => this.#folders.update(),
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
      onDoubt: () => this.#folders.update(),
    });
    this.#documents = new ShownDocuments({
      catalog: this.#catalog,
      remembered: remembered.catalog,
      index,
      notebooks,
      titles,
      folders: this.#watchedFolders,
      isInbox: (folder) => this.#folders.isInbox(folder),
      toReview: (id) => options.toReview(id),
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
      onBack: (folder) => this.#folders.lookAnew(folder),
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
    this.#notebookChanges = new NotebookChanges({
      catalog: this.#catalog,
      index,
      notebooks,
      machine,
      identities: this.#identities,
      pipeline: this.#pipeline,
      continuations: this.#continuations,
      isComplete: this.#documents.isComplete,
      onChanged: (ids) => this.#touch(ids),
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
      remembered: this.#documents.remembered,
      pipeline: this.#pipeline,
      problems: this.#problems,
      machine,
      broadcast: this.#broadcast,
      onInbox: (ids) => this.#touch(ids),
    });
    this.#own = new OwnFolder({
      folder: own,
      catalog: this.#catalog,
      index,
      notebooks,
      pipeline: this.#pipeline,
      broadcast: this.#broadcast,
      inspect: this.#takingIn.inspect,
      locate: this.#documents.locate,
      refusal: () => options.refusal?.(),
    });
    for (const folder of folders) this.#watchedFolders.put(folder);
    this.#listing.begin(remembered.catalog.ids());
    const isLarge = [...remembered.catalog.files()].length > LARGE;
    this.#begin = new Beginning({
      isAtOnce: !isLarge,
      scan: () => {
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
  forgetMissing: Library['forgetMissing'] = (folderId) => this.#folders.forgetMissing(folderId);
  problems = (): DataProblem[] => this.#problems.list();
  scanning = (): boolean => !this.#pipeline.settled;
  counted: Library['counted'] = () => this.#listing.counted();
  page: Library['page'] = (query, wanted) => this.#listing.page(query, wanted).finally(() => setImmediate(() => this.#begin.now()));
  putOffFor: Library['putOffFor'] = (work) => this.#begin.putOffFor(work);
  idsOf: Library['idsOf'] = (query) => this.#listing.ids(query);
  titles: Library['titles'] = (text, limit) => this.#listing.titles(text, limit);
  series: Library['series'] = (text, limit) => this.#listing.series(text, limit);
  folderNames: Library['folderNames'] = (text, limit) => this.#listing.folderNames(text, limit);
  folderRows: Library['folderRows'] = (open) => {
    const folderIds = this.#watchedFolders.folders.map(({ id }) => id);
    return this.#listing.folderRows(folderIds, open);
  };
  authors: Library['authors'] = (text, limit) => this.#listing.authors(text, limit);

  async find({ path: file, besideId }: Parameters<Library['find']>[0]): Promise<string | undefined> {
    const beside = this.summary(besideId);
    if (!beside) return undefined;
    const folder = this.#watchedFolders.get(beside.folderId);
    const isFromTop = file.startsWith('/');
    const tops = isFromTop && folder ? await siteTops(folder.path, beside.relativePath) : undefined;
    const places = filesLinked(beside.relativePath, file, tops);
    // Also a file without a row, which is another edition of a document.
    const ids = places.flatMap((place) => (folder && this.#catalog.idAt(path.join(folder.path, place))) ?? []);
    if (ids[0] !== undefined) return ids[0];
    // What the first scan has yet to come to, or is gone, names that are written otherwise, and pages that say where in their site they are.
    const names = places.map(sameName);
    const rankOf = ({ folderId, relativePath, aliases = [] }: DocumentSummary): number => {
      if (folderId !== beside.folderId) return -1;
      const rank = names.indexOf(sameName(relativePath));
      return rank < 0 && isFromTop && isAtAddress(file, aliases) ? names.length : rank;
    };
    const rows = await this.#listing.rows((row) => rankOf(row) >= 0);
    return rows.sort((one, other) => rankOf(one) - rankOf(other))[0]?.id;
  }

  importFile: Library['importFile'] = (file) => this.#own.importFile(file);
  withdraw: Library['withdraw'] = (documentId) => this.#own.withdraw(documentId);
  filesRemoved: Library['filesRemoved'] = (paths) => this.#own.filesRemoved(paths);
  ids = (): Set<string> => this.#documents.ids();
  summary: Library['summary'] = (id) => this.#documents.summary(id);
  file: Library['file'] = (id) => this.#documents.file(id);
  editions: Library['editions'] = (id) => this.#documents.editions(id);
  idOfContent: Library['idOfContent'] = (rawHash) => this.#catalog.idWithHash(rawHash);
  textOfContent: Library['textOfContent'] = (rawHash) => this.#catalog.textWithHash(rawHash);
  identity: Library['identity'] = (id) => this.#files.identity(id);
  read: Library['read'] = (id, rawHash, beforeEnd, unlockKey) => {
    this.#begin.putOff();
    return this.#files.read(id, rawHash, beforeEnd, unlockKey);
  };
  fileBytes: Library['fileBytes'] = (id, rawHash) => this.#files.fileBytes(id, rawHash);
  readThrough: Library['readThrough'] = (id, beforeEnd) => this.#files.readThrough(id, beforeEnd);
  readText: Library['readText'] = (id) => this.#files.readText(id);
  cover: Library['cover'] = (id) => this.#files.cover(id);
  embedded: Library['embedded'] = (id, rawHash, at) => this.#files.embedded(id, rawHash, at);
  assetPath: Library['assetPath'] = (documentId, relative) => this.#files.assetPath(documentId, relative);
  notebookChanged: Library['notebookChanged'] = (id, identity) => this.#notebookChanges.changed(id, identity);
  notebookRestored: Library['notebookRestored'] = (id) => this.#notebookChanges.restored(id);
  notebookRemoved: Library['notebookRemoved'] = (id) => this.#notebookChanges.removed(id);
  like: Library['like'] = (id) => this.#likenesses.of(id);

  async open(id: string, password?: string): ReturnType<Library['open']> {
    this.#begin.putOff();
    await this.#found(id);
    const source = await this.#files.source(id, password);
    const document = this.summary(id);
    if (!source.ok) return source;
    const identity = this.identity(id);
    if (!document || !identity) return documentNotFound();
    const notebook: Notebook = this.#options.notebooks.get(id) ?? emptyNotebook(id, identity);
    return ok({ document: this.#listing.marked(document), source: source.value, notebook });
  }

  async join(fromId: string, intoId: string): Promise<Known | undefined> {
    const known = await this.#continuations.join(fromId, intoId);
    this.#touch([fromId, intoId]);
    return known;
  }

  async separate(fromId: string, intoId: string, known: Known | undefined): Promise<void> {
    await this.#continuations.separate(fromId, intoId, known);
    this.#touch([fromId, intoId]);
  }

  async putBeside(fromId: string, intoId: string): Promise<void> {
    await this.#continuations.putBeside(fromId, intoId);
    this.#touch([fromId, intoId]);
  }

  async showEdition(id: string, rawHash: string): Promise<void> {
    await this.#continuations.show(id, rawHash);
    this.#touch([id]);
  }

  reviewChanged(id: string): void {
    this.#listing.touch([id]);
    this.#broadcast.touch();
  }

  async close(): Promise<void> {
    this.#begin.close();
    this.#broadcast.close();
    this.#problems.close();
    await Promise.all([this.#reading.close(), this.#watchedFolders.close()]);
    // What is being looked into at the end is looked into at the next start.
    const taken = this.#pipeline.close();
    await this.#takingIn.close();
    await taken;
    this.#cache.close();
    this.#firstScan.end();
  }

  #placed({ touched, edited, given }: Placed): void {
    this.#touch(touched);
    const changed = edited.union(given);
    if (changed.size > 0) void this.#broadcast.edited();
    for (const documentId of changed) {
      const rawHash = this.#catalog.locate(documentId)?.files[0].rawHash;
      const isEdition = rawHash !== undefined && this.#index.get(documentId)?.editions?.includes(rawHash) === true;
      const by = isEdition ? 'edition' : edited.has(documentId) ? 'program' : 'joining';
      this.#options.emit('library.source-changed', { documentId, by });
    }
    this.#firstScan.placed();
  }

  #settled(): void {
    this.#touch(this.#documents.complete());
    for (const id of this.#options.notebooks.ids()) this.#continuations.follow(id);
    void this.#broadcast.flush();
    this.#options.index.complete();
    this.#firstScan.end();
  }

  /** Tells of rows that may have changed. */
  #touch(ids: Iterable<string>): void {
    const touched = [...ids].flatMap((id) => [id, ...this.#documents.behind(id)]);
    for (const id of [...touched]) touched.push(...this.#titles.put(id, this.#documents.locate(id)?.files[0]));
    this.#listing.touch(touched);
    this.#broadcast.touch();
    this.#options.index.touch(touched);
  }

  /** While the first scan runs, waits until a document is found. */
  async #found(id: string): Promise<void> {
    const [file] = this.#catalog.has(id) ? [] : (this.#documents.locate(id)?.files ?? []);
    if (file) await this.#pipeline.takeIn(file.path, file.folderId);
    await this.#firstScan.waitFor(() => this.#catalog.has(id));
  }
}
