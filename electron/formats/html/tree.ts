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

/** A page that is parsed piece by piece, as browsers do, without scripts. Comments are left out, and what a `<template>` holds. */
export interface PageParser {
  readonly page: HtmlElement;
  /** UTF-16 code units of the markup, and how many of them are parsed. */
  readonly length: number;
  readonly parsed: number;
  readonly isDone: boolean;
  /** Parses a further piece. Throws `TooManyElements`. */
  feed(): void;
}

/** UTF-16 code units that are parsed at once: some milliseconds. */
const PIECE = 64 * 1024;

export function createPageParser(html: string, piece = PIECE): PageParser {
  const parser = new Parser({ treeAdapter: createAdapter(ELEMENTS + html.length / 4), scriptingEnabled: false });
  let parsed = 0;
  let isDone = false;
  return {
    page: parser.document,
    length: html.length,
    get parsed() {
      return parsed;
    },
    get isDone() {
      return isDone;
    },
    feed() {
      if (isDone) return;
      const start = parsed;
      parsed = Math.min(html.length, start + piece);
      isDone = parsed === html.length;
      parser.tokenizer.write(html.slice(start, parsed), isDone);
    },
  };
}

/** A whole page. Throws `TooManyElements`. */
export function parseHtml(html: string): PageParser {
  const parser = createPageParser(html, Number.POSITIVE_INFINITY);
  parser.feed();
  return parser;
}

const namespaces: Readonly<Record<string, Namespace>> = { [names.NS.SVG]: 'svg', [names.NS.MATHML]: 'math' };
const uris: Readonly<Record<Namespace, names.NS>> = { html: names.NS.HTML, svg: names.NS.SVG, math: names.NS.MATHML };

const createElement = (name: string, namespace: Namespace, attributes: Token.Attribute[]): HtmlElement => ({
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

const createText = (value: string): HtmlText => ({ type: 'text', parent: null, previous: null, next: null, value });

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

function insert(parent: HtmlElement, node: Child, before: HtmlNode | null): void {
  if (node.type === 'comment') return;
  node.parent = parent;
  node.next = before;
  node.previous = before ? before.previous : parent.last;
  if (node.previous) node.previous.next = node;
  else parent.first = node;
  if (before) before.previous = node;
  else parent.last = node;
}

function detach(node: Child): void {
  if (node.type === 'comment' || !node.parent) return;
  if (node.previous) node.previous.next = node.next;
  else node.parent.first = node.next;
  if (node.next) node.next.previous = node.previous;
  else node.parent.last = node.previous;
  node.parent = null;
  node.previous = null;
  node.next = null;
}

/** How parse5 builds our tree, of at most `most` elements. */
function createAdapter(most: number): TreeAdapter<TreeTypes> {
  const contents = new WeakMap<HtmlElement, HtmlElement>();
  let count = 0;
  const putText = (parent: HtmlElement, text: string, before: HtmlNode | null): void => {
    const previous = before ? before.previous : parent.last;
    if (previous?.type === 'text') previous.value += text;
    else insert(parent, createText(text), before);
  };
  return {
    createDocument: () => createElement('#document', 'html', []),
    createDocumentFragment: () => createElement('#fragment', 'html', []),
    createElement(name, namespace, attributes) {
      if (++count > most) throw new TooManyElements();
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
