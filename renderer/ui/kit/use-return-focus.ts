import { useState } from 'react';

/**
 * For `onCloseAutoFocus` of a Radix dialog without a trigger: the focus returns to what had it when the dialog was first drawn, unless
 * it has gone elsewhere meanwhile. Radix itself knows only triggers.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
}
