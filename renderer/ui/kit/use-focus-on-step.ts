import { type RefObject, useEffect, useRef } from 'react';

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
