import { isMathOfFormula } from './formulas';
import {
  attributeOf,
  createElement,
  createText,
  descendantsOf,
  detach,
  type HtmlElement,
  type HtmlNode,
  type HtmlText,
  insert,
  parseHtml,
  textOf,
} from './tree';

/** UTF-16 code units of a formula; a longer one is none. */
const LONGEST = 5_000;
const LONGEST_MATHML = 100_000;

/**
 * Makes formulas that `drawPage` draws of those that a page has as TeX: in the scripts of MathJax, in the attributes of what it has drawn with
 * fonts, in the pictures of WordPress, and between the signs that MathJax and KaTeX look for, where the page has one of them. Those that a page also has as
 * MathML are left as they are.
 */
export function restoreFormulas(page: HtmlElement): void {
  const scripts: HtmlElement[] = [];
  const others: HtmlElement[] = [];
  const texts: HtmlText[] = [];
  let signs: Signs | undefined;
  for (const node of descendantsOf(page, (element) => !isKeptAsWritten(element))) {
    if (node.type === 'text') {
      if (/[$\\]/.test(node.value)) texts.push(node);
      continue;
    }
    if (node.name === 'script') signs = signsFor(node, signs);
    if (isTexScript(node)) scripts.push(node);
    else if (node.name === 'mjx-container' || node.name === 'img' || attributeOf(node, 'data-mathml') !== undefined) others.push(node);
  }
  // Each takes what is drawn of it along.
  for (const script of scripts) restoreScript(script);
  for (const element of others) {
    if (element.name === 'img') restorePicture(element);
    else restoreDrawn(element);
  }
  if (signs) for (const text of texts) restoreWritten(text, signs);
}

const isTexScript = (element: HtmlElement): boolean =>
  element.name === 'script' && /^\s*math\/tex\b/i.test(attributeOf(element, 'type') ?? '') && textOf(element).length <= LONGEST;

/** Elements in which what looks like a formula is none. */
const isKeptAsWritten = ({ name, namespace }: HtmlElement): boolean =>
  namespace !== 'html' || /^(?:code|pre|style|template|textarea|kbd|samp)$/.test(name);

/** Puts TeX in the place of an element, between signs by which it is known as such where it is quoted. */
function replace(element: HtmlElement, tex: string, display: boolean): void {
  const { parent } = element;
  if (!parent || tex.trim() === '') return;
  const formula = formulaOf(tex, display, display ? `$$${tex.trim()}$$` : `$${tex.trim()}$`);
  // One that stands by itself is a paragraph, where none is around it.
  const paragraph =
    display && !/^(?:p|span|a|em|strong|b|i|h[1-6]|nobr|font)$/.test(parent.name) ? createElement('p', 'html', []) : undefined;
  if (paragraph) insert(paragraph, formula, null);
  insert(parent, paragraph ?? formula, element);
  detach(element);
}

function formulaOf(tex: string, display: boolean, written: string): HtmlElement {
  const formula = createElement('lectern-tex', 'html', [
    { name: 'data-tex', value: tex.trim() },
    ...(display ? [{ name: 'data-display', value: '' }] : []),
  ]);
  insert(formula, createText(written), null);
  return formula;
}

/** What MathJax 2 draws of the script after it: a preview, and the formula. */
const DRAWN = /(?:^|\s)(?:MathJax\w*|mjx-chtml|MJXc-display)(?:\s|$)/;

function restoreScript(script: HtmlElement): void {
  const drawn: HtmlElement[] = [];
  for (let before = elementBefore(script); before && DRAWN.test(attributeOf(before, 'class') ?? ''); before = elementBefore(before))
    drawn.push(before);
  if (drawn.some(holdsMathMl)) return;
  for (const element of drawn) detach(element);
  replace(script, textOf(script), /mode\s*=\s*display/i.test(attributeOf(script, 'type') ?? ''));
}

