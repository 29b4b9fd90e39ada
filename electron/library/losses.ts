import type { FactsCache } from './cache';
import type { Catalog } from './catalog';
import type { FileFacts } from './facts';
import { type Folder, isWithin } from './folders';

/** ms in which files that go one after the other count as one loss: a sync tool takes its time. */
const WINDOW = 5 * 60_000;

/** Files below which losing some of them is nothing unusual. */
const FEW = 6;

/**
 * Whether a folder that `held` files and has `left` of them may have lost its disk rather than its files: it is empty, or has half of them
 * or less. A single file is taken away too often to ask about it.
 */
export const isSuddenLoss = (held: number, left: number): boolean => (left === 0 ? held > 1 : held >= FEW && left <= held / 2);

interface LossesOptions {
  catalog: Catalog;
  cache: Pick<FactsCache, 'under'>;
  /** Folders that can be reached, whose files may come and go. */
  folders(): readonly Folder[];
  /** Paths of which it is told that they are gone, and that were not looked at yet. */
  going(folderId: string): readonly string[];
}

/** What is to be done about files that are gone. */
interface Verdict {
  /** They stay in the list, and nothing of them is changed. */
  absent: FileFacts[];
  /** Paths that leave the list. */
  gone: string[];
}

/** Tells files that were taken away from a folder that lost its disk: from that nothing is concluded until they are back or the reader says so. */
export class Losses {
  readonly #options: LossesOptions;
  readonly #doubtful = new Set<string>();
  /** What went from each folder lately, for all that could be told. */
  readonly #lately = new Map<string, { file: FileFacts; at: number }[]>();

  constructor(options: LossesOptions) {
    this.#options = options;
  }

  isDoubtful = (folderId: string): boolean => this.#doubtful.has(folderId);
  doubtful = (): string[] => [...this.#doubtful];

  /** Judges paths that are `gone` now (ms), as `files` are seen in the same moment. While a scan runs, it cannot be told how much is left. */
  assess(files: readonly FileFacts[], gone: readonly string[], { now, isScanning }: { now: number; isScanning: boolean }): Verdict {
    const { catalog } = this.#options;
    const came = files.filter(({ path, absent }) => !absent && !catalog.fileAt(path));
    const arrived = new Set(came.map(({ rawHash }) => rawHash).filter((hash) => hash !== undefined));
    // What turned up in another place was moved there.
    const verdict: Verdict = { absent: [], gone: this.#absentWith(arrived) };
    const byFolder = Map.groupBy(
      gone.flatMap((path) => catalog.fileAt(path) ?? []),
      ({ folderId }) => folderId,
    );
    for (const [folderId, lost] of byFolder) {
      const fresh = lost.filter(({ absent }) => !absent);
      if (this.isDoubtful(folderId)) {
        verdict.absent.push(...fresh.map(asAbsent));
        continue;
      }
      const vanished = fresh.filter(({ rawHash }) => rawHash === undefined || !arrived.has(rawHash));
      const lately = this.#recent(folderId, now).filter(({ file }) => !catalog.fileAt(file.path));
      const candidates = [...vanished, ...lately.map(({ file }) => file)];
      if (!isScanning && this.#isSudden(folderId, candidates, fresh, came)) {
        this.#doubt(folderId);
        const moved = fresh.filter((file) => !vanished.includes(file));
        verdict.absent.push(...candidates.map(asAbsent));
        verdict.gone.push(...moved.map(({ path }) => path));
      } else {
        this.#lately.set(folderId, [...lately, ...vanished.map((file) => ({ file, at: now }))]);
        verdict.gone.push(...lost.map(({ path }) => path));
      }
    }
    return verdict;
  }

  /** Judges what is remembered of the folders, when every file that is there was seen. */
  assessRemembered(): Verdict {
    const { catalog, cache, folders } = this.#options;
    const verdict: Verdict = { absent: [], gone: [] };
    for (const { id, path: root } of folders()) {
      const known = this.#filesIn(id);
      const unseen = cache.under(id, (path) => catalog.fileAt(path) !== undefined);
      const lost = [...unseen, ...known].filter(({ path }) => isWithin(root, path) && !this.#isThere(path));
      const left = known.filter(({ absent }) => !absent).length;
      const missed = lost.filter((file) => !this.#isElsewhere(file, () => false)).length;
      if (lost.length > 0 && (this.isDoubtful(id) || isSuddenLoss(left + missed, left))) {
        this.#doubt(id);
        verdict.absent.push(...lost.map(asAbsent));
      } else verdict.gone.push(...known.filter(({ absent }) => absent).map(({ path }) => path));
    }
    return verdict;
  }

  /** Trusts the folders that have all their files again. */
  trustWhole(): void {
    for (const folderId of this.doubtful()) if (this.absentIn(folderId).length === 0) this.trust(folderId);
  }

  /** A folder has all its files again, or the reader knows of the loss. */
  trust(folderId: string): void {
    this.#doubtful.delete(folderId);
    this.#lately.delete(folderId);
  }

  /** The files of a folder that are listed and not there. */
  absentIn = (folderId: string): FileFacts[] => this.#filesIn(folderId).filter(({ absent }) => absent);

  #doubt(folderId: string): void {
    this.#doubtful.add(folderId);
    this.#lately.delete(folderId);
  }

  #isSudden(folderId: string, candidates: readonly FileFacts[], lost: readonly FileFacts[], came: readonly FileFacts[]): boolean {
    const { catalog, folders, going } = this.#options;
    if (!folders().some(({ id }) => id === folderId)) return false;
    const leaving = new Set([...going(folderId), ...lost.map(({ path }) => path)]);
    const there = this.#filesIn(folderId).filter(({ path, absent }) => !absent && !leaving.has(path));
    const left = there.length + came.filter((file) => file.folderId === folderId).length;
    const also = going(folderId).filter((path) => catalog.fileAt(path) && !candidates.some((file) => file.path === path));
    const missed = candidates.filter((file) => !this.#isElsewhere(file, (path) => leaving.has(path))).length;
    return isSuddenLoss(left + missed + also.length, left);
  }

  /** Whether the content of a file is still in the library, at a path that is not leaving too. */
  #isElsewhere({ path, rawHash }: FileFacts, isLeaving: (path: string) => boolean): boolean {
    const { catalog } = this.#options;
    if (rawHash === undefined) return false;
    return [...catalog.pathsWithHash(rawHash)].some((other) => other !== path && this.#isThere(other) && !isLeaving(other));
  }

  #absentWith(hashes: ReadonlySet<string>): string[] {
    if (this.#doubtful.size === 0) return [];
    const { catalog } = this.#options;
    const paths = [...hashes].flatMap((hash) => [...catalog.pathsWithHash(hash)]);
    return paths.filter((path) => {
      const file = catalog.fileAt(path);
      return file?.absent === true && this.isDoubtful(file.folderId);
    });
  }

  #isThere(path: string): boolean {
    const file = this.#options.catalog.fileAt(path);
    return file !== undefined && !file.absent;
  }

  #filesIn = (folderId: string): FileFacts[] => [...this.#options.catalog.files()].filter((file) => file.folderId === folderId);

  #recent = (folderId: string, now: number) => (this.#lately.get(folderId) ?? []).filter(({ at }) => now - at < WINDOW);
}

const asAbsent = (file: FileFacts): FileFacts => ({ ...file, absent: true });
