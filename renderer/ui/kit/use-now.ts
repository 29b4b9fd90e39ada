import { useSyncExternalStore } from 'react';

/** ms; "2 min ago" need not be more exact. */
const TICK = 30_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(tick, TICK);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** The present in ms since the epoch, to the half minute; one clock for all who ask. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
