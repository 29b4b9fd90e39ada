import { creatorOf, type FileNote, type Notebook } from '#model';

/** The ids of all notes that a notebook has or had: what was deleted is not offered again. */
export const notesEverIn = ({ notes, deletedNotes, purgedNotes = [] }: Notebook): Set<string> =>
  new Set([...notes.map(({ id }) => id), ...deletedNotes.map(({ note }) => note.id), ...purgedNotes.map(({ noteId }) => noteId)]);

/** What stands in a document's file and is not in its notebook. */
export function offeredFileNotes(fileNotes: readonly FileNote[] | undefined, notebook: Notebook | undefined): readonly FileNote[] {
  if (!fileNotes || !notebook) return [];
  const known = notesEverIn(notebook);
  return fileNotes.filter(({ id }) => !known.has(id));
}

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
  const bare = fileNotes.filter(({ body }) => body === '').length;
  const counts = [count(bare, 'highlight'), count(fileNotes.length - bare, 'note')].filter((each) => each !== undefined);
  const people = [...new Set(fileNotes.map((each) => creatorOf(each) ?? 'you'))];
  const others = people.length - NAMED;
  const named = others > 1 ? [...people.slice(0, NAMED), `${others} others`] : people;
  return `This file holds ${new Intl.ListFormat('en').format(counts)} by ${new Intl.ListFormat('en').format(named)}.`;
}

const count = (number: number, noun: string): string | undefined =>
  number === 0 ? undefined : `${number} ${noun}${number === 1 ? '' : 's'}`;
