import { descendantsOf, type HtmlElement, parseHtml } from '../html/tree';
import { xhtmlAsHtml } from '../html/xhtml';

/** Stands before the names of elements, so that none means anything to a parser of HTML. */
const MARK = 'x-';

/**
 * A small XML file, such as a package document, as a tree: its names of elements in lower case, without prefixes of namespaces and with `x-`
 * before them. Forgives what is not well formed. Throws `TooManyElements`.
 */
export const parseXml = (xml: string): HtmlElement =>
  parseHtml(xhtmlAsHtml(xml.replace(/<(\/?)(?:[\w-]+:)?([A-Za-z])/g, `<$1${MARK}$2`))).page;

/** The elements in `root` that have a name, in order. */
export function* elementsNamed(root: HtmlElement, name: string): Generator<HtmlElement> {
  for (const node of descendantsOf(root)) if (node.type === 'element' && node.name === MARK + name) yield node;
}
