import { type DocumentSection, type DrawnElement, type DrawnNode, droppedWithContent } from '#model';
import type { PageStyles } from '../css/drawn-style';
import type { SectionItem } from '../sections';
import { direct } from './directions';
import { isBlockName, isHidden, isLeftOut, targetOf } from './elements';
import { writeFences } from './formulas';
import {
  columnsFor,
  drawnNameIn,
  type Frame,
  innerFrame,
  isCutIn,
  isLong,
  isReady,
  isWrapper,
  levels,
  type OpenElement,
  openElement,
  rootFrame,
} from './frames';
import { imageAddress, isTiny, noscriptImages } from './images';
import { numberAfter, stepOf } from './lists';
import { drawMedia } from './media';
import { createPageSections } from './page-sections';
import { createSectionWriter, type Place } from './section-writer';
import { drawSvg } from './svg';
import { cellsOf, rowsOf, spanOf } from './table-columns';
import { attributeOf, detach, elementsOf, type HtmlElement, type HtmlNode, measure, type PageParser, textOf } from './tree';

export interface PageOptions {
  /** The page as a whole states its direction, so that its parts are not asked for theirs. */
  directed: boolean;
  /** Stands before the page: unseen, or as these nodes draw all of it. */
  header?: { text: string; nodes?: readonly DrawnNode[] | undefined };
  /** Draws TeX; `undefined` where it cannot be drawn, and is shown as it is written. Without it no TeX is. */
  drawTex?(tex: string, display: boolean): DrawnElement | undefined;
  /** What is not of the article, each with all that it holds. */
  outside?: ReadonlySet<HtmlNode> | undefined;
  /** The address beside the document of a picture, sound or film. */
  besideOf?: ((address: string) => string) | undefined;
  /** The picture that the file itself has of an address, as a `data:` address. */
  pictureAt?: ((address: string) => string | undefined) | undefined;
  /** The address within the file of a sound that can be played out of it; where it is told, what lies beside it is not played. */
  soundOf?: ((element: HtmlElement) => string | undefined) | undefined;
  /** What its style sheets say. Without it, nothing of them is drawn. */
  styles?: PageStyles | undefined;
}

/** Elements that lie deeper are drawn in the one at this depth: browsers and walks have an end. */
const DEEPEST = 200;
/** UTF-16 code units of the longest word that a cell keeps whole: one long address would make a table wider than any window. */
const LONG_WORD = /[^\s-]{31}/;
/** MathML elements that hold text. */
const mathTokens: ReadonlySet<string> = new Set(['mi', 'mn', 'mo', 'ms', 'mtext']);
/** Drawn elements that hold nothing. */
const emptyElements: ReadonlySet<string> = new Set(['img', 'br', 'hr', 'wbr', 'col']);
/** What a section holds at least of an element that is cut. */
const beginning: SectionItem = { units: 0, blocks: 1, heading: false };

/**
 * The sections of a page, in order. Walks the tree without calling itself. Wrappers of much are not drawn, long lists, tables and
 * quotations are cut between their children; what else there is comes out as the page has it, with allowed names only. The page is parsed
 * as it is needed: `undefined` stands between two pieces.
 */
