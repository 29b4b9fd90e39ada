import { readdir, readFile, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '#api';
import { digestOf, type Seen } from './disk-state';
import { systemCode } from './errno';
import { writeFailure } from './failures';
import type { StorageContext } from './file-kind';
import { keptPathOf, syncFolder, writeGuarded } from './guarded-write';
import { finishInterruptedWrites, interruptedFileOf, type Settled } from './interrupted-writes';
import { JsonStore, serialize } from './json-store';
import { UNWRITABLE } from './problems';

interface WriterOptions extends Pick<StorageContext, 'quarantine' | 'problems' | 'log' | 'claim'> {
  /** Absolute. */
  file: string;
  /** Whether these bytes are a whole file of this kind. */
  isWhole(bytes: Buffer): boolean;
  /** Told where the damaged file is whose earlier state is back. */
  onRestored(damaged: string): void;
  /** Told of whole states that a cut-off write was about to save, which this one came upon. */
  onUnfinished(states: readonly Buffer[]): void;
  /** Told where it is what another program wrote between the look and the write. */
  onPutAway(place: string): void;
}

/** Writes one JSON file of the reader's, guarded. */
export class FileWriter {
  readonly #options: WriterOptions;
  readonly #store: JsonStore;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#store = new JsonStore(options.file);
  }

  /** Puts a value in the place of the file as it was `seen` last; what was read back of it. After a failure the file is as it was. */
  async write(value: object, seen: Seen | undefined): Promise<Result<Seen>> {
    const { file, problems, claim, log } = this.#options;
    await problems.kept();
    const refusal = await claim?.();
    if (refusal) return { ok: false, failure: refusal };
    const text = serialize(value);
    const bytes = Buffer.from(text);
    const attempt = () =>
      writeGuarded({
        file,
        bytes,
        write: () => this.#store.write(value, text),
        discardOld: (kept) => this.#discardOld(kept, seen),
        log,
      });
    try {
      const written = await attempt().catch(async (error: unknown) => {
        if (systemCode(error) !== 'EEXIST') throw error;
        const { unfinished } = await this.settle(await this.#findInterrupted());
        this.#options.onUnfinished(unfinished);
        return attempt();
      });
      problems.solve(UNWRITABLE);
      return ok(written);
    } catch (error) {
      const failure = writeFailure(error, path.dirname(file));
      log.error(`${file} could not be saved (${failure.failure.code})`, error);
      return failure;
    }
  }

  /** Takes the file away as it was `seen` last. After a failure it is as it was. */
  async remove(seen: Seen | undefined): Promise<Result<null>> {
    const { file, claim, log } = this.#options;
    const refusal = await claim?.();
    if (refusal) return { ok: false, failure: refusal };
    // Cut off here, it is back at the next start.
    const kept = keptPathOf(file);
    try {
      await rename(file, kept);
      await this.#discardOld(kept, seen);
      await syncFolder(path.dirname(file));
      return ok(null);
    } catch (error) {
      const failure = writeFailure(error, path.dirname(file));
      log.error(`${file} could not be removed (${failure.failure.code})`, error);
      return failure;
    }
  }

  /** Settles what a write that was cut off left beside the file, by the paths of that. */
  async settle(interrupted: readonly string[]): Promise<Settled> {
    const { file, isWhole, quarantine, log, onRestored } = this.#options;
    const settled = await finishInterruptedWrites({ file, interrupted, isWhole, quarantine, log });
    if (settled.damaged !== undefined) onRestored(settled.damaged);
    return settled;
  }

  /** What another program wrote between the look and the write is not Lectern's to delete: it is put away, and merged in its turn. */
  async #discardOld(kept: string, seen: Seen | undefined): Promise<void> {
    const { file, quarantine, log, onPutAway } = this.#options;
    const bytes = await readFile(kept);
    if (digestOf(bytes) === seen?.digest) return unlink(kept);
    const place = await quarantine.move(kept);
    log.warn(`${file} was changed while it was written; the other version is kept as ${place}`);
    onPutAway(place);
  }

  async #findInterrupted(): Promise<string[]> {
    const folder = path.dirname(this.#options.file);
    const names = await readdir(folder);
    return names.filter((name) => interruptedFileOf(name) === path.basename(this.#options.file)).map((name) => path.join(folder, name));
  }
}
