import { type RefObject, useLayoutEffect, useState } from 'react';
import { isWriting } from '../../state/actions/focus';

/** At which end of the window messages cover nothing that is being written. */
export function useFreeEnd(shown: unknown, stack: RefObject<HTMLElement | null>): 'top' | 'bottom' {
  const [end, setEnd] = useState<'top' | 'bottom'>('bottom');
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked anew whenever other messages are shown.
  useLayoutEffect(() => {
    const look = () => {
      const written = document.activeElement;
      const isNear = written !== null && isWriting(written) && !stack.current?.contains(written);
      setEnd(isNear && middleOf(written) > window.innerHeight / 2 ? 'top' : 'bottom');
    };
    look();
    document.addEventListener('focusin', look);
    document.addEventListener('input', look);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('input', look);
    };
  }, [shown, stack]);
  return end;
}

function middleOf(element: Element): number {
  const { top, bottom } = element.getBoundingClientRect();
  return (top + bottom) / 2;
}
