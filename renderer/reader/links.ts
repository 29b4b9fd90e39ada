import { readLink } from './document-urls';
import { LINKED } from './page-attributes';
import type { TextLayer } from './text-layer';

/** A link that the reader follows. */
export type DocumentLink =
  | { kind: 'external'; url: string }
  /** A place of the library, by one of Lectern's own addresses. */
  | { kind: 'own'; address: string }
  /** Inside the document: an offset in the text; without one the document has no such place. */
  | { kind: 'place'; name: string; offset?: number }
  /** What is called so, in `[[Title]]`. */
  | { kind: 'title'; title: string }
  /** What has a tag. */
  | { kind: 'tag'; tag: string }
  /** Another file, by its path relative to the document's folder, or to the top of its site where it begins with `/`. */
  | { kind: 'file'; path: string; fragment?: string };

/**
 * Tells `listener` the links of a document that are followed, by click or Enter; a place that has not arrived yet is waited for. Ends when
 * the returned function is called.
 */
export function watchLinks(
  { container, layer }: { container: HTMLElement; layer: TextLayer },
  listener: (link: DocumentLink) => void,
  placeOf: TextLayer['placeOf'] = layer.placeOf,
): () => void {
  const stop = new AbortController();
  const stopActivating = onActivate(container, LINKED, (element) => {
    const { title, tag } = element.dataset;
    if (tag !== undefined) return listener({ kind: 'tag', tag });
    if (title !== undefined) return listener({ kind: 'title', title });
    const target = readLink(element.dataset['href'] ?? '');
    if (!target) return;
    if (target.kind !== 'place') return listener(target);
    void placeOf(target.id).then((offset) => {
      if (!stop.signal.aborted) listener({ kind: 'place', name: target.id, offset });
    });
  });
  return () => {
    stop.abort();
    stopActivating();
  };
}

/** Calls `follow` for elements within `root` that match `selector` and are clicked (any button but the right) or entered. */
export function onActivate(root: HTMLElement, selector: string, follow: (element: HTMLElement) => void): () => void {
  const stop = new AbortController();
  const activate = (event: Event): void => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
    if (!element || !root.contains(element)) return;
    event.preventDefault();
    follow(element);
  };
  const { signal } = stop;
  // The end of a selection over a link is no click on it.
  root.addEventListener('click', (event) => document.getSelection()?.isCollapsed !== false && activate(event), { signal });
  root.addEventListener('auxclick', (event) => event.button === 1 && activate(event), { signal });
  root.addEventListener('keydown', (event) => event.key === 'Enter' && activate(event), { signal });
  return () => stop.abort();
}
