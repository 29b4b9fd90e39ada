import { creatorOf, type FileNote, type Notebook } from '#model';

/** The ids of all notes that a notebook has or had: what was deleted is not offered again. */
export const notesEverIn = ({ notes, deletedNotes, purgedNotes = [] }: Notebook): Set<string> =>
  new Set([...notes.map(({ id }) => id), ...deletedNotes.map(({ note }) => note.id), ...purgedNotes.map(({ noteId }) => noteId)]);

/** What stands in a document's file, by what its notebook knows of it: nothing, that it is in the trash, or that it was deleted for good. */
interface FileNotesByPlace {
  offered: readonly FileNote[];
  inTrash: readonly FileNote[];
  purged: readonly FileNote[];
}

export function fileNotesByPlace(fileNotes: readonly FileNote[] = [], notebook: Notebook): FileNotesByPlace {
  const known = notesEverIn(notebook);
  const present = new Set(notebook.notes.map(({ id }) => id));
  const deleted = new Set(notebook.deletedNotes.map(({ note }) => note.id));
  const gone = fileNotes.filter(({ id }) => known.has(id) && !present.has(id));
  return {
    offered: fileNotes.filter(({ id }) => !known.has(id)),
    inTrash: gone.filter(({ id }) => deleted.has(id)),
    purged: gone.filter(({ id }) => !deleted.has(id)),
  };
}

/** What is said of a file whose notes this library has on another document. */
export const describeCopy = ({ title }: { title: string }): string => `The notes in this copy are those of “${title}”.`;

/** Without those that are further passages of others among them. */
export function withoutParts(fileNotes: readonly FileNote[]): readonly FileNote[] {
  const ids = new Set(fileNotes.map(({ id }) => id));
  return fileNotes.filter(({ partOf }) => partOf === undefined || !ids.has(partOf));
}

/** How many persons a sentence names. */
const NAMED = 3;

/** What a file holds, as a sentence; `undefined` where that is nothing. */
export function describeFileNotes(found: readonly FileNote[]): string | undefined {
  const fileNotes = withoutParts(found);
  if (fileNotes.length === 0) return undefined;
  const bare = fileNotes.filter(({ body }) => body === '');
  const areas = bare.filter(({ area }) => area).length;
  const counts = [count(bare.length - areas, 'highlight'), count(areas, 'marked area'), count(fileNotes.length - bare.length, 'note')];
  const people = [...new Set(fileNotes.map((each) => creatorOf(each) ?? 'you'))];
  const others = people.length - NAMED;
  const named = others > 1 ? [...people.slice(0, NAMED), `${others} others`] : people;
  return `This file holds ${new Intl.ListFormat('en').format(counts.filter((each) => each !== undefined))} by ${new Intl.ListFormat('en').format(named)}.`;
}

const count = (number: number, noun: string): string | undefined =>
  number === 0 ? undefined : `${number} ${noun}${number === 1 ? '' : 's'}`;

/** The annotations of a document's file (by pdf.js's names) that are notes of it. */
export function takenInAnnotations(fileNotes: readonly FileNote[] | undefined, notebook: Notebook | undefined): Set<string> {
  if (!fileNotes || !notebook) return new Set();
  const ids = new Set(notebook.notes.map(({ id }) => id));
  return new Set(fileNotes.filter(({ id }) => ids.has(id)).flatMap(({ annotations }) => annotations));
}
