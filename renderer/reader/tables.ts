/**
 * Lets the keyboard reach the tables that are too wide, and only these, until `signal` is aborted. What is not laid out is not asked for
 * its width: sections tell when they are.
 */
export function watchTables(container: HTMLElement, signal: AbortSignal): void {
  const observer = new ResizeObserver((entries) => {
    const frames = new Set(entries.map(({ target }) => target.closest<HTMLElement>('.doc-table')));
    for (const frame of frames) if (frame) setReachable(frame, frame.scrollWidth > frame.clientWidth);
  });
  const follow = ({ target, skipped }: ContentVisibilityAutoStateChangeEvent): void => {
    if (!(target instanceof Element)) return;
    for (const part of target.querySelectorAll('.doc-table, .doc-table > table')) {
      if (skipped) observer.unobserve(part);
      else observer.observe(part);
    }
  };
  container.addEventListener('contentvisibilityautostatechange', (event) => follow(event as ContentVisibilityAutoStateChangeEvent), {
    signal,
  });
  signal.addEventListener('abort', () => observer.disconnect());
}

function setReachable(frame: HTMLElement, isReachable: boolean): void {
  if (isReachable === frame.hasAttribute('tabindex')) return;
  if (!isReachable) {
    for (const name of ['tabindex', 'role', 'aria-label']) frame.removeAttribute(name);
    return;
  }
  frame.tabIndex = 0;
  frame.role = 'group';
  frame.ariaLabel = frame.querySelector('caption')?.textContent.trim() || 'Table';
}
