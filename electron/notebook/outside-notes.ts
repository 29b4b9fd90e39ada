import { type Notebook, type NotebookChange, replacesUnknown } from '#model';

/** Which notes stand as another program or machine wrote them. */
export interface OutsideNotes {
  /** Notes what came in when `before` became `after`. */
  take(before: Notebook | undefined, after: Notebook): void;
  /**
   * The notes in which `changes`, about to be made in `notebook`, meet words from outside that whoever made them did not know. Their
   * window cannot be relied on to say so: it may be closing.
   */
  metBy(notebook: Notebook, changes: readonly NotebookChange[]): string[];
}

export function createOutsideNotes(): OutsideNotes {
  /** When the state that came in was written, by note. */
  const moments = new Map<string, string>();
  return {
    take(before, after) {
      const known = new Map(before?.notes.map((note) => [note.id, note.modifiedAt]));
      for (const { id, modifiedAt } of after.notes) if (known.get(id) !== modifiedAt) moments.set(id, modifiedAt);
    },
    metBy(notebook, changes) {
      const met: string[] = [];
      const looked = new Set<string>();
      for (const change of changes) {
        // A later change of the same note was made knowing the first.
        if (change.type !== 'put-note' || looked.has(change.note.id)) continue;
        looked.add(change.note.id);
        const moment = moments.get(change.note.id);
        if (moment === undefined || !replacesUnknown(notebook, change)) continue;
        if (notebook.notes.some(({ id, modifiedAt }) => id === change.note.id && modifiedAt === moment)) met.push(change.note.id);
      }
      return met;
    },
  };
}
