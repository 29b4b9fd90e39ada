import { countBlocks, headingLevelOf, isBlock } from './blocks';
import { cutBlock, isCut, isLayoutTable, markPart, type Part } from './cut-blocks';
import { directBlocks } from './directions';
import { numbersOf, setNumbers } from './lists';
import { sanitise } from './sanitise';
import { createSection } from './section';
import { cutSections } from './sections';
import { setColumns } from './table-columns';
import { frameTables } from './tables';

/** Elements sanitised at a time: about 2 ms of work. */
const CHUNK_ELEMENTS = 200;
const CHUNK_UNITS = 40_000;
/** A wrapper with more elements than this is opened, so that its content can be cut into sections. */
const WRAPPER_ELEMENTS = 80;
const WRAPPERS = new Set('ARTICLE ASIDE BODY CENTER DIV FONT FOOTER FORM HEADER MAIN NAV SECTION SPAN'.split(' '));

/** A parsed, hostile page: `total` (UTF-16 code units) is about what it has to show, `text` that as it stands in the markup. */
export interface ParsedPage {
  body: HTMLElement;
  lang: string;
  dir: string;
  total: number;
  text: string;
}

/** What is to be drawn of an inert document. */
export function readPage(page: Document): ParsedPage {
  const { body, documentElement } = page;
  const text = body.textContent;
  return {
    body,
    lang: body.lang || documentElement.lang,
    dir: body.dir || documentElement.dir,
    total: text.length,
    text,
  };
}

/** The sanitised sections of a page, in order, not yet in the document. */
export function* drawHtml(page: ParsedPage, documentId: string): Generator<HTMLElement> {
  const blocks = cutSections(sanitisedBlocks(page, documentId), (node) => ({
    units: (node.textContent ?? '').length,
    blocks: countBlocks(node),
    heading: node instanceof Element && headingLevelOf(node) !== undefined,
  }));
  for (const nodes of blocks) {
    const section = createSection(nodes);
    if (!page.dir) directBlocks(section);
    makeRoomForNumbers(section);
    frameTables(section);
    yield section;
  }
}

/** The parts of lists that were cut have the room that the whole list takes already. */
function makeRoomForNumbers(section: HTMLElement): void {
  for (const list of section.querySelectorAll<HTMLElement>('ol:not(.doc-goes-on, .doc-unfinished)')) {
    const numbers = numbersOf(list);
    if (numbers) setNumbers(list, numbers);
  }
}

/** Sanitises chunk by chunk, so that a page of several megabytes does not hold the main thread. */
function* sanitisedBlocks(page: ParsedPage, documentId: string): Generator<Node> {
  let holder = emptyHolder(page);
  let elements = 0;
  let units = 0;
  const flush = function* (): Generator<Node> {
    const fragment = sanitise(holder, documentId);
    holder = emptyHolder(page);
    elements = 0;
    units = 0;
    yield* groupInline(document.adoptNode(fragment).firstElementChild);
  };
  for (const piece of unwrap(page.body, {})) {
    if (!(piece instanceof Node)) {
      if (holder.hasChildNodes()) yield* flush();
      yield drawPart(piece, emptyHolder(page), documentId);
      continue;
    }
    const node = piece;
    holder.append(node);
    if (node.nodeType === Node.ELEMENT_NODE) elements += 1 + (node as Element).getElementsByTagName('*').length;
    units += node.textContent?.length ?? 0;
    const full = elements >= CHUNK_ELEMENTS || units >= CHUNK_UNITS;
    // A line of text and links is cut only at its breaks, unless it is very long.
    if (full && (isBlock(node) || node.nodeName === 'BR' || elements >= 4 * CHUNK_ELEMENTS || units >= 4 * CHUNK_UNITS)) yield* flush();
  }
  if (holder.hasChildNodes()) yield* flush();
}

const emptyHolder = (page: ParsedPage): HTMLElement => page.body.ownerDocument.createElement('div');

/** A part of a long block, made safe by itself. */
function drawPart(part: Part, holder: HTMLElement, documentId: string): Node {
  holder.append(part.element);
  const element = document.adoptNode(sanitise(holder, documentId)).firstElementChild?.firstElementChild;
  if (!element) throw new Error('A part of a block was not kept.');
  markPart(element, part);
  if (part.columns) setColumns(element, part.columns);
  return element;
}

interface Inherited {
  lang?: string;
  dir?: string;
}

/** The children of a wrapper, large wrappers among them opened likewise; language, direction and name of a wrapper stay. */
function* unwrap(wrapper: Element, inherited: Inherited): Generator<Node | Part> {
  for (const node of [...wrapper.childNodes]) {
    if (node.nodeType !== Node.ELEMENT_NODE) {
      yield node;
      continue;
    }
    const element = node as HTMLElement;
    const lang = element.getAttribute('lang') ?? inherited.lang;
    const dir = element.getAttribute('dir') ?? inherited.dir;
    if (opens(element)) {
      if (element.id) yield nameMark(element);
      yield* unwrap(element, { lang, dir });
      continue;
    }
    if (lang !== undefined) element.setAttribute('lang', lang);
    if (dir !== undefined) element.setAttribute('dir', dir);
    if (isLayoutTable(element)) yield* unwrap(withoutTable(element as HTMLTableElement), { lang, dir });
    else if (isCut(element)) yield* cutBlock(element);
    else yield element;
  }
}

const opens = (element: Element): boolean =>
  (WRAPPERS.has(element.nodeName) || element.nodeName.includes('-')) && element.getElementsByTagName('*').length > WRAPPER_ELEMENTS;

/** What a table that lays out a page holds, its cells one below the other. */
function withoutTable(table: HTMLTableElement): HTMLElement {
  const opened = (element: Element): HTMLElement => {
    const block = element.ownerDocument.createElement('div');
    if (element.id) block.id = element.id;
    block.append(...element.childNodes);
    return block;
  };
  const holder = table.ownerDocument.createElement('div');
  holder.append(opened(table));
  for (const part of holder.querySelectorAll('caption, colgroup, thead, tbody, tfoot, tr, td, th'))
    if (!part.closest('table')) part.replaceWith(opened(part));
  return holder;
}

function nameMark(element: Element): HTMLElement {
  const mark = element.ownerDocument.createElement('span');
  mark.id = element.id;
  return mark;
}

/** The children of `holder`, text and inline elements that follow one another gathered in one block. */
function* groupInline(holder: Element | null): Generator<Node> {
  let line: Node[] = [];
  for (const node of [...(holder?.childNodes ?? [])]) {
    if (!isBlock(node)) {
      line.push(node);
      continue;
    }
    yield* closeLine(line);
    line = [];
    yield node;
  }
  yield* closeLine(line);
}

function* closeLine(line: readonly Node[]): Generator<Node> {
  if (line.every((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() === '')) {
    yield* line;
    return;
  }
  const block = document.createElement('div');
  block.className = 'doc-inline';
  block.append(...line);
  yield block;
}
