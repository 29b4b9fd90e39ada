import { type Creator, haveSameWords, type Note, type Notebook, nextHistory, noteClock } from '#model';
import type { Collected, EditedNote } from './collect';

/** A notebook that comes, with the edits that a person made in the file, and the ids of the notes that were changed there and here. */
interface WithEdits {
  notebook: Notebook;
  conflicts: ReadonlySet<string>;
}

/**
 * Puts what was changed in an exported file into the notes that come, by what stands here: where a note is here as it was exported, what was
 * changed takes its place and it becomes an old version; where it was changed here, too, the later state is shown and the other kept. What
 * came already, by the same file, is as it is here.
 */
export function withEdits(
  present: Notebook | undefined,
  incoming: Notebook,
  { edits, byHand }: Pick<Collected, 'edits' | 'byHand'>,
): WithEdits {
  const here = new Map(
    [...(present?.deletedNotes.map(({ note }) => note) ?? []), ...(present?.notes ?? [])].map((note) => [note.id, note]),
  );
  const purged = new Set(present?.purgedNotes?.map(({ noteId }) => noteId));
  const conflicts = new Set<string>();
  const notes = incoming.notes.flatMap((note): Note[] => {
    const known = here.get(note.id);
    return withEdit(known ? withCreator(note, known.creator) : note, known);
  });
  return { notebook: { ...incoming, notes }, conflicts };

  function withEdit(note: Note, known: Note | undefined): Note[] {
    // Its id is made of its words: what became of it here is the reader's.
    if (byHand.has(note.id)) return known ? [known] : purged.has(note.id) ? [] : [note];
    const edit = edits.get(note.id);
    if (!edit) return [note];
    const words = wordsOf(note, edit);
    if (!known) return [changed(note, words, edit.at)];
    if (haveSameWords(known, words) || known.history.some((version) => haveSameWords(version, words))) return [known];
    if (haveSameWords(known, note)) return [changed(known, words, edit.at)];
    conflicts.add(note.id);
    return [changed(note, words, edit.at)];
  }
}

/** Whose a note is stays as it is known here: nobody gets a note by importing it. */
function withCreator({ creator: _told, ...note }: Note, creator: Creator | undefined): Note {
  return creator ? { ...note, creator } : note;
}

type Words = Pick<Note, 'colour' | 'body' | 'tags'>;

const wordsOf = ({ colour, body, tags }: Note, edit: EditedNote): Words => ({
  colour: edit.colour ?? colour,
  body: edit.body ?? body,
  tags: edit.tags ?? tags,
});

/** A note with other words, later than it was, with its own as an old version. */
function changed(note: Note, words: Words, at: string): Note {
  const { currentSince: _earlier, ...state } = note;
  const earliest = Date.parse(noteClock(note)) + 1;
  const modifiedAt = new Date(Math.max(earliest, Date.parse(at))).toISOString();
  const next = { ...state, ...words, modifiedAt };
  return { ...next, history: nextHistory(note, next, false) };
}
