import { type RefObject, useEffect, useRef, useState } from 'react';
import { isFocusLost, stepPane } from '../../state/actions/focus';

/**
 * For `onCloseAutoFocus` of a Radix dialog without a trigger: the focus returns to what had it when the dialog was first drawn, unless
 * it has gone elsewhere meanwhile. Where that is no longer there, a pane gets it, so that the keyboard is never lost. Radix itself
 * knows only triggers.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    if (!isFocusLost()) return;
    if (before?.isConnected === false) stepPane(1);
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
