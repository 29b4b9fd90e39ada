import { readLink } from './document-urls';
import { NAME_PREFIX } from './sanitise';
import type { TextLayer } from './text-layer';

/** A link that the reader follows. */
export type DocumentLink =
  | { kind: 'external'; url: string }
  /** Inside the document: an offset in the text layer. */
  | { kind: 'place'; offset: number }
  /** Another file, by its path relative to the document's folder. */
  | { kind: 'file'; path: string; fragment?: string };

/** Tells `listener` the links of a document that are followed, by click or Enter. Ends when the returned function is called. */
export function watchLinks(
  { container, layer }: { container: HTMLElement; layer: TextLayer },
  listener: (link: DocumentLink) => void,
): () => void {
  return onActivate(container, '[data-href]', (element) => {
    const target = readLink(element.dataset['href'] ?? '');
    if (!target) return;
    if (target.kind !== 'place') return listener(target);
    const offset = placeOf(container, layer, target.id);
    if (offset !== undefined) listener({ kind: 'place', offset });
  });
}

/** The offset of a named place; `undefined` when it is not (yet) in the document. */
function placeOf(container: HTMLElement, layer: TextLayer, name: string): number | undefined {
  if (name === '' || name === 'top') return layer.bodyStart;
  const element = container.querySelector(`#${CSS.escape(NAME_PREFIX + name)}`);
  return element ? layer.offsetOf(element, 0) : undefined;
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
