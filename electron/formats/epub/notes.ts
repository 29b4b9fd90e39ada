import { attributeOf, descendantsOf, type HtmlElement, textOf } from '../html/tree';
import { isOfKind } from './kinds';

/** Elements that may hold a note of several paragraphs. */
const boxes: ReadonlySet<string> = new Set(['aside', 'div', 'section']);
/** Their name, as `html/elements` knows it. */
const NOTE = 'lectern-footnote';

/** UTF-16 code units of the longest note. */
const LONGEST_NOTE = 10_000;

/** What a link back from a note says: an arrow, or the number of the note. */
const BACK = /^[\s([]*(?:[↩↵⏎^↑*†‡§]|\d{1,4}|[ivxlc]{1,6})?[\ufe0e\ufe0f\s)\].:]*$/iu;
const NAMED = /(?:^|[\s_-])(?:foot|end|rear)note(?:$|[\s_-])/i;

/** Makes what an element says of notes and references to them seen: a note is one box, also where it was to be hidden, and the sign that leads to one is raised. */
export function markNote(element: HtmlElement): void {
  if (element.namespace !== 'html') return;
  if (element.name === 'a') {
    if (isReference(element)) raise(element);
    return;
  }
  const isNote =
    isOfKind(element, 'footnote', 'doc-footnote') ||
    isOfKind(element, 'endnote', 'doc-endnote') ||
    isOfKind(element, 'rearnote', 'doc-endnote');
  if (isNote) {
    const hidden = element.attributes.findIndex(({ name }) => name === 'hidden');
    if (hidden !== -1) element.attributes.splice(hidden, 1);
  }
  if (boxes.has(element.name) && (isNote || looksLikeNote(element))) Object.assign(element, { name: NOTE });
}

const isReference = (link: HtmlElement): boolean => isOfKind(link, 'noteref', 'doc-noteref');

/** A box that is called a note, or can be led to and begins or ends with a link back, and holds no more than a note does. */
function looksLikeNote(element: HtmlElement): boolean {
  const isNamed = NAMED.test(attributeOf(element, 'class') ?? '');
  if (!isNamed && !attributeOf(element, 'id')) return false;
  const links: HtmlElement[] = [];
  for (const node of descendantsOf(element)) {
    if (node.type !== 'element') continue;
    // What holds notes is none.
    if (/^h[1-6]$/.test(node.name) || (node !== element && boxes.has(node.name))) return false;
    if (node.name === 'a' && attributeOf(node, 'href') && !isReference(node)) links.push(node);
  }
  const text = textOf(element);
  if (text.trim() === '' || text.length > LONGEST_NOTE) return false;
  if (isNamed) return true;
  const [first] = links;
  const last = links.at(-1);
  const begins = first !== undefined && isBack(first) && text.trimStart().startsWith(textOf(first).trim());
  const ends = last !== undefined && isBack(last) && text.trimEnd().endsWith(textOf(last).trim());
  return begins || ends;
}

/** UTF-16 code units of the longest link back. */
const LONGEST_BACK = 20;

const isBack = (link: HtmlElement): boolean => {
  const words = textOf(link).trim();
  return words !== '' && words.length <= LONGEST_BACK && BACK.test(words) && (attributeOf(link, 'href') ?? '').includes('#');
};

/** UTF-16 code units of the longest sign of a note. */
const LONGEST_SIGN = 8;

/** Raises the sign of a note, which books leave to their style sheets; one that stands in brackets, or is raised already, stays. */
function raise(link: HtmlElement): void {
  const sign = textOf(link).trim();
  if (sign === '' || sign.length > LONGEST_SIGN || /^[([]/.test(sign)) return;
  if ([link.parent, link.parent?.parent].some((around) => around?.name === 'sup')) return;
  for (const node of descendantsOf(link)) if (node.type === 'element' && node.name === 'sup') return;
  const inner: HtmlElement = { ...link, parent: link, previous: null, next: null };
  for (let child = inner.first; child; child = child.next) child.parent = inner;
  Object.assign(link, { name: 'sup', attributes: [], first: inner, last: inner });
}
