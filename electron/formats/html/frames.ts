import { allowedMathElements, type BlockKind, calloutLooks, codeLooks, type DrawnNode, type Look, type OwnStyles } from '#model';
import type { DrawnStyle } from '../css/drawn-style';
import { directionIn, drawnAttributes, drawnName, isBlockName } from './elements';
import { digitsOf, firstNumberOf, isTask } from './lists';
import type { BlockElement, Place } from './section-writer';
import { type Columns, columnsOf } from './table-columns';
import { attributeOf, descendantsOf, elementsOf, type HtmlElement, type HtmlNode } from './tree';

/** A drawn element that is still being written. */
export interface OpenElement {
  e: string;
  a?: Record<string, string>;
  l?: Look[];
  s?: Record<string, string>;
  own?: OwnStyles;
  c: DrawnNode[];
}

/** An element of the page whose children are being drawn. Its descendants inherit the first of these, up to `cell`. */
export interface Frame {
  /** White space is kept. */
  pre: boolean;
  /** A direction is stated or told already. */
  directed: boolean;
  /** An element around it goes one way, told by its first letter. */
  sided: boolean;
  inTable: boolean;
  /** In a table that lays out a page: its parts are drawn one below the other. */
  inLayout: boolean;
  inMath: boolean;
  /** Not of the article; `isMarked`: an element around says so. */
  isOutside: boolean;
  isMarked: boolean;
  /** The cell around it. */
  cell: OpenElement | undefined;
  source: HtmlElement;
  /** The child that comes next; of a root frame the one before it, since more may be parsed. */
  next: HtmlNode | null;
  before: HtmlNode | null;
  place: Place;
  block: BlockElement;
  isBlock: boolean;
  /** Not drawn itself, so that what it holds can be cut into sections. */
  isRoot: boolean;
  /** Long: it is cut between its children, and each part has a copy of it. */
  isCut: boolean;
  /** All elements around its children are cut or not drawn. */
  isCuttable: boolean;
  element: OpenElement | undefined;
  /** Of an opened wrapper, for the elements in it. */
  lang: string | undefined;
  dir: string | undefined;
  /** How what is drawn around its children is drawn, where style sheets are read. */
  style: DrawnStyle | undefined;
  /** Of an ordered list: the next item's number. */
  number: number;
  /** Rows to come that a cell above them reaches into. */
  reaching: number;
  /** Of a table that is cut: what each part begins with. */
  columns: readonly DrawnNode[];
}

/** Elements and UTF-16 code units from which on an element is cut: drawn whole, it would hold the window. */
export const LONG_ELEMENTS = 800;
export const LONG_UNITS = 160_000;

export const isLong = ({ elements, units }: HtmlElement): boolean => elements > LONG_ELEMENTS || units > LONG_UNITS;

/** Blocks that are cut between their children when they are long; inline elements are as well. */
const cuttable: ReadonlySet<string> = new Set([
  ...['blockquote', 'dd', 'details', 'div', 'dl', 'figure', 'li', 'ol', 'table', 'tbody', 'tfoot', 'thead', 'ul'],
]);

