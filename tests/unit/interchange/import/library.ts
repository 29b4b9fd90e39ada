import { type Failure, fail, ok } from '#api';
import { type ArchivedVersion, holdsNothing, type Notebook } from '#model';
import type { PresentDocument, Target } from '../../../../electron/interchange/import/incoming';

export const full: Failure = fail('disk-full', 'The disk is full.').failure;

interface LibraryState {
  /** How many more notebooks it takes. */
  room?: number;
  /** The id of a notebook that may not be changed. */
  locked?: string;
  documents?: readonly PresentDocument[];
  /** Notes whose passage is not in their document. */
  unplaced?: readonly string[];
}

/** A library in memory that takes `room` more notebooks. */
export function openTarget({ room = Number.POSITIVE_INFINITY, locked = '', documents = [], unplaced = [] }: LibraryState = {}) {
  const notebooks = new Map<string, Notebook>();
  const archives = new Map<string, ArchivedVersion[]>();
  const target: Target = {
    notebook: (id) => notebooks.get(id),
    notebooks: () => notebooks.values(),
    documents: () => documents,
    identity: (id) => {
      const rawHash = documents.find((each) => each.id === id)?.rawHash;
      return rawHash === undefined ? undefined : { paths: [`/here/${id}.txt`], rawHash, history: [] };
    },
    withoutPlace: async (_id, notes) => new Set(notes.flatMap(({ id }) => (unplaced.includes(id) ? [id] : []))),
    lockedBecause: (id) => (id === locked ? fail('notebook-read-only', 'It is of a newer version.').failure : undefined),
    tags: () => [],
    hasText: async () => true,
    hasFile: async () => false,
    countLacking: async (id, versions) => versions.length - (archives.get(id)?.length ?? 0),
    async bringVersions(id, versions) {
      if (room === 0) return { ok: false, failure: full };
      const number = versions.length - (archives.get(id)?.length ?? 0);
      archives.set(id, [...versions]);
      return ok(number);
    },
    async update(id, next) {
      const before = notebooks.get(id);
      const after = next(before);
      if (after === before) return ok({ before, after });
      if (room === 0) return { ok: false, failure: full };
      room -= 1;
      notebooks.set(id, after);
      return ok({ before, after });
    },
    async removeNothing(id) {
      const notebook = notebooks.get(id);
      if (notebook && holdsNothing(notebook)) notebooks.delete(id);
      return ok(null);
    },
    addTags: async () => ok(null),
    keepText: async () => ok(null),
    bringFile: async () => fail('backup-unreadable', 'Its copy is damaged.'),
    takeFile: async () => ok(null),
  };
  return {
    target,
    archives,
    give: (more: number) => {
      room += more;
    },
  };
}
