import type { DocumentPart, DocumentSection } from '#model';
import { LONGEST_SHOWN, unlinked } from './content-at';
import { drawTree } from './draw-tree';
import type { Own } from './page-attributes';

/**
 * How a document begins, or what stands under its heading `name` (as links name it) down to the next one that is not below that, in at most
 * 2,000 code units: a copy without links and names. Reads no further than it needs. Empty where there is no such heading.
 */
export async function previewDocument(
  parts: AsyncIterable<DocumentPart>,
  { documentId, addressOf, name }: { documentId: string; addressOf: Own['addressOf']; name?: string | undefined },
): Promise<Node[]> {
  const shown: Node[] = [];
  let units = 0;
  let level: number | undefined;
  for await (const part of parts) {
    if (part.part !== 'section') continue;
    for (const element of blocksOf(part, documentId, { styles: false, fonts: false, addressOf })) {
      const heading = levelOf(element);
      if (name !== undefined && level === undefined) {
        if (heading === undefined || element.id !== `doc-${name}`) continue;
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

/** What a reader sees of a section, block by block. */
function blocksOf({ text, nodes }: DocumentSection, documentId: string, own: Own): Element[] {
  // What no reader of a format may give is not drawn; whoever opens the document is told of it.
  const drawn = drawTree(text, nodes, { documentId, own, onUnknown: () => undefined });
  return [...drawn.children].filter((element) => !(element instanceof HTMLElement && element.hidden) && !element.matches('.doc-outside'));
}

const levelOf = (element: Element): number | undefined => {
  const level = Number(/^H([1-6])$/.exec(element.nodeName)?.[1]);
  return Number.isNaN(level) ? undefined : level;
};
