import { directionOf } from '#model';
import { isLeftOut } from './elements';
import { descendantsOf, type HtmlElement } from './tree';

/** What has marks, lines or columns on one side: all of it goes one way, whatever way the text of its parts goes. */
const sided: ReadonlySet<string> = new Set(['ul', 'ol', 'dl', 'table', 'blockquote']);
/** What goes the way of its own first letter. */
const texts: ReadonlySet<string> = new Set(['p', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'td', 'th', 'dd', 'dt']);

export const isSided = (drawn: string): boolean => sided.has(drawn);
export const isDirectedText = (drawn: string): boolean => texts.has(drawn);

/** The direction of a list, table or quotation by its first letter. */
export function directionOfBlock(block: HtmlElement): 'ltr' | 'rtl' {
  for (const node of descendantsOf(block, (element) => !isLeftOut(element))) {
    if (node.type === 'text' && /\p{L}/u.test(node.value)) return directionOf(node.value);
  }
  return 'ltr';
}
