import { firstIndex, type Heading, headingTitle } from '#model';
import { blockElementOf, headingLevelOf, isContinued, isParagraph, keepsLines } from './blocks';

/** A stretch of the text layer (UTF-16 code units) and the element that shows it. */
export interface Stretch {
  element: HTMLElement;
  start: number;
  end: number;
}

/** A paragraph as a reader counts them. `preformatted`: the reader sees its line breaks. */
export interface Paragraph extends Stretch {
  preformatted: boolean;
}

/**
 * The concatenated text nodes of a drawn document, to which anchors refer. Offsets are UTF-16 code units. It grows while
 * the document is drawn; lookups are O(log n).
 */
export interface TextLayer {
  readonly root: HTMLElement;
  /** Of a plain text whole from the start, of others as far as it is drawn. */
  readonly text: string;
  /** How much is drawn. */
  readonly length: number;
  readonly complete: boolean;
  /** The whole text is known, though not all of it may be drawn. */
  readonly whole: boolean;
  /** The end of the hidden header. */
  readonly bodyStart: number;
  readonly sections: readonly Stretch[];
  /** Every run of text in one block element: paragraphs, headings, items, cells. */
  readonly blocks: readonly Stretch[];
  readonly paragraphs: readonly Paragraph[];
  readonly headings: readonly Heading[];
  /** The offset of a DOM position; `undefined` outside the document. */
  offsetOf(node: Node, offset: number): number | undefined;
  /** `undefined` when it is not drawn yet or empty. */
  rangeOf(start: number, end: number): Range | undefined;
  staticRangeOf(start: number, end: number): StaticRange | undefined;
  /** The section, or block, that holds `offset` or is the last before it. */
  sectionOf(offset: number): Stretch | undefined;
  blockAt(offset: number): Stretch | undefined;
  /** From 0; the last paragraph that begins at or before `offset`. */
  paragraphIndexAt(offset: number): number;
  /** SHA-256 of the whole text's UTF-8 in lower-case hexadecimal; waits until the text is whole. */
  hash(): Promise<string>;
  /** Calls `listener` after each growth until the returned function is called. */
  onGrow(listener: () => void): () => void;
}

/** A text layer with what drawing needs to fill it. */
export interface GrowingTextLayer extends TextLayer {
  /** States the whole text beforehand, and how much of it is header. */
  expect(text: string | undefined, bodyStart: number): void;
  /** Takes in a section that was just put at the document's end. */
  append(section: HTMLElement): void;
  finish(): void;
}

/** A text layer over the sections of `root`, empty at first. */
export function createTextLayer(root: HTMLElement): GrowingTextLayer {
  const nodes: Text[] = [];
  const starts: number[] = [];
  const startOf = new Map<Node, number>();
  const sections: Stretch[] = [];
  const blocks: Stretch[] = [];
  const paragraphs: Paragraph[] = [];
  const headings: Heading[] = [];
  const listeners = new Set<() => void>();
  const whole = Promise.withResolvers<void>();
  let known: string | undefined;
  let pieces: string[] = [];
  let length = 0;
  let complete = false;
  let bodyStart = 0;
  let hash: Promise<string> | undefined;

  const drawnText = (): string => {
    if (pieces.length > 1) pieces = [pieces.join('')];
    return pieces[0] ?? '';
  };
  const sliceDrawn = (start: number, end: number): string => (known ?? drawnText()).slice(start, end);

  function append(section: HTMLElement): void {
    const sectionStart = length;
    const firstBlock = blocks.length;
    let open: Stretch | undefined;
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { data } = node as Text;
      if (data === '') continue;
      nodes.push(node as Text);
      starts.push(length);
      startOf.set(node, length);
      if (known === undefined) pieces.push(data);
      if (/\S/.test(data)) {
        const element = blockElementOf(node, section);
        if (open?.element !== element) {
          open = { element, start: length, end: length };
          blocks.push(open);
        }
        open.end = length + data.length;
      }
      length += data.length;
    }
    sections.push({ element: section, start: sectionStart, end: length });
    for (const block of blocks.slice(firstBlock)) describeBlock(block);
    for (const listener of listeners) listener();
  }

  function describeBlock(block: Stretch): void {
    const level = headingLevelOf(block.element);
    const last = paragraphs.at(-1);
    if (level !== undefined)
      headings.push({ level, start: block.start, end: block.end, title: headingTitle(sliceDrawn(block.start, block.end)) });
    else if (last && isContinued(block.element)) last.end = block.end;
    else if (isParagraph(block.element)) paragraphs.push({ ...block, preformatted: keepsLines(block.element) });
  }

  function offsetOf(node: Node, offset: number): number | undefined {
    const start = startOf.get(node);
    if (start !== undefined) return start + Math.min(offset, (node as Text).length);
    if (!root.contains(node)) return undefined;
    const child = node.childNodes[offset];
    const following = firstIndex(nodes.length, (index) => {
      const text = nodes[index];
      if (!text) return true;
      if (child) return child === text || (child.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
      const position = node.compareDocumentPosition(text);
      return (position & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && (position & Node.DOCUMENT_POSITION_CONTAINED_BY) === 0;
    });
    return starts[following] ?? length;
  }

  /** The ends of a passage inside text nodes: it begins in the node of its first character and ends in that of its last. */
  function boundaries(start: number, end: number): StaticRangeInit | undefined {
    if (start < 0 || start >= end || end > length) return undefined;
    const from = firstIndex(starts.length, (index) => (starts[index] ?? 0) > start) - 1;
    const to = firstIndex(starts.length, (index) => (starts[index] ?? 0) >= end) - 1;
    const startContainer = nodes[from];
    const endContainer = nodes[to];
    if (!startContainer || !endContainer) return undefined;
    return { startContainer, startOffset: start - (starts[from] ?? 0), endContainer, endOffset: end - (starts[to] ?? 0) };
  }

  const lastAt = <T extends Stretch>(stretches: readonly T[], offset: number): T | undefined =>
    stretches[Math.max(0, firstIndex(stretches.length, (index) => (stretches[index]?.start ?? 0) > offset) - 1)];

  return {
    root,
    get text() {
      return known ?? drawnText();
    },
    get length() {
      return length;
    },
    get complete() {
      return complete;
    },
    get whole() {
      return complete || known !== undefined;
    },
    get bodyStart() {
      return bodyStart;
    },
    sections,
    blocks,
    paragraphs,
    headings,
    offsetOf,
    rangeOf(start, end) {
      const ends = boundaries(start, end);
      if (!ends) return undefined;
      const range = document.createRange();
      range.setStart(ends.startContainer, ends.startOffset);
      range.setEnd(ends.endContainer, ends.endOffset);
      return range;
    },
    staticRangeOf(start, end) {
      const ends = boundaries(start, end);
      return ends && new StaticRange(ends);
    },
    sectionOf: (offset) => lastAt(sections, offset),
    blockAt: (offset) => lastAt(blocks, offset),
    paragraphIndexAt: (offset) => Math.max(0, firstIndex(paragraphs.length, (index) => (paragraphs[index]?.start ?? 0) > offset) - 1),
    hash() {
      hash ??= whole.promise.then(() => sha256(known ?? drawnText()));
      return hash;
    },
    onGrow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    expect(text, headerEnd) {
      known = text;
      bodyStart = headerEnd;
      if (text !== undefined) whole.resolve();
    },
    append,
    finish() {
      complete = true;
      whole.resolve();
      for (const listener of listeners) listener();
    },
  };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
