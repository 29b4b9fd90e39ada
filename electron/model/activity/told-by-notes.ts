import type { Note, Notebook, NoteVersion } from '../notebook';
import { wholeDeleted } from '../passages';
import { earlierVersions, isMoved, versionOf } from '../versions';
import type { Activity } from './activity';

/** ms between two states of a note that belong to one sitting. */
const SITTING = 3_600_000;
/** ms after which words that a bare highlight got are not a part of making it. */
const MAKING = 300_000;

/** What was done to the notes of a notebook, as far as they tell it: made, written, moved, deleted. */
export function toldByNotes({ id: documentId, notes, deletedNotes }: Notebook): Activity[] {
  const told = [...notes, ...deletedNotes.map(({ note }) => note)].flatMap((note) => toldByNote(documentId, note));
  for (const { note, deletedAt } of wholeDeleted(deletedNotes))
    told.push({ type: 'note-deleted', at: deletedAt, documentId, noteId: note.id });
  return told;
}

function toldByNote(documentId: string, note: Note): Activity[] {
  const { id: noteId, createdAt, modifiedAt, takenAt = createdAt } = note;
  const told: Activity[] = [{ type: 'note-made', at: takenAt, documentId, noteId }];
  const versions = earlierVersions(note);
  const states: NoteVersion[] = [...versions, versionOf(note)];
  for (const [index, state] of states.entries()) {
    const before = states[index - 1];
    if (!before) continue;
    const last = told.at(-1);
    const { at } = state;
    if (isMoved(before, state)) told.push({ type: 'note-moved', at, documentId, noteId, version: before.at });
    // The journal tells of tags.
    else if (before.body === state.body && before.colour === state.colour) continue;
    // One sitting is one entry: it is taken back to how the note stood before.
    else if (last?.type === 'note-written' && Date.parse(at) - Date.parse(last.at) <= SITTING) told[told.length - 1] = { ...last, at };
    else told.push({ type: 'note-written', at, documentId, noteId, version: before.at });
  }
  if (versions.length === 0 && Date.parse(modifiedAt) - Date.parse(takenAt) > MAKING)
    told.push({ type: 'note-written', at: modifiedAt, documentId, noteId });
  return told;
}
