import { labelOf } from './list-labels';
import { attributeOf, createElement, descendantsOf, detach, type HtmlElement, type HtmlNode, insert, textOf } from './tree';

/**
 * Makes lists and headings of what Word, and Outlook with it, writes as paragraphs: of those that begin with the label of a list, and of
 * those in the style of a title. A label that HTML has no list for (1.1, Article 1) stays as it is written, in its paragraph.
 */
export function restoreWordStructure(body: HtmlElement): void {
  const paragraphs: HtmlElement[] = [];
  for (const node of descendantsOf(body)) if (node.type === 'element' && node.name === 'p') paragraphs.push(node);
  let lists: OpenList[] = [];
  for (const paragraph of paragraphs) {
    if (isTitle(paragraph)) {
      Object.assign(paragraph, { name: 'h1' });
      continue;
    }
    const labelled = readLabelled(paragraph);
    if (!labelled) continue;
    if (lists[0]?.element !== elementBefore(paragraph)) lists = [];
    addItem(lists, paragraph, labelled);
  }
}

const isTitle = (paragraph: HtmlElement): boolean =>
  /(?:^|\s)MsoTitle(?:CxSp\w+)?(?:\s|$)/.test(attributeOf(paragraph, 'class') ?? '') && /\S/.test(textOf(paragraph));

/** A paragraph that begins with a label. */
interface Labelled {
  label: string;
  /** How far in it stands: more than the item around it. */
  depth: number;
  /** All that the label is made of. */
  parts: readonly HtmlNode[];
}

/** Nodes that are looked at for a label, and UTF-16 code units of the longest. */
const MOST_NODES = 12;
const LONGEST_LABEL = 14;

const LABEL = /(?:^|;)\s*mso-list\s*:\s*ignore\b/i;
/** What Word puts between label and text, in place of a tab. */
const GAP = /(?:^|;)\s*font\s*:\s*7(?:\.0)?pt\b/i;

function readLabelled(paragraph: HtmlElement): Labelled | undefined {
  const parts: HtmlNode[] = [];
  let label = '';
  let looked = 0;
  for (const node of descendantsOf(paragraph)) {
    if (++looked > MOST_NODES || label.length > LONGEST_LABEL) return undefined;
    if (node.type === 'text') {
      parts.push(node);
      label += node.value.trim();
      continue;
    }
    const style = attributeOf(node, 'style') ?? '';
    if (label === '' && LABEL.test(style)) {
      const isPicture = [...descendantsOf(node)].some((each) => each.type === 'element' && each.name === 'img');
      return { label: isPicture ? '•' : textOf(node).trim(), depth: depthOf(paragraph), parts: [...parts, node] };
    }
    if (label !== '' && GAP.test(style) && textOf(node).trim() === '') return { label, depth: depthOf(paragraph), parts: [...parts, node] };
  }
  return undefined;
}

const POINTS: Readonly<Record<string, number>> = { pt: 1, in: 72, cm: 28.35, mm: 2.835, px: 0.75 };
/** Points between two levels of a list, and where the first stands. */
const LEVEL = 36;
const DEEPEST = 9;

/** By the level that is stated, else by the margin. */
function depthOf(paragraph: HtmlElement): number {
  const style = attributeOf(paragraph, 'style') ?? '';
  const level = /(?:^|;)\s*mso-list\s*:[^;]*?\blevel([1-9])\b/i.exec(style)?.[1];
  if (level !== undefined) return Number(level);
  const [, margin, unit = ''] = /(?:^|;)\s*margin-left\s*:\s*(\d{1,4}(?:\.\d+)?)(pt|in|cm|mm|px)/i.exec(style) ?? [];
  const points = margin === undefined ? LEVEL : Number(margin) * (POINTS[unit.toLowerCase()] ?? 1);
  return Math.min(DEEPEST, Math.round((2 * points) / LEVEL) / 2);
}

/** The element that stands right before another, or nothing where text does. */
function elementBefore({ previous }: HtmlElement): HtmlElement | undefined {
  let node = previous;
  while (node?.type === 'text' && node.value.trim() === '') node = node.previous;
  return node?.type === 'element' ? node : undefined;
}

