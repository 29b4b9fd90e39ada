import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Sketch } from '#model';
import type { DocumentText } from '../formats/document-text';
import { createLimiter } from '../storage/limiter';
import type { FactsCache } from './cache';
import type { Catalog, Placed } from './catalog';
import { contentOf, type FileFacts } from './facts';
import { FileQueue, HELD, SETTLED, type Waiting } from './file-queue';
import type { Folder } from './folders';
import type { Identities } from './identities';
import type { Known, NotebookIndex } from './identity';
import { Losses } from './losses';
import { readFacts } from './read-document';
import type { Reading } from './reading/reading';
import type { LibraryLog, NotebookView } from './types';
import type { FileEvent } from './watched-folders';

interface PipelineOptions {
  catalog: Catalog;
  index: NotebookIndex;
  notebooks: NotebookView;
  identities: Identities;
  cache: FactsCache;
  inspect: Reading['inspect'];
  log: LibraryLog;
  isReachable(folderId: string): boolean;
  /** Folders that can be reached, whose files may come and go. */
  changingFolders(): readonly Folder[];
  /** The path of a library folder; absent when it was removed meanwhile. */
  folderPath(folderId: string): string | undefined;
  /** Whether the folders still have files to tell. */
  isScanning(): boolean;
  /** Told of each text that was read; awaited before more are. */
  onText(content: string, text: DocumentText): Promise<void>;
  onPlaced(placed: Placed): void;
  /** Every file of every folder was placed. */
  onSettled(): void;
  /** Some folders lost so much at once that nothing is concluded from it, or have it back. */
  onDoubt(): void;
}

interface Seen {
  path: string;
  scanned: boolean;
  /** Absent when there is no file. */
  facts: FileFacts | undefined;
  /** They differ from what the cache has. */
  fresh: boolean;
  text?: DocumentText;
  sketch?: Sketch;
}

/** Files read at once. */
const WIDTH = 8;

/** Files placed at once: few, so that the list fills while a scan runs. */
const BATCH = 64;

