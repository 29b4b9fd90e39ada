import { type PointerEvent, useEffect, useRef } from 'react';

interface Holding {
  /** Told where the pointer is, in CSS pixels of the window. */
  onMove(x: number, y: number): void;
  /** Told that it was let go of; `isKept` is false where that was by Escape, or by what took the handle away. */
  onEnd(isKept: boolean): void;
}

/**
 * Follows a pointer that took hold of a handle, wherever it goes, until it is let go of. Of what holds it one handle is held at a time, and marked so
 * (`data-held`); it is let go of, too, when what uses this goes, by a key that deletes or by another document.
 */
export function useHeldPointer(): (event: PointerEvent<HTMLElement>, holding: Holding) => void {
  const release = useRef<() => void>(undefined);
  useEffect(() => () => release.current?.(), []);
  return (event, { onMove, onEnd }) => {
    if (event.button !== 0) return;
    release.current?.();
    event.preventDefault();
    const { currentTarget: handle, pointerId } = event;
    handle.dataset['held'] = 'true';
    const stop = new AbortController();
    const { signal } = stop;
    const end = (isKept: boolean) => {
      stop.abort();
      release.current = undefined;
      delete handle.dataset['held'];
      onEnd(isKept);
    };
    release.current = () => end(false);
    // A second finger neither moves nor ends what the first one holds.
    const listen = (type: 'pointermove' | 'pointerup' | 'pointercancel', heard: (own: globalThis.PointerEvent) => void) =>
      window.addEventListener(type, (each) => each.pointerId === pointerId && heard(each), { signal });
    listen('pointermove', ({ clientX, clientY }) => onMove(clientX, clientY));
    listen('pointerup', () => end(true));
    listen('pointercancel', () => end(false));
    window.addEventListener(
      'keydown',
      (pressed) => {
        if (pressed.key !== 'Escape') return;
        pressed.preventDefault();
        pressed.stopPropagation();
        end(false);
      },
      { signal, capture: true },
    );
  };
}
