import { v5 as uuidFromName } from 'uuid';
import { type Creator, haveSameWords, type Note, type Notebook, nextHistory, noteClock } from '#model';
import type { Collected, EditedNote } from './collect';
import { withDocumentEdit } from './document-edits';

/** Names made of a person and a note of mine are ids in this namespace. */
const OF_ANOTHER = '5f0c7a86-3d57-4c5e-9d44-7a1f6e0b2c19';

/** A notebook that comes, with the edits that a person made in the file, and the ids of the notes that were changed there and here. */
interface WithEdits {
  notebook: Notebook;
  conflicts: ReadonlySet<string>;
  /** What becomes of the document's title, date and tags that were changed in the file, as whole sentences. */
  said: string[];
}

/**
 * Puts what was changed in an exported file into the notes that come, by what stands here: where a note is here as it was exported, what was
 * changed takes its place and it becomes an old version; where it was changed here, too, the later state is shown and the other kept. What
 * came already, by the same file, is as it is here. `exportedId`: the document's id in the file.
 */
export function withEdits(
  present: Notebook | undefined,
  incoming: Notebook,
  { edits, documentEdits, byHand }: Pick<Collected, 'edits' | 'documentEdits' | 'byHand'>,
  exportedId: string,
): WithEdits {
  const here = new Map(
    [...(present?.deletedNotes.map(({ note }) => note) ?? []), ...(present?.notes ?? [])].map((note) => [note.id, note]),
  );
  const purged = new Set(present?.purgedNotes?.map(({ noteId }) => noteId));
  const conflicts = new Set<string>();
  const notes = incoming.notes.flatMap((note): Note[] => {
    const known = here.get(note.id);
    if (note.creator && known && !known.creator) return [besideMine(note, note.creator, known)];
    return withEdit(known ? withCreator(note, known.creator) : note, known);
  });
  const documentEdit = documentEdits.get(exportedId);
  const withNotes = { ...incoming, notes };
  return { ...(documentEdit ? withDocumentEdit(present, withNotes, documentEdit) : { notebook: withNotes, said: [] }), conflicts };

  /** What another person made of a note of mine: theirs, beside mine, which stays as it is. Without other words it is mine. */
  function besideMine(note: Note, creator: Creator, mine: Note): Note {
    const edit = edits.get(note.id);
    const words = edit ? wordsOf(note, edit) : note;
    if (haveSameWords(mine, words) || mine.history.some((version) => haveSameWords(version, words))) return mine;
    const id = uuidFromName(JSON.stringify([creator.name, note.id]), OF_ANOTHER);
    const { colour, body, tags } = words;
    return { ...note, id, colour, body, tags, modifiedAt: edit?.at ?? note.modifiedAt };
  }

  function withEdit(note: Note, known: Note | undefined): Note[] {
    // Its id is made of its words: what became of it here is the reader's.
    if (byHand.has(note.id)) return known ? [known] : purged.has(note.id) ? [] : [note];
    const edit = edits.get(note.id);
    if (!edit) return [known && isRewritten(note, known) ? rewritten(known, note) : note];
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

/**
 * Whether the record of a note has other words than the note itself had at that time: who replaces a word in all of a file replaces it there, too,
 * and nothing of the file tells the one from the other any more.
 */
const isRewritten = (note: Note, known: Note): boolean =>
  note.modifiedAt === known.modifiedAt && note.body !== known.body && !known.history.some(({ body }) => body === note.body);

const rewritten = (known: Note, { body, modifiedAt }: Note): Note =>
  changed(known, { colour: known.colour, tags: known.tags, body }, modifiedAt);

/** A note with other words, later than it was, with its own as an old version. */
function changed(note: Note, words: Words, at: string): Note {
  const { currentSince: _earlier, ...state } = note;
  const earliest = Date.parse(noteClock(note)) + 1;
  const modifiedAt = new Date(Math.max(earliest, Date.parse(at))).toISOString();
  const next = { ...state, ...words, modifiedAt };
  return { ...next, history: nextHistory(note, next, false) };
}