/** Takes what happens to files, reads them, and places them in the catalog: one batch after the other. */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #fileQueue = new FileQueue();
  readonly #losses: Losses;
  readonly #limit = createLimiter(WIDTH);
  #queue: Promise<unknown> = Promise.resolve();
  /** Work in the queue that somebody waits for. */
  #awaited = 0;
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = 0;
  #settled = false;
  #toldDoubt = '';
  #closed = false;
  #done = 0;

  constructor(options: PipelineOptions) {
    this.#options = options;
    const { catalog, cache, changingFolders } = options;
    this.#losses = new Losses({ catalog, cache, folders: changingFolders, going: this.#fileQueue.goneIn });
  }

  isDoubtful = (folderId: string): boolean => this.#losses.isDoubtful(folderId);

  /** The files of a folder that are listed and not there. */
  absentIn = (folderId: string): FileFacts[] => this.#losses.absentIn(folderId);

  /** Whether every file that the scans found was placed. */
  get settled(): boolean {
    return this.#settled;
  }

  /** Files of the running scan that were placed, and all of them; 0 while that is not known. */
  get progress(): { done: number; total: number } {
    return { done: this.#done, total: this.#options.isScanning() ? 0 : this.#done + this.#fileQueue.scannedLeft };
  }

  /** A scan begins. */
  unsettle(): void {
    if (this.#settled) this.#done = 0;
    this.#settled = false;
  }

  note(path: string, folder: Folder, event: FileEvent): void {
    const waiting: Waiting = {
      path,
      folderId: folder.id,
      again: event === 'changed',
      scanned: event === 'scanned',
      gone: event === 'gone',
    };
    const delay = event === 'scanned' ? 0 : event === 'gone' ? HELD : SETTLED;
    this.#fileQueue.add(waiting, delay, performance.now());
    this.wake(delay);
  }

  /** A scan of a folder is done; what was known of it and was not seen is gone. */
  scanned(folderId: string, paths: ReadonlySet<string>): void {
    for (const file of this.#options.catalog.files()) {
      if (file.folderId !== folderId || file.absent || paths.has(file.path)) continue;
      this.#fileQueue.add({ path: file.path, folderId, again: false, scanned: true, gone: true }, 0, performance.now());
    }
    this.wake();
  }

  /** Reads a file again, whatever its size and time. */
  readAgain(file: FileFacts): void {
    this.#fileQueue.add({ path: file.path, folderId: file.folderId, again: true, scanned: false, gone: false }, 0, performance.now());
    this.wake();
  }

  /** Reads and places one file now. */
  takeIn(path: string, folderId: string): Promise<void> {
    return this.#enqueue(() =>
      this.#process([this.#fileQueue.take(path) ?? { path, folderId, again: false, scanned: false, gone: false }]),
    );
  }

  /** Places what is remembered of a folder that cannot be reached. */
  placeRemembered(folderId: string): Promise<void> {
    return this.#enqueue(async () => {
      const { cache, catalog } = this.#options;
      const files = cache.under(folderId, (path) => catalog.fileAt(path) !== undefined);
      this.#place(
        files.map((file) => ({ ...file, absent: true })),
        [],
      );
    });
  }

  /** Takes a folder's files out. */
  dropFolder(folderId: string): Promise<void> {
    this.#fileQueue.forget((waiting) => waiting.folderId === folderId);
    return this.#enqueue(async () => {
      const files = [...this.#options.catalog.files()].filter((file) => file.folderId === folderId);
      this.#losses.trust(folderId);
      this.#place(
        [],
        files.map(({ path }) => path),
      );
    });
  }

  /** Takes the files of a folder that are not there out of the list: the reader knows that they are gone. */
  forgetAbsent(folderId: string): Promise<void> {
    return this.#enqueue(async () => {
      const { cache, identities } = this.#options;
      const gone = this.#losses.absentIn(folderId).map(({ path }) => path);
      this.#losses.trust(folderId);
      cache.forget(gone);
      await identities.update(this.#place([], gone));
      this.#tellDoubt();
    });
  }

  /** Takes out files that Lectern removed, at once and with all that is kept of them. */
  dropFiles(paths: readonly string[]): Promise<void> {
    const gone = new Set(paths);
    this.#fileQueue.forget(({ path }) => gone.has(path));
    return this.#enqueue(async () => {
      const { cache, identities } = this.#options;
      cache.forget(paths);
      await identities.update(this.#place([], paths));
    });
  }

  /** Gives the files of one document to another, with what is known of where that is. */
  rename(fromId: string, intoId: string, known: Known): Promise<void> {
    return this.#enqueue(async () => {
      const { catalog, identities, index, onPlaced } = this.#options;
      index.put(intoId, known);
      const placed = catalog.rename(fromId, intoId);
      onPlaced(placed);
      await identities.update(placed.touched);
    });
  }

  /** Shows a document by another of its editions, with what is known of where that is. */
  show(id: string, known: Known): Promise<void> {
    return this.#enqueue(async () => {
      const { catalog, identities, index, onPlaced } = this.#options;
      index.put(id, known);
      const placed = catalog.show(id, known.rawHash);
      onPlaced(placed);
      await identities.update(placed.touched);
    });
  }

  /** Takes up what a document's notebook says of its editions by now. */
  regroup(id: string): Promise<void> {
    return this.#enqueue(async () => {
      // The end of a scan does it for all.
      if (!this.#settled) return;
      const { catalog, identities, onPlaced } = this.#options;
      const placed = catalog.regroup(id);
      onPlaced(placed);
      await identities.update(placed.touched);
    });
  }

  /** Gives a document whose notebook was made only now the file that is at its path, unless another document with a notebook has that. */
  reclaim(id: string): Promise<void> {
    return this.#enqueue(async () => {
      // The end of a scan does it for all.
      if (!this.#settled) return;
      const { catalog, identities, onPlaced } = this.#options;
      const placed = catalog.reclaim(id);
      onPlaced(placed);
      await identities.update(placed.touched);
    });
  }

  /** Looks what is due, in `delay` ms at the latest. */
  wake(delay = 0): void {
    const wakeAt = performance.now() + delay;
    if (this.#closed || (this.#timer && this.#wakeAt <= wakeAt)) return;
    clearTimeout(this.#timer);
    this.#wakeAt = wakeAt;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#append(() => this.#run());
    }, delay);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#queue;
  }

  /** Work that somebody waits for: what is due to be read gives way to it. */
  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#awaited += 1;
    return this.#append(() => {
      this.#awaited -= 1;
      return work();
    });
  }

  #append(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch((error: unknown) => this.#options.log.error('The library failed to take in a file', error));
    return done;
  }

  async #run(): Promise<void> {
    const due = this.#fileQueue.takeDue(performance.now(), BATCH);
    if (due.length > 0 && !this.#closed) await this.#process(due, () => this.#awaited > 0);
    const next = this.#fileQueue.nextDueAt();
    if (next !== undefined && next <= performance.now()) {
      // Between two batches others have their turn; what is known once the last one is read is told with it.
      this.wake();
      return;
    }
    this.#tellDoubt();
    if (!this.#closed && !this.#settled && !this.#options.isScanning() && this.#fileQueue.scannedLeft === 0) await this.#settle();
    const after = this.#fileQueue.nextDueAt();
    if (after !== undefined) this.wake(Math.max(0, after - performance.now()));
  }

  /** Reads and places files; once it `givesWay`, those that are not being read yet wait for another turn. */
  async #process(waiting: readonly Waiting[], givesWay = () => false): Promise<void> {
    const { catalog, identities } = this.#options;
    const seen = await this.#read(waiting, givesWay);
    // A file that was renamed is gone from its old path, which is held back: that goes with it.
    const old = seen
      .flatMap(({ facts }) => (facts?.rawHash ? [...catalog.pathsWithHash(facts.rawHash)] : []))
      .map((path) => this.#fileQueue.take(path))
      .filter((each) => each !== undefined);
    if (old.length > 0) seen.push(...(await this.#read(old)));
    // What was broken off at the end says nothing of the files.
    if (this.#closed) return;
    for (const { facts, text } of seen) {
      const content = facts && contentOf(facts);
      if (content !== undefined && text) await this.#options.onText(content, text);
    }
    this.#done += seen.filter(({ scanned }) => scanned).length;
    const files = seen.flatMap(({ facts }) => (facts && facts !== catalog.fileAt(facts.path) ? [facts] : []));
    const gone = seen.filter(({ facts }) => !facts).map(({ path }) => path);
    this.#options.cache.put(seen.flatMap(({ facts, fresh }) => (facts && fresh ? [facts] : [])));
    this.#options.cache.putSketches(seen.flatMap(({ facts, sketch }) => (facts?.textHash && sketch ? [[facts.textHash, sketch]] : [])));
    const verdict = this.#losses.assess(files, gone, { now: performance.now(), isScanning: !this.#settled });
    const touched = this.#place([...files, ...verdict.absent], verdict.gone);
    this.#losses.trustWhole();
    for (const file of files) this.#followChoice(file);
    if (this.#settled) await identities.update(touched);
  }

  /** Reads a file once more whose reader has chosen another encoding while it was read. */
  #followChoice(file: FileFacts): void {
    if (file.rawHash && file.chosen !== this.#chosenFor(file.path, file.rawHash)) this.readAgain(file);
  }

  async #read(waiting: readonly Waiting[], givesWay = () => false): Promise<Seen[]> {
    const { catalog, cache, inspect, isReachable, folderPath } = this.#options;
    const read = async (each: Waiting): Promise<Seen | undefined> => {
      if (givesWay()) {
        this.#fileQueue.putBack(each, performance.now());
        return undefined;
      }
      const { path, folderId, again, scanned } = each;
      const known = catalog.fileAt(path);
      const chosenFor = (at: string, rawHash: string | undefined) => this.#chosenFor(at, rawHash);
      const found = await readFacts(
        { path, folderId, folder: folderPath(folderId) ?? dirname(path), known, again },
        { cache, inspect, chosenFor },
      );
      if (!found && known && !isReachable(folderId)) return { path, scanned, facts: { ...known, absent: true }, fresh: false };
      return { path, scanned, facts: found?.facts, fresh: found?.fresh ?? false, text: found?.text, sketch: found?.sketch };
    };
    const seen = await Promise.all(waiting.map((each) => this.#limit(() => read(each))));
    return seen.filter((each) => each !== undefined);
  }

  #place(files: readonly FileFacts[], gone: readonly string[]): Set<string> {
    const placed = this.#options.catalog.place({ files, gone, settled: this.#settled });
    // The end of a scan judges what was remembered before it.
    if (this.#settled) this.#options.cache.forget(gone);
    this.#options.onPlaced(placed);
    return placed.touched;
  }

  /** Each step goes through all files, so that others are let in between. */
  async #settle(): Promise<void> {
    const { catalog, cache, notebooks, identities, onPlaced, onSettled } = this.#options;
    const { absent, gone } = this.#losses.assessRemembered();
    this.#place(absent, gone);
    this.#losses.trustWhole();
    this.#settled = true;
    onPlaced(catalog.settle());
    await setImmediate();
    await identities.update(notebooks.ids());
    await setImmediate();
    cache.prune((path) => catalog.fileAt(path) !== undefined);
    await setImmediate();
    const texts = new Set([...catalog.files()].map(({ textHash }) => textHash));
    for (const id of notebooks.ids()) for (const textHash of notebooks.outline(id)?.noteTexts ?? []) texts.add(textHash);
    cache.pruneSketches((textHash) => texts.has(textHash));
    await setImmediate();
    this.#tellDoubt();
    onSettled();
  }

  /** Tells of a change of the folders in doubt, once it is known how much each lost. */
  #tellDoubt(): void {
    const doubtful = this.#losses.doubtful();
    if (String(doubtful) === this.#toldDoubt || doubtful.some((folderId) => this.#fileQueue.goneIn(folderId).length > 0)) return;
    this.#toldDoubt = String(doubtful);
    this.#options.onDoubt();
  }

  /** The encoding that the reader chose for the document that a file is, or will be. */
  #chosenFor(path: string, rawHash: string | undefined): string | undefined {
    const { catalog, index, notebooks } = this.#options;
    const byHash = rawHash === undefined ? [] : [...index.withHash(rawHash)];
    const [id = catalog.idAt(path)] = byHash.length > 0 ? byHash : [...index.withPath(path)];
    return id === undefined ? undefined : notebooks.outline(id)?.encoding;
  }
}
