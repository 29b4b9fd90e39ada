/** Pauses what plays in a document as another of its sounds begins. Ends when the returned function is called. */
export function playOneSound(container: HTMLElement): () => void {
  const stop = new AbortController();
  container.addEventListener(
    'play',
    ({ target }) => {
      for (const sound of container.querySelectorAll('audio')) if (sound !== target) sound.pause();
    },
    // It does not bubble.
    { capture: true, signal: stop.signal },
  );
  return () => stop.abort();
}
