import { compile, type Options } from 'css-select';
import { parse, type Selector, SelectorType } from 'css-what';
import { attributeOf, type HtmlElement, type HtmlNode, textOf } from '../html/tree';
import type { Declaration } from './declarations';
import type { StyleRule } from './style-sheet';

/** A selector with what it says. */
export interface Matcher {
  /** Of two that match the one with the higher counts. */
  rank: number;
  declarations: readonly Declaration[];
  matches(element: HtmlElement): boolean;
  /** Elements of one name and the same classes within such ones are all alike to it. */
  isByAncestry: boolean;
}

/** Selectors by what an element must have for them to match: `#id`, `.class`, `[attribute`, the name of an element, or `*`. */
export type MatcherIndex = ReadonlyMap<string, readonly Matcher[]>;

/** Selectors that are looked at: more has no book that was made for readers. */
const MOST = 20_000;

/** Compiles the rules of style sheets, of which the later ones win. What is not understood is left out, as browsers do. */
export function indexRules(rules: readonly StyleRule[]): MatcherIndex {
  const index = new Map<string, Matcher[]>();
  let order = 0;
  for (const { selectors, declarations } of rules) {
    for (const selector of readSelectors(selectors)) {
      if (++order > MOST) return index;
      const matches = compiled(selector);
      if (!matches) continue;
      const key = keyOf(selector);
      const matcher = {
        rank: specificityOf(selector) * MOST * 2 + order,
        declarations,
        matches,
        isByAncestry: selector.every(isOfAncestry),
      };
      const known = index.get(key);
      if (known) known.push(matcher);
      else index.set(key, [matcher]);
    }
  }
  return index;
}

function readSelectors(written: string): Selector[][] {
  try {
    return parse(written).map((selector) => selector.map(withoutNamespace));
  } catch {
    return [];
  }
}

/** Pseudo-classes that look at all that an element holds, for each element anew; the latter is none of CSS. */
const dear: ReadonlySet<string> = new Set(['has', 'contains', 'icontains']);

const isDear = (token: Selector): boolean =>
  token.type === SelectorType.Pseudo && (dear.has(token.name) || (Array.isArray(token.data) && token.data.flat().some(isDear)));

function compiled(selector: Selector[]): Matcher['matches'] | undefined {
  if (selector.some(isDear)) return undefined;
  try {
    return compile<HtmlNode, HtmlElement>([selector], { adapter });
  } catch {
    return undefined;
  }
}

/** Names with a prefix stand in our trees as they are written. */
function withoutNamespace(token: Selector): Selector {
  if (token.type === SelectorType.Attribute) {
    const { namespace, name } = token;
    return { ...token, name: namespace && namespace !== '*' ? `${namespace}:${name}` : name, namespace: null };
  }
  if (token.type === SelectorType.Tag || token.type === SelectorType.Universal) return { ...token, namespace: null };
  if (token.type === SelectorType.Pseudo && Array.isArray(token.data))
    return { ...token, data: token.data.map((selector) => selector.map(withoutNamespace)) };
  return token;
}

const isId = (token: Selector): boolean =>
  token.type === SelectorType.Attribute && token.name === 'id' && token.action === 'equals' && token.ignoreCase === 'quirks';
const isClass = (token: Selector): boolean =>
  token.type === SelectorType.Attribute && token.name === 'class' && token.action === 'element' && token.ignoreCase === 'quirks';

const isOfAncestry = (token: Selector): boolean =>
  token.type === SelectorType.Tag ||
  token.type === SelectorType.Universal ||
  token.type === SelectorType.Descendant ||
  token.type === SelectorType.Child ||
  isClass(token);

const combinators: ReadonlySet<SelectorType> = new Set([
  ...[SelectorType.Adjacent, SelectorType.Child, SelectorType.Descendant, SelectorType.Parent, SelectorType.Sibling],
]);

/** The most telling thing that the last part of a selector asks for. */
function keyOf(selector: readonly Selector[]): string {
  const last = selector.slice(selector.findLastIndex(({ type }) => combinators.has(type)) + 1);
  let key = '*';
  for (const token of last) {
    if (token.type === SelectorType.Attribute) {
      if (isId(token)) return `#${token.value}`;
      if (isClass(token)) key = `.${token.value}`;
      else if (token.action !== 'not' && !key.startsWith('.')) key = `[${token.name}`;
    } else if (token.type === SelectorType.Tag && key === '*') key = token.name.toLowerCase();
  }
  return key;
}

/** How much a selector counts (Selectors 4, 17), as one number. */
function specificityOf(selector: readonly Selector[]): number {
  let sum = 0;
  for (const token of selector) {
    if (isId(token)) sum += 10_000;
    else if (token.type === SelectorType.Attribute) sum += 100;
    else if (token.type === SelectorType.Tag) sum += 1;
    else if (token.type === SelectorType.Pseudo) {
      if (!Array.isArray(token.data)) sum += 100;
      else if (token.name !== 'where') sum += Math.max(0, ...token.data.map(specificityOf));
    }
  }
  return Math.min(sum, 1_000_000);
}

const siblings = new WeakMap<HtmlElement, HtmlNode[]>();

/** All children of an element, put together once: trees stay as they are while they are styled. */
function childrenOf(parent: HtmlElement): HtmlNode[] {
  let all = siblings.get(parent);
  if (!all) {
    all = [];
    for (let node = parent.first; node; node = node.next) all.push(node);
    siblings.set(parent, all);
  }
  return all;
}

const adapter: NonNullable<Options<HtmlNode, HtmlElement>['adapter']> = {
  isTag: (node) => node.type === 'element',
  getAttributeValue: attributeOf,
  getChildren: (node) => (node.type === 'element' ? childrenOf(node) : []),
  getName: ({ name }) => name,
  getParent: ({ parent }) => (parent && parent.name !== '#document' ? parent : null),
  getSiblings: (node) => (node.parent ? childrenOf(node.parent) : [node]),
  prevElementSibling(node) {
    let before = node.previous;
    while (before && before.type !== 'element') before = before.previous;
    return before;
  },
  getText: (node) => (node.type === 'element' ? textOf(node) : node.value),
  hasAttrib: (element, name) => attributeOf(element, name) !== undefined,
  removeSubsets: (nodes) => nodes,
};
