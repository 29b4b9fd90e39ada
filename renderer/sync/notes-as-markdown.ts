import { exactOf, type Note, type NotebookChange, type WholeNote, wholeNotes } from '#model';

/** The notes of one document, to be copied by hand. */
export interface DocumentNotes {
  title: string;
  notes: readonly Note[];
}

/** The notes that `changes` would write, each as the last of them has it. */
export function notesIn(changes: readonly NotebookChange[]): Note[] {
  const notes = new Map<string, Note>();
  for (const change of changes) {
    if (change.type === 'put-note') notes.set(change.note.id, change.note);
    else if (change.type === 'delete-note') notes.delete(change.noteId);
  }
  return [...notes.values()];
}

/** Notes as Markdown, under the titles of their documents: passages as quotes, words as they were written. */
export const notesAsMarkdown = (documents: readonly DocumentNotes[]): string =>
  documents.map(({ title, notes }) => `${[`# ${title}`, ...wholeNotes(notes).map(noteAsMarkdown)].join('\n\n')}\n`).join('\n');

function noteAsMarkdown(note: WholeNote): string {
  const { body, tags } = note;
  const quote = exactOf(note)
    ?.split('\n')
    .map((line) => `> ${line}`);
  const marks = tags.length > 0 && tags.map((tag) => `#${tag}`).join(' ');
  return [quote?.join('\n'), body.trim(), marks].filter(Boolean).join('\n\n');
}
