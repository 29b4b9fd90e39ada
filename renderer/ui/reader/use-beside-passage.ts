import { autoUpdate, flip, hide, offset, shift, useFloating } from '@floating-ui/react';
import { useLayoutEffect } from 'react';
import type { Passage } from '../../reader/places';
import { readerHandle } from '../../state/reader-handle';
import { useTouch } from '../kit/use-media';

/** CSS pixels between a passage and what stands beside it; below what a finger selected, the system's handles have their place. */
const GAP = 10;
const GAP_WITH_HANDLES = 46;
/** CSS pixels between the line after a passage and what stands below that. */
const GAP_AFTER_LINE = 2;
/** CSS pixels that the bars of the window take at its edges. */
const BAR = 52;

/**
 * Places what floats beside what is on the screen of a passage: below it and the line after it, else above it; over it only where it fills
 * the window, and never outside of that. `isAway`: the passage is not on the screen.
 */
export function useBesidePassage(passage: Passage | undefined) {
  const isTouched = useTouch();
  const place = passage && readerHandle()?.placeOf(passage);
  const { refs, floatingStyles, middlewareData } = useFloating({
    strategy: 'fixed',
    placement: 'bottom',
    middleware: [
      offset(
        ({ placement }) =>
          placement === 'bottom' ? Math.max((place?.lineHeight ?? 0) + GAP_AFTER_LINE, isTouched ? GAP_WITH_HANDLES : GAP) : GAP,
        [isTouched, place?.lineHeight],
      ),
      flip({ fallbackPlacements: ['top'], padding: BAR }),
      shift({ padding: { top: BAR, bottom: BAR, left: 12, right: 12 }, crossAxis: true }),
      hide(),
    ],
    whileElementsMounted: autoUpdate,
  });
  const { start, end, area } = passage ?? {};
  useLayoutEffect(() => {
    const reference = start !== undefined && end !== undefined && readerHandle()?.placeOf({ start, end, ...(area && { area }) });
    if (reference) refs.setPositionReference(reference);
  }, [start, end, area, refs]);
  return { setFloating: refs.setFloating, style: floatingStyles, isAway: middlewareData.hide?.referenceHidden === true, isTouched };
}
