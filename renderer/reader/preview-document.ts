import type { DocumentPart, DocumentSection } from '#model';
import { LONGEST_SHOWN, unlinked } from './content-at';
import { drawTree } from './draw-tree';
import type { Own } from './page-attributes';

/**
 * How a document begins, or what stands at its place `name` (as links name it), under a heading down to the next one that is not below that, in at most
 * 2,000 code units: a copy without links and names. Reads no further than it needs. Empty where there is no such place.
 */
export async function previewDocument(
  parts: AsyncIterable<DocumentPart>,
  { documentId, addressOf, name }: { documentId: string; addressOf: Own['addressOf']; name?: string | undefined },
): Promise<Node[]> {
  const shown: Node[] = [];
  let units = 0;
  let start = 0;
  let level: number | undefined;
  for await (const part of parts) {
    if (part.part !== 'section') continue;
    const blocks = blocksOf(part, documentId, { styles: false, fonts: false, addressOf });
    const offset = level === undefined ? part.targets.find(([target]) => target === name)?.[1] : undefined;
    const within = (offset ?? start) - start;
    const place = offset === undefined ? undefined : blockAt(blocks, within);
    start += part.text.length;
    for (const block of blocks) {
      const { element } = block;
      const heading = levelOf(element);
      if (name !== undefined && level === undefined) {
        if (block !== place) continue;
        if (heading === undefined) return unlinked(itemAt(block, within));
        level = heading;
      } else if (level !== undefined && heading !== undefined && heading <= level) return shown;
      const copies = unlinked(element);
      shown.push(...copies);
      units += copies.reduce((sum, copy) => sum + (copy.textContent?.length ?? 0), 0);
      if (units >= LONGEST_SHOWN) return shown;
    }
  }
  return shown;
}

/** An element that a reader sees, with its stretch of a section's text. */
interface Block {
  element: Element;
  from: number;
  to: number;
}

/** What a reader sees of a section, block by block. */
function blocksOf({ text, nodes }: DocumentSection, documentId: string, own: Own): Block[] {
  // What no reader of a format may give is not drawn; whoever opens the document is told of it.
  return stretchesOf(drawTree(text, nodes, { documentId, own, onUnknown: () => undefined })).filter(
    ({ element }) => !(element instanceof HTMLElement && element.hidden) && !element.matches('.doc-outside, .doc-properties'),
  );
}

/** The elements in a node with the text that is in them. */
function stretchesOf(parent: Node): Block[] {
  let from = 0;
  const blocks: Block[] = [];
  for (const node of parent.childNodes) {
    const to = from + lengthOf(node);
    if (node instanceof Element) blocks.push({ element: node, from, to });
    from = to;
  }
  return blocks;
}

/** UTF-16 code units of the document's text in a node: of what is drawn in the place of text, that text alone, which stands behind it. */
function lengthOf(node: Node): number {
  if (!(node instanceof Element)) return node.textContent?.length ?? 0;
  let length = node.textContent.length;
  const replaced = node.matches('.doc-replaced') ? [node] : node.querySelectorAll('.doc-replaced');
  for (const { textContent, lastElementChild } of replaced) length -= textContent.length - (lastElementChild?.textContent.length ?? 0);
  return length;
}

/** The block at an offset. */
const blockAt = (blocks: readonly Block[], offset: number): Block | undefined =>
  blocks.find(({ from, to }) => from <= offset && offset <= to);

/** Of a list the item at an offset. */
function itemAt({ element, from }: Block, offset: number): Element {
  if (!element.matches('ul, ol')) return element;
  return blockAt(stretchesOf(element), offset - from)?.element ?? element;
}

const levelOf = (element: Element): number | undefined => {
  const level = Number(/^H([1-6])$/.exec(element.nodeName)?.[1]);
  return Number.isNaN(level) ? undefined : level;
};
