import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds, kept up as the window changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

let touched = false;

function subscribe(listener: () => void): () => void {
  const note = ({ pointerType }: PointerEvent): void => {
    touched = pointerType === 'touch';
    listener();
  };
  window.addEventListener('pointerdown', note, { capture: true });
  return () => window.removeEventListener('pointerdown', note, { capture: true });
}

/** Whether the reader's last press was a finger's: a window may be used by both finger and mouse. */
export const useTouch = (): boolean => useSyncExternalStore(subscribe, () => touched);
