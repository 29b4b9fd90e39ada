/** UTF-16 code units of the longest word that a cell keeps whole: an address is broken, or one cell would make a table wider than any window. */
export const LONGEST_WHOLE_WORD = 30;

const LONG_WORD = new RegExp(`[^\\s\\-]{${LONGEST_WHOLE_WORD + 1}}`);

/** Puts each table into a frame in which it is scrolled sideways where it is too wide; one within a table goes with that. */
export function frameTables(section: HTMLElement): void {
  for (const table of section.querySelectorAll('table')) {
    if (table.parentElement?.closest('table')) continue;
    for (const cell of table.querySelectorAll('td, th')) if (LONG_WORD.test(cell.textContent)) cell.classList.add('doc-long-words');
    const frame = document.createElement('div');
    frame.className = 'doc-table';
    // What is narrower than the text begins where its own text does.
    if (table.dir) frame.dir = table.dir;
    table.replaceWith(frame);
    frame.append(table);
  }
}

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
