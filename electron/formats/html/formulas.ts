import { attributeOf, createElement, createText, elementsOf, type HtmlElement, type HtmlNode, insert } from './tree';

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

/**
 * Writes out the brackets and separators of an `<mfenced>` as operators in it (MathML 3, 3.3.8): MathML Core has none, and browsers draw only what it holds.
 * With them it is an `<mrow>`.
 */
export function writeFences(fenced: HtmlElement): void {
  const separators = [...(attributeOf(fenced, 'separators') ?? ',').replace(/\s+/g, '')];
  for (const [index, operand] of [...elementsOf(fenced)].slice(1).entries())
    putOperator(fenced, operand, separators[index] ?? separators.at(-1) ?? '', 'infix');
  putOperator(fenced, fenced.first, attributeOf(fenced, 'open') ?? '(', 'prefix');
  putOperator(fenced, null, attributeOf(fenced, 'close') ?? ')', 'postfix');
}

function putOperator(parent: HtmlElement, before: HtmlNode | null, sign: string, form: 'prefix' | 'infix' | 'postfix'): void {
  const value = sign.trim();
  if (value === '') return;
  const isSeparator = form === 'infix';
  const operator = createElement('mo', 'math', [
    { name: 'form', value: form },
    isSeparator ? { name: 'separator', value: 'true' } : { name: 'fence', value: 'true' },
    // Also of signs that are no brackets elsewhere: 〈 and 〉 are often written for ⟨ and ⟩.
    { name: 'stretchy', value: String(!isSeparator) },
  ]);
  insert(operator, createText(value), null);
  insert(parent, operator, before);
}
