import { descendantsOf, type HtmlElement } from '../tree';

/** UTF-16 code units and nodes of an element that are looked at. */
const LONGEST = 1_200;
const MOST_NODES = 200;

/** The text of an element with white space folded; of a long one its beginning, which is then longer than any title or byline. */
export function foldedText(element: HtmlElement): string {
  let text = '';
  let nodes = 0;
  for (const node of descendantsOf(element)) {
    // Indentation does not count: what is short is told to its end.
    if (node.type === 'text') text += node.value.replace(/\s+/g, ' ');
    if (text.length > LONGEST || ++nodes > MOST_NODES) break;
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** Whether all that an element says is one link. */
export function isOneLink(element: HtmlElement): boolean {
  let nodes = 0;
  for (const node of descendantsOf(element)) {
    if (++nodes > MOST_NODES) return false;
    if (node.type === 'element' && node.name === 'a') return foldedText(node) === foldedText(element);
  }
  return element.name === 'a';
}
