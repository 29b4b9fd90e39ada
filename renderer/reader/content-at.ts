import { withoutEmbedded } from './embeds';
import { LINKED } from './page-attributes';
import type { TextLayer } from './text-layer';

/** The words of a link that leads back from a footnote. */
const BACK = /^(?:[↩↵⏎^↑]|\ufe0e|\ufe0f|\s)*$/u;

/** Elements that are shown whole, with all that stands in them: the item of a footnote. */
const WHOLE = '.doc-footnote, li, dd, table, figure, aside';

/** UTF-16 code units of what stands beside a picture at most: with more, it is no figure, but a part of the text. */
const LONGEST_CAPTION = 600;

/** UTF-16 code units that are shown at most: what stands at a place, and not the page around it. */
export const LONGEST_SHOWN = 2_000;

/**
 * A copy of the block at an offset, or of the item or figure that begins there, a heading with what follows it; without names, and
 * without links, which nothing would follow.
 */
export function contentAt(layer: TextLayer, offset: number | undefined): Node[] {
  const stretch = offset === undefined || offset >= layer.length ? undefined : layer.blockAt(offset);
  if (!stretch) return [];
  const { element: block, start, end } = stretch;
  // On pages it lies in pieces over its lines.
  if (block.closest('.page-text')) return [beginningOf(layer.text.slice(start, end))];
  const whole = block.closest<HTMLElement>(WHOLE);
  const item = whole && layer.root.contains(whole) && beginsWith(whole, block, LONGEST_SHOWN) ? whole : block;
  const element = figureAround(layer.root, item);
  const next = /^H[1-6]$/.test(element.nodeName) ? element.nextElementSibling : null;
  const picture = hasPicture(element) ? undefined : pictureBefore(element);
  return [picture, element, next].flatMap((each) => (each ? unlinked(each) : []));
}

const hasPicture = (element: Element): boolean => element.querySelector('img') !== null;

/** What is around an element and holds a picture, and little else: many documents have figures without calling them so. */
function figureAround(root: HTMLElement, element: Element): Element {
  if (hasPicture(element)) return element;
  let around = element.parentElement;
  while (around && root.contains(around) && !around.matches('.doc-section') && beginsWith(around, element, LONGEST_CAPTION)) {
    if (hasPicture(around)) return around;
    around = around.parentElement;
  }
  return element;
}

/** The picture that stands alone right before an element: it is at the same place of the text. */
function pictureBefore({ previousElementSibling: before }: Element): Element | undefined {
  return before && (before.matches('img') || hasPicture(before)) && before.textContent.trim() === '' ? before : undefined;
}

/** Whether nothing is written in an item before one of its blocks, and no more than so many code units in all of it. */
function beginsWith(item: Element, block: Element, longest: number): boolean {
  const text = item.textContent;
  return text.length <= longest && text.trimStart().startsWith(block.textContent.trim());
}

/** A picture, and the words on it for those who do not see it. */
export function pictured(picture: HTMLCanvasElement, words: readonly Node[]): HTMLElement {
  const both = document.createElement('div');
  const shown = document.createElement('span');
  shown.className = 'area-picture';
  shown.ariaHidden = 'true';
  shown.append(picture);
  const said = document.createElement('div');
  said.className = 'visually-hidden';
  said.append(...words);
  both.append(shown, said);
  return both;
}

function beginningOf(text: string): HTMLElement {
  const beginning = document.createElement('p');
  beginning.append(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN).trim().toWellFormed()}…` : text);
  return beginning;
}

/** A copy of an element without names and links, shortened where it is long; of an item, which is nothing without its list, what it holds. */
export function unlinked(element: Element): Node[] {
  if (element.textContent.length > LONGEST_SHOWN) return [beginningOf(element.textContent)];
  const copy = element.cloneNode(true) as Element;
  withoutEmbedded(copy);
  for (const each of [copy, ...copy.querySelectorAll('[id]')]) each.removeAttribute('id');
  for (const link of copy.querySelectorAll(LINKED)) {
    if (BACK.test(link.textContent)) link.remove();
    else link.replaceWith(...link.childNodes);
  }
  return /^(?:LI|DD)$/.test(element.nodeName) ? [...copy.childNodes] : [copy];
}
