import type { LibraryCounts } from '#api';
import { tagKey } from '#model';
import type { Entry } from './entry';
import { FolderTree } from './folder-tree';

/** What the sidebar counts, kept up as documents come, change and go. */
export class Totals {
  readonly folders = new FolderTree();
  readonly #counts: Omit<LibraryCounts, 'collections' | 'formats'> = {
    documents: 0,
    favourites: 0,
    later: 0,
    unread: 0,
    reading: 0,
    finished: 0,
    notes: 0,
    unplacedNotes: 0,
    deletedNotes: 0,
  };
  /** By their ids. */
  readonly #collections = new Map<string, LibraryCounts['collections'][number]>();
  readonly #formats: LibraryCounts['formats'] = {};
  /** By the tags' keys. */
  readonly #uses = new Map<string, { name: string; count: number }>();
  /** Tags that were counted anew since their changes were taken, as they were then. */
  #changedTags = new Map<string, { name: string; count: number }>();

  add(entry: Entry): void {
    this.#count(entry, 1);
  }

  remove(entry: Entry): void {
    this.#count(entry, -1);
  }

  counts = (): LibraryCounts => ({
    ...this.#counts,
    formats: { ...this.#formats },
    collections: [...this.#collections.values()].map((each) => ({ ...each })),
  });

  tagUses = (): [string, number][] => [...this.#uses.values()].map(({ name, count }) => [name, count]);

  /** Those whose counts are others than when this was last asked; a count of 0 where no document carries them any more. */
  takeChangedTagUses(): [string, number][] {
    const changed = this.#changedTags;
    this.#changedTags = new Map();
    return [...changed].flatMap(([key, before]) => {
      const { name, count } = this.#uses.get(key) ?? { name: before.name, count: 0 };
      return count === before.count ? [] : [[name, count]];
    });
  }

  #count({ row, deletedNotes, uses, collections }: Entry, sign: 1 | -1): void {
    const { favourite, later, format, status, noteCount, toReview } = row;
    this.folders.count(row.folderId, row.relativePath, sign);
    const ofFormat = (this.#formats[format] ?? 0) + sign;
    if (ofFormat > 0) this.#formats[format] = ofFormat;
    else delete this.#formats[format];
    this.#counts.documents += sign;
    this.#counts.favourites += favourite ? sign : 0;
    this.#counts.later += later === undefined ? 0 : sign;
    this.#counts[status] += sign;
    this.#counts.notes += sign * noteCount;
    this.#counts.unplacedNotes += sign * (toReview?.unplaced ?? 0);
    this.#counts.deletedNotes += sign * deletedNotes;
    for (const { id, name } of collections) {
      const documents = (this.#collections.get(id)?.documents ?? 0) + sign;
      if (documents > 0) this.#collections.set(id, { id, name, documents });
      else this.#collections.delete(id);
    }
    for (const [name, count] of uses) {
      const key = tagKey(name);
      const use = this.#uses.get(key) ?? { name, count: 0 };
      if (!this.#changedTags.has(key)) this.#changedTags.set(key, { ...use });
      use.count += sign * count;
      if (use.count > 0) this.#uses.set(key, use);
      else this.#uses.delete(key);
    }
  }
}
