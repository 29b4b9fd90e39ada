import { html as names, Parser, type Token, type TreeAdapter, type TreeAdapterTypeMap } from 'parse5';

/** Text of a page as it is written, character references resolved. */
export interface HtmlText {
  readonly type: 'text';
  parent: HtmlElement | null;
  previous: HtmlNode | null;
  next: HtmlNode | null;
  value: string;
}

/** An element of a page, or the page itself (`#document`). Children are linked, so that none of many is dear to move. */
export interface HtmlElement {
  readonly type: 'element';
  readonly name: string;
  readonly namespace: Namespace;
  readonly attributes: Token.Attribute[];
  parent: HtmlElement | null;
  previous: HtmlNode | null;
  next: HtmlNode | null;
  first: HtmlNode | null;
  last: HtmlNode | null;
  /** The parser may still put something into it. */
  isOpen: boolean;
  /** Elements in it; -1 until it is measured. */
  elements: number;
  /** UTF-16 code units of text in it, as it is written. */
  units: number;
  /** Elements in it that a reader sees as a block: items, rows, paragraphs. */
  blocks: number;
}

export type Namespace = 'html' | 'math' | 'svg';
export type HtmlNode = HtmlText | HtmlElement;

/** The value of an attribute; `undefined` where there is none. */
export const attributeOf = ({ attributes }: HtmlElement, name: string): string | undefined =>
  attributes.find((attribute) => attribute.name === name)?.value;

/** A page whose markup has more elements drawn out of it than it has letters: only made to do harm. */
export class TooManyElements extends Error {}

/** Elements that any page may have; a longer one may have one for each four code units more. */
const ELEMENTS = 200_000;

/** Where the markup of a page comes from, piece by piece. */
export interface Markup {
  /** UTF-16 code units of all of it; before its end they may be reckoned. */
  readonly length: number;
  readonly isDone: boolean;
  next(): string;
}

/** A page that is parsed piece by piece, as browsers do, without scripts. Comments are left out, and what a `<template>` holds. */
export interface PageParser {
  readonly page: HtmlElement;
  /** UTF-16 code units of the markup, and how many of them are parsed. */
  readonly length: number;
  readonly parsed: number;
  /** UTF-16 code units of text, and elements, that are parsed. */
  readonly units: number;
  readonly elements: number;
  readonly isDone: boolean;
  /** It was ended because its elements grow without end. */
  readonly isOvergrown: boolean;
  /** Parses a further piece. */
  feed(): void;
}

export function createPageParser(markup: Markup): PageParser {
  const count = { elements: 0, units: 0 };
  const parser = new Parser({ treeAdapter: createAdapter(count, () => ELEMENTS + markup.length / 4), scriptingEnabled: false });
  let parsed = 0;
  let isDone = false;
  let isOvergrown = false;
  return {
    page: parser.document,
    get length() {
      return markup.length;
    },
    get parsed() {
      return parsed;
    },
    get units() {
      return count.units;
    },
    get elements() {
      return count.elements;
    },
    get isDone() {
      return isDone;
    },
    get isOvergrown() {
      return isOvergrown;
    },
    feed() {
      if (isDone) return;
      const piece = markup.next();
      parsed += piece.length;
      isDone = markup.isDone;
      try {
        parser.tokenizer.write(piece, isDone);
      } catch (error) {
        if (!(error instanceof TooManyElements)) throw error;
        isDone = true;
        isOvergrown = true;
      }
    },
  };
}

/** UTF-16 code units that are parsed at once: some milliseconds. */
const PIECE = 64 * 1024;

/** Markup that is there as a whole, in pieces. */
export function markupOf(html: string, piece = PIECE): Markup {
  let given = 0;
  return {
    length: html.length,
    get isDone() {
      return given === html.length;
    },
    next() {
      const start = given;
      given = Math.min(html.length, start + piece);
      return html.slice(start, given);
    },
  };
}

/** A whole page. Throws `TooManyElements`. */
export function parseHtml(html: string): PageParser {
  const parser = createPageParser(markupOf(html, Number.POSITIVE_INFINITY));
  parser.feed();
  if (parser.isOvergrown) throw new TooManyElements();
  return parser;
}

const namespaces: Readonly<Record<string, Namespace>> = { [names.NS.SVG]: 'svg', [names.NS.MATHML]: 'math' };
const uris: Readonly<Record<Namespace, names.NS>> = { html: names.NS.HTML, svg: names.NS.SVG, math: names.NS.MATHML };

/** An element that holds nothing and stands nowhere yet. */
export const createElement = (name: string, namespace: Namespace, attributes: Token.Attribute[]): HtmlElement => ({
  type: 'element',
  name,
  namespace,
  attributes,
  parent: null,
  previous: null,
  next: null,
  first: null,
  last: null,
  isOpen: false,
  elements: -1,
  units: 0,
  blocks: 0,
});

/** Text that stands nowhere yet. */
export const createText = (value: string): HtmlText => ({ type: 'text', parent: null, previous: null, next: null, value });

interface Comment {
  readonly type: 'comment';
  parent: null;
}

const comment: Comment = { type: 'comment', parent: null };

type Child = HtmlNode | Comment;
type TreeTypes = TreeAdapterTypeMap<
  Child,
  HtmlElement,
  Child,
  HtmlElement,
  HtmlElement,
  HtmlElement,
  Comment,
  HtmlText,
  HtmlElement,
  never
>;

/** Puts a node into `parent`, before another of its children or at the end. */
export function insert(parent: HtmlElement, node: Child, before: HtmlNode | null): void {
  if (node.type === 'comment') return;
  node.parent = parent;
  node.next = before;
  node.previous = before ? before.previous : parent.last;
  if (node.previous) node.previous.next = node;
  else parent.first = node;
  if (before) before.previous = node;
  else parent.last = node;
}

