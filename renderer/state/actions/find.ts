import { readerHandle } from '../reader-handle';
import { type FindState, getState, setState } from '../store';
import { markOrigin } from './jumps';

/** UTF-16 code units of a selected passage that is looked for when the find bar opens. */
const LONGEST_QUERY = 100;

/** Opens the find bar, with the selected words if there are any. */
export function openFind(): void {
  const { find, selection } = getState();
  const isShort = selection !== undefined && selection.end - selection.start <= LONGEST_QUERY;
  const words = isShort ? readerHandle()?.quote(selection) : undefined;
  setFindQuery(words !== undefined && !words.includes('\n') ? words : (find?.query ?? ''));
}

/** Draws all hits of `query` and goes to the first one from the top of the view on; as soon as there is a text, when there is none yet. */
export function setFindQuery(query: string): void {
  const handle = readerHandle();
  if (!handle || getState().open?.phase === 'loading') {
    setState({ find: { query, count: 0, current: -1, isWaiting: true } });
    return;
  }
  const found = handle.find(query);
  const current = found.count === 0 ? -1 : handle.hitNearTop();
  setState({ find: { query, ...found, current } });
  if (current < 0) return;
  markOrigin();
  handle.showHit(current);
}

/** Finds again in a document that was opened anew, `isPlaced` when it stands where the reader is. Goes to no hit but the first one of a find that waited for it. */
export function findAgain({ isPlaced }: { isPlaced: boolean }): void {
  const { find } = getState();
  const handle = readerHandle();
  if (!find || !handle) return;
  if (!isPlaced) {
    setState({ find: { ...find, ...handle.find(find.query), current: -1 } });
    return;
  }
  if (find.isWaiting) {
    setFindQuery(find.query);
    return;
  }
  if (find.current >= 0 || find.count === 0) return;
  const current = handle.hitNearTop();
  handle.showHit(current, { scroll: false });
  setState({ find: { ...find, current } });
}

/** More of the text was drawn and with it more was found; the reader stays where they are. */
export function updateFind(part: Pick<FindState, 'count' | 'current' | 'hasMore'>): void {
  const { find } = getState();
  if (find) setState({ find: { ...find, ...part } });
}

/** Goes to the next (1) or previous (-1) hit, around the ends. */
export function stepFind(direction: 1 | -1): void {
  const { find } = getState();
  if (!find) {
    openFind();
    return;
  }
  const handle = readerHandle();
  if (find.count === 0 || !handle) return;
  goToHit(find.current < 0 ? handle.hitNearTop() : (find.current + direction + find.count) % find.count);
}

/** Goes to one of the hits, from 0. */
export function goToHit(current: number): void {
  const { find } = getState();
  if (!find) return;
  setState({ find: { ...find, current, isWaiting: false } });
  markOrigin();
  readerHandle()?.showHit(current);
}

export function closeFind(): void {
  readerHandle()?.clearFind();
  setState({ find: undefined });
}
