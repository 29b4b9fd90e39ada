import { drawnName, isBlockName, isLeftOut } from '../elements';
import type { HtmlElement, HtmlNode } from '../tree';
import { foldedText } from './folded-text';

/** How much text there is in an element, in UTF-16 code units with white space folded; a character of Chinese, Japanese or Korean counts as three. */
export interface Measured {
  readonly element: HtmlElement;
  readonly parent: Measured | undefined;
  readonly children: Measured[];
  /** The block in which its own text stands: itself, or the nearest around it. */
  readonly block: Measured;
  readonly isLinked: boolean;
  /** It, or something around it, is no part of the article. */
  isOutside: boolean;
  text: number;
  linked: number;
  /** Of a block: text in no block within it. */
  own: number;
  ownLinked: number;
  /** Marks that end sentences or clauses, in its own text. */
  marks: number;
  /** Of a block: a formula stands in its own text. */
  hasFormula: boolean;
  /** Text that reads as prose: the own text of blocks with sentences. */
  prose: number;
}

/** UTF-16 code units of a block that can be prose without a mark. */
const LONG_LINE = 140;
const SHORT_LINE = 25;

const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g;
const MARKS = /[.!?…,;:](?=\s|$|["”»’)])|[。！？，、；：।؟،]/g;

const measured = (element: HtmlElement, parent: Measured | undefined): Measured => {
  const drawn = drawnName(element);
  const base = {
    element,
    parent,
    children: [],
    isOutside: false,
    text: 0,
    linked: 0,
    own: 0,
    ownLinked: 0,
    marks: 0,
    hasFormula: false,
    prose: 0,
  };
  const isLinked = (parent?.isLinked ?? false) || (element.name === 'a' && element.attributes.some(({ name }) => name === 'href'));
  const made: { block: Measured | undefined } & Omit<Measured, 'block'> = { ...base, isLinked, block: parent?.block };
  if (!made.block || (drawn !== undefined && isBlockName(drawn)) || element.name.includes('-')) made.block = made as Measured;
  return made as Measured;
};

/** Measures what a reader can see of `body`, by element; a parent comes before its children. */
export function measureText(body: HtmlElement): Map<HtmlElement, Measured> {
  const all = new Map<HtmlElement, Measured>();
  const root = measured(body, undefined);
  all.set(body, root);
  let around: Measured = root;
  let node: HtmlNode | null = body.first;
  while (node) {
    if (node.type === 'text') addText(around, node.value);
    else if (node.namespace === 'math') {
      addText(around, foldedText(node));
      around.block.hasFormula = true;
    } else if (!isLeftOut(node) && node.namespace === 'html') {
      const inner = measured(node, around);
      around.children.push(inner);
      all.set(node, inner);
      if (node.first) {
        around = inner;
        node = node.first;
        continue;
      }
    }
    while (node && node !== body && !node.next) {
      node = node.parent;
      if (node && node !== body) around = around.parent ?? root;
    }
    node = node && node !== body ? node.next : null;
  }
  for (const each of [...all.values()].reverse()) {
    if (each.block === each) each.prose += proseOf(each);
    const { parent } = each;
    if (!parent) continue;
    parent.text += each.text;
    parent.linked += each.linked;
    parent.prose += each.prose;
  }
  return all;
}

function addText(around: Measured, value: string): void {
  // Addresses are said to programs; some pages have lists of them that nobody sees.
  const folded = value
    .replace(/https?:\/\/\S+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (folded === '') return;
  const units = folded.length + 2 * (folded.match(WIDE)?.length ?? 0);
  const { block } = around;
  around.text += units;
  block.own += units;
  block.marks += folded.match(MARKS)?.length ?? 0;
  if (!around.isLinked) return;
  around.linked += units;
  block.ownLinked += units;
}

/** How much of a block's own text is prose: nothing of lines of links, of labels and of headings. */
function proseOf({ element, own, ownLinked, marks, hasFormula }: Measured): number {
  if (hasFormula) return own - ownLinked;
  if (own < SHORT_LINE || /^h[1-6]$/.test(element.name)) return 0;
  if (element.name === 'pre') return own;
  if (ownLinked > own / 2 || (marks === 0 && own < LONG_LINE)) return 0;
  return own - ownLinked;
}
