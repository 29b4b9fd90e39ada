import type { DocumentSection, DrawnElement, DrawnNode } from '#model';
import { missingImage } from './images';
import { type Own, pageElement } from './page-attributes';

export interface DrawOptions {
  /** Beside which images lie; without one only those are loaded that the text brings within itself. */
  documentId?: string;
  /** What is drawn of what the document brings along; nothing unless told. */
  own?: Own | undefined;
  /** Told the name of each element, attribute or style that is not drawn, since no reader of a format may give it. */
  onUnknown(name: string): void;
}

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/**
 * Draws nodes by making elements and text nodes, one by one: nothing is ever parsed. The drawn text nodes, joined, but for those of formulas that stand for
 * their TeX, are exactly `text`. Throws where the leaves do not add up to it.
 */
export function drawTree(text: string, nodes: readonly DrawnNode[], options: DrawOptions): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let drawn = 0;
  const leaf = (length: number): string => {
    const start = drawn;
    drawn += length;
    return text.slice(start, drawn);
  };
  // Not by recursion: no depth may overflow the stack.
  const open: Level[] = [{ parent: fragment, nodes, next: 0 }];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const node = level.nodes[level.next];
    level.next += 1;
    if (node === undefined) {
      level.finish?.();
      open.pop();
    } else if (typeof node === 'number') {
      if (node > 0) level.parent.appendChild(document.createTextNode(leaf(node)));
    } else if ('unseen' in node) level.parent.appendChild(unseen(leaf(node.unseen)));
    else if ('ornament' in node)
      level.parent.appendChild(isMath(level.parent) ? document.createTextNode(node.ornament) : ornament(node.ornament));
    else if ('replaced' in node) {
      const whole = document.createElement('span');
      whole.className = 'doc-replaced';
      level.parent.appendChild(whole);
      open.push({ parent: whole, nodes: [node.by, { unseen: node.replaced }], next: 0 });
    } else {
      const { element, finish } = drawElement(node, options);
      if (element) level.parent.appendChild(element);
      open.push({ parent: element ?? level.parent, nodes: node.c ?? [], next: 0, finish });
    }
  }
  if (drawn !== text.length) throw new Error(`A tree holds ${drawn} code units of a text of ${text.length}.`);
  return fragment;
}

/** Nodes that are being put into `parent`, the `next` of them first. */
interface Level {
  parent: Node;
  nodes: readonly DrawnNode[];
  next: number;
  finish?: (() => void) | undefined;
}

interface Begun {
  /** Without its content; `undefined` where only its content is drawn. */
  element?: Element;
  /** To be called when its content is in it. */
  finish?: () => void;
}

function drawElement(node: DrawnElement, { documentId, own, onUnknown }: DrawOptions): Begun {
  const drawn = pageElement(node, documentId, own);
  if (drawn.kind === 'unknown') {
    onUnknown(node.e);
    return {};
  }
  if (drawn.kind === 'missing-image') return { element: missingImage(drawn) };
  const element = drawn.kind === 'math' ? document.createElementNS(MATHML, node.e) : document.createElement(node.e);
  const { dir, ...attributes } = drawn.attributes;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (element instanceof HTMLElement) for (const [name, value] of Object.entries(drawn.styles)) element.style.setProperty(name, value);
  for (const name of drawn.unknown) onUnknown(`${node.e} ${name}`);
  // Where it is `auto`, Chromium looks for the direction anew at each child that is added: 100,000 in one paragraph took two minutes.
  return dir === undefined ? { element } : { element, finish: () => element.setAttribute('dir', dir) };
}

function unseen(text: string): HTMLElement {
  const element = document.createElement('span');
  element.hidden = true;
  element.append(text);
  return element;
}

const isMath = (node: Node): boolean => node instanceof Element && node.namespaceURI === MATHML;

/** CSS draws it out of its attribute: it is no part of the text. Within a formula it must be text, by which signs are drawn as they belong: the text layer passes over it. */
function ornament(text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'doc-ornament';
  element.dataset['text'] = text;
  return element;
}

/** Text whose lines go downwards: they fill the width of the column, and further ones go on below (vertical.ts). */
function downwards(writing: NonNullable<DocumentSection['writing']>, drawn: DocumentFragment): HTMLElement {
  const element = document.createElement('div');
  element.className = 'doc-vertical';
  element.style.writingMode = writing;
  element.append(drawn);
  return element;
}

/**
 * Draws a section that begins at `start` of the document's text. The browser lays it out only near the view (document.css). Until it
 * did, its height is estimated from its columns of text (a Chinese character counts two) and its blocks.
 */
export function drawSection(
  { text, nodes, blocks, outside = [], writing }: DocumentSection,
  start: number,
  options: DrawOptions,
): HTMLElement {
  const section = document.createElement('div');
  section.className = 'doc-section';
  const drawn = drawTree(text, nodes, options);
  section.append(writing && options.own?.styles ? downwards(writing, drawn) : drawn);
  const sample = text.slice(0, 400);
  const wide = sample.match(/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0;
  const columns = (units: number): string => String(Math.round(units * (1 + wide / Math.max(1, sample.length))));
  section.style.setProperty('--columns', columns(text.length));
  // The cells of a row stand beside one another, parted by tabs.
  const rows = blocks.filter(([from, , kind]) => kind !== 'header' && text.charAt(from - start - 1) !== '\t');
  section.style.setProperty('--blocks', String(rows.length));
  if (outside.length > 0) {
    const inside = rows.filter(([from]) => !outside.some(([begin, end]) => begin <= from && from < end));
    if (rows.length > 0 && inside.length === 0) section.classList.add('doc-outside');
    section.style.setProperty('--article-columns', columns(outside.reduce((units, [begin, end]) => units - (end - begin), text.length)));
    section.style.setProperty('--article-blocks', String(inside.length));
  }
  return section;
}
