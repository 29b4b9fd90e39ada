import {
  articleHeadings,
  type Block,
  type DocumentEnd,
  type DocumentSection,
  firstIndex,
  type Heading,
  type Landmarks,
  type PageStart,
} from '#model';

/** A stretch of the text (UTF-16 code units) and the element that shows it. */
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
 * A document's text and where it is drawn, to which anchors refer. Offsets are UTF-16 code units. The text grows as it arrives, and
 * what is drawn follows; lookups are O(log n).
 */
export interface TextLayer {
  readonly root: HTMLElement;
  /** Of a page that holds more than its article, only that is shown. What is not shown is in none of the lists below, and has no box. */
  readonly showsArticle: boolean;
  /** Whether a place is outside of the article. */
  isOutside(offset: number): boolean;
  /** The parts of a passage that are shown, without white space at their ends; the passage itself where all of it is shown, or nothing. */
  shownParts(passage: Passage): Passage[];
  /** How much of what is shown lies before `offset`, and about how much there is of it: UTF-16 code units. */
  shownBefore(offset: number): number;
  readonly expectedShown: number;
  /** As far as it has arrived. */
  readonly text: string;
  /** How long the text is; until it is whole, about how long it will be. */
  readonly expectedLength: number;
  /** How much is drawn. */
  readonly length: number;
  /** All of it is drawn. */
  readonly complete: boolean;
  /** The whole text has arrived, though not all of it may be drawn. */
  readonly whole: boolean;
  /** The end of the header, which is hidden or a list of properties, and is in none of the lists below but the sections. */
  readonly bodyStart: number;
  readonly sections: readonly Stretch[];
  /** Every run of text that reads as one: paragraphs, headings, items, cells. */
  readonly blocks: readonly Stretch[];
  readonly paragraphs: readonly Paragraph[];
  /** Of all that has arrived. */
  readonly headings: readonly Heading[];
  /** What tells in which chapter and on which page a place is, of all that has arrived. */
  readonly landmarks: Landmarks;
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
  /** The offset of a place that the document names; waits until it has arrived. `undefined` when there is none. */
  placeOf(name: string): Promise<number | undefined>;
  /** SHA-256 of the whole text's UTF-8 in lower-case hexadecimal; waits until the text is whole. */
  hash(): Promise<string>;
  /** Calls `listener` after each growth of what is drawn, and when the text is whole, until the returned function is called. */
  onGrow(listener: () => void): () => void;
}

/** A stretch of the text: UTF-16 code units. */
interface Passage {
  start: number;
  end: number;
}

/** A text layer with what drawing needs to fill it. */
export interface GrowingTextLayer extends TextLayer {
  /** Takes in the text of a section, before it is drawn. */
  receive(part: DocumentSection): void;
  /** Shows the article alone, or all. */
  showArticle(isAlone: boolean): void;
  /** The whole text has arrived. */
  receiveEnd(end: DocumentEnd): void;
  /** Takes in a section that was just put at the document's end. */
  append(section: HTMLElement, part: DocumentSection): void;
  finish(): void;
}

/** What is shown of a document, in order. */
interface Lists {
  sections: Stretch[];
  blocks: Stretch[];
  paragraphs: Paragraph[];
  headings: Heading[];
}

const emptyLists = (): Lists => ({ sections: [], blocks: [], paragraphs: [], headings: [] });

