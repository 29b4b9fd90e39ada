import {
  allowedAttributes,
  allowedElements,
  allowedLinkSchemes,
  allowedMathAttributes,
  allowedMathElements,
  droppedWithContent,
} from '#model';
import { isDrawnFormula, isMathOfFormula } from './formulas';
import { attributeOf, type HtmlElement } from './tree';

/** Elements that are drawn as another: landmarks are the window's own, and what is out of date has a name of today. */
const drawnAs: Readonly<Record<string, string>> = {
  acronym: 'abbr',
  article: 'div',
  aside: 'div',
  center: 'div',
  dialog: 'div',
  dir: 'ul',
  fieldset: 'div',
  footer: 'div',
  form: 'div',
  header: 'div',
  'lectern-callout': 'div',
  'lectern-callout-title': 'div',
  'lectern-code': 'span',
  'lectern-footnote': 'div',
  'lectern-footnotes': 'div',
  'lectern-link': 'a',
  'lectern-quoted': 'details',
  'lectern-shortcode': 'span',
  'lectern-tag': 'a',
  hgroup: 'div',
  legend: 'div',
  listing: 'pre',
  main: 'div',
  menu: 'ul',
  nav: 'div',
  search: 'div',
  section: 'div',
  strike: 's',
  tt: 'code',
};

/** As what an element of a page is drawn; `undefined` when only what it holds is. */
export function drawnName({ name, namespace }: HtmlElement): string | undefined {
  // What is in brackets is a row, once they are written out (`writeFences`).
  if (namespace === 'math') return name === 'mfenced' ? 'mrow' : allowedMathElements.has(name) ? name : undefined;
  if (namespace === 'svg') return undefined;
  const drawn = Object.hasOwn(drawnAs, name) ? drawnAs[name] : name;
  return drawn !== undefined && allowedElements.has(drawn) ? drawn : undefined;
}

/** Drawn elements that stand in lines of their own. */
const blockNames: ReadonlySet<string> = new Set([
  ...['address', 'blockquote', 'caption', 'colgroup', 'dd', 'details', 'div', 'dl', 'dt', 'figcaption', 'figure', 'h1', 'h2', 'h3', 'h4'],
  ...['h5', 'h6', 'hr', 'li', 'ol', 'p', 'pre', 'summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul'],
]);

export const isBlockName = (drawn: string): boolean => blockNames.has(drawn);

/** Whether a page hides an element, or nothing of it can be drawn. Style sheets are not read. */
export const isLeftOut = (element: HtmlElement): boolean =>
  (element.namespace !== 'svg' && droppedWithContent.has(element.name)) || isHidden(element);

/** Whether a page hides an element, or has a formula in it that it also keeps as MathML, which can be read and takes every theme. */
export function isHidden(element: HtmlElement): boolean {
  for (const { name, value } of element.attributes) {
    if (name === 'hidden' && value !== 'until-found') return true;
    if (name === 'style' && /(?:^|;)\s*display\s*:\s*none\s*(?:!\s*important\s*)?(?:;|$)/i.test(value)) return !isMathOfFormula(element);
    if (name === 'aria-hidden' && value === 'true' && isDrawnFormula(element)) return true;
  }
  return false;
}

/** The name by which links reach an element. */
export const targetOf = (element: HtmlElement): string =>
  attributeOf(element, 'id') || (element.name === 'a' && element.namespace === 'html' && attributeOf(element, 'name')) || '';

/** The allowed attributes of an element that is drawn as `drawn`, links and images by the address that the document wrote. */
export function drawnAttributes(element: HtmlElement, drawn: string): Record<string, string> | undefined {
  const allowed = element.namespace === 'math' ? allowedMathAttributes : allowedAttributes;
  let attributes: Record<string, string> | undefined;
  for (const { name, value } of element.attributes) {
    if (!allowed.has(name) || !isSensible(drawn, name, value)) continue;
    if (element.namespace === 'math' && mathLengths.has(name) && !MODEST_LENGTH.test(value.trim())) continue;
    attributes ??= {};
    attributes[name] = value;
  }
  if (drawn !== 'a' || attributes?.['id']) return attributes;
  const id = targetOf(element);
  return id === '' ? attributes : { ...attributes, id };
}

/** Attributes of MathML that are lengths: none may draw over what stands around the formula. */
const mathLengths: ReadonlySet<string> = new Set([
  ...['width', 'height', 'depth', 'lspace', 'rspace', 'voffset', 'maxsize', 'minsize', 'linethickness'],
]);
const MODEST_LENGTH = /^(?:[-+]?\d{0,2}(?:\.\d{1,6})?(?:em|ex|px|pt|%)?|100%|[a-z]+)$/;

const markers: ReadonlySet<string> = new Set(['1', 'a', 'A', 'i', 'I']);

/** Whether an allowed attribute says something at this element, and nothing that leads where no link may. */
function isSensible(drawn: string, name: string, value: string): boolean {
  if (name === 'href') return drawn === 'a' && isFollowed(value);
  if (name === 'src' || name === 'alt') return drawn === 'img';
  if (name === 'type') return (drawn === 'ol' || drawn === 'li') && markers.has(value);
  if (name === 'value') return drawn === 'li';
  if (name === 'dir') return directionIn(value) !== undefined;
  return name !== 'hidden' && name !== 'title-link' && name !== 'tag-link' && (name !== 'id' || value !== '');
}

/** `ltr`, `rtl` or `auto`, however it is written. */
export function directionIn(value: string | undefined): 'ltr' | 'rtl' | 'auto' | undefined {
  const direction = value?.trim().toLowerCase();
  return direction === 'ltr' || direction === 'rtl' || direction === 'auto' ? direction : undefined;
}

/** Browsers drop controls from addresses before they read the scheme, so `java\nscript:` must be seen as what it is. */
function isFollowed(address: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address.replace(/\p{Cc}/gu, '').trim())?.[1];
  return scheme === undefined || allowedLinkSchemes.has(scheme.toLowerCase());
}
