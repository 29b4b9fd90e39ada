import { renameTags } from '#model';
import { call } from '../client';
import { readerHandle } from '../reader-handle';
import { goalOf, holdsKept, openedRow, rowsOf, samePlaces } from '../results';
import { movedTags } from '../selectors';
import { getState, type ResultsState, setState } from '../store';
import { openDocument } from './documents';
import { focusPane, focusView } from './focus';
import { rememberJump } from './jumps';
import { announce, reportError } from './notices';
import { isPaneOpen, leaveLibraryDrawer } from './panes';

/** Documents that are asked for at once, and hits of each: more would be drawn in one stall of the window. */
const DOCUMENTS = 8;
const HITS = 20;
/** Documents that the host gives at once. */
const MOST_DOCUMENTS = 200;

type Found = NonNullable<ResultsState['found']>;

let openings = 0;

/** Shows all that is found for a query on a page of its own, which gets the keyboard; "Back" returns from it. */
export function openResults(query: string): void {
  rememberJump();
  leaveLibraryDrawer();
  openings += 1;
  setState({ results: { opening: openings, query, order: 'best', scope: 'all', isPending: true, active: 0, isBehind: false } });
  void ask().catch(fail);
}

/** Looks for another query, in another order, or elsewhere. */
export function changeResults(part: Partial<Pick<ResultsState, 'query' | 'order' | 'scope'>>): void {
  const { results } = getState();
  if (!results) return;
  setState({ results: { ...results, ...part, isPending: true, active: 0, opened: undefined, isBehind: false } });
  void ask().catch(fail);
}

/** Asks once more: the library is another by now, or it failed. What the keys work on stays. */
export function repeatResults(): void {
  const { results } = getState();
  if (!results || results.isPending) return;
  setState({ results: { ...results, isPending: true } });
  void ask({ isRepeat: true }).catch(fail);
}

/** Closes the page; the library gets the keyboard, or without it what is read. */
export function closeResults(): void {
  setState({ results: undefined });
  if (isPaneOpen('library')) focusPane('library');
  else focusView();
}

/** Where tags went when this window was told of them last, and the query of the results before the tags that it names were moved. */
let toldMoves = (name: string): string => name;
let before: { opening: number; query: string; moved: string } | undefined;

/** Has the results go along with the tags that their query names, and back with them. */
export function followTags(): void {
  const { results, tags } = getState();
  const earlier = toldMoves;
  toldMoves = movedTags(getState());
  if (!results || earlier === toldMoves) return;
  const { query, opening } = results;
  const names = [...tags.values()].map(({ name }) => name);
  const isBack = before?.opening === opening && before.moved === query && renameTags(before.query, toldMoves, names) === before.query;
  // What is written as a tag was called long ago stays as it is written.
  const moved = isBack && before ? before.query : renameTags(query, earlier, names) === query ? renameTags(query, toldMoves, names) : query;
  if (moved === query) return;
  before = isBack ? undefined : { opening, query, moved };
  setState({ results: { ...results, query: moved, isPending: true } });
  void ask({ isRepeat: true }).catch(fail);
}

const isSameQuestion = (a: ResultsState, b: ResultsState | undefined): boolean =>
  a.query === b?.query && a.order === b.order && a.scope === b.scope;

/** Asks for the first documents; once more, for all that are held, and what is active and open stays what it was. */
async function ask({ isRepeat } = { isRepeat: false }): Promise<void> {
  const { results } = getState();
  if (!results) return;
  const { query, order, scope } = results;
  let found: ResultsState['found'];
  let from = 0;
  for (;;) {
    const held = isRepeat ? getState().results : undefined;
    const wanted = Math.max(DOCUMENTS, held?.found?.groups.length ?? 0);
    // What is new above may have moved what is open behind those that were held.
    const moved = held && found && from >= wanted && !holdsKept(held, found.groups) ? DOCUMENTS : 0;
    const limit = Math.min(wanted + moved - from, MOST_DOCUMENTS);
    if (limit <= 0) break;
    const withTags = from === 0;
    const answer = await call('search.run', { query, limit, from, order, scope, hits: HITS, isPaged: true, withTags, purpose: 'page' });
    const now = getState().results;
    if (!now || !isSameQuestion(results, now)) return;
    if (!answer.ok) {
      // By one that was sent before and arrived after.
      if (answer.failure.code === 'cancelled') await ask({ isRepeat });
      else setState({ results: { ...now, isPending: false, failure: answer.failure.message } });
      return;
    }
    found = found ? withMore(found, answer.value) : answer.value;
    from += limit;
    if (found.groups.length >= found.documentCount && !found.hasMore) break;
  }
  const now = getState().results;
  if (!now || !found) return;
  const places = isRepeat ? samePlaces(now, rowsOf(found.groups)) : {};
  setState({ results: { ...now, ...places, found, isPending: false, failure: undefined } });
}

