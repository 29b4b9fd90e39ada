import type { BulkEdit } from '#api';
import {
  type Notebook,
  type NotebookChange,
  type NotebookEdit,
  normalizeTagName,
  noteIdOf,
  type TagMove,
  tagKey,
  wholeNotes,
} from '#model';
import { count } from './storage/records';

/** How much a change of many changed. */
export interface EditCount {
  documents: number;
  notes: number;
  /** Documents that were left out, since their notebooks may not be changed. */
  locked: number;
  /** Chosen notes of other persons, which keep their tags. */
  others: number;
  /** Documents that are not there any more. */
  gone: number;
  /** Documents whose records were to be removed, but whose files are there. */
  present: number;
}

export const noCount = (): EditCount => ({ documents: 0, notes: 0, locked: 0, others: 0, gone: 0, present: 0 });

export const addCounts = (one: EditCount, other: EditCount): EditCount => ({
  documents: one.documents + other.documents,
  notes: one.notes + other.notes,
  locked: one.locked + other.locked,
  others: one.others + other.others,
  gone: one.gone + other.gone,
  present: one.present + other.present,
});

/** What changes of a notebook change. Notes in the trash are not counted. */
export function countEdit({ notes, deletedNotes }: Notebook, changes: readonly NotebookChange[]): EditCount {
  const counts = noCount();
  const ids = new Set(changes.flatMap((change) => noteIdOf(change) ?? []));
  // The further passages of a note go and come with it.
  counts.notes = wholeNotes([...notes, ...deletedNotes.map(({ note }) => note)].filter(({ id }) => ids.has(id))).length;
  for (const change of changes) {
    if (change.type.startsWith('set-')) counts.documents = 1;
    else if (change.type === 'retag-notes') {
      const retagged = new Set(change.notes.map(({ noteId }) => noteId));
      counts.notes += notes.filter(({ id }) => retagged.has(id)).length;
    }
  }
  return counts;
}

/** Chosen notes that keep their tags, since another person made them. */
export const countOthers = ({ notes }: Notebook, edit: NotebookEdit): number =>
  edit.type === 'tag-notes' ? notes.filter(({ id, creator }) => creator && edit.noteIds.has(id)).length : 0;

/** What was done, as a sentence that can be told of an act, too, that was taken back. `known`: the tags that there were before. */
export function describeEdit(edit: BulkEdit, counts: EditCount, known: readonly string[]): string {
  const { others, gone, present } = counts;
  const left = [
    ...describeLocked(counts),
    ...(others > 0 ? [`${count(others, 'note')} by others ${others === 1 ? 'keeps its' : 'keep their'} tags.`] : []),
    ...(present > 0 ? [`${count(present, 'document')} ${present === 1 ? 'has its file, and stays' : 'have their files, and stay'}.`] : []),
    ...(gone > 0 ? [`${count(gone, 'document')} ${gone === 1 ? 'is' : 'are'} not there any more.`] : []),
  ];
  const already = ALREADY[edit.type] ?? 'They are so already, so nothing was changed.';
  const nothing = left.length === 0 ? already : 'Nothing was changed.';
  return [sentenceOf(edit, counts, known) ?? nothing, ...left].join(' ');
}

/** What is said where all is so already. */
const ALREADY: Partial<Record<BulkEdit['type'], string>> = {
  'delete-notes': 'All of them are in the trash already.',
  'remove-records': 'They are not listed any more, so nothing was changed.',
};

/** That documents were left out, where some were. */
export const describeLocked = ({ locked }: Pick<EditCount, 'locked'>): string[] =>
  locked === 0 ? [] : [`${count(locked, 'document')} cannot be changed now and stayed as ${locked === 1 ? 'it was' : 'they were'}.`];

/** `undefined` where nothing was changed. */
function sentenceOf(edit: BulkEdit, { documents, notes }: EditCount, known: readonly string[]): string | undefined {
  switch (edit.type) {
    case 'move-tags': {
      const [first] = edit.moves;
      if (edit.moves.length === 1 && first) return `${describeMove(first, known)}${carriers(documents, notes)}.`;
      return `Changed ${count(edit.moves.length, 'tag')}${carriers(documents, notes)}.`;
    }
    case 'delete-unused-tags': {
      const [first = ''] = edit.names;
      return edit.names.length === 1 ? `Deleted the unused tag ${quoted(first)}.` : `Deleted ${count(edit.names.length, 'unused tag')}.`;
    }
    case 'set-status':
      return documents === 0
        ? undefined
        : `Marked ${count(documents, 'document')} as ${edit.status === 'reading' ? 'being read' : edit.status}.`;
    case 'set-favourite':
      return documents === 0 ? undefined : describeShelf(documents, edit.isFavourite, 'the favourites');
    case 'set-later':
      return documents === 0 ? undefined : describeShelf(documents, edit.isLater, 'the reading list');
    case 'set-collection':
      return documents === 0 ? undefined : describeShelf(documents, edit.isIn, `the collection ${quoted(edit.name)}`);
    case 'delete-notes':
      return notes === 0 ? undefined : `Moved ${count(notes, 'note')} to the trash.`;
    case 'remove-records': {
      if (documents === 0) return undefined;
      const toTrash = notes > 0 ? `, and moved ${count(notes, 'note')} to the trash` : '';
      return `Removed the ${documents === 1 ? 'record' : 'records'} of ${count(documents, 'document')}${toTrash}.`;
    }
    case 'tag-documents':
      return describeTags(edit, documents === 0 ? undefined : count(documents, 'document'));
    case 'tag-notes':
      return describeTags(edit, notes === 0 ? undefined : count(notes, 'note'));
  }
}

const describeShelf = (documents: number, isIn: boolean, where: string): string =>
  isIn ? `Put ${count(documents, 'document')} into ${where}.` : `Took ${count(documents, 'document')} out of ${where}.`;

/** Where something was changed; nothing where it was kept alone. */
function carriers(documents: number, notes: number): string {
  const changed = [...(documents > 0 ? [count(documents, 'document')] : []), ...(notes > 0 ? [count(notes, 'note')] : [])];
  return changed.length === 0 ? '' : ` in ${changed.join(' and ')}`;
}

function describeMove({ from, to }: TagMove, known: readonly string[]): string {
  const old = quoted(normalizeTagName(from));
  if (to === undefined) return `Deleted the tag ${old}`;
  const name = normalizeTagName(to);
  if (tagKey(name) !== tagKey(from) && known.some((each) => tagKey(each) === tagKey(name)))
    return `Merged the tag ${old} into ${quoted(name)}`;
  return `${last(from) === last(name) ? 'Moved' : 'Renamed'} the tag ${old} to ${quoted(name)}`;
}

const last = (name: string): string | undefined => normalizeTagName(name).split('/').at(-1);

function describeTags(
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
  what: string | undefined,
): string | undefined {
  if (what === undefined) return undefined;
  const on = add.length > 0 ? [`Tagged ${what} with ${add.map(quoted).join(', ')}.`] : [];
  const off = remove.length > 0 ? [`Took ${remove.map(quoted).join(', ')} off ${what}.`] : [];
  return [...on, ...off].join(' ');
}

const quoted = (name: string): string => `“${name}”`;
