import path from 'node:path';
import { type LibraryFolder, ok, type Result, type UnreadFile } from '#api';
import type { Broadcast } from './broadcast';
import type { Catalog } from './catalog';
import { folderFailures } from './failures';
import type { FolderProblems } from './folder-problems';
import { addedFolder, checkNewFolder, type Folder } from './folders';
import type { Pipeline } from './pipeline';
import type { LibraryOptions } from './types';
import type { Undecodable } from './undecodable-names';
import { relativeTo, UnreadFiles, whyUnread } from './unread-files';
import type { FileEvent, WatchedFolders } from './watched-folders';

interface Surroundings {
  watched: WatchedFolders;
  catalog: Catalog;
  /** The files as they were before the first scan, until it is done. */
  remembered(): Catalog | undefined;
  pipeline: Pipeline;
  problems: FolderProblems;
  machine: Pick<LibraryOptions['machine'], 'setFolders' | 'inbox' | 'setInbox'>;
  broadcast: Broadcast;
  /** Called when these documents are in the inbox, or are not any more. */
  onInbox(ids: Iterable<string>): void;
}

/** The library's folders as the reader sees and chooses them, and what becomes of what their watch tells. */
export class LibraryFolders {
  readonly #watched: WatchedFolders;
  readonly #catalog: Catalog;
  readonly #remembered: Surroundings['remembered'];
  readonly #pipeline: Pipeline;
  readonly #problems: FolderProblems;
  readonly #machine: Surroundings['machine'];
  readonly #broadcast: Broadcast;
  readonly #onInbox: Surroundings['onInbox'];
  readonly #unread = new UnreadFiles();

  constructor({ watched, catalog, remembered, pipeline, problems, machine, broadcast, onInbox }: Surroundings) {
    this.#watched = watched;
    this.#catalog = catalog;
    this.#remembered = remembered;
    this.#pipeline = pipeline;
    this.#problems = problems;
    this.#machine = machine;
    this.#broadcast = broadcast;
    this.#onInbox = onInbox;
  }

