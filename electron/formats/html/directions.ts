import { directionOf } from '#model';
import { isLeftOut } from './elements';
import type { Frame, OpenElement } from './frames';
import { descendantsOf, type HtmlElement } from './tree';

/** What has marks, lines or columns on one side: all of it goes one way, whatever way the text of its parts goes. */
const sided: ReadonlySet<string> = new Set(['ul', 'ol', 'dl', 'table', 'blockquote']);
/** What goes the way of its own first letter. */
const texts: ReadonlySet<string> = new Set(['p', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'td', 'th', 'dd', 'dt']);

/** Lets a block that says nothing of its direction take that of its first letter. */
export function direct(frame: Frame, element: OpenElement): void {
  if (element.a?.['dir'] !== undefined) frame.directed = true;
  if (frame.directed || frame.source.namespace !== 'html') return;
  if (sided.has(element.e)) {
    element.a = { ...element.a, dir: directionOfBlock(frame.source) };
    element.l = [...(element.l ?? []), 'directed'];
  } else if (texts.has(element.e) && !frame.sided) {
    element.a = { ...element.a, dir: 'auto' };
  } else return;
  frame.sided = true;
}

/** The direction of a list, table or quotation by its first letter. */
function directionOfBlock(block: HtmlElement): 'ltr' | 'rtl' {
  for (const node of descendantsOf(block, (element) => !isLeftOut(element))) {
    if (node.type === 'text' && /\p{L}/u.test(node.value)) return directionOf(node.value);
  }
  return 'ltr';
}
