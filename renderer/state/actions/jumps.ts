import { readerHandle } from '../reader-handle';
import { getState, type Jump, setState } from '../store';

const JUMPS_KEPT = 100;

/** Where the reader is now, for coming back. */
export function here(): Jump {
  const { view, open, results } = getState();
  return { view, documentId: open?.documentId, offset: view.type === 'document' ? readerHandle()?.topOffset() : undefined, results };
}

/** Remembers where the reader is before a jump; going forward again is then no longer offered. */
export function rememberJump(): void {
  const { jumps, view, results } = getState();
  if (view.type === 'start' && !results) return;
  setState({ jumps: { back: [...jumps.back, here()].slice(-JUMPS_KEPT), forward: [] } });
}
