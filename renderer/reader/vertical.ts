/**
 * Gives text whose lines go downwards the height of all its rows, until `signal` is aborted. What is not laid out is not measured: sections tell when they are.
 */
export function watchVerticalText(container: HTMLElement, signal: AbortSignal): void {
  const laidOut = new Set<HTMLElement>();
  // In the next frame: a box that is changed while it is told of would be told of again at once.
  const measure = (texts: Iterable<HTMLElement>): void => {
    requestAnimationFrame(() => {
      for (const text of texts) fit(text);
    });
  };
  const observer = new ResizeObserver((entries) =>
    measure(entries.map(({ target }) => target).filter((target) => target instanceof HTMLElement)),
  );
  const follow = ({ target, skipped }: ContentVisibilityAutoStateChangeEvent): void => {
    const text = target instanceof Element ? target.querySelector<HTMLElement>('.doc-vertical') : undefined;
    if (!text) return;
    if (skipped) {
      laidOut.delete(text);
      observer.unobserve(text);
    } else {
      laidOut.add(text);
      observer.observe(text);
    }
  };
  container.addEventListener('contentvisibilityautostatechange', (event) => follow(event as ContentVisibilityAutoStateChangeEvent), {
    signal,
  });
  // Neither pictures nor a lower window change the box itself.
  container.addEventListener('load', () => laidOut.size > 0 && measure(laidOut), { capture: true, signal });
  window.addEventListener('resize', () => laidOut.size > 0 && measure(laidOut), { signal });
  signal.addEventListener('abort', () => observer.disconnect());
}

/** The rows keep their height however many there are; a single one is as high as its longest line. */
function fit(text: HTMLElement): void {
  text.classList.remove('doc-one-row');
  text.style.removeProperty('inline-size');
  if (text.scrollHeight <= text.clientHeight) text.classList.add('doc-one-row');
  // What is measured is rounded, and a row more fits only whole.
  else text.style.inlineSize = `${text.scrollHeight + 1}px`;
}
