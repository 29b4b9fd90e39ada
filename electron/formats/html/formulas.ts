import { attributeOf, type HtmlElement, type HtmlNode } from './tree';

/** Names under which MediaWiki, KaTeX and MathJax 2 keep a formula as MathML beside what they draw of it with style sheets or as a picture. */
const keepsMath = /(?:^|\s)(?:mwe-math-mathml-\w+|katex-mathml|MJX_Assistive_MathML)(?:\s|$)/;

/** Whether an element holds the MathML of a formula that its page draws in another way; it may be hidden. */
export const isMathOfFormula = (element: HtmlElement): boolean =>
  element.name === 'mjx-assistive-mml' || keepsMath.test(attributeOf(element, 'class') ?? '');

/** Whether an element that a page hides from screen readers draws a formula whose MathML stands beside it. */
export function isDrawnFormula(element: HtmlElement): boolean {
  const before = nearest(element, 'previous');
  const after = nearest(element, 'next');
  return (before !== undefined && isMathOfFormula(before)) || (after !== undefined && isMathOfFormula(after));
}

/** The element that stands beside another one, with nothing but white space between them. */
function nearest(element: HtmlElement, side: 'previous' | 'next'): HtmlElement | undefined {
  let node: HtmlNode | null = element[side];
  while (node?.type === 'text' && !/\S/.test(node.value)) node = node[side];
  return node?.type === 'element' ? node : undefined;
}
