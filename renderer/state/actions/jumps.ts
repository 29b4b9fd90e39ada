import { readerHandle } from '../reader-handle';
import { getState, type Jump, setState } from '../store';
import { notify } from './notices';

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

/**
 * Marks where the reader is, before the view goes elsewhere in the open document. Of jumps in a row the first one counts, since it
 * began where something was read.
 */
export function markOrigin({ isRemembered = false } = {}): void {
  const { origin, open, view } = getState();
  const offset = readerHandle()?.topOffset();
  if (!open || offset === undefined || view.type !== 'document' || origin?.documentId === open.documentId) return;
  setState({ origin: { documentId: open.documentId, offset, paragraph: open.paragraph + 1, isRemembered, isLeft: false } });
}

/** The view has come to rest after a jump; `isInSight`: where it began is still on the screen, so that there is nothing to go back to. */
export function settleJump(isInSight: boolean): void {
  const { origin, jumps, view } = getState();
  if (!origin) return;
  if (isInSight) {
    forgetOrigin();
    return;
  }
  const { documentId, offset, isRemembered } = origin;
  setState({ origin: { ...origin, isRemembered: true, isLeft: true } });
  if (!isRemembered) setState({ jumps: { back: [...jumps.back, { view, documentId, offset }].slice(-JUMPS_KEPT), forward: [] } });
}

/** Reading has gone on where the jump led. */
export const forgetOrigin = (): void => setState({ origin: undefined });

/** Goes back to where the document was being read before the jumps, also while the last of them is under way. */
export function returnToOrigin(): void {
  const { origin, open } = getState();
  if (!origin || origin.documentId !== open?.documentId) {
    notify('info', 'Nothing has led away from where you are reading.');
    return;
  }
  rememberJump();
  readerHandle()?.scrollTo(origin.offset, { focus: true });
}
