/**
 * Gives text whose lines go downwards the height of all its rows, until `signal` is aborted. What is not laid out is not measured: sections tell when they are.
 */
export function watchVerticalText(container: HTMLElement, signal: AbortSignal): void {
  const observer = new ResizeObserver((entries) =>
    // In the next frame: a box that is changed while it is told of would be told of again at once.
    requestAnimationFrame(() => {
      for (const { target } of entries) if (target instanceof HTMLElement) fit(target);
    }),
  );
  const follow = ({ target, skipped }: ContentVisibilityAutoStateChangeEvent): void => {
    const text = target instanceof Element ? target.querySelector<HTMLElement>('.doc-vertical') : undefined;
    if (!text) return;
    if (skipped) observer.unobserve(text);
    else observer.observe(text);
  };
  container.addEventListener('contentvisibilityautostatechange', (event) => follow(event as ContentVisibilityAutoStateChangeEvent), {
    signal,
  });
  signal.addEventListener('abort', () => observer.disconnect());
}

/** The rows keep their height however many there are; a single one is as high as its longest line. */
function fit(text: HTMLElement): void {
  text.classList.remove('doc-one-row');
  text.style.removeProperty('inline-size');
  if (text.scrollHeight <= text.clientHeight) {
    text.classList.add('doc-one-row');
    return;
  }
  text.style.inlineSize = `${text.scrollHeight}px`;
}