/** A label as HTML has it: by number and type, or without one where it is a bullet. */
interface Label {
  number?: number;
  /** Of the list: `a`, `A`, `i`, `I`; none for digits. */
  type?: string | undefined;
}

/** A list to which items may still come, within the last item of the one before it. */
interface OpenList {
  element: HtmlElement;
  depth: number;
  item: HtmlElement;
  label: Label;
}

function addItem(lists: OpenList[], paragraph: HtmlElement, { label: written, depth, parts }: Labelled): void {
  const beside = lists.findLast((list) => list.depth <= depth);
  const label = readLabel(written, beside?.depth === depth ? beside.label : undefined);
  if (!label) return;
  while (lists.at(-1) !== beside) lists.pop();
  for (const part of parts) removeWithEmpty(part, paragraph);
  const item = Object.assign(paragraph, { name: 'li' });
  if (beside?.depth === depth && follows(label, beside.label)) {
    const isNext = label.number === undefined || label.number === (beside.label.number ?? 0) + 1;
    if (!isNext) item.attributes.push({ name: 'value', value: String(label.number) });
    move(item, beside.element);
    Object.assign(beside, { item, label });
    return;
  }
  if (beside?.depth === depth) lists.pop();
  const element = listBeginningWith(label);
  const around = lists.at(-1)?.item;
  if (around) insert(around, element, null);
  else if (item.parent) insert(item.parent, element, item);
  move(item, element);
  lists.push({ element, depth, item, label });
}

function listBeginningWith({ number, type }: Label): HtmlElement {
  const list = createElement(number === undefined ? 'ul' : 'ol', 'html', []);
  if (number !== undefined && number !== 1) list.attributes.push({ name: 'start', value: String(number) });
  if (type !== undefined) list.attributes.push({ name: 'type', value: type });
  return list;
}

function move(item: HtmlElement, list: HtmlElement): void {
  detach(item);
  insert(list, item, null);
}

/** Takes a node out of `paragraph`, with the elements around it that hold nothing else. */
function removeWithEmpty(node: HtmlNode, paragraph: HtmlElement): void {
  let gone = node;
  while (gone.parent && gone.parent !== paragraph && gone.parent.first === gone && gone.parent.last === gone) gone = gone.parent;
  detach(gone);
}

/** Numbers that letters and Roman numerals are read as. */
const MOST = 400;
const numbers: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  ['a', 'A', 'i', 'I'].map((type) => [type, new Map(Array.from({ length: MOST }, (_, index) => [labelOf(index + 1, type), index + 1]))]),
);

/** Whether an item with `label` goes on with a list whose last is `last`. */
const follows = (label: Label, last: Label): boolean =>
  label.type === last.type && (label.number === undefined ? last.number === undefined : label.number > (last.number ?? label.number));

/** Reads a label, one that goes on after `last` if it can be that; `undefined` for one that HTML has no list for. */
function readLabel(written: string, last: Label | undefined): Label | undefined {
  const digits = /^\(?(\d{1,6})[.)]?$/.exec(written)?.[1];
  if (digits !== undefined) return { number: Number(digits) };
  const letters = /^\(?([a-z]{1,12}|[A-Z]{1,12})[.)]$/.exec(written)?.[1];
  if (letters !== undefined) {
    const isSmall = letters === letters.toLowerCase();
    const [roman, latin] = isSmall ? ['i', 'a'] : ['I', 'A'];
    const types = letters.length > 1 || letters === roman ? [roman, latin] : [latin, roman];
    const read = types.flatMap((type): Label[] => {
      const number = numbers.get(type)?.get(letters);
      return number === undefined ? [] : [{ number, type }];
    });
    return read.find((label) => last && follows(label, last)) ?? read[0];
  }
  // Bullets are also letters, of a font of symbols.
  return [...written].length === 1 || /^[^\p{L}\p{N}\s]{2}$/u.test(written) ? {} : undefined;
}