const holdsMathMl = (element: HtmlElement): boolean =>
  [...descendantsOf(element)].some((node) => node.type === 'element' && (isMathOfFormula(node) || node.namespace === 'math'));

function elementBefore(element: HtmlElement): HtmlElement | undefined {
  let node: HtmlNode | null = element.previous;
  while (node?.type === 'text' && !/\S/.test(node.value)) node = node.previous;
  return node?.type === 'element' ? node : undefined;
}

/** The TeX that is the alternative text of a picture in the blogs of WordPress, where the picture itself is elsewhere. */
function restorePicture(image: HtmlElement): void {
  const alt = attributeOf(image, 'alt') ?? '';
  const isOfTex =
    /(?:^|\s)latex(?:\s|$)/.test(attributeOf(image, 'class') ?? '') && /^(?:https?:)?\/\//i.test(attributeOf(image, 'src') ?? '');
  if (isOfTex && alt.length <= LONGEST) replace(image, alt.replace(/^\{\\displaystyle\b([\s\S]*)\}$/, '$1'), false);
}

/** What MathJax has drawn with fonts alone: the MathML, or the TeX, that it wrote beside it. */
function restoreDrawn(drawn: HtmlElement): void {
  if (!drawn.parent || holdsMathMl(drawn)) return;
  const mathMl = attributeOf(drawn, 'data-mathml');
  if (mathMl !== undefined && mathMl.length <= LONGEST_MATHML) {
    const { page } = parseHtml(`<!doctype html><body>${mathMl}`);
    const math = [...descendantsOf(page)].find((node) => node.type === 'element' && node.name === 'math');
    if (!math) return;
    detach(math);
    insert(drawn.parent, math, drawn);
    detach(drawn);
    return;
  }
  for (const node of [drawn, ...descendantsOf(drawn)]) {
    const tex = node.type === 'element' ? attributeOf(node, 'data-latex') : undefined;
    if (tex === undefined || tex.length > LONGEST) continue;
    replace(drawn, tex, attributeOf(drawn, 'display') === 'true');
    return;
  }
}

/** Whether a single `$` stands around formulas as well. */
interface Signs {
  dollar: boolean;
}

/** Which signs a page's scripts say that they look for; `undefined` where none of them draws formulas. */
function signsFor(script: HtmlElement, known: Signs | undefined): Signs | undefined {
  const said = `${attributeOf(script, 'src') ?? ''} ${textOf(script)}`;
  const dollar = /\[\s*['"]\$['"]\s*,|left\s*:\s*['"]\$['"]/.test(said);
  if (!known && !/mathjax|katex|renderMathInElement/i.test(said)) return undefined;
  return { dollar: dollar || known?.dollar === true };
}

/** A backslash with what it stands before, or dollars. */
const SIGN = /\\[\s\S]|\$\$?/g;
const closing: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$', $: '$' };

/** Makes formulas of what stands between signs within a text. */
function restoreWritten(text: HtmlText, { dollar }: Signs): void {
  const { parent, value } = text;
  if (!parent) return;
  let written = 0;
  let open: { sign: string; at: number } | undefined;
  const put = (end: number): void => {
    if (end > written) insert(parent, createText(value.slice(written, end)), text);
  };
  for (const { 0: sign, index } of value.matchAll(SIGN)) {
    if (open && sign === closing[open.sign]) {
      const end = index + sign.length;
      const tex = value.slice(open.at + open.sign.length, index);
      if (tex.trim() !== '' && tex.length <= LONGEST && (sign !== '$' || !/^\s|\s$/.test(tex))) {
        put(open.at);
        insert(parent, formulaOf(tex, open.sign !== '\\(' && open.sign !== '$', value.slice(open.at, end)), text);
        written = end;
      }
      open = undefined;
    } else if (Object.hasOwn(closing, sign) && (sign !== '$' || dollar)) open = { sign, at: index };
  }
  if (written === 0) return;
  put(value.length);
  detach(text);
}
