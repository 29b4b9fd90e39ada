import { isBlock } from './blocks';
import { directionOfBlock } from './directions';
import { firstNumberOf, type ListNumbers, numberAfter, numbersOf, setNumbers, stepOf } from './lists';
import { type Columns, columnsOf } from './table-columns';

/** Elements that are cut between their children when they are long; each part has a copy of them around it. */
const CUTTABLE = new Set('ARTICLE BLOCKQUOTE DD DETAILS DIV DL FIGURE LI OL SECTION TABLE TBODY TFOOT THEAD UL'.split(' '));

/** Elements and UTF-16 code units of a part. */
const PART_ELEMENTS = 200;
const PART_UNITS = 40_000;
/** From here on an element is cut: drawn whole, it would hold the main thread. */
const LONG_ELEMENTS = 4 * PART_ELEMENTS;
const LONG_UNITS = 4 * PART_UNITS;

/** An element that lies in more than one part. */
interface Shared {
  nodeName: string;
  /** Of an ordered list, as a whole. */
  numbers: ListNumbers | undefined;
}

/** One part of a block that was cut. */
export interface Part {
  element: HTMLElement;
  /** The elements that go on from the part before, each inside the one before it: the first is `element` itself. */
  continued: readonly Shared[];
  /** Likewise those that go on in the next part. */
  continues: readonly Shared[];
  /** Of a table that is cut between its rows. */
  columns?: Columns;
}

const elementsIn = (element: Element): number => element.getElementsByTagName('*').length;

const isLong = (element: Element): boolean => elementsIn(element) > LONG_ELEMENTS || element.textContent.length > LONG_UNITS;

/** Whether an element is so long that it must be cut, and can be. */
export const isCut = (element: Element): boolean => CUTTABLE.has(element.nodeName) && element.children.length > 0 && isLong(element);

/** Whether a long table serves the layout of a page: one of its rows holds more than a part can. */
export const isLayoutTable = (element: Element): boolean =>
  element.nodeName === 'TABLE' && isLong(element) && [...(element as HTMLTableElement).rows].some(isLong);

/** An element that is being cut, and its present part. */
interface Level {
  source: HTMLElement;
  clone: HTMLElement;
  shared: Shared;
  /** Of a table: copies of its column groups, for the parts that have not its own. */
  groups: readonly Node[];
  /** Of an ordered list: the next item's number. */
  number: number;
  /** Rows to come that a cell above them reaches into. */
  reaching: number;
}

/**
 * The parts of a long block, in order. Its nodes are moved into them, so that their text nodes joined are those of the block. Tables are
 * cut between rows that no cell reaches across, and ordered lists count on.
 */
export function* cutBlock(block: HTMLElement): Generator<Part> {
  const columns = block.nodeName === 'TABLE' ? columnsOf(block as HTMLTableElement) : undefined;
  const first = openLevel(block);
  const levels = [first];
  let continued: readonly Shared[] = [];
  let elements = 0;
  let units = 0;

  const open = (): Shared[] => levels.map(({ shared }) => shared);
  const isFull = ({ reaching }: Level): boolean =>
    elements >= LONG_ELEMENTS || units >= LONG_UNITS || (reaching === 0 && (elements >= PART_ELEMENTS || units >= PART_UNITS));

  function* walk(level: Level): Generator<Part> {
    for (const child of [...level.source.childNodes]) {
      if (isBlock(child) && isFull(level)) {
        yield { element: first.clone, continued, continues: open(), columns };
        continued = open();
        elements = 0;
        units = 0;
        goOn(levels);
      }
      if (child.nodeName === 'LI') level.number = numberAfter(child as Element, level.number, stepOf(level.source));
      if (child.nodeName === 'TR') level.reaching = reachAfter(level, child as HTMLTableRowElement);
      const inner = child.nodeType === Node.ELEMENT_NODE && isCut(child as Element) ? openLevel(child as HTMLElement) : undefined;
      level.clone.append(inner?.clone ?? child);
      if (inner) {
        levels.push(inner);
        yield* walk(inner);
        levels.pop();
      } else {
        units += child.textContent?.length ?? 0;
        if (child.nodeType === Node.ELEMENT_NODE) elements += 1 + elementsIn(child as Element);
      }
    }
  }

  yield* walk(first);
  yield { element: first.clone, continued, continues: [], columns };
}

function openLevel(source: HTMLElement): Level {
  const groups = [...source.children].filter(({ nodeName }) => nodeName === 'COLGROUP').map(copyGroup);
  const dir = directionOfBlock(source);
  if (dir) source.dir = dir;
  const shared = { nodeName: source.nodeName, numbers: numbersOf(source) };
  return { source, clone: source.cloneNode(false) as HTMLElement, shared, groups, number: firstNumberOf(source), reaching: 0 };
}

/** A group of columns without the white space between them, which is the first part's. */
function copyGroup(group: Element): Node {
  const copy = group.cloneNode(false);
  for (const column of group.children) copy.appendChild(column.cloneNode(false));
  return copy;
}

/** Gives each level an empty copy that goes on where the part before ended. */
function goOn(levels: readonly Level[]): void {
  for (const [index, level] of levels.entries()) {
    const { source, number, groups } = level;
    const clone = source.cloneNode(false) as HTMLElement;
    clone.removeAttribute('id');
    clone.removeAttribute('value');
    // An item that goes on counts once more, though its number does not show.
    if (source.nodeName === 'OL') clone.setAttribute('start', String(index < levels.length - 1 ? number - stepOf(source) : number));
    for (const group of groups) clone.append(group.cloneNode(true));
    levels[index - 1]?.clone.append(clone);
    level.clone = clone;
  }
}

/** How many rows below `row` its cells, or those above it, reach into. */
const reachAfter = ({ reaching }: Level, row: HTMLTableRowElement): number =>
  Math.max(0, reaching - 1, ...[...row.cells].map(({ rowSpan }) => rowSpan - 1));

/** Says on a part that was made safe where it goes on from the part before and in the next (document.css). */
export function markPart(root: Element, { continued, continues }: Pick<Part, 'continued' | 'continues'>): void {
  const mark = (shared: readonly Shared[], className: string, edge: (children: Element[]) => Element | undefined): void => {
    let element: Element | undefined = root;
    for (const [index, { nodeName, numbers }] of shared.entries()) {
      if (index > 0) element = edge([...(element?.children ?? [])].filter((child) => child.nodeName === nodeName));
      element?.classList.add(className);
      if (numbers && element instanceof HTMLElement) setNumbers(element, numbers);
    }
  };
  mark(continued, 'doc-goes-on', (children) => children.at(0));
  mark(continues, 'doc-unfinished', (children) => children.at(-1));
}
