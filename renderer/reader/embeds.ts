/** What a document embeds, as links (`doc-embed`) to another document or a place in itself; and below it what stands there, which is no part of its text there. */
const EMBEDS = '.doc-embed:is([data-title], [data-href])';
const SHOWN = 'doc-embedded';

/** CSS pixels around the view in which embeds are filled, so that little moves where one reads. */
const AROUND = 600;

/** How what stands where a link leads is found: a copy without links and names, of a modest length; nothing where that cannot be told. */
export type ContentOf = (link: HTMLElement, signal: AbortSignal) => Promise<readonly Node[]>;

/**
 * Shows below each embed in `container` the beginning of what it embeds, as it comes near the view of `scroller`, one after the other, until `signal` is
 * aborted. What that embeds itself is not shown in it: so none is without end. `onError` is told of bugs.
 */
export function showEmbeds(
  container: HTMLElement,
  scroller: HTMLElement,
  { contentOf, signal, onError }: { contentOf: ContentOf; signal: AbortSignal; onError(error: unknown): void },
): void {
  let turn = Promise.resolve();
  const fill = async (link: HTMLElement): Promise<void> => {
    if (signal.aborted || !link.isConnected) return;
    const content = await contentOf(link, signal);
    if (!signal.aborted && content.length > 0) putBelow(link, content);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        observer.unobserve(target);
        turn = turn.then(() => fill(target)).catch(onError);
      }
    },
    { root: scroller, rootMargin: `${AROUND}px 0px` },
  );
  const known = new WeakSet<Element>();
  container.addEventListener(
    'contentvisibilityautostatechange',
    ({ target }) => {
      if (!(target instanceof Element)) return;
      for (const link of target.querySelectorAll(EMBEDS)) {
        if (known.has(link)) continue;
        known.add(link);
        observer.observe(link);
      }
    },
    { signal },
  );
  signal.addEventListener('abort', () => observer.disconnect());
}

function putBelow(link: HTMLElement, content: readonly Node[]): void {
  const shown = document.createElement('div');
  shown.className = SHOWN;
  shown.role = 'group';
  shown.ariaLabel = `Embedded: ${link.textContent}`;
  shown.append(...content);
  // Those of another document are none of this one.
  for (const heading of shown.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const line = document.createElement('p');
    line.className = `${SHOWN}-heading`;
    line.append(...heading.childNodes);
    heading.replaceWith(line);
  }
  link.after(shown);
  shown.classList.toggle(`${SHOWN}-cut`, shown.scrollHeight > shown.clientHeight);
}

/** Takes out of a copy of a document what is shown in it of others. */
export function withoutEmbedded(copy: Element): void {
  for (const shown of copy.querySelectorAll(`.${SHOWN}`)) shown.remove();
}