  list(): LibraryFolder[] {
    const remembered = this.#remembered();
    const counts = this.#catalog.countByFolder();
    for (const [folderId, count] of remembered?.countByFolder((id) => !this.#catalog.has(id)) ?? [])
      counts.set(folderId, (counts.get(folderId) ?? 0) + count);
    const failing = [
      ...this.#catalog.files().filter(({ problem }) => problem),
      ...(remembered?.files().filter(({ path: at, problem }) => problem && !this.#catalog.fileAt(at)) ?? []),
    ];
    const failed = Map.groupBy(failing, ({ folderId }) => folderId);
    return this.#watched.folders.map((folder) => ({
      ...folder,
      isInbox: this.isInbox(folder),
      documentCount: counts.get(folder.id) ?? 0,
      missingCount: this.#pipeline.isDoubtful(folder.id) ? this.#pipeline.absentIn(folder.id).length : 0,
      unreadCount: this.#unread.count(folder.id) + (failed.get(folder.id)?.length ?? 0),
    }));
  }

  async add(wanted: string): Promise<Result<LibraryFolder>> {
    const checked = await checkNewFolder(wanted, this.#watched.folders);
    if (!checked.ok) return checked;
    const folder = addedFolder(checked.value);
    const kept = await this.#machine.setFolders([...this.#addedPaths(), folder.path]);
    if (!kept.ok) return kept;
    this.#start(folder);
    return ok({ ...folder, isInbox: false, documentCount: 0, missingCount: 0, unreadCount: 0 });
  }

  take(paths: readonly string[]): void {
    const known = new Set(this.#addedPaths());
    for (const added of new Set(paths.map((folder) => path.resolve(folder)))) if (!known.has(added)) this.#start(addedFolder(added));
  }

  #start(folder: Folder): void {
    this.#watched.put(folder);
    this.#pipeline.unsettle();
    void this.#watched.start(folder.id);
    this.#broadcast.touch();
  }

  /** Whether a browser saves pages in a folder. */
  isInbox = ({ kind, path: place }: Folder): boolean => kind === 'added' && place === this.#machine.inbox();

  async setInbox(folderId: string | null): Promise<Result<null>> {
    const folder = folderId === null ? undefined : this.#watched.get(folderId);
    if (folderId !== null && !folder) return folderFailures.unknown();
    if (folder && folder.kind !== 'added') return folderFailures.noInbox(folder.name);
    const before = this.#watched.folders.find(this.isInbox);
    const kept = await this.#machine.setInbox(folder?.path);
    if (!kept.ok) return kept;
    const concerned = new Set([before?.id, folder?.id]);
    const files = [...this.#catalog.files()].filter((file) => concerned.has(file.folderId));
    this.#onInbox(files.flatMap((file) => this.#catalog.idAt(file.path) ?? []));
    await this.#broadcast.flush();
    return ok(null);
  }

  async remove(folderId: string): Promise<Result<null>> {
    const folder = this.#watched.get(folderId);
    if (!folder) return folderFailures.unknown();
    if (folder.kind !== 'added') return folderFailures.builtIn(folder.name);
    const kept = await this.#machine.setFolders(this.#addedPaths().filter((added) => added !== folder.path));
    if (!kept.ok) return kept;
    // The same folder, added again, is one like others.
    const isLeft = this.isInbox(folder) ? await this.#machine.setInbox(undefined) : kept;
    if (!isLeft.ok) return isLeft;
    await this.#watched.remove(folderId);
    await this.#pipeline.dropFolder(folderId);
    this.#unread.dropFolder(folderId);
    this.update();
    await this.#broadcast.flush();
    return ok(null);
  }

  /** Takes a folder's documents that are not there off the list, but for those with notes: the reader knows that they are gone. */
  async forgetMissing(folderId: string): Promise<Result<null>> {
    if (!this.#watched.get(folderId)) return folderFailures.unknown();
    await this.#pipeline.forgetAbsent(folderId);
    await this.#broadcast.flush();
    return ok(null);
  }

  /** Takes what the watch of a folder tells of a file. */
  noteFile(file: string, folder: Folder, event: FileEvent): void {
    const reason = whyUnread(file);
    if (reason === undefined) {
      this.#pipeline.note(file, folder, event);
      return;
    }
    if (event === 'gone') this.#unread.forget(file, folder.id);
    else this.#unread.note(file, folder.id, reason);
    this.#broadcast.touch();
  }

  noteUndecodable(folder: Folder, found: readonly Undecodable[]): void {
    this.#unread.setUndecodable(folder.id, found);
    this.#broadcast.touch();
  }

  /** A folder came, went, or cannot be read any more. */
  changed(folder: Folder): void {
    if (folder.problem) void this.#pipeline.placeRemembered(folder.id);
    else this.lookAnew(folder);
    this.update();
  }

  /** A folder is back, or some of its files are: whether all are is judged by another scan. */
  lookAnew({ id }: Folder): void {
    this.#pipeline.unsettle();
    void this.#watched.restart(id);
  }

  /** Tells what may be other of the folders. */
  update(): void {
    this.#problems.update(this.#watched.folders);
    this.#broadcast.touch();
  }

  unreadFiles(folderId: string): Result<UnreadFile[]> {
    const folder = this.#watched.get(folderId);
    if (!folder) return folderFailures.unknown();
    const failed = [...this.#catalog.files()].flatMap((file) =>
      file.folderId === folderId && file.problem ? [{ path: relativeTo(folder, file.path), reason: file.problem.message }] : [],
    );
    return ok([...failed, ...this.#unread.list(folder)].sort((a, b) => a.path.localeCompare(b.path)));
  }

  #addedPaths(): string[] {
    return this.#watched.folders.filter(({ kind }) => kind === 'added').map((folder) => folder.path);
  }
}
