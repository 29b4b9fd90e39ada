import type { QuoteForms } from '#model';

/**
 * Gives what is copied or dragged out of the text in several forms; `forms` tells what is selected. The browser's own idea of it has the
 * page's styles in it. Ends when the returned function is called.
 */
export function watchCopying(container: HTMLElement, forms: (way: 'copied' | 'dragged') => QuoteForms | undefined): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const fill = (data: DataTransfer | null, way: 'copied' | 'dragged'): boolean => {
    const given = data && forms(way);
    if (!given) return false;
    data.setData('text/plain', given.text);
    data.setData('text/html', given.html);
    data.setData('text/markdown', given.markdown);
    return true;
  };
  container.ownerDocument.addEventListener(
    'copy',
    (event) => {
      // What is written in fields and notes is copied as ever.
      const from = document.getSelection()?.anchorNode;
      if (event.defaultPrevented || !from || !container.contains(from)) return;
      if (fill(event.clipboardData, 'copied')) event.preventDefault();
    },
    { signal },
  );
  container.addEventListener(
    'dragstart',
    ({ target, dataTransfer }) => {
      // A picture or link that is dragged by itself is no quote.
      if (target instanceof Text) fill(dataTransfer, 'dragged');
    },
    { signal },
  );
  return () => stop.abort();
}
