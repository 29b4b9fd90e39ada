import { isHidden } from './elements';
import { descendantsOf, type HtmlElement } from './tree';

/** What is hidden has at least so many times the text that is shown, where the page is only shown once a script has run. */
const TIMES = 10;

/** Parts of parts that are uncovered one after the other. */
const MOST_PARTS = 8;

/**
 * Shows the part of `body` that it hides until a script has run, or has for readers without scripts only (`<noscript>`), where hardly anything else is to be
 * read: as it is in the pages of some blogs, and of those that a script shows bit by bit. Says whether there was such a part.
 */
export function uncover(body: HtmlElement): boolean {
  for (let part = 0; part < MOST_PARTS; part++) {
    const { shown, hidden } = look(body);
    const [most] = [...hidden].sort(([, one], [, other]) => other - one);
    if (!most || most[1] === 0 || most[1] < TIMES * shown) return part > 0;
    show(most[0]);
  }
  return true;
}

/** UTF-16 code units of text, white space aside, that are shown, and that each hidden part has. */
function look(body: HtmlElement): { shown: number; hidden: Map<HtmlElement, number> } {
  let shown = 0;
  const hidden = new Map<HtmlElement, number>();
  for (const node of descendantsOf(body, (element) => !isCovered(element) && !neverText.has(element.name))) {
    if (node.type === 'text') shown += unitsOf(node.value);
    else if (isCovered(node) && !neverText.has(node.name)) hidden.set(node, unitsIn(node));
  }
  return { shown, hidden };
}

const isCovered = (element: HtmlElement): boolean => element.namespace === 'html' && (element.name === 'noscript' || isHidden(element));

/** Elements of which the text is for programs. */
const neverText: ReadonlySet<string> = new Set(['script', 'style', 'template', 'select', 'textarea', 'title']);

function unitsIn(part: HtmlElement): number {
  let units = 0;
  for (const node of descendantsOf(part, ({ name }) => !neverText.has(name))) if (node.type === 'text') units += unitsOf(node.value);
  return units;
}

const unitsOf = (text: string): number => text.replace(/\s+/g, '').length;

function show(part: HtmlElement): void {
  const kept = part.attributes.filter(({ name }) => name !== 'hidden' && name !== 'style');
  part.attributes.splice(0, part.attributes.length, ...kept);
  if (part.name === 'noscript') Object.assign(part, { name: 'div' });
}