/** What is held with what comes behind it. */
function withMore(found: Found, { groups, documentCount, hasMore }: Found): Found {
  const known = new Set(found.groups.map(({ documentId }) => documentId));
  const more = groups.filter(({ documentId }) => !known.has(documentId));
  // Where nothing comes any more, there is nothing, whatever was counted.
  const isEnd = groups.length === 0;
  const count = isEnd ? found.groups.length : documentCount;
  return { ...found, groups: [...found.groups, ...more], documentCount: count, hasMore: isEnd ? false : hasMore };
}

function fail(error: unknown): void {
  reportError(error);
  const { results } = getState();
  if (results) setState({ results: { ...results, isPending: false, failure: 'The search failed.' } });
}

let isLoading = false;

/** Asks for the documents behind those that are held; false when there are none. */
export async function loadMoreResults(): Promise<boolean> {
  const { results } = getState();
  const found = results?.found;
  if (!results || !found || isLoading || results.isPending) return false;
  if (found.groups.length >= found.documentCount && !found.hasMore) return false;
  isLoading = true;
  try {
    const { query, order, scope } = results;
    const from = found.groups.length;
    const answer = await call('search.run', { query, limit: DOCUMENTS, from, order, scope, hits: HITS, isPaged: true, purpose: 'page' });
    const now = getState().results;
    if (!answer.ok || !now?.found || now.found !== found || !isSameQuestion(results, now)) return false;
    const all = withMore(found, answer.value);
    setState({ results: { ...now, found: all } });
    return all.groups.length > found.groups.length;
  } finally {
    isLoading = false;
  }
}

export function setActiveResult(active: number): void {
  const { results } = getState();
  if (results && results.active !== active) setState({ results: { ...results, active } });
}

/** Shows the list of results again where a passage lies over it. */
export function showResultsList(): void {
  const { results } = getState();
  if (results) setState({ results: { ...results, isBehind: false } });
}

/** Opens the passage of a row beside the list; the text gets the keyboard when `focus` says so. */
export function openResult(place: number, { focus }: { focus: boolean }): void {
  const { results } = getState();
  const row = rowsOf(results?.found?.groups ?? [])[place];
  if (!results || !row) return;
  // "Back" returns to the list as it is now, not to each passage that was gone through from there.
  if (!results.isBehind) rememberJump();
  setState({ results: { ...results, active: place, opened: place, isBehind: true } });
  void openDocument(row.group.documentId, { goal: row.hit && goalOf(row.hit), remember: false }).catch(reportError);
  if (focus) focusPane('main');
}

/** Whether nothing is selected or in focus in the text, but what was gone to from the results. */
export function isAtHit(): boolean {
  const { results, open, focusedNoteId } = getState();
  const hit = results && open && openedRow(results, open.documentId)?.hit;
  const selection = readerHandle()?.selection();
  const isSelected = selection !== undefined && (selection.start !== hit?.place?.start || selection.end !== hit.place.end);
  return !isSelected && (focusedNoteId === undefined || focusedNoteId === hit?.noteId);
}

/** Lets go of what was gone to. */
export function leaveHit(): void {
  readerHandle()?.clearSelection();
  setState({ focusedNoteId: undefined });
}

/** Goes to the next (1) or previous (-1) passage of the results, and opens it; at the end of what is held, more is asked for. */
export async function stepResult(direction: 1 | -1): Promise<void> {
  const { results } = getState();
  if (!results?.found) return;
  const next = results.opened === undefined ? results.active : results.opened + direction;
  const count = () => rowsOf(getState().results?.found?.groups ?? []).length;
  if (next >= count()) await loadMoreResults();
  if (next < 0 || next >= count()) announce(next < 0 ? 'This is the first passage.' : 'This is the last passage.');
  else openResult(next, { focus: document.activeElement?.closest('[data-pane="results"]') === null });
}
