import type { OwnStyles } from '#model';
import { isBlockName } from '../html/elements';
import type { HtmlElement, HtmlNode } from '../html/tree';
import { type Computed, createCascade, defaults, initial, type Styled } from './computed';
import { type InheritedProperty, inheritedProperties } from './declarations';
import type { DrawnStyle, PageStyles } from './drawn-style';
import type { PlainStyle, PlainStyleCount } from './plain-style';
import type { MatcherIndex } from './selectors';

export interface StyledPage {
  /** `<html>`, whose tree is as it was parsed. */
  root: HtmlElement;
  body: HtmlElement;
  index: MatcherIndex;
  /** Of the whole document so far. */
  count: PlainStyleCount;
  /** What an embedded font is called that is the first of a list of families; `undefined` where there is none. */
  fontOf(families: string): string | undefined;
}

/** Computes how each element of a page is drawn. How long that takes is up to the selectors: one can look among all elements again and again. */
export function stylePage({ root, body, index, count, fontOf }: StyledPage): PageStyles {
  const computed = new Map<HtmlElement, Computed>();
  /** Before them stands text. */
  const preceded = new Set<HtmlElement>();
  const cascade = createCascade(index);
  let hasText = false;
  count.begin();
  let around: { styled: Styled; block: Computed }[] = [{ styled: cascade.top, block: initial }];
  // Not by recursion: a page may be deep.
  for (let node: HtmlNode | null = root; node; ) {
    const [last = { styled: cascade.top, block: initial }] = around.slice(-1);
    if (node.type === 'element') {
      const styled = cascade.style(node, last.styled);
      const { computed: is } = styled;
      computed.set(node, is);
      if (is.breaks && hasText) preceded.add(node);
      if (node.first && node.name !== 'head' && node.namespace === 'html') {
        around.push({ styled, block: is.isBlock ? is : last.block });
        node = node.first;
        continue;
      }
    } else {
      const units = node.value.trim().length;
      if (units > 0) {
        hasText = true;
        count.add(last.block, units);
      }
    }
    while (node !== root && !node.next) {
      around.pop();
      node = node.parent ?? root;
    }
    node = node === root ? null : node.next;
  }
  around = [];
  const mode = computed.get(body)?.inherited['writing-mode'];
  const writing = mode === 'vertical-rl' || mode === 'vertical-lr' ? mode : undefined;
  const top: DrawnStyle = {
    inherited: writing ? { ...inheritedProperties, 'writing-mode': writing } : inheritedProperties,
    indent: 0,
    start: 0,
    end: 0,
  };
  const plain = count.plain();
  const computedOf = (element: HtmlElement): Computed => computed.get(element) ?? initial;
  return {
    top,
    writing,
    of(source, e, style, asLine = false) {
      const is = computed.get(source);
      if (!is || source.namespace === 'math') return { own: undefined, style };
      const own: Record<string, string> = {};
      const inherited = drawInherited(own, is, e, style, { plain, fontOf });
      const isBlock = asLine || isBlockName(e);
      const indent = isBlock || is.isLine ? drawIndent(own, shownIndent(is, plain), style.indent) : style.indent;
      const moved = isBlock || is.isLine ? drawEdges(own, is, indent, style, plain) : style;
      if (asLine) return { own: someOf(own), style: { ...moved, inherited, indent } };
      if (is.isLine) Object.assign(own, { display: 'inline-block', 'inline-size': '100%' });
      if (isBlock) {
        const extra = preceded.has(source) ? MOST_SPACE : Math.min(MOST_SPACE, is.before - plain.before);
        if (extra >= LEAST_SPACE && (preceded.has(source) || !/^h[1-6]$/.test(e))) own['margin-block-start'] = em(PARAGRAPH + extra);
        if (e === 'p' && isTight(source, is, computedOf, plain)) own['margin-block-end'] = '0';
      } else if (!is.isLine) {
        if (is.gap >= LEAST_EDGE) own['padding-inline-start'] = edge(is.gap);
        if (is.raised && !/^su[bp]$/.test(e) && !hasRaised(source))
          Object.assign(own, { 'vertical-align': is.raised, 'font-size': '0.75em', 'line-height': '0' });
      }
      if (is.decoration && is.decoration !== 'none' && !isDecorated(e)) own['text-decoration-line'] = is.decoration;
      return { own: someOf(own), style: { ...moved, inherited, indent } };
    },
  };
}

/** em of the space after a paragraph in the reader's view, in which the space before the next one is counted. */
const PARAGRAPH = 1.05;
/** em of space before a block, more than others have: as little as is seen, and as much as is drawn. */
const LEAST_SPACE = 0.7;
const MOST_SPACE = 3;
/** em of an edge that is seen. */
const LEAST_EDGE = 0.3;

