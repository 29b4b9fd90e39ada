import type { FoundNote } from '#api';
import type { ReadingStatus } from '#model';
import { call } from '../client';
import { lastAnswer } from '../last-answer';
import { getState, setState, type TagManyTarget } from '../store';
import { applyBulkEdit } from './bulk';
import { documentQuery } from './document-list';
import { rememberUsed, uniqueTags } from './notes';
import { announce } from './notices';
import { showDialog } from './view';

/** How often it was said what is to be marked: an answer that comes after something else was said marks nothing. */
let sayings = 0;

/** Marks these documents of the list; none ends the marking. */
export function chooseDocuments(chosen: ReadonlySet<string>): void {
  sayings += 1;
  const before = getState().chosenDocuments;
  if (before.size === 0 && chosen.size === 0) return;
  setState({ chosenDocuments: chosen });
  announce(chosen.size === 0 ? 'No document is selected.' : `${chosen.size} ${chosen.size === 1 ? 'document' : 'documents'} selected.`);
}

export function toggleDocument(id: string): void {
  const chosen = new Set(getState().chosenDocuments);
  if (!chosen.delete(id)) chosen.add(id);
  chooseDocuments(chosen);
}

/** Marks the documents from one place of the list to another, wherever they are held. */
export async function chooseRange(from: number, to: number): Promise<void> {
  const [first, last] = from < to ? [from, to] : [to, from];
  const { list } = getState();
  const isHeld = list && first >= list.from && last < list.from + list.ids.length;
  if (isHeld) chooseDocuments(new Set(list.ids.slice(first - list.from, last + 1 - list.from)));
  else await chooseOnceKnown(first, last + 1);
}

/** Marks all documents of the list. */
export const chooseAll = (): Promise<void> => chooseOnceKnown(0);

/** Marks the documents from one place of the list to before another, which the host knows. */
async function chooseOnceKnown(from: number, to?: number): Promise<void> {
  const saying = ++sayings;
  const ids = await allIds();
  if (saying === sayings) chooseDocuments(new Set(ids.slice(from, to)));
}

const heldIds = lastAnswer<string[]>();

/** The ids of the whole list as it is now, asked for once: a range grows by a key at a time. */
function allIds(): Promise<string[]> {
  const query = documentQuery(getState());
  return heldIds(`${getState().libraryVersion} ${JSON.stringify(query)}`, () => call('library.document-ids', { query }));
}

/** Documents that a command is meant for: all that are marked, where this one is among them, else this one alone. */
export const meantBy = (id: string): string[] => {
  const { chosenDocuments } = getState();
  return chosenDocuments.has(id) ? [...chosenDocuments] : [id];
};

/** Marks documents as unread, being read or finished. What is gone from the list by it is not marked any more. */
export async function setStatusOf(documentIds: readonly string[], status: ReadingStatus): Promise<void> {
  const isDone = await applyBulkEdit({ type: 'set-status', documentIds: [...documentIds], status }, 'Set reading status');
  if (isDone && getState().filter.status !== 'all') chooseDocuments(new Set());
}

/** Takes documents whose files are gone out of the list, their notes into the trash, as one step. */
export async function removeRecords(documentIds: readonly string[]): Promise<void> {
  const isDone = await applyBulkEdit({ type: 'remove-records', documentIds: [...documentIds] }, 'Remove from the list');
  if (isDone) chooseDocuments(new Set());
}

/** Puts tags on documents or notes, and takes others off, as one step. */
export function tagMany(target: TagManyTarget, tags: { add: readonly string[]; remove: readonly string[] }): Promise<boolean> {
  const lists = { add: uniqueTags(tags.add), remove: uniqueTags(tags.remove) };
  rememberUsed(lists.add);
  return target.type === 'documents'
    ? applyBulkEdit({ type: 'tag-documents', documentIds: [...target.documentIds], ...lists }, 'Tag documents')
    : applyBulkEdit({ type: 'tag-notes', notes: byDocument(target.notes), ...lists }, 'Tag notes');
}

export const exportDocuments = (documentIds: readonly string[]): void =>
  showDialog({ type: 'export', scope: { type: 'documents', documentIds: [...documentIds] } });

/** Notes that a key or a menu at a row is meant for, with their documents: all that are marked, where this one is among them, else this one alone. */
export const notesMeantBy = (chosen: ReadonlyMap<string, string>, { note, documentId }: FoundNote): ReadonlyMap<string, string> =>
  chosen.has(note.id) ? chosen : new Map([[note.id, documentId]]);

/** Puts notes into the trash as one step. */
export const deleteNotes = (notes: ReadonlyMap<string, string>): Promise<boolean> =>
  applyBulkEdit({ type: 'delete-notes', notes: byDocument(notes) }, 'Delete notes');

export const exportNotes = (notes: ReadonlyMap<string, string>): void =>
  showDialog({ type: 'export', scope: { type: 'notes', notes: byDocument(notes) } });

/** Notes with their documents, as the host takes them. */
function byDocument(notes: ReadonlyMap<string, string>): { documentId: string; noteIds: string[] }[] {
  const groups = Map.groupBy(notes, ([, documentId]) => documentId);
  return [...groups].map(([documentId, own]) => ({ documentId, noteIds: own.map(([noteId]) => noteId) }));
}
