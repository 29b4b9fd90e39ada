/** Elements that stand in lines of their own. */
const BLOCK_NAMES = new Set(
  'ADDRESS BLOCKQUOTE CAPTION DD DETAILS DIV DL DT FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR LI OL P PRE SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'.split(
    ' ',
  ),
);

/** The nearest block element around a text node, at most `section`. */
export function blockElementOf(node: Node, section: HTMLElement): HTMLElement {
  let element = node.parentElement;
  while (element && element !== section && !BLOCK_NAMES.has(element.nodeName)) element = element.parentElement;
  return element ?? section;
}
