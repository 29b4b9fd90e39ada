import type { BlockKind, DocumentSection, DrawnNode } from '#model';
import { createSectionMeter, type SectionItem } from '../sections';
import { directionOfBlock, isDirectedText, isSided } from './directions';
import { isBlockName, isLeftOut, targetOf } from './elements';
import {
  columnsFor,
  continuedElement,
  cuttable,
  drawnNameIn,
  type Frame,
  firstNumber,
  inherit,
  isLong,
  isWrapper,
  LONG_ELEMENTS,
  LONG_UNITS,
  type OpenElement,
  openElement,
  statedBy,
} from './frames';
import { numberAfter, stepOf } from './lists';
import { type BlockElement, createSectionWriter, type Place } from './section-writer';
import { drawSvg } from './svg';
import { cellsOf, rowsOf, spanOf } from './table-columns';
import { splitTitleLinks } from './title-links';
import { elementsOf, type HtmlElement } from './tree';

export interface PageOptions {
  /** The page as a whole states its direction, so that its parts are not asked for theirs. */
  directed: boolean;
  /** Stands before the page, unseen. */
  header?: string;
  /** `[[Title]]` is drawn as a link. */
  titleLinks?: boolean;
}

/** Elements and UTF-16 code units that a part of a cut element holds. */
const PART_ELEMENTS = 200;
const PART_UNITS = 40_000;
/** Elements that lie deeper are drawn in the one at this depth: browsers and walks have an end. */
const DEEPEST = 200;
/** UTF-16 code units of the longest word that a cell keeps whole: one long address would make a table wider than any window. */
const LONG_WORD = /[^\s-]{31}/;
/** MathML elements that hold text. */
const mathTokens: ReadonlySet<string> = new Set(['mi', 'mn', 'mo', 'ms', 'mtext']);
const paragraph: BlockElement = { kind: 'paragraph' };

/** Text and inline elements that stand between blocks, gathered in a block of their own. */
interface Line {
  element: OpenElement;
  place: Place;
  elements: number;
  units: number;
}

/**
 * The sections of a page, in order. Walks the tree without calling itself. Wrappers of much are not drawn, long lists, tables and
 * quotations are cut between their children; what else there is comes out as the page has it, with allowed names only.
 */
