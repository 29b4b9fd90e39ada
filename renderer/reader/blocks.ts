/** Elements that stand in lines of their own. */
const BLOCK_NAMES = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE CAPTION DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'.split(
    ' ',
  ),
);

/** Whether a node is an element that stands in lines of its own. */
export const isBlock = (node: Node): boolean => BLOCK_NAMES.has(node.nodeName);

/** As how many blocks a reader sees a node: what is no block as none, a list or table as its items or rows. */
export const countBlocks = (node: Node): number =>
  isBlock(node) ? Math.max(1, (node as Element).querySelectorAll('li, tr, p, pre, dt, dd').length) : 0;

/** The nearest block element around a text node, at most `section`. */
export function blockElementOf(node: Node, section: HTMLElement): HTMLElement {
  let element = node.parentElement;
  while (element && element !== section && !isBlock(element)) element = element.parentElement;
  return element ?? section;
}

/** 1 to 6; `undefined` when `element` is no heading. */
export function headingLevelOf(element: Element): number | undefined {
  const level = /^H([1-6])$/.exec(element.nodeName)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** A piece of a paragraph that was cut for its length. */
export const isContinued = (element: Element): boolean => element.classList.contains('doc-continued');

/** Whether a reader would count it: the hidden header and rules are none. */
export const isParagraph = (element: Element): boolean =>
  !element.classList.contains('doc-header') && !element.classList.contains('doc-rule');

/** Whether the reader sees the line breaks of its text. */
export const keepsLines = (element: Element): boolean => element.closest('pre, .doc-verse') !== null;
