import type { DocumentPage, DocumentQuery, DocumentSummary } from '#api';
import { call } from '../client';
import { createPager } from '../pager';
import { filterCollection, filterTag } from '../selectors';
import { type AppState, getState, setState, store } from '../store';
import { reportError } from './notices';
import { shownRow } from './shown-notebooks';

/** Documents that are looked after beside those in the list: those whose notebooks were opened last. */
const HELD = 500;

/** What the list shows, as the host is asked for it. */
export const documentQuery = (state: Pick<AppState, 'filter' | 'settings' | 'counts' | 'open' | 'tags'>): DocumentQuery => {
  const { filter, open } = state;
  return {
    status: filter.status === 'all' ? undefined : filter.status,
    tag: filterTag(state),
    untagged: filter.untagged,
    favourite: filter.favourite,
    later: filter.later,
    collectionId: filterCollection(state)?.id,
    folderId: filter.folderId,
    path: filter.path,
    format: filter.format,
    author: filter.author,
    series: filter.series,
    text: filter.text.trim() === '' ? undefined : filter.text,
    keptId: filter.status === 'all' && !filter.favourite ? undefined : open?.documentId,
    ...orderOf(state),
  };
};

/** How the list is ordered: the reading list as the reader has it, a series by its numbers. */
export function orderOf({ filter, settings }: Pick<AppState, 'filter' | 'settings'>): Pick<DocumentQuery, 'sort' | 'ascending'> {
  if (filter.later) return { sort: 'later', ascending: true };
  if (filter.series !== undefined) return { sort: 'volume', ascending: true };
  return { sort: settings.sort, ascending: settings.sortAscending };
}

/** Documents whose rows are needed wherever they stand. */
function neededIds({ open, activeDocumentId, notebooks, settings }: AppState): string[] {
  const one = [open ? open.documentId : settings.lastDocumentId, activeDocumentId].filter((id) => id !== undefined);
  return [...new Set([...one, ...[...notebooks.keys()].slice(-HELD)])];
}

/** What the last question asked for beside the page. */
let asked: ReadonlySet<string> = new Set();

const pager = createPager<DocumentQuery, DocumentPage>({
  ask: (query, from, count) => {
    const locate = neededIds(getState());
    asked = new Set(locate);
    return call('library.documents', { query, from, count, locate });
  },
  onPage: showPage,
  onError: reportError,
});

function showPage({ total, from, rows, places, located }: DocumentPage): void {
  const before = getState().documents;
  const documents = new Map([...located, ...rows].map((row) => [row.id, asBefore(before.get(row.id), shownRow(row))]));
  // One that was opened while the answer was on its way was not asked for.
  const unasked = neededIds(getState()).filter((id) => before.has(id) && !asked.has(id));
  for (const id of unasked) if (!documents.has(id)) documents.set(id, before.get(id) as DocumentSummary);
  const ids = rows.map(({ id }) => id);
  setState({ documents, list: { total, from, ids, places: new Map(Object.entries(places)) } });
  if (unasked.length > 0) pager.touch();
}

/** The row that is on the screen already when nothing of it changed: it need not be drawn again. */
const asBefore = (before: DocumentSummary | undefined, row: DocumentSummary): DocumentSummary =>
  before && JSON.stringify(before) === JSON.stringify(row) ? before : row;

/** Keeps the list that is shown up with what narrows and orders it. */
export function followDocumentList(): void {
  const keyOf = (state: AppState) => JSON.stringify(documentQuery(state));
  pager.show(documentQuery(getState()));
  store.subscribe((state, before) => {
    const isSame =
      state.filter === before.filter &&
      state.tags === before.tags &&
      state.settings === before.settings &&
      state.open?.documentId === before.open?.documentId;
    if (isSame) return;
    if (keyOf(state) !== keyOf(before)) pager.show(documentQuery(state));
    else if (state.open && state.open.documentId !== before.open?.documentId && placeOf(state, state.open.documentId) === undefined) {
      pager.touch();
    }
  });
}

/** The list may have changed at the host. */
export const touchDocumentList = (): void => pager.touch();

/** These rows of the list are on the screen, from 0. */
export const wantDocuments = (first: number, last: number): void => pager.want(first, last);

/** The document that the keys of the list work on. */
export function setActiveDocument(documentId: string): void {
  if (getState().activeDocumentId !== documentId) setState({ activeDocumentId: documentId });
}

/** The list is that of the query that is asked for now. */
export const documentListSettled = (): Promise<void> => pager.settled();

/** Where in the list a document is, from 0; `undefined` where it is not, or that is not known. */
export function placeOf({ list }: Pick<AppState, 'list'>, documentId: string): number | undefined {
  const held = list?.ids.indexOf(documentId) ?? -1;
  return list && held >= 0 ? list.from + held : list?.places.get(documentId);
}

/** The same, asked for where it is not known. */
export async function findPlace(documentId: string): Promise<number | undefined> {
  const known = placeOf(getState(), documentId);
  if (known !== undefined) return known;
  const { places } = await call('library.documents', { query: documentQuery(getState()), from: 0, count: 1, locate: [documentId] });
  return places[documentId];
}

/** Shows the document at one place of the list at another one, both from 0, until the host tells of that: as far as both are held. */
export function moveInList(from: number, to: number): void {
  const { list } = getState();
  const held = (place: number) => list !== undefined && place >= list.from && place < list.from + list.ids.length;
  if (!list || !held(from) || !held(to)) return;
  const ids = [...list.ids];
  ids.splice(to - list.from, 0, ...ids.splice(from - list.from, 1));
  setState({ list: { ...list, ids } });
}

/** The row at a place of the list, from 0, when it is held. */
export function rowAtPlace({ list, documents }: Pick<AppState, 'list' | 'documents'>, place: number): DocumentSummary | undefined {
  if (!list) return undefined;
  const id = list.ids[place - list.from] ?? [...list.places].find(([, at]) => at === place)?.[0];
  return id === undefined ? undefined : documents.get(id);
}

/** The id of the document at a place of the list, asked for where it is not held; `undefined` behind its ends. */
export async function documentAt(place: number): Promise<string | undefined> {
  if (place < 0) return undefined;
  const held = rowAtPlace(getState(), place);
  if (held) return held.id;
  const page = await call('library.documents', { query: documentQuery(getState()), from: place, count: 1, locate: [] });
  return page.from === place ? page.rows[0]?.id : undefined;
}