export function* drawPage(body: HtmlElement, options: PageOptions): Generator<DocumentSection> {
  const writer = createSectionWriter();
  const meter = createSectionMeter();
  const top: Place = { out: writer.nodes, depth: 0, separator: 'line' };
  const stack: Frame[] = [rootFrame(body, options.directed)];
  let line: Line | undefined;
  /** The line before was ended at a break only for its length. */
  let isLineCut = false;
  /** What the section holds of cut elements. */
  let elements = 0;
  let units = 0;
  let consumed = 0;

  function rootFrame(source: HtmlElement, directed: boolean, around?: Frame): Frame {
    const stated = around ? statedBy(source, around) : { lang: undefined, dir: undefined };
    return {
      ...{ source, next: source.first, place: top, block: paragraph, isBlock: around !== undefined, isRoot: true, isCut: false },
      ...{ isCuttable: true, element: undefined, number: 1, reaching: 0, columns: [], ...stated },
      ...{ pre: false, directed: directed || stated.dir !== undefined, sided: false, inTable: false, inLayout: around?.inLayout ?? false },
      ...{ inMath: false, literal: around?.literal ?? false, cell: undefined },
    };
  }

  function finish(isLast: boolean): DocumentSection {
    for (const { element, isCut } of stack) if (element && isCut && !isLast) element.l = [...(element.l ?? []), 'unfinished'];
    const section = writer.finish(body.units === 0 ? 1 : Math.min(1, consumed / body.units), isLast);
    meter.clear();
    elements = 0;
    units = 0;
    top.out = writer.nodes;
    return section;
  }

  /** Ends the section; the cut elements around go on in the next. */
  function cut(): DocumentSection {
    const section = finish(false);
    if (line && stack.at(-1)?.isRoot === false) {
      line.element = { ...line.element, l: ['inline', 'goes-on'], c: [] };
      line.place.out = line.element.c;
      writer.nodes.push(line.element);
    }
    for (const [index, frame] of stack.entries()) {
      if (!frame.isCut || !frame.element) continue;
      frame.element = continuedElement(frame, frame.element, index < stack.length - 1);
      put(frame, frame.element, stack[index - 1]?.place ?? frame.place);
      frame.place.out = frame.element.c;
    }
    return section;
  }

  /** Puts an element where it belongs; a table into a frame in which it is scrolled sideways where it is too wide. */
  function put(around: Pick<Frame, 'inTable'>, element: OpenElement, place: Place): void {
    const isFramed = element.e === 'table' && !around.inTable;
    const dir = element.a?.['dir'];
    const frame: DrawnNode = { e: 'div', l: ['table'], ...(dir === undefined ? {} : { a: { dir } }), c: [element] };
    place.out.push(isFramed ? frame : element);
  }

  function openLine({ lang, dir, directed }: Frame): Line {
    writer.boundary(top);
    if (isLineCut) writer.joinLine();
    const element: OpenElement = { e: 'div', l: isLineCut ? ['inline', 'continued'] : ['inline'], c: [] };
    if (!directed) element.a = { dir: 'auto' };
    inherit(element, lang, dir);
    writer.nodes.push(element);
    meter.add({ blocks: 1, units: 0 });
    isLineCut = false;
    return { element, place: { out: element.c, depth: 1, separator: 'line' }, elements: 0, units: 0 };
  }

  function closeLine(): void {
    isLineCut = false;
    if (!line) return;
    line = undefined;
    writer.boundary(top);
  }

  /** Where what stands in a line of `frame` goes. */
  const placeIn = (frame: Frame): Place => (frame.isRoot ? (line?.place ?? top) : frame.place);

  function write(frame: Frame, value: string): void {
    const place = placeIn(frame);
    if (frame.inMath && frame.source.namespace === 'math') {
      if (mathTokens.has(frame.source.name)) writer.text(place, frame.block, value.trim().replace(/\s+/g, ' '), true);
      return;
    }
    if (frame.cell && LONG_WORD.test(value)) frame.cell.l = ['long-words'];
    for (const { text, title } of options.titleLinks && !frame.literal ? splitTitleLinks(value) : [{ text: value, title: undefined }]) {
      if (title === undefined) writer.text(place, frame.block, text, frame.pre);
      else {
        const link: OpenElement = { e: 'a', a: { 'title-link': title }, c: [] };
        place.out.push(link);
        writer.text({ ...place, out: link.c }, frame.block, text, frame.pre);
      }
    }
  }

  /** Draws what has no content; says whether `element` is such. */
  function drawEmpty(frame: Frame, element: HtmlElement, drawn: string | undefined): boolean {
    const place = placeIn(frame);
    if (element.namespace === 'svg' || drawn === 'img') {
      const image = element.namespace === 'svg' ? drawSvg(element) : openElement(element, 'img', { ...frame, isRoot: false });
      if (!image) return true;
      place.out.push(image);
      writer.object();
    } else if (drawn === 'br') writer.lineBreak(place);
    else if (drawn === 'hr') {
      writer.boundary(place);
      place.out.push({ e: 'hr' });
    } else if (drawn === 'wbr') place.out.push({ e: 'wbr' });
    else if (drawn === 'col') place.out.push(openElement(element, drawn, { ...frame, isRoot: false }));
    else return false;
    return true;
  }

  function enter(frame: Frame, source: HtmlElement, drawn: string | undefined, isCut: boolean): void {
    const around = placeIn(frame);
    const isBlock = drawn !== undefined && isBlockName(drawn);
    if (isBlock) writer.boundary(around);
    const inner: Frame = {
      ...frame,
      ...{ source, next: source.first, place: around, isBlock, isRoot: false, isCut, isCuttable: isCut, element: undefined },
      ...{ number: firstNumber(source, drawn), reaching: 0, columns: [], lang: undefined, dir: undefined },
      inMath: frame.inMath || source.namespace === 'math',
      block: drawn === undefined ? frame.block : blockOf(drawn, frame.block),
      pre: frame.pre || drawn === 'pre',
      literal: frame.literal || drawn === 'pre' || drawn === 'code' || drawn === 'a',
      inLayout: frame.inLayout && drawn !== 'table',
    };
    stack.push(inner);
    if (source.name === 'semantics' && source.namespace === 'math') inner.next = onlyFirst(source);
    if (drawn === undefined || around.depth >= DEEPEST) return;
    const element = openElement(source, drawn, frame);
    // It says nothing, and what it names is a target.
    if ((drawn === 'span' || drawn === 'a') && !element.a?.['href'] && Object.keys(element.a ?? {}).every((name) => name === 'id')) return;
    direct(inner, element);
    if (drawn === 'table') inner.inTable = true;
    if (drawn === 'table' && isCut) inner.columns = columnsFor(source, element);
    if (drawn === 'td' || drawn === 'th') inner.cell = element;
    element.c.push(...inner.columns);
    inner.element = element;
    inner.place = { out: element.c, depth: around.depth + 1, separator: inner.pre ? 'unseen' : drawn === 'tr' ? 'cell' : 'line' };
    put(frame, element, around);
  }

  /** The kind of text in an element: a `div` says nothing of its own. */
  function blockOf(drawn: string, around: BlockElement): BlockElement {
    const level = /^h([1-6])$/.exec(drawn)?.[1];
    if (level !== undefined) return { kind: 'heading', level: Number(level) };
    const kind = kinds[drawn];
    return kind ? { kind } : around;
  }

  /** Lets a block that says nothing of its direction take that of its first letter. */
  function direct(frame: Frame, element: OpenElement): void {
    if (element.a?.['dir'] !== undefined) frame.directed = true;
    if (frame.directed || frame.source.namespace !== 'html') return;
    if (isSided(element.e)) {
      element.a = { ...element.a, dir: directionOfBlock(frame.source) };
      element.l = [...(element.l ?? []), 'directed'];
    } else if (isDirectedText(element.e) && !frame.sided) {
      element.a = { ...element.a, dir: 'auto' };
    } else return;
    frame.sided = true;
  }

  function leave(): void {
    const frame = stack.pop();
    const around = stack.at(-1);
    if (!frame?.isBlock || !around) return;
    if (frame.isRoot) closeLine();
    writer.boundary(placeIn(around));
  }

  /** Whether a section ends before a block within `frame`. */
  function isFull(frame: Frame, item: SectionItem): boolean {
    if (frame.isRoot) return meter.isFullFor(item);
    if (elements >= LONG_ELEMENTS || units >= LONG_UNITS) return true;
    return frame.reaching === 0 && (elements >= PART_ELEMENTS || units >= PART_UNITS || meter.isFullFor(item));
  }

  /** Counts an element that is drawn in one section. */
  function count(source: HtmlElement, drawn: string | undefined, item: SectionItem): void {
    elements += 1 + source.elements;
    units += source.units;
    if (line) {
      line.elements += 1 + source.elements;
      line.units += source.units;
    }
    meter.add(drawn !== undefined && isBlockName(drawn) ? item : { units: source.units, blocks: 0 });
  }

  if (options.header) {
    const header: OpenElement = { e: 'div', a: { hidden: '' }, l: ['header'], c: [] };
    writer.nodes.push(header);
    writer.unseen({ out: header.c, depth: 1, separator: 'line' }, options.header);
  }

  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const child = frame.next;
    if (!child) {
      leave();
      continue;
    }
    frame.next = child.next;
    if (child.type === 'text') {
      consumed += child.value.length;
      if (frame.isRoot && !line) {
        if (!/[^ \t\n\f\r]/.test(child.value)) continue;
        if (meter.isFullFor({ units: child.value.length, blocks: 1, heading: false })) yield cut();
        line = openLine(frame);
      }
      if (frame.isRoot && line) line.units += child.value.length;
      write(frame, child.value);
      continue;
    }
    writer.target(targetOf(child));
    const isSkipped = isLeftOut(child) || (frame.isCut && frame.source.name === 'table' && child.name === 'colgroup');
    if (isSkipped) {
      consumed += child.units;
      continue;
    }
    const name = drawnNameIn(frame, child);
    const drawn = frame.inMath && name !== undefined && isBlockName(name) ? undefined : name;
    const isBlock = drawn !== undefined && isBlockName(drawn);
    if (frame.isRoot) {
      const isLayout = isLayoutTable(child);
      if (isLayout || isWrapper(child, frame.inLayout)) {
        if (isBlock) closeLine();
        stack.push({ ...rootFrame(child, frame.directed, frame), isBlock, inLayout: frame.inLayout || isLayout });
        continue;
      }
      if (isBlock) closeLine();
      else if (!line && child.first === null && drawn !== 'img' && drawn !== 'br' && child.namespace === 'html') continue;
    }
    const item: SectionItem = { units: child.units, blocks: Math.max(1, child.blocks), heading: /^h[1-6]$/.test(child.name) };
    const isCut = frame.isCuttable && isLong(child) && (drawn === undefined || cuttable.has(drawn) || !isBlock);
    const first = isCut ? { units: 0, blocks: 1, heading: false } : item;
    if (frame.isCuttable && (isBlock || (frame.isRoot && !line)) && isFull(frame, first)) yield cut();
    if (frame.isRoot && !isBlock) line ??= openLine(frame);
    if (frame.isCuttable && !isCut) count(child, drawn, item);
    if (child.name === 'li' && frame.element?.e === 'ol') frame.number = numberAfter(child, frame.number, stepOf(frame.source));
    if (frame.isCut && child.name === 'tr') frame.reaching = reachAfter(frame.reaching, child);
    if (!drawEmpty(frame, child, drawn)) enter(frame, child, drawn, isCut);
    else consumed += child.units;
    if (frame.isRoot && line && drawn === 'br' && (line.elements >= PART_ELEMENTS || line.units >= PART_UNITS)) {
      closeLine();
      isLineCut = true;
    }
  }
  closeLine();
  if (writer.nodes.length > 0) yield finish(true);
}

const kinds: Readonly<Record<string, BlockKind>> = {
  caption: 'paragraph',
  dd: 'item',
  dt: 'item',
  figcaption: 'paragraph',
  li: 'item',
  p: 'paragraph',
  pre: 'preformatted',
  summary: 'paragraph',
  td: 'cell',
  th: 'cell',
};

/** The one child of `<semantics>` that is shown, as all that there is to walk. */
function onlyFirst(semantics: HtmlElement): HtmlElement | null {
  const [first] = elementsOf(semantics);
  if (first) {
    first.next = null;
    semantics.last = first;
  }
  return first ?? null;
}

/** Whether a long table serves the layout of a page: one of its rows holds more than a section can. */
function isLayoutTable(element: HtmlElement): boolean {
  if (element.name !== 'table' || element.namespace !== 'html' || !isLong(element)) return false;
  for (const row of rowsOf(element)) if (isLong(row)) return true;
  return false;
}

/** How many rows below `row` its cells, or those above it, reach into. */
function reachAfter(reaching: number, row: HtmlElement): number {
  let most = Math.max(0, reaching - 1);
  for (const cell of cellsOf(row)) most = Math.max(most, spanOf(cell, 'rowspan') - 1);
  return most;
}
