import { labelOf, widthOf } from './list-labels';

/** What the numbers of an ordered list take, so that they have room beside their items (document.css): a section clips what hangs out of it. */
export interface ListNumbers {
  /** Digits that its widest label is at most as wide as, without the dot. */
  digits: number;
}

const itemsOf = (list: Element): Element[] => [...list.children].filter(({ nodeName }) => nodeName === 'LI');

const numberIn = (element: Element, attribute: string): number | undefined => {
  const number = Number.parseInt(element.getAttribute(attribute) ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
};

/** 1, or -1 for a list that counts down. */
export const stepOf = (list: Element): number => (list.hasAttribute('reversed') ? -1 : 1);

/** The number of a list's first item. */
export const firstNumberOf = (list: Element): number =>
  numberIn(list, 'start') ?? (list.hasAttribute('reversed') ? itemsOf(list).length : 1);

/** The number of the item after `item`, whose own would be `number` if it said nothing of it. */
export const numberAfter = (item: Element, number: number, step: number): number => (numberIn(item, 'value') ?? number) + step;

/** How much room the numbers of an ordered list take; `undefined` for any other element. */
export function numbersOf(list: Element): ListNumbers | undefined {
  if (list.nodeName !== 'OL') return undefined;
  const step = stepOf(list);
  let number = firstNumberOf(list);
  let digits = 1;
  for (const item of itemsOf(list)) {
    const next = numberAfter(item, number, step);
    const type = item.getAttribute('type') ?? list.getAttribute('type');
    digits = Math.max(digits, widthOf(labelOf(next - step, type)));
    number = next;
  }
  return { digits };
}

/** Makes the room. */
export const setNumbers = (list: HTMLElement, { digits }: ListNumbers): void => list.style.setProperty('--digits', String(digits));