/** A wrapper with more elements than this is not drawn, so that its content can be cut into sections. */
const WRAPPER_ELEMENTS = 80;
const wrappers: ReadonlySet<string> = new Set([
  ...['article', 'aside', 'center', 'dialog', 'div', 'fieldset', 'font', 'footer', 'form', 'header', 'hgroup', 'main', 'nav', 'search'],
  ...['section', 'span'],
]);
const tableParts: ReadonlySet<string> = new Set(['caption', 'colgroup', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);

/** Whether an element within `frame` is drawn in parts, each a copy of it. */
export const isCutIn = (frame: Frame, element: HtmlElement, drawn: string | undefined): boolean =>
  frame.isCuttable && isLong(element) && (drawn === undefined || cuttable.has(drawn) || !isBlockName(drawn));

/** Whether an element only stands around much of a page. */
export const isWrapper = (element: HtmlElement, inLayout: boolean): boolean =>
  element.namespace === 'html' &&
  holdsMuch(element) &&
  (wrappers.has(element.name) || element.name.includes('-') || (inLayout && tableParts.has(element.name)));

/** Of one that is not measured because it is still being parsed, by what there is of it. */
function holdsMuch(element: HtmlElement): boolean {
  if (element.elements >= 0) return element.elements > WRAPPER_ELEMENTS;
  let count = 0;
  for (const node of descendantsOf(element)) if (node.type === 'element' && ++count > WRAPPER_ELEMENTS) return true;
  return false;
}

/** Whether what a root frame has next is parsed so far that nothing of it can change any more, or is a wrapper that is entered as it grows. */
export function isReady({ source }: Frame, child: HtmlNode | null): boolean {
  if (!child) return !source.isOpen;
  // A `<font>` is moved about by the parser while it is open.
  if (child.type === 'element' && child.isOpen) return child.name !== 'font' && isWrapper(child, false);
  if (!child.next) return !source.isOpen;
  // What may not stand in a table is put before it.
  return !(child.next.type === 'element' && child.next.isOpen && child.next.name === 'table');
}

/** As what an element is drawn within `frame`; `undefined` when only what it holds is. */
export function drawnNameIn(frame: Frame, element: HtmlElement): string | undefined {
  if (frame.inLayout && element.namespace === 'html' && tableParts.has(element.name)) return 'div';
  const drawn = drawnName(element);
  // A formula stands in a line, whatever it holds.
  return frame.inMath && drawn !== undefined && isBlockName(drawn) ? undefined : drawn;
}

/** What an element is drawn as, with its allowed attributes; those of opened wrappers around it are its own. */
export function openElement(source: HtmlElement, e: string, around?: Pick<Frame, 'lang' | 'dir'>): OpenElement {
  const element: OpenElement = { e, c: [] };
  const a = drawnAttributes(source, e);
  if (a) element.a = a;
  if (around) inherit(element, around.lang, around.dir);
  if (source.name.startsWith('lectern-')) markOwn(element, source);
  if (e === 'li' && isTask(source)) element.l = ['task'];
  if (e === 'ol') {
    const digits = digitsOf(source);
    if (digits > 1) element.s = { '--digits': String(digits) };
  }
  return element;
}

/** What our own elements say, which are made of what HTML has no element for. */
function markOwn(element: OpenElement, source: HtmlElement): void {
  const written = attributeOf(source, 'kind');
  const part = codeLooks.find((look) => look === written);
  if (source.name === 'lectern-callout') element.l = ['callout', `callout-${calloutLooks.find((look) => look === written) ?? 'note'}`];
  else if (source.name === 'lectern-code' && part) element.l = [`code-${part}`];
  else if (source.name === 'lectern-callout-title') element.l = ['callout-title'];
  else if (source.name === 'lectern-footnote') element.l = ['footnote'];
  else if (source.name === 'lectern-footnotes') element.l = ['footnotes'];
  else if (source.name === 'lectern-shortcode') element.l = ['shortcode'];
  else if (source.name === 'lectern-tag') {
    element.a = { 'tag-link': attributeOf(source, 'to') ?? '' };
    element.l = ['tag'];
  } else if (source.name === 'lectern-link') {
    const to = attributeOf(source, 'to');
    if (to !== undefined) element.a = { 'title-link': to };
    if (attributeOf(source, 'embed') !== undefined) element.l = ['embed'];
  }
}

/** Gives an element the language and direction of a wrapper that is not drawn. */
export function inherit(element: OpenElement, lang: string | undefined, dir: string | undefined): void {
  // MathML has no language of its own.
  if (lang !== undefined && !allowedMathElements.has(element.e) && element.a?.['lang'] === undefined) element.a = { ...element.a, lang };
  if (dir !== undefined && element.a?.['dir'] === undefined) element.a = { ...element.a, dir };
}

/** The language and direction that the children of an opened wrapper inherit. */
const statedBy = (source: HtmlElement, around: Pick<Frame, 'lang' | 'dir'>): Pick<Frame, 'lang' | 'dir'> => ({
  lang: attributeOf(source, 'lang') ?? around.lang,
  dir: directionIn(attributeOf(source, 'dir')) ?? around.dir,
});

/** The copy with which a cut element goes on. `hasInner`: it is cut in the middle of its last child, not after it. */
export function continuedElement(frame: Frame, element: OpenElement, hasInner: boolean): OpenElement {
  const { id: _id, value: _value, ...a } = element.a ?? {};
  const step = a['reversed'] === undefined ? 1 : -1;
  // An item that goes on counts once more, though its number does not show.
  if (element.e === 'ol') a['start'] = String(hasInner ? frame.number - step : frame.number);
  const looks = (element.l ?? []).filter((look) => look !== 'unfinished' && look !== 'goes-on');
  const continued: OpenElement = { ...element, a, l: [...looks, 'goes-on'], c: [...frame.columns] };
  if (element.own) {
    const { 'margin-block-start': _before, 'text-indent': _indent, ...own } = element.own;
    continued.own = own;
  }
  return continued;
}

/** What the parts of a cut table begin with: columns of one width in all of them, or the author's own. */
export function columnsFor(source: HtmlElement, element: OpenElement): DrawnNode[] {
  const columns = columnsOf(source);
  if (!columns) return statedColumnsOf(source);
  element.l = [...(element.l ?? []), 'columns'];
  element.s = { ...element.s, '--least-width': `${columns.leastWidth}ch` };
  return [drawColumns(columns)];
}

function statedColumnsOf(source: HtmlElement): DrawnNode[] {
  return [...elementsOf(source)]
    .filter(({ name }) => name === 'colgroup')
    .map((group) => ({
      ...openElement(group, 'colgroup'),
      c: [...elementsOf(group)].filter(({ name }) => name === 'col').map((column) => openElement(column, 'col')),
    }));
}

const drawColumns = ({ shares }: Columns): DrawnNode => ({
  e: 'colgroup',
  c: shares.map((share) => ({ e: 'col', s: { width: `${(100 * share).toFixed(2)}%` } })),
});

/** The frame of a page's body, or within `around` of a wrapper that is not drawn itself. */
export function rootFrame(source: HtmlElement, place: Place, around?: Frame): Frame {
  const stated = around ? statedBy(source, around) : { lang: undefined, dir: undefined };
  return {
    pre: false,
    directed: (around?.directed ?? false) || stated.dir !== undefined,
    sided: false,
    inTable: false,
    inLayout: around?.inLayout ?? false,
    inMath: false,
    isOutside: around?.isOutside ?? false,
    isMarked: false,
    cell: undefined,
    source,
    next: source.first,
    before: null,
    place,
    block: { kind: 'paragraph' },
    isBlock: false,
    isRoot: true,
    isCut: false,
    isCuttable: true,
    element: undefined,
    ...stated,
    style: around?.style,
    number: 1,
    reaching: 0,
    columns: [],
  };
}

/** The frame of an element within `around` that is drawn as `drawn`, at first at the place where it stands. */
export function innerFrame(around: Frame, source: HtmlElement, drawn: string | undefined, place: Place, isCut: boolean): Frame {
  return {
    pre: around.pre || drawn === 'pre',
    directed: around.directed,
    sided: around.sided,
    inTable: around.inTable,
    inLayout: around.inLayout && drawn !== 'table',
    inMath: around.inMath || source.namespace === 'math',
    isOutside: around.isOutside,
    isMarked: around.isMarked,
    cell: around.cell,
    source,
    next: source.first,
    before: null,
    place,
    block: drawn === undefined ? around.block : blockOf(drawn, around.block),
    isBlock: drawn !== undefined && isBlockName(drawn),
    isRoot: false,
    isCut,
    isCuttable: isCut,
    element: undefined,
    lang: undefined,
    dir: undefined,
    style: around.style,
    number: drawn === 'ol' ? firstNumberOf(source) : 1,
    reaching: 0,
    columns: noNodes,
  };
}

const noNodes: readonly DrawnNode[] = [];

const kinds: ReadonlyMap<string, BlockKind> = new Map([
  ['caption', 'paragraph'],
  ['dd', 'item'],
  ['dt', 'item'],
  ['figcaption', 'paragraph'],
  ['li', 'item'],
  ['p', 'paragraph'],
  ['pre', 'preformatted'],
  ['summary', 'paragraph'],
  ['td', 'cell'],
  ['th', 'cell'],
]);
/** Of headings. */
export const levels: ReadonlyMap<string, number> = new Map([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, level]));

/** The kind of text in an element: a `div` says nothing of its own. */
function blockOf(drawn: string, around: BlockElement): BlockElement {
  const level = levels.get(drawn);
  if (level !== undefined) return { kind: 'heading', level };
  const kind = kinds.get(drawn);
  return kind ? { kind } : around;
}