const someOf = (own: Record<string, string>): OwnStyles | undefined => {
  for (const _ in own) return own;
  return undefined;
};

const em = (length: number): string => `${Math.round(length * 100) / 100}em`;
/** Never so much that a narrow column has no room left. */
const edge = (length: number): string => `min(${em(length)}, ${Math.min(40, Math.round(length * 5))}%)`;

interface Drawing {
  plain: PlainStyle;
  fontOf: StyledPage['fontOf'];
}

const inheritedNames = Object.keys(inheritedProperties) as InheritedProperty[];

/** Says what is another than in the element around it, and gives what holds within. */
function drawInherited(
  own: Record<string, string>,
  is: Computed,
  e: string,
  { inherited }: DrawnStyle,
  drawing: Drawing,
): Computed['inherited'] {
  const natural = defaults[e];
  if (inherited === is.inherited && !natural) return inherited;
  for (const name of inheritedNames) {
    if (is.inherited[name] === (natural?.[name] ?? inherited[name])) continue;
    const value = shownValue(name, is.inherited[name], is.direction, drawing);
    if (value === shownValue(name, natural?.[name] ?? inherited[name], is.direction, drawing)) continue;
    if (name === 'font-family') own['--own-font'] = value === '' ? 'var(--reading-font)' : value;
    else if (name === 'text-align' && value === 'start') own[name] = 'var(--plain-align)';
    else if (name === 'text-emphasis-color' && value !== 'currentcolor') own[name] = `color-mix(in srgb, ${value} 60%, var(--ink))`;
    else own[name] = value;
  }
  return is.inherited;
}

/** A value as it is drawn: as most of the text is set, the reader has chosen it. */
function shownValue(name: InheritedProperty, value: string, direction: Computed['direction'], { plain, fontOf }: Drawing): string {
  if (name === 'text-align') return value === 'justify' || value === (direction === 'ltr' ? 'left' : 'right') ? 'start' : value;
  if (name === 'hyphens') return value === plain.hyphens ? 'manual' : value;
  return name === 'font-family' ? (fontOf(value) ?? '') : value;
}

/** What is drawn of an indent: all that hangs out, and what begins further in than most. */
const shownIndent = ({ indent }: Computed, plain: PlainStyle): number => (indent < 0 || indent > plain.indent + LEAST_EDGE ? indent : 0);

function drawIndent(own: Record<string, string>, indent: number, around: number): number {
  if (indent !== around) own['text-indent'] = em(indent);
  return indent;
}

function drawEdges(own: Record<string, string>, is: Computed, indent: number, style: DrawnStyle, plain: PlainStyle): DrawnStyle {
  // What hangs out needs its room.
  const start = Math.max(is.start - plain.start, -indent, 0);
  const end = Math.max(is.end - plain.end, 0);
  const box = is.isLine ? 'padding' : 'margin';
  const isMoved = start - style.start >= LEAST_EDGE;
  const isShortened = end - style.end >= LEAST_EDGE;
  if (isMoved) own[`${box}-inline-start`] = edge(start - style.start);
  if (isShortened && !is.isLine) own['margin-inline-end'] = edge(end - style.end);
  return { ...style, start: isMoved ? start : style.start, end: isShortened ? end : style.end };
}

/** Whether a paragraph and the one after it stand together, as verses and addresses do: each set apart from the text, with nothing between them. */
function isTight(source: HtmlElement, is: Computed, computedOf: (element: HtmlElement) => Computed, plain: PlainStyle): boolean {
  if (is.after >= LEAST_EDGE || !isSetApart(is, plain)) return false;
  let next = source.next;
  while (next?.type === 'text' && next.value.trim() === '') next = next.next;
  if (next?.type !== 'element' || next.name !== 'p') return false;
  const following = computedOf(next);
  return following.before < LEAST_EDGE && isSetApart(following, plain);
}

const isSetApart = (is: Computed, plain: PlainStyle): boolean =>
  is.start - plain.start >= LEAST_EDGE ||
  shownIndent(is, plain) !== 0 ||
  is.inherited['text-align'] === 'center' ||
  is.inherited['text-align'] === (is.direction === 'ltr' ? 'right' : 'left');

const isDecorated = (e: string): boolean => e === 'a' || e === 'u' || e === 'ins' || e === 's' || e === 'del';

/** Whether it is raised or lowered already, by what is around it or in it. */
function hasRaised(source: HtmlElement): boolean {
  for (let around = source.parent; around; around = around.parent) if (around.name === 'sup' || around.name === 'sub') return true;
  return source.first?.type === 'element' && (source.first.name === 'sup' || source.first.name === 'sub');
}
