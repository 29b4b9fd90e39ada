import path from 'node:path';
import { type LibraryFolder, ok, type Result, type UnreadFile } from '#api';
import type { Broadcast } from './broadcast';
import type { Catalog } from './catalog';
import { folderFailures } from './failures';
import { addedFolder, checkNewFolder, type Folder } from './folders';
import type { Pipeline } from './pipeline';
import type { LibraryOptions } from './types';
import { relativeTo, type UnreadFiles } from './unread-files';
import type { WatchedFolders } from './watched-folders';

interface Surroundings {
  watched: WatchedFolders;
  catalog: Catalog;
  /** The files as they were before the first scan, until it is done. */
  remembered(): Catalog | undefined;
  pipeline: Pipeline;
  unread: UnreadFiles;
  machine: Pick<LibraryOptions['machine'], 'setFolders' | 'inbox' | 'setInbox'>;
  broadcast: Broadcast;
  /** Called when one is not among them any more. */
  onRemoved(): void;
  /** Called when these documents are in the inbox, or are not any more. */
  onInbox(ids: Iterable<string>): void;
}

/** The library's folders as the reader sees and chooses them. */
export class LibraryFolders {
  readonly #watched: WatchedFolders;
  readonly #catalog: Catalog;
  readonly #remembered: Surroundings['remembered'];
  readonly #pipeline: Pipeline;
  readonly #unread: UnreadFiles;
  readonly #machine: Surroundings['machine'];
  readonly #broadcast: Broadcast;
  readonly #onRemoved: () => void;
  readonly #onInbox: Surroundings['onInbox'];

  constructor({ watched, catalog, remembered, pipeline, unread, machine, broadcast, onRemoved, onInbox }: Surroundings) {
    this.#watched = watched;
    this.#catalog = catalog;
    this.#remembered = remembered;
    this.#pipeline = pipeline;
    this.#unread = unread;
    this.#machine = machine;
    this.#broadcast = broadcast;
    this.#onRemoved = onRemoved;
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
    this.#onRemoved();
    await this.#broadcast.flush();
    return ok(null);
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
