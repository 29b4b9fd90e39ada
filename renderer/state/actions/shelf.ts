import { type NotebookChange, rankAt, ranksForMove } from '#model';
import { call } from '../client';
import { loadNotebook } from '../notebook-sync';
import { type AppState, getState, selectNotebook } from '../store';
import { applyBulkEdit } from './bulk';
import { chooseDocuments } from './choosing';
import { documentAt, moveInList, placeOf } from './document-list';
import { openDocument } from './documents';
import { changeNotebook, makeChanges } from './notebooks';
import { announce, notify, reportError } from './notices';

/** Whether all of some documents are favourites, or in the reading list: of thousands that are selected, those whose rows are held. */
export function areAll({ documents }: Pick<AppState, 'documents'>, ids: readonly string[], field: 'favourite' | 'later'): boolean {
  const rows = ids.flatMap((id) => documents.get(id) ?? []);
  return rows.length > 0 && rows.every((row) => row[field] !== undefined);
}

/** Makes documents favourites, or, where all of them are, none any more. */
export async function toggleFavourites(documentIds: readonly string[]): Promise<void> {
  const isFavourite = !areAll(getState(), documentIds, 'favourite');
  await applyBulkEdit({ type: 'set-favourite', documentIds: [...documentIds], isFavourite }, 'Set favourites');
}

/** Puts documents at the end of the reading list, or, where all of them are in it, takes them off. */
export async function toggleLater(documentIds: readonly string[]): Promise<void> {
  const isLater = !areAll(getState(), documentIds, 'later');
  const isDone = await applyBulkEdit({ type: 'set-later', documentIds: [...documentIds], isLater }, 'Set reading list');
  if (isDone && !isLater && getState().filter.later) chooseDocuments(new Set());
}

/** Makes the open document a favourite, or none any more. */
export const toggleFavourite = (): void =>
  changeOpen(({ favourite }) => ({ type: 'set-favourite', ...(!favourite && { favourite: true }) }), {
    on: 'It is a favourite.',
    off: 'It is no favourite any more.',
  });

/** Puts the open document at the end of the reading list, or takes it off. */
export const toggleReadLater = (): void =>
  changeOpen(({ later }) => ({ type: 'set-later', ...(later === undefined && { later: rankAt(Date.now()) }) }), {
    on: 'It is on the reading list.',
    off: 'It is off the reading list.',
  });

type Held = NonNullable<ReturnType<typeof selectNotebook>>;

function changeOpen(changeOf: (notebook: Held) => NotebookChange, said: { on: string; off: string }): void {
  const notebook = selectNotebook(getState());
  if (!notebook) return;
  const change = changeOf(notebook);
  const label = change.type === 'set-favourite' ? 'Set favourite' : 'Set reading list';
  if (changeNotebook(notebook.id, change, { label })) notify('info', 'favourite' in change || 'later' in change ? said.on : said.off);
}

/** Puts documents into a collection, or takes them out, as one step. */
export const collect = (documentIds: readonly string[], { id, name }: { id: string; name: string }, isIn: boolean): Promise<boolean> =>
  applyBulkEdit(
    { type: 'set-collection', documentIds: [...documentIds], collectionId: id, name, isIn },
    isIn ? 'Put into a collection' : 'Take out of a collection',
  );

/** Moves that were asked for; each begins with what the one before it left. */
let turn: Promise<void> = Promise.resolve();

/** Moves a document of the reading list to where the one that is at `place`, from 0, stands after it; a place behind the end is its end. */
export function moveInReadingList(documentId: string, place: (from: number) => number): void {
  turn = turn.then(() => move(documentId, place)).catch(reportError);
}

/** Moves documents of the reading list, one behind the other, to before the one that is at `place` now, from 0. */
export function moveToPlace(documentIds: readonly string[], place: number): void {
  for (const [index, id] of documentIds.entries()) {
    const before = documentIds[index - 1];
    moveInReadingList(id, (from) => {
      const to = before === undefined ? place : (placeOf(getState(), before) ?? from) + 1;
      return from < to ? to - 1 : to;
    });
  }
}

async function move(documentId: string, placeFor: (from: number) => number): Promise<void> {
  const { filter, list } = getState();
  const from = placeOf(getState(), documentId);
  if (!filter.later || !list || from === undefined) return;
  const to = Math.max(0, Math.min(list.total - 1, placeFor(from)));
  if (to === from) return;
  const [before, after] = to < from ? [to - 1, to] : [to, to + 1];
  const low = (await rankedAt(before))?.rank;
  const behind = await rankedFrom(after, low, documentId);
  const ranks = ranksForMove(
    low,
    behind.map(({ rank }) => rank),
    Date.now(),
  );
  const ids = [documentId, ...behind.map(({ id }) => id)].slice(0, ranks.length);
  for (const id of ids) if (!(await loadNotebook(id))) return;
  const changes = ids.map((id, index) => ({ documentId: id, change: { type: 'set-later' as const, later: ranks[index] } }));
  if (!makeChanges(changes, { label: 'Move in the reading list', isOfLibrary: true })) return;
  moveInList(from, to);
  announce(`${getState().documents.get(documentId)?.title}: ${to + 1} of ${list.total} in the reading list.`);
}

interface Ranked {
  id: string;
  rank: string;
}

/** The document that stands at a place of the list now; none behind its ends. */
async function rankedAt(place: number): Promise<Ranked | undefined> {
  const id = place < (getState().list?.total ?? 0) ? await documentAt(place) : undefined;
  const rank = id === undefined ? undefined : getState().documents.get(id)?.later;
  return id === undefined || rank === undefined ? undefined : { id, rank };
}

/** The documents from a place of the list on but for one that is moved, up to the first that has another rank than `rank`. */
async function rankedFrom(place: number, rank: string | undefined, movedId: string): Promise<Ranked[]> {
  const found: Ranked[] = [];
  for (let at = place; ; at++) {
    const each = await rankedAt(at);
    if (!each) return found;
    if (each.id !== movedId) found.push(each);
    if (each.rank !== rank) return found;
  }
}

/** The document that follows one in the reading list; where that is not in it, or there is none, the first. */
export async function nextToRead(documentId: string | undefined): Promise<{ id: string; title: string } | undefined> {
  const query = { later: true, sort: 'later', ascending: true } as const;
  const first = await call('library.documents', { query, from: 0, count: 1, locate: documentId === undefined ? [] : [documentId] });
  const place = documentId === undefined ? undefined : first.places[documentId];
  if (place === undefined) return first.rows[0];
  const next = await call('library.documents', { query, from: place + 1, count: 1, locate: [] });
  return next.from === place + 1 ? next.rows[0] : undefined;
}

/** Opens what follows the open document in the reading list. */
export async function openNextToRead(): Promise<void> {
  const { open } = getState();
  const next = await nextToRead(open?.documentId);
  if (next) await openDocument(next.id);
  else notify('info', getState().counts.later === 0 ? 'The reading list is empty.' : 'This is the last one in the reading list.');
}
