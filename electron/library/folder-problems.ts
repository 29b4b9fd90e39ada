import { stat } from 'node:fs/promises';
import type { DataProblem, Emit } from '#api';
import { describeUnwatched, type Exhausted } from '../storage/unwatched';
import { describeLoss } from './failures';
import type { Folder } from './folders';

interface FolderProblemsOptions {
  emit: Emit;
  /** Paths that a folder lost all at once, and of which nothing is concluded. */
  missing(folderId: string): readonly string[];
  /** Some files of a folder that lost much are there again. */
  onBack(folder: Folder): void;
  /** Why some folders cannot be watched. */
  unwatched(): Exhausted | undefined;
}

/** ms between two looks whether what a folder lost is back: of a disk that is mounted again nothing is told. */
const LOOK_AGAIN = 4_000;

/** Missing files that are looked for. */
const LOOKED_FOR = 5;

/** That some folders cannot be watched. */
const UNWATCHED = 'folders:unwatched';

/** Tells the reader of library folders that are not there, lost much at once, or cannot be watched, once each, until it is over. */
export class FolderProblems {
  readonly #options: FolderProblemsOptions;
  #told = new Map<string, DataProblem>();
  /** Folders of whose loss nothing is concluded. */
  #doubtful: readonly Folder[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: FolderProblemsOptions) {
    this.#options = options;
  }

  list = (): DataProblem[] => [...this.#told.values()];

  /** The folders as they are now. */
  update(folders: readonly Folder[]): void {
    const { emit, missing, unwatched } = this.#options;
    const now = new Map<string, DataProblem>();
    const doubtful: Folder[] = [];
    for (const folder of folders) {
      const lost = missing(folder.id).length;
      if (lost > 0) doubtful.push(folder);
      const message = folder.kind === 'added' && folder.problem ? folder.problem.message : lost > 0 ? describeLoss(lost) : undefined;
      // While it stands it is told once, with the count of then: a message that comes again with each file would never go.
      const kind = folder.problem ? folder.problem.code : 'lost';
      const id = `folder:${folder.id}:${kind}`;
      if (message !== undefined) now.set(id, this.#told.get(id) ?? { id, message, path: folder.path, folderId: folder.id });
    }
    const by = unwatched();
    if (by) now.set(UNWATCHED, this.#told.get(UNWATCHED) ?? { id: UNWATCHED, message: describeUnwatched('Some library folders', by) });
    const before = this.#told;
    this.#told = now;
    for (const id of before.keys()) if (!now.has(id)) emit('app.problem-solved', { id });
    for (const [id, problem] of now) if (!before.has(id)) emit('app.problem', problem);
    this.#doubtful = doubtful;
    this.#lookLater();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    if (this.#doubtful.length === 0 || this.#closed) return;
    // Which folders those are may change while it looks.
    this.#timer = setTimeout(() => void this.#look().finally(() => this.#lookLater()), LOOK_AGAIN).unref();
  }

  async #look(): Promise<void> {
    await Promise.all(this.#doubtful.map(async (folder) => (await this.#isBack(folder)) && this.#options.onBack(folder)));
  }

  async #isBack({ id }: Folder): Promise<boolean> {
    const found = this.#options
      .missing(id)
      .slice(0, LOOKED_FOR)
      .map((file) =>
        stat(file).then(
          () => true,
          () => false,
        ),
      );
    return (await Promise.all(found)).includes(true);
  }
}
