import { readerHandle } from '../reader-handle';
import { getState, setState } from '../store';

/** Opens the find bar, with the selected words if there are any. */
export function openFind(): void {
  const { find, selection } = getState();
  const query = selection && selection.text.length <= 100 && !selection.text.includes('\n') ? selection.text : (find?.query ?? '');
  setFindQuery(query);
}

/** Draws all hits of `query` and goes to the first one from the top of the view on. */
export function setFindQuery(query: string): void {
  const handle = readerHandle();
  if (!handle) return;
  const count = handle.find(query);
  const current = count === 0 ? -1 : handle.hitNearTop();
  setState({ find: { query, count, current } });
  if (current >= 0) handle.showHit(current);
}

/** Goes to the next (1) or previous (-1) hit, around the ends. */
export function stepFind(direction: 1 | -1): void {
  const { find } = getState();
  if (!find) {
    openFind();
    return;
  }
  if (find.count === 0) return;
  const current = (find.current + direction + find.count) % find.count;
  setState({ find: { ...find, current } });
  readerHandle()?.showHit(current);
}

export function closeFind(): void {
  readerHandle()?.clearFind();
  setState({ find: undefined });
}
