/** ms that drawing may hold the main thread before it lets input and painting in. */
const SLICE = 8;

/** Resolves in a later task, also while the page is hidden (which animation frames do not). */
function nextTask(): Promise<void> {
  if ('scheduler' in globalThis) return scheduler.postTask(() => undefined, { priority: 'user-visible' });
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

/** Resolves after the browser has painted, or after 100 ms when it does not paint (a hidden page). */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      void nextTask().then(resolve);
    });
  });
}

/** A clock for work in slices: `await breathe()` between its steps returns at once until 8 ms are spent. */
export function createSlices(): { breathe(): Promise<void> | undefined } {
  let began = performance.now();
  return {
    breathe() {
      if (performance.now() - began < SLICE) return undefined;
      return nextTask().then(() => {
        began = performance.now();
      });
    },
  };
}
