import { labelOf, widthOf } from './list-labels';
import { attributeOf, elementsOf, type HtmlElement } from './tree';

const numberIn = (element: HtmlElement, attribute: string): number | undefined => {
  const number = Number.parseInt(attributeOf(element, attribute) ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
};

function* itemsOf(list: HtmlElement): Generator<HtmlElement> {
  for (const element of elementsOf(list)) if (element.name === 'li') yield element;
}

/** 1, or -1 for a list that counts down. */
export const stepOf = (list: HtmlElement): number => (attributeOf(list, 'reversed') === undefined ? 1 : -1);

/** The number of a list's first item. */
export const firstNumberOf = (list: HtmlElement): number => numberIn(list, 'start') ?? (stepOf(list) < 0 ? [...itemsOf(list)].length : 1);

/** The number of the item after `item`, whose own would be `number` if it said nothing of it. */
export const numberAfter = (item: HtmlElement, number: number, step: number): number => (numberIn(item, 'value') ?? number) + step;

/** Nodes up to the box of an item: its paragraph, and white space. */
const BEFORE_BOX = 4;

/** A box to be ticked, or the state of a task as only themes of Obsidian draw it: half done, cancelled, put off and so on. */
const BOX = /^\s*(?:[☐☑]|\[[/\-<>?!*]\]) /;

/** Whether an item begins with its box, which is its marker. */
export function isTask(item: HtmlElement): boolean {
  let node = item.first;
  for (let step = 0; node && step < BEFORE_BOX; step += 1) {
    if (node.type === 'text' && node.value.trim() !== '') return BOX.test(node.value);
    node = node.type === 'element' ? node.first : node.next;
  }
  return false;
}

/** Digits that the widest label of an ordered list takes, without the dot: a section clips what hangs out of it, so it needs room. */
export function digitsOf(list: HtmlElement): number {
  const step = stepOf(list);
  const type = attributeOf(list, 'type');
  let number = firstNumberOf(list);
  let digits = 1;
  for (const item of itemsOf(list)) {
    const next = numberAfter(item, number, step);
    digits = Math.max(digits, widthOf(labelOf(next - step, attributeOf(item, 'type') ?? type)));
    number = next;
  }
  return digits;
}
