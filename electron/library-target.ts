import { statfs } from 'node:fs/promises';
import type { Emit } from '#api';
import { anchorKey, type Note } from '#model';
import { tellNotebook } from './clients';
import type { Target } from './interchange/import';
import type { Library } from './library';
import type { BackupContents, DroppedFiles, NotebookStore, TagStore } from './notebook';
import { placePassages } from './placing';

/** The parts of the core that what is brought in changes. */
export interface TargetParts {
  notebooks: NotebookStore;
  tags: TagStore;
  library: Library;
  dropped: DroppedFiles;
  emit: Emit;
}

/** The library as what is brought in sees and changes it; open windows are told of each notebook. `files`: dropped files that come along. */
export function openTarget({ notebooks, tags, library, dropped, emit }: TargetParts, files: BackupContents['files'] = new Map()): Target {
  const kept = (name: string) => {
    const file = files.get(name);
    if (!file) throw new Error(`${name} is in no list of the backup`);
    return file;
  };
  return {
    notebook: notebooks.get,
    notebooks: notebooks.all,
    *documents() {
      for (const id of library.ids()) {
        const row = library.summary(id);
        if (row) yield { id, rawHash: library.identity(id)?.rawHash, title: row.title, author: row.author };
      }
    },
    identity: (id) => library.identity(id),
    async withoutPlace(id, notes) {
      const anchors = notes.flatMap(({ anchor }) => anchor ?? []);
      const placements = anchors.length > 0 ? await placePassages({ library, notebooks }, id, anchors) : undefined;
      const isUnplaced = ({ anchor }: Note) => anchor !== undefined && placements?.[anchorKey(anchor)]?.state === 'unplaced';
      return new Set(notes.filter(isUnplaced).map((note) => note.id));
    },
    lockedBecause: (id) => (notebooks.isLost(id) ? undefined : notebooks.lockedBecause(id)),
    tags: tags.list,
    hasText: async (textHash) => (await notebooks.readText(textHash)).ok,
    hasFile: dropped.has,
    async update(id, next) {
      const written = await notebooks.update(id, next);
      if (!written.ok || written.value.before === written.value.after) return written;
      await library.notebookRestored(id);
      tellNotebook(id, notebooks, emit);
      return written;
    },
    async removeNothing(id) {
      const removed = await notebooks.removeNothing(id);
      if (removed.ok && !notebooks.outline(id)) library.notebookRemoved(id);
      return removed;
    },
    async addTags(added) {
      const remembered = await tags.remember(added.map(({ name }) => name));
      const colours = added.flatMap(({ name, colour }) => (colour ? [{ type: 'set-tag-colour' as const, name, colour }] : []));
      return remembered.ok && colours.length > 0 ? tags.apply(colours) : remembered;
    },
    keepText: notebooks.keepText,
    countLacking: async (id, versions) => (await notebooks.lackingVersions(id, versions)).length,
    bringVersions: notebooks.bringVersions,
    async bringFile(name) {
      const failure = await notebooks.folder.refusal();
      return failure ? { ok: false, failure } : dropped.bring(name, kept(name));
    },
    takeFile: (name) => dropped.take(name, kept(name)),
  };
}

/** Bytes that are free where a folder lies. */
export async function freeRoom(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