export function* drawPage(parser: PageParser, body: HtmlElement, options: PageOptions): Generator<DocumentSection | undefined> {
  const writer = createSectionWriter();
  const stack: Frame[] = [];
  const sections = createPageSections(writer, stack, options.styles);
  stack.push({ ...rootFrame(body, sections.top), directed: options.directed, style: options.styles?.top });
  let consumed = 0;
  let farthest = 0;
  /** Before all is parsed, markup counts as text. */
  const progress = (): number => {
    const total = parser.isDone ? parser.units : parser.length;
    farthest = Math.max(farthest, total === 0 ? 1 : Math.min(1, consumed / total));
    return farthest;
  };

  /** Where a leaf goes that is outside of the article though the element in which it stands is not, or was not drawn: an element that says so. */
  function markedPlace(frame: Frame, isOutside: boolean): Place {
    const place = sections.placeIn(frame);
    if (!isOutside || frame.isMarked || frame.isRoot) return place;
    const mark: OpenElement = { e: 'span', l: ['outside'], c: [] };
    place.out.push(mark);
    return { ...place, out: mark.c };
  }

  function write(frame: Frame, value: string, isOutside: boolean): void {
    const place = markedPlace(frame, isOutside);
    if (frame.inMath && frame.source.namespace === 'math') {
      if (mathTokens.has(frame.source.name)) writer.text(place, frame.block, value.trim().replace(/\s+/g, ' '), true);
      return;
    }
    if (frame.cell && LONG_WORD.test(value)) frame.cell.l = ['long-words'];
    writer.text(place, frame.block, value, frame.pre);
  }

  /** Draws what has no content; says whether `element` is such. */
  function drawEmpty(frame: Frame, element: HtmlElement, drawn: string | undefined, isOutside: boolean): boolean {
    const isTex = element.name === 'lectern-tex';
    if (!isTex && element.namespace !== 'svg' && !(drawn !== undefined && emptyElements.has(drawn))) return false;
    const drawing = isTex && options.drawTex?.(attributeOf(element, 'data-tex') ?? '', attributeOf(element, 'data-display') !== undefined);
    if (isTex && !drawing) return false;
    const place = drawn === 'hr' || drawn === 'col' ? sections.placeIn(frame) : markedPlace(frame, isOutside);
    if (drawing) {
      writer.replaced(place, frame.block, textOf(element), drawing);
      return true;
    }
    if (element.namespace === 'svg' || drawn === 'img') {
      const image = element.namespace === 'svg' ? drawSvg(element) : drawImage(element, options);
      if (!image) return true;
      place.out.push(image);
      writer.object();
    } else if (drawn === 'br') writer.lineBreak(place);
    else if (drawn === 'hr') {
      writer.boundary(place);
      place.out.push(isOutside && !frame.isMarked ? { e: 'hr', l: ['outside'] } : { e: 'hr' });
    } else if (drawn === 'wbr') place.out.push({ e: 'wbr' });
    else place.out.push(openElement(element, 'col'));
    return true;
  }

  function enter(frame: Frame, source: HtmlElement, drawn: string | undefined, isCut: boolean, isOutside: boolean): void {
    const around = sections.placeIn(frame);
    if (source.name === 'mfenced' && source.namespace === 'math') writeFences(source);
    const inner = innerFrame(frame, source, drawn, around, isCut);
    inner.isOutside = isOutside;
    inner.style = sections.styleIn(frame);
    // A line of its own says so already.
    inner.isMarked ||= isOutside && frame.isRoot && sections.hasLine;
    if (inner.isBlock) writer.boundary(around);
    stack.push(inner);
    if (source.name === 'semantics' && source.namespace === 'math') inner.next = onlyFirst(source);
    if (drawn === undefined || around.depth >= DEEPEST) return;
    const element = openElement(source, drawn, frame);
    const styled = inner.style && options.styles?.of(source, drawn, inner.style);
    if (styled?.own) element.own = styled.own;
    const needsMark = isOutside && !inner.isMarked;
    if ((drawn === 'span' || drawn === 'a') && saysNothing(element) && !needsMark) return;
    if (needsMark) {
      element.l = [...(element.l ?? []), 'outside'];
      inner.isMarked = true;
    }
    direct(inner, element);
    if (drawn === 'table') inner.inTable = true;
    if (drawn === 'table' && isCut) inner.columns = columnsFor(source, element);
    if (drawn === 'td' || drawn === 'th') inner.cell = element;
    if (source.name === 'lectern-quoted')
      element.c.push({ e: 'summary', a: { title: 'What is quoted here' }, c: [{ ornament: 'Quoted text' }] });
    element.c.push(...inner.columns);
    inner.element = element;
    if (styled) inner.style = styled.style;
    inner.place = { out: element.c, depth: around.depth + 1, separator: inner.pre ? 'unseen' : drawn === 'tr' ? 'cell' : 'line' };
    sections.put(element, around, frame.inTable);
  }

  function leave(): void {
    const frame = stack.pop();
    const around = stack.at(-1);
    if (!frame?.isBlock || !around) return;
    if (frame.isRoot) sections.closeLine();
    writer.boundary(sections.placeIn(around));
  }

  if (options.header?.text) {
    const { text, nodes } = options.header;
    const header: OpenElement = { e: 'div', a: { hidden: '' }, l: ['header'], c: [] };
    if (!nodes) writer.nodes.push(header);
    writer.header(nodes ? sections.top : { out: header.c, depth: 1, separator: 'line' }, text, nodes);
  }

  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const child: HtmlNode | null = frame.isRoot ? (frame.before ? frame.before.next : frame.source.first) : frame.next;
    if (frame.isRoot && !parser.isDone && !isReady(frame, child)) {
      parser.feed();
      yield undefined;
      continue;
    }
    if (!child) {
      leave();
      continue;
    }
    if (frame.isRoot) {
      // What is drawn is not needed any more: a long page is never in memory as a whole.
      if (frame.before) detach(frame.before);
      frame.before = child;
    } else frame.next = child.next;
    if (child.type === 'element' && child.elements < 0 && (parser.isDone || !child.isOpen)) measure(child);
    const isOutside = frame.isOutside || options.outside?.has(child) === true;
    writer.isOutside = isOutside;
    if (child.type === 'text') {
      consumed += child.value.length;
      if (frame.isRoot && !sections.hasLine) {
        if (!/[^ \t\n\f\r]/.test(child.value)) continue;
        if (sections.isFull(frame, { units: child.value.length, blocks: 1, heading: false })) yield sections.cut(progress());
        sections.openLine(frame, isOutside);
      } else if (frame.isRoot && /\S/.test(child.value)) sections.openLine(frame, isOutside);
      if (frame.isRoot) sections.addToLine(0, child.value.length);
      write(frame, child.value, isOutside);
      continue;
    }
    writer.target(targetOf(child));
    for (const chip of standIns(child, options)) {
      if (frame.isRoot) sections.openLine(frame, isOutside);
      markedPlace(frame, isOutside).out.push(chip);
      writer.object();
    }
    if (isLeftOut(child) || (child.name === 'colgroup' && frame.isCut && frame.source.name === 'table')) {
      consumed += child.units;
      continue;
    }
    const drawn = drawnNameIn(frame, child);
    const isBlock = drawn !== undefined && isBlockName(drawn);
    if (frame.isRoot) {
      if (isBlock) sections.closeLine();
      const isLayout = isLayoutTable(child);
      if (isLayout || isWrapper(child, frame.inLayout)) {
        stack.push({ ...rootFrame(child, sections.top, frame), isBlock, isOutside, inLayout: frame.inLayout || isLayout });
        continue;
      }
      if (!isBlock && !sections.hasLine && showsNothing(child, drawn)) continue;
    }
    const isCut = isCutIn(frame, child, drawn);
    if (frame.isCuttable) {
      const item: SectionItem = { units: child.units, blocks: Math.max(1, child.blocks), heading: levels.has(child.name) };
      const mayCut = isBlock || (frame.isRoot && !sections.hasLine);
      if (mayCut && sections.isFull(frame, isCut ? beginning : item)) yield sections.cut(progress());
      if (frame.isRoot && !isBlock) sections.openLine(frame, isOutside);
      if (!isCut) sections.count(child, drawn, item);
    }
    if (child.name === 'li' && frame.element?.e === 'ol') frame.number = numberAfter(child, frame.number, stepOf(frame.source));
    if (frame.isCut && child.name === 'tr') frame.reaching = reachAfter(frame.reaching, child);
    if (drawEmpty(frame, child, drawn, isOutside)) consumed += child.units;
    else enter(frame, child, drawn, isCut, isOutside);
    if (frame.isRoot && drawn === 'br') sections.cutLineIfLong();
  }
  sections.closeLine();
  if (writer.nodes.length > 0) yield sections.finish(1);
}

