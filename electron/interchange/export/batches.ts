import { recordsOf, type WholeNote } from '#model';
import type { SelectedDocument } from '../selection';
import type { Batch, Place, Portion } from './protocol';

/** What one batch holds at most. A single note is never divided, also not from its further passages. */
const MOST_NOTES = 100;
const MOST_DOCUMENTS = 100;
/** UTF-16 code units of the reader's words. */
const MOST_WORDS = 200_000;

/** The documents from `place` on and before `to`, as many as can be handed over in a moment. */
export function batchFrom(documents: readonly SelectedDocument[], place: Place, to: number, withNotes: boolean): Batch {
  const portions: Portion[] = [];
  let { document, note } = place;
  let [noteCount, words] = [0, 0];
  for (; document < to && portions.length < MOST_DOCUMENTS && noteCount < MOST_NOTES && words < MOST_WORDS; document += 1, note = 0) {
    const { head, notes } = documents[document] ?? missing(document);
    const taken: WholeNote[] = [];
    for (const each of withNotes ? notes.slice(note, note + MOST_NOTES - noteCount) : []) {
      taken.push(each);
      words += countWords(each);
      if (words >= MOST_WORDS) break;
    }
    noteCount += taken.length;
    const goesOn = withNotes && note + taken.length < notes.length;
    portions.push({ head, notes: taken, goesOn });
    if (goesOn) return { portions, next: { document, note: note + taken.length } };
  }
  return document < to ? { portions, next: { document, note: 0 } } : { portions };
}

const countWords = (note: WholeNote): number =>
  recordsOf(note)
    .flatMap((record) => [record, ...record.history])
    .reduce((sum, { body, anchor }) => sum + body.length + (anchor?.exact.length ?? 0), 0);

function missing(document: number): never {
  throw new Error(`There is no document ${document} in this export.`);
}
