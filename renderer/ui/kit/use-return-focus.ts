import { type RefObject, useEffect, useRef, useState } from 'react';
import { isFocusLost, returnToPane } from '../../state/actions/focus';

/** Gives the focus back as a dialog closes. */
export type ReturnFocus = (event: Event) => void;

/**
 * For `onCloseAutoFocus` of a Radix dialog without a trigger: the focus returns to what had it when the component that calls this was first drawn,
 * unless it has gone elsewhere meanwhile. Where that is no longer there, its pane gets it, so that the keyboard is never lost. Radix itself
 * knows only triggers.
 */
export function useReturnFocus(): ReturnFocus {
  const [before] = useState(() => document.activeElement);
  const [toPane] = useState(() => returnToPane(before));
  return (event) => {
    event.preventDefault();
    if (!isFocusLost()) return;
    if (before?.isConnected === false) toPane();
    else if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
}

/** Gives the focus to what a dialog shows next, which the button that led there is no part of. */
export function useFocusOnStep<E extends HTMLElement>(step: string): RefObject<E | null> {
  const shown = useRef<E>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    shown.current?.focus();
  }, [step]);
  return shown;
}