/** A picture by the address that it has once a page's scripts have run; none for what only counts readers. */
function drawImage(element: HtmlElement, { pictureAt, besideOf = asWritten }: PageOptions): OpenElement | undefined {
  if (isTiny(element)) return undefined;
  const image = openElement(element, 'img');
  const address = imageAddress(element);
  const src = address !== undefined ? (pictureAt?.(address) ?? besideOf(address)) : undefined;
  if (src !== undefined && src !== image.a?.['src']) image.a = { ...image.a, src };
  return image;
}

/** What is drawn in place of an element that is left out though a reader should see something of it. */
function standIns(element: HtmlElement, options: PageOptions): OpenElement[] {
  if (!droppedWithContent.has(element.name) || element.namespace !== 'html' || isHidden(element)) return [];
  if (element.name === 'noscript') return noscriptImages(element).flatMap((image) => drawImage(image, options) ?? []);
  const { soundOf, besideOf = asWritten } = options;
  // A book has all that is its own.
  return [(soundOf ? drawMedia(element, soundOf(element)) : drawMedia(element, undefined, besideOf)) ?? []].flat();
}

const asWritten = (address: string): string => address;

/** Whether an element has nothing but a name, which is a target already. */
function saysNothing({ a, l, own }: OpenElement): boolean {
  if (l || own) return false;
  for (const name in a) if (name !== 'id') return false;
  return true;
}

/** Whether a line need not be begun for an element. */
const showsNothing = (element: HtmlElement, drawn: string | undefined): boolean =>
  element.first === null && drawn !== 'img' && drawn !== 'br' && element.namespace === 'html';

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
