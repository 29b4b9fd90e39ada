import { readerHandle } from '../reader-handle';
import { getState, type Jump, setState } from '../store';

const JUMPS_KEPT = 100;

/** Where the reader is now, for coming back. */
export function here(): Jump {
  const { view, open } = getState();
  return { view, documentId: open?.documentId, offset: view.type === 'document' ? readerHandle()?.topOffset() : undefined };
}

/** Remembers where the reader is before a jump; going forward again is then no longer offered. */
export function rememberJump(): void {
  const { jumps, view } = getState();
  if (view.type === 'start') return;
  setState({ jumps: { back: [...jumps.back, here()].slice(-JUMPS_KEPT), forward: [] } });
}