/** Takes a node out of the tree. */
export function detach(node: Child): void {
  if (node.type === 'comment' || !node.parent) return;
  if (node.previous) node.previous.next = node.next;
  else node.parent.first = node.next;
  if (node.next) node.next.previous = node.previous;
  else node.parent.last = node.previous;
  node.parent = null;
  node.previous = null;
  node.next = null;
}

/** How parse5 builds our tree, of at most `most` elements; `count` tells how much there is of it. */
function createAdapter(count: { elements: number; units: number }, most: () => number): TreeAdapter<TreeTypes> {
  const contents = new WeakMap<HtmlElement, HtmlElement>();
  const putText = (parent: HtmlElement, text: string, before: HtmlNode | null): void => {
    count.units += text.length;
    const previous = before ? before.previous : parent.last;
    if (previous?.type === 'text') previous.value += text;
    else insert(parent, createText(text), before);
  };
  return {
    createDocument: () => createElement('#document', 'html', []),
    createDocumentFragment: () => createElement('#fragment', 'html', []),
    createElement(name, namespace, attributes) {
      if (++count.elements > ELEMENTS && count.elements > most()) throw new TooManyElements();
      return createElement(name, namespaces[namespace] ?? 'html', attributes);
    },
    createCommentNode: () => comment,
    createTextNode: createText,
    appendChild: (parent, node) => insert(parent, node, null),
    insertBefore: (parent, node, before) => insert(parent, node, before.type === 'comment' ? null : before),
    detachNode: detach,
    insertText: (parent, text) => putText(parent, text, null),
    insertTextBefore: (parent, text, before) => putText(parent, text, before.type === 'comment' ? null : before),
    setTemplateContent: (template, content) => void contents.set(template, content),
    getTemplateContent: (template) => contents.get(template) ?? template,
    adoptAttributes(recipient, attributes) {
      const known = new Set(recipient.attributes.map(({ name }) => name));
      for (const attribute of attributes) if (!known.has(attribute.name)) recipient.attributes.push(attribute);
    },
    onItemPush(element) {
      element.isOpen = true;
    },
    onItemPop(element) {
      element.isOpen = false;
    },
    getFirstChild: ({ first }) => first,
    getChildNodes: (parent) => [...childrenOf(parent)],
    getParentNode: ({ parent }) => parent,
    getAttrList: ({ attributes }) => attributes,
    getTagName: ({ name }) => name,
    getNamespaceURI: ({ namespace }) => uris[namespace],
    getTextNodeContent: ({ value }) => value,
    getCommentNodeContent: () => '',
    isTextNode: (node): node is HtmlText => node.type === 'text',
    isCommentNode: (node): node is Comment => node.type === 'comment',
    isElementNode: (node): node is HtmlElement => node.type === 'element',
    isDocumentTypeNode: (_node): _node is never => false,
    setDocumentType: () => undefined,
    getDocumentTypeNodeName: () => '',
    getDocumentTypeNodePublicId: () => '',
    getDocumentTypeNodeSystemId: () => '',
    setDocumentMode: () => undefined,
    getDocumentMode: () => names.DOCUMENT_MODE.NO_QUIRKS,
    getNodeSourceCodeLocation: () => undefined,
    setNodeSourceCodeLocation: () => undefined,
    updateNodeSourceCodeLocation: () => undefined,
  };
}

function* childrenOf(parent: HtmlElement): Generator<HtmlNode> {
  for (let node = parent.first; node; node = node.next) yield node;
}

/** The elements among the children. */
export function* elementsOf(parent: HtmlElement): Generator<HtmlElement> {
  for (let node = parent.first; node; node = node.next) if (node.type === 'element') yield node;
}

/** All nodes in `root`, in order, without calling itself; not those in an element of which `enter` says no. */
export function* descendantsOf(root: HtmlElement, enter: (element: HtmlElement) => boolean = () => true): Generator<HtmlNode> {
  let node: HtmlNode | null = root.first;
  while (node) {
    yield node;
    if (node.type === 'element' && node.first && enter(node)) {
      node = node.first;
      continue;
    }
    while (node && node !== root && !node.next) node = node.parent;
    node = node && node !== root ? node.next : null;
  }
}

/** Elements that a reader sees as blocks by themselves. */
const COUNTED: ReadonlySet<string> = new Set(['li', 'tr', 'p', 'pre', 'dt', 'dd']);

/** Sums up what an element and all in it hold, from the leaves to it. */
export function measure(root: HtmlElement): void {
  let node: HtmlNode | null = root;
  while (node) {
    if (node.type === 'element') {
      node.elements = 0;
      node.units = 0;
      node.blocks = 0;
      if (node.first) {
        node = node.first;
        continue;
      }
    }
    while (node && node !== root) {
      if (node.parent) addTo(node.parent, node);
      if (node.next) break;
      node = node.parent;
    }
    if (!node || node === root) return;
    node = node.next;
  }
}

function addTo(parent: HtmlElement, node: HtmlNode): void {
  if (node.type === 'text') {
    parent.units += node.value.length;
    return;
  }
  parent.elements += 1 + node.elements;
  parent.units += node.units;
  parent.blocks += node.blocks + (COUNTED.has(node.name) ? 1 : 0);
}

/** The text in an element as it is written. */
export function textOf(element: HtmlElement): string {
  let text = '';
  for (const node of descendantsOf(element)) if (node.type === 'text') text += node.value;
  return text;
}