/** A text layer over the sections of `root`, empty at first. */
export function createTextLayer(root: HTMLElement): GrowingTextLayer {
  const nodes: Text[] = [];
  const starts: number[] = [];
  const startOf = new Map<Node, number>();
  /** By an unseen text what is drawn in its place. */
  const wholeOf = new Map<Node, HTMLElement>();
  const all = emptyLists();
  const article = emptyLists();
  /** What is outside of the article, in order and apart, and how much of it lies before each. */
  const outside: { start: number; end: number; before: number }[] = [];
  let shown = all;
  const pages: PageStart[] = [];
  const targets = new Map<string, number>();
  const listeners = new Set<() => void>();
  const whole = Promise.withResolvers<DocumentEnd>();
  /** Called when more has arrived, and when there is no more. */
  let arrival = Promise.withResolvers<void>();
  let pieces: string[] = [];
  let received = 0;
  let expectedLength = 0;
  let length = 0;
  let isWhole = false;
  let complete = false;
  let bodyStart = 0;

  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const arrive = (): void => {
    arrival.resolve();
    arrival = Promise.withResolvers<void>();
  };

  function receive(part: DocumentSection): void {
    pieces.push(part.text);
    received += part.text.length;
    expectedLength = received / Math.max(part.progress, Number.EPSILON);
    for (const [start, end] of part.outside ?? []) outside.push({ start, end, before: outsideBefore(start) });
    all.headings.push(...part.headings);
    article.headings.push(...articleHeadings(part));
    pages.push(...(part.pages ?? []));
    for (const [name, offset] of part.targets) if (!targets.has(name)) targets.set(name, offset);
    for (const [, end, kind] of part.blocks) if (kind === 'header') bodyStart = end;
    arrive();
  }

  function append(section: HTMLElement, part: DocumentSection): void {
    const start = length;
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    const hasReplaced = section.querySelector('.doc-replaced') !== null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node as Text;
      if (text.length === 0) continue;
      const whole = hasReplaced ? text.parentElement?.closest<HTMLElement>('.doc-replaced') : undefined;
      // Of what is drawn in the place of text, that text alone counts: it stands unseen behind it.
      if (whole && text.parentNode !== whole.lastElementChild) continue;
      if (whole) wholeOf.set(text, whole);
      nodes.push(text);
      starts.push(length);
      startOf.set(text, length);
      length += text.length;
    }
    const stretch = { element: section, start, end: length };
    all.sections.push(stretch);
    if (part.blocks.length === 0 || part.blocks.some(([from]) => !isOutside(from))) article.sections.push(stretch);
    for (const block of part.blocks) addBlock(block, section);
    tell();
  }

  function addBlock([start, end, kind]: Block, section: HTMLElement): void {
    // Nobody reads on from there.
    if (kind === 'header') return;
    const node = nodeAt(start);
    const element = node ? blockElementOf(node, section) : section;
    for (const lists of isOutside(start) ? [all] : [all, article]) {
      const before = lists.blocks.at(-1);
      // What stands before it is not shown with the article.
      if (lists === article && !before && outside.length > 0) element.classList.add('doc-article-start');
      lists.blocks.push({ element, start, end });
      if (kind === 'heading' || kind === 'rule') continue;
      const last = lists.paragraphs.at(-1);
      // It was parted from the one before only for its length.
      if (last && before?.end === start && last.end === start) last.end = end;
      else lists.paragraphs.push({ element, start, end, preformatted: kind === 'preformatted' || kind === 'verse' });
    }
  }

  const outsideAt = (offset: number) => outside[firstIndex(outside.length, (index) => (outside[index]?.start ?? 0) > offset) - 1];
  const isOutside = (offset: number): boolean => offset < (outsideAt(offset)?.end ?? 0);

  /** How much that is outside of the article lies before `offset`. */
  function outsideBefore(offset: number): number {
    const last = outsideAt(offset);
    return last ? last.before + Math.min(offset, last.end) - last.start : 0;
  }

  function shownParts({ start, end }: Passage): Passage[] {
    const parts: Passage[] = [];
    let from = start;
    for (const stretch of shown === article ? outside : []) {
      if (stretch.end <= from || stretch.start >= end) continue;
      parts.push({ start: from, end: Math.max(from, stretch.start) });
      from = stretch.end;
    }
    parts.push({ start: from, end: Math.max(from, end) });
    const { text } = layer;
    const trimmed = parts.map((part) => {
      const words = text.slice(part.start, part.end);
      return { start: part.start + words.length - words.trimStart().length, end: part.start + words.trimEnd().length };
    });
    const filled = trimmed.filter((part) => part.start < part.end);
    return parts.length > 1 && filled.length > 0 ? filled : [{ start, end }];
  }

  const nodeAt = (offset: number): Text | undefined => nodes[firstIndex(starts.length, (index) => (starts[index] ?? 0) > offset) - 1];

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

  /** The ends of a passage: it begins in the text node of its first character and ends in that of its last, or before and after what is drawn in their place. */
  function boundaries(start: number, end: number): StaticRangeInit | undefined {
    if (start < 0 || start >= end || end > length) return undefined;
    const from = firstIndex(starts.length, (index) => (starts[index] ?? 0) > start) - 1;
    const to = firstIndex(starts.length, (index) => (starts[index] ?? 0) >= end) - 1;
    const startContainer = nodes[from];
    const endContainer = nodes[to];
    if (!startContainer || !endContainer) return undefined;
    // What is drawn as one whole is in a passage as a whole.
    const [first, last] = [wholeOf.get(startContainer), wholeOf.get(endContainer)];
    return {
      startContainer: first?.parentNode ?? startContainer,
      startOffset: first ? indexOf(first) : start - (starts[from] ?? 0),
      endContainer: last?.parentNode ?? endContainer,
      endOffset: last ? indexOf(last) + 1 : end - (starts[to] ?? 0),
    };
  }

  const lastAt = <T extends Stretch>(stretches: readonly T[], offset: number): T | undefined =>
    stretches[Math.max(0, firstIndex(stretches.length, (index) => (stretches[index]?.start ?? 0) > offset) - 1)];

  const layer: GrowingTextLayer = {
    root,
    get text() {
      if (pieces.length > 1) pieces = [pieces.join('')];
      return pieces[0] ?? '';
    },
    get expectedLength() {
      return expectedLength;
    },
    get length() {
      return length;
    },
    get complete() {
      return complete;
    },
    get whole() {
      return isWhole;
    },
    get bodyStart() {
      return bodyStart;
    },
    get showsArticle() {
      return shown === article;
    },
    isOutside,
    shownParts,
    shownBefore: (offset) => (shown === article ? offset - outsideBefore(offset) : offset),
    get expectedShown() {
      return shown === article ? expectedLength - outsideBefore(Number.POSITIVE_INFINITY) : expectedLength;
    },
    get sections() {
      return shown.sections;
    },
    get blocks() {
      return shown.blocks;
    },
    get paragraphs() {
      return shown.paragraphs;
    },
    get headings() {
      return shown.headings;
    },
    landmarks: { headings: article.headings, pages },
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
    sectionOf: (offset) => lastAt(shown.sections, offset),
    blockAt: (offset) => lastAt(shown.blocks, offset),
    paragraphIndexAt: (offset) =>
      Math.max(0, firstIndex(shown.paragraphs.length, (index) => (shown.paragraphs[index]?.start ?? 0) > offset) - 1),
    async placeOf(name) {
      while (name !== '' && !targets.has(name) && !isWhole) await arrival.promise;
      // A link to the top leads there also where nothing has that name.
      return targets.get(name) ?? (name === '' || name.toLowerCase() === 'top' ? bodyStart : undefined);
    },
    hash: async () => (await whole.promise).textHash,
    onGrow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive,
    showArticle(isAlone) {
      shown = isAlone ? article : all;
      root.classList.toggle('doc-article', isAlone);
      tell();
    },
    receiveEnd(end) {
      isWhole = true;
      expectedLength = end.length;
      whole.resolve(end);
      arrive();
      tell();
    },
    append,
    finish() {
      complete = true;
      tell();
    },
  };
  return layer;
}

/** Elements that stand in lines of their own. */
const BLOCK_NAMES = new Set(
  'ADDRESS BLOCKQUOTE CAPTION DD DETAILS DIV DL DT FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR LI OL P PRE SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'.split(
    ' ',
  ),
);

/** The place of an element among all that its parent holds. */
function indexOf(element: Element): number {
  let index = 0;
  for (let node = element.previousSibling; node; node = node.previousSibling) index += 1;
  return index;
}

/** The nearest block element around a text node, at most `section`. */
function blockElementOf(node: Node, section: HTMLElement): HTMLElement {
  let element = node.parentElement;
  while (element && element !== section && !BLOCK_NAMES.has(element.nodeName)) element = element.parentElement;
  return element ?? section;
}
