import { drawnName, isBlockName } from '../html/elements';
import { attributeOf, type HtmlElement } from '../html/tree';
import {
  type Declaration,
  type InheritedProperty,
  inheritedProperties,
  type LengthProperty,
  type OwnProperty,
  type Property,
} from './declarations';
import type { Matcher, MatcherIndex } from './selectors';
import { parseStyleAttribute } from './style-sheet';

/** How an element is drawn, as its style sheets have it. Of many alike there is one. */
export interface Computed {
  inherited: Readonly<Record<InheritedProperty, string>>;
  direction: 'ltr' | 'rtl';
  /** em by which the first line of a block begins further in. */
  indent: number;
  /** em from the edges of the page to the text, of all blocks around it; their own edges are those of the reader's view. */
  start: number;
  end: number;
  /** em before and after it. */
  before: number;
  after: number;
  /** It stands in lines of its own; `isLine`: though it is an element that does not. */
  isBlock: boolean;
  isLine: boolean;
  /** em before what stands within a line. */
  gap: number;
  raised: 'super' | 'sub' | undefined;
  decoration: string | undefined;
  /** A page of a printed book begins with it. */
  breaks: boolean;
}

export const initial: Computed = {
  inherited: inheritedProperties,
  direction: 'ltr',
  indent: 0,
  start: 0,
  end: 0,
  before: 0,
  after: 0,
  isBlock: true,
  isLine: false,
  gap: 0,
  raised: undefined,
  decoration: undefined,
  breaks: false,
};

