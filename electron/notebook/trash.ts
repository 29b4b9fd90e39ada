import { fail, ok, type Result, type TrashCount } from '#api';
import { type DeletedNote, isBlank, type NotebookChange, recordsOf, wholeDeleted } from '#model';
import type { Pause } from '../pacing';
import type { Journal } from './journal';
import type { NotebookStore } from './notebook-store';

interface Surroundings {
  notebooks: Pick<NotebookStore, 'outlines' | 'read' | 'lockedBecause'>;
  /** Makes changes of a notebook for all windows. */
  change(documentId: string, changes: NotebookChange[]): Promise<Result<unknown>>;
  /** Keeps what tags and titles were before; with that goes what else has words of then. */
  journal: Pick<Journal, 'countEarlier' | 'removeEarlier'>;
  log: { error(message: string, cause?: unknown): void };
  pause: Pause;
}

/** The deleted notes of all documents, and what tags and titles were before: emptied only when the reader says so. */
export interface Trash {
  /** What lies in it since before a moment. */
  count(before: string): Promise<TrashCount>;
  /** Removes that for good and answers how many notes and earlier values it was; after a failure the rest is as it was. */
  empty(before: string): Promise<Result<{ removed: number; changes: number }>>;
}

export function createTrash({ notebooks, change, journal, log, pause }: Surroundings): Trash {
  async function* deletedBefore(moment: string): AsyncGenerator<{ documentId: string; deleted: DeletedNote[] }> {
    const until = Date.parse(moment);
    for (const { id: documentId, deletedCount } of [...notebooks.outlines()]) {
      if (deletedCount === 0) continue;
      await pause();
      const all = (await notebooks.read(documentId))?.deletedNotes ?? [];
      const deleted = all.filter(({ deletedAt }) => Date.parse(deletedAt) < until);
      if (deleted.length > 0) yield { documentId, deleted };
    }
  }

  return {
    async count(before) {
      const changes = await journal.countEarlier(before);
      const count = { highlights: 0, pageNotes: 0, withWords: 0, documents: 0, changes, locked: 0 };
      for await (const { documentId, deleted } of deletedBefore(before)) {
        if (notebooks.lockedBecause(documentId)) {
          count.locked += wholeDeleted(deleted).length;
          continue;
        }
        count.documents += 1;
        for (const { note } of wholeDeleted(deleted)) {
          if (note.anchor) count.highlights += 1;
          else count.pageNotes += 1;
          if (!isBlank(note) || recordsOf(note).some(({ history }) => history.some((version) => !isBlank(version)))) count.withWords += 1;
        }
      }
      return count;
    },
    async empty(before) {
      let removed = 0;
      for await (const { documentId, deleted } of deletedBefore(before)) {
        if (notebooks.lockedBecause(documentId)) continue;
        const changes = deleted.map(({ note, deletedAt }): NotebookChange => ({ type: 'purge-note', noteId: note.id, deletedAt }));
        const done = await change(documentId, changes);
        if (!done.ok) {
          const { code, message } = done.failure;
          return fail(code, `Not all of the trash could be emptied: ${removed} notes are gone, the others are still in it. ${message}`);
        }
        removed += wholeDeleted(deleted).length;
      }
      const changes = await journal.countEarlier(before);
      try {
        // Also where the journal keeps nothing: what joinings and changes of many are taken back by goes along.
        await journal.removeEarlier(before);
      } catch (error) {
        log.error('what tags and titles were before could not be removed', error);
        return fail(
          'write-failed',
          `${removed} notes are gone; what tags and titles were before could not all be removed from the folder “journal” of your data.`,
        );
      }
      return ok({ removed, changes });
    },
  };
}
