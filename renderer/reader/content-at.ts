import type { TextLayer } from './text-layer';

/** The words of a link that leads back from a footnote. */
const BACK = /^(?:[↩↵⏎^↑]|\ufe0e|\ufe0f|\s)*$/u;

/** Elements that are shown whole, with all that stands in them: the item of a footnote. */
const WHOLE = 'li, dd, figure, table, aside';

/** A copy of the block, or of the item around it, at a place that the document names, a heading with what follows it; without names and without the ways back out of footnotes. */
export async function contentAt(layer: TextLayer, name: string): Promise<Node[]> {
  const offset = await layer.placeOf(name);
  const block = offset === undefined || offset >= layer.length ? undefined : layer.blockAt(offset)?.element;
  if (!block) return [];
  const whole = block.closest<HTMLElement>(WHOLE);
  const element = whole && layer.root.contains(whole) ? whole : block;
  const next = /^H[1-6]$/.test(element.nodeName) ? element.nextElementSibling : null;
  return [element, ...(next ? [next] : [])].flatMap(copyOf);
}

/** An item is nothing without its list: what it holds is given. */
function copyOf(element: Element): Node[] {
  const copy = element.cloneNode(true) as Element;
  for (const each of [copy, ...copy.querySelectorAll('[id]')]) each.removeAttribute('id');
  for (const link of copy.querySelectorAll('a[data-href^="#"]')) if (BACK.test(link.textContent)) link.remove();
  return /^(?:LI|DD)$/.test(element.nodeName) ? [...copy.childNodes] : [copy];
}
