import { directionOf } from '#model';

/** What has marks, lines or columns on one side: all of it goes one way, whatever way the text of its parts goes. */
const SIDED = 'ul, ol, dl, table, blockquote';
const TEXT = 'p, li, h1, h2, h3, h4, h5, h6, td, th, dd, dt, .doc-inline';

/**
 * Lets each block that says nothing of its direction take that of its first letter. In a list or table only the text of the items and
 * cells does so (document.css): were their numbers on both sides, one side would have no room for them.
 */
export function directBlocks(section: HTMLElement): void {
  for (const block of section.querySelectorAll<HTMLElement>(SIDED)) {
    const dir = directionOfBlock(block);
    if (!dir) continue;
    block.dir = dir;
    block.classList.add('doc-directed');
  }
  for (const block of section.querySelectorAll<HTMLElement>(TEXT)) if (!block.closest('[dir]')) block.dir = 'auto';
}

/** The direction of a list, table or quotation by its first letter; `undefined` where its author gave one, and for other elements. */
export function directionOfBlock(block: Element): 'ltr' | 'rtl' | undefined {
  if (!block.matches(SIDED) || block.closest('[dir]:not(.doc-directed)')) return undefined;
  return directionOf(firstLettersOf(block));
}

/** The first piece of text that holds a letter; not all of it, for lists may lie in lists. */
function firstLettersOf(element: Element): string {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { data } = node as Text;
    if (/\p{L}/u.test(data)) return data;
  }
  return '';
}
