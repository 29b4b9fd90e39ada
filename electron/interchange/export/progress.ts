import type { Batch } from './protocol';

interface ProgressOptions {
  /** How many times all notes are read. */
  passes: number;
  noteCount: number;
  /** Told of what is done of all documents and notes, about a hundred times in all. */
  tell(done: { documents: number; notes: number }): void;
}

/** Counts the batches that are handed over: what is being written is as far as they are, but for the last. */
export function createProgress({ passes, noteCount, tell }: ProgressOptions): (batch: Batch) => void {
  let [documents, notes, told] = [0, 0, 0];
  return ({ portions }) => {
    for (const portion of portions) {
      notes += portion.notes.length;
      if (!portion.goesOn) documents += 1;
    }
    const percent = Math.floor((100 * notes) / (noteCount * passes));
    if (percent === told) return;
    told = percent;
    tell({ documents: Math.floor(documents / passes), notes: Math.floor(notes / passes) });
  };
}