/** What elements look like before any style sheet: in browsers, and as the window draws them. */
const italic = { 'font-style': 'italic' };
const bold = { 'font-weight': 'bold' };
const aside = { 'text-align': 'start' };
export const defaults: Readonly<Partial<Record<string, Readonly<Partial<Record<InheritedProperty, string>>>>>> = {
  ...Object.fromEntries(['address', 'cite', 'dfn', 'em', 'i', 'var'].map((name) => [name, italic])),
  ...Object.fromEntries(['b', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong'].map((name) => [name, bold])),
  ...Object.fromEntries(['pre', 'table', 'td'].map((name) => [name, aside])),
  th: { ...bold, ...aside },
  ul: { 'list-style-type': 'disc' },
  ol: { 'list-style-type': 'decimal' },
};

/** Blocks whose edges are the reader's view's: they have signs there, or stand beside one another. */
const edgesOfView: ReadonlySet<string> = new Set([
  ...[
    'blockquote',
    'body',
    'caption',
    'col',
    'colgroup',
    'dd',
    'dl',
    'figure',
    'hr',
    'html',
    'li',
    'ol',
    'pre',
    'table',
    'tbody',
    'td',
    'tfoot',
  ],
  ...['th', 'thead', 'tr', 'ul'],
]);

/** em that a text is moved in at most, by all that is around it. */
const FARTHEST = 20;

/** A place in the tree that is like others to the selectors that only ask for names and classes of elements around one another. */
interface Likeness {
  inner: Map<string, Likeness>;
  matched: readonly Matcher[];
  /** What else may match, by its name or class. */
  others: readonly Matcher[];
  /** What was computed last for such an element, within `around`, by what else matches. */
  known: Map<string, { around: Computed; computed: Computed }>;
}

export interface Styled {
  computed: Computed;
  likeness: Likeness;
}

/** Computes how elements are drawn, from the top of a tree down. */
export interface Cascade {
  readonly top: Styled;
  /** `around`: of the element that it stands in. */
  style(element: HtmlElement, around: Styled): Styled;
}

export function createCascade(index: MatcherIndex): Cascade {
  const all = index.get('*') ?? [];
  const ids = [...index.keys()].some((key) => key.startsWith('#'));
  const attributes: ReadonlySet<string> = new Set([...index.keys()].filter((key) => key.startsWith('[')));

  function likenessOf(element: HtmlElement, classes: string, around: Likeness): Likeness {
    const name = `${element.name} ${classes}`;
    let likeness = around.inner.get(name);
    if (!likeness) {
      const candidates = [
        ...all,
        ...(index.get(element.name) ?? []),
        ...classes.split(/\s+/).flatMap((each) => index.get(`.${each}`) ?? []),
      ];
      likeness = {
        inner: new Map(),
        matched: candidates.filter(({ isByAncestry, matches }) => isByAncestry && matches(element)),
        others: candidates.filter(({ isByAncestry }) => !isByAncestry),
        known: new Map(),
      };
      around.inner.set(name, likeness);
    }
    return likeness;
  }

  return {
    top: { computed: initial, likeness: { inner: new Map(), matched: [], others: [], known: new Map() } },
    style(element, around) {
      let classes = '';
      let own: Declaration[] | undefined;
      let isSaid = false;
      let candidates: readonly Matcher[] | undefined;
      for (const { name, value } of element.attributes) {
        if (name === 'class') classes = value.trim();
        else if (name === 'style') own = parseStyleAttribute(value);
        else if (name === 'align' || name === 'dir') isSaid = true;
        if (ids && name === 'id') candidates = [...(candidates ?? []), ...(index.get(`#${value}`) ?? [])];
        if (attributes.has(`[${name}`)) candidates = [...(candidates ?? []), ...(index.get(`[${name}`) ?? [])];
      }
      const likeness = likenessOf(element, classes, around.likeness);
      const others = [...likeness.others, ...(candidates ?? [])].filter(({ matches }) => matches(element));
      const isAlike = !own && !isSaid;
      const key = isAlike ? others.map(({ rank }) => rank).join(' ') : '';
      const known = isAlike ? likeness.known.get(key) : undefined;
      if (known?.around === around.computed) return { computed: known.computed, likeness };
      const computed = compute(element, cascade(element, [...likeness.matched, ...others], own), around.computed);
      if (isAlike) likeness.known.set(key, { around: around.computed, computed });
      return { computed, likeness };
    },
  };
}

type Said = Partial<Record<Property, string | number>>;

/** What wins of all that is said of an element (CSS Cascade 4, 6). */
function cascade(element: HtmlElement, matched: readonly Matcher[], own: readonly Declaration[] = []): Said {
  const said: Said = { ...defaults[element.name] };
  const align = alignOf(element);
  if (align !== undefined) said['text-align'] = align;
  const ordered = [...new Set(matched)].sort((a, b) => a.rank - b.rank);
  for (const important of [false, true]) {
    for (const { declarations } of ordered)
      for (const { name, value, isImportant } of declarations) if (isImportant === important) said[name] = value;
    for (const { name, value, isImportant } of own) if (isImportant === important) said[name] = value;
  }
  return said;
}

/** What books of old say without a style sheet. */
function alignOf(element: HtmlElement): string | undefined {
  if (element.name === 'center') return 'center';
  const align = element.name === 'img' || element.name === 'table' ? undefined : attributeOf(element, 'align')?.trim().toLowerCase();
  return align !== undefined && /^(?:left|right|center|justify)$/.test(align) ? align : undefined;
}

function compute(element: HtmlElement, said: Said, around: Computed): Computed {
  const drawn = drawnName(element);
  const inherited = inheritInto(around.inherited, said);
  const stated = attributeOf(element, 'dir')?.trim().toLowerCase();
  const direction = stated === 'ltr' || stated === 'rtl' ? stated : around.direction;
  const isNatural = drawn !== undefined && isBlockName(drawn);
  const isLine = !isNatural && said.display === 'block' && (drawn !== undefined || element.name === 'body');
  const isBlock = isNatural || isLine;
  const side = sidesOf(inherited['writing-mode'], direction);
  const length = (name: LengthProperty): number => {
    const value = said[name];
    return typeof value === 'number' ? value : 0;
  };
  const edges = (at: Side): number => length(`margin-${at}`) + length(`padding-${at}`);
  const isMoved = isBlock && !edgesOfView.has(element.name);
  const within = (sum: number): number => Math.min(FARTHEST, Math.max(0, Math.round(sum * 100) / 100));
  const indent = said['text-indent'];
  return {
    inherited,
    direction,
    indent: typeof indent === 'number' ? Math.min(FARTHEST, Math.max(-FARTHEST, indent)) : indent === 'initial' ? 0 : around.indent,
    start: isMoved ? within(around.start + edges(side.start)) : around.start,
    end: isMoved ? within(around.end + edges(side.end)) : around.end,
    before: isMoved ? Math.max(0, edges(side.before)) : 0,
    after: isMoved ? Math.max(0, edges(side.after)) : 0,
    isBlock,
    isLine,
    gap: isBlock ? 0 : Math.min(FARTHEST, Math.max(0, edges(side.start))),
    raised: said['vertical-align'] === 'super' || said['vertical-align'] === 'sub' ? said['vertical-align'] : undefined,
    decoration: ownWord(said, 'text-decoration-line'),
    breaks: isBlock && said['break-before'] === 'page',
  };
}

const ownWord = (said: Said, name: OwnProperty): string | undefined => {
  const value = said[name];
  return typeof value === 'string' ? value : undefined;
};

const names = Object.keys(inheritedProperties) as InheritedProperty[];

/** The same object where nothing is another. */
function inheritInto(around: Computed['inherited'], said: Said): Computed['inherited'] {
  let inherited: Record<InheritedProperty, string> | undefined;
  for (const name of names) {
    const value = said[name];
    if (typeof value !== 'string' || value === 'inherit' || value === 'unset' || value === 'revert' || value === 'revert-layer') continue;
    const is = value === 'initial' ? inheritedProperties[name] : value;
    if (is === around[name]) continue;
    inherited ??= { ...around };
    inherited[name] = is;
  }
  return inherited ?? around;
}

type Side = 'top' | 'right' | 'bottom' | 'left';

/** Where lines begin and end, and blocks follow one another. */
function sidesOf(mode: string, direction: 'ltr' | 'rtl'): Record<'start' | 'end' | 'before' | 'after', Side> {
  const isLtr = direction === 'ltr';
  if (mode === 'horizontal-tb') return { start: isLtr ? 'left' : 'right', end: isLtr ? 'right' : 'left', before: 'top', after: 'bottom' };
  const isRl = mode === 'vertical-rl';
  return {
    start: isLtr ? 'top' : 'bottom',
    end: isLtr ? 'bottom' : 'top',
    before: isRl ? 'right' : 'left',
    after: isRl ? 'left' : 'right',
  };
}
