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

/** Characters of the longest number of an ordered list, without the dot: a section clips what hangs out of it, so they need room. */
export function digitsOf(list: HtmlElement): number {
  const step = stepOf(list);
  const type = attributeOf(list, 'type') ?? '1';
  let number = firstNumberOf(list);
  let digits = 1;
  for (const item of itemsOf(list)) {
    const next = numberAfter(item, number, step);
    digits = Math.max(digits, markerLength(next - step, type));
    number = next;
  }
  return digits;
}

/** How long a number is as CSS writes it; beyond what letters and Roman numerals can tell it writes figures. */
function markerLength(number: number, type: string): number {
  if (number > 0 && /^a$/i.test(type)) return alphabeticLength(number);
  if (number > 0 && number < 4000 && /^i$/i.test(type)) return romanLength(number);
  return String(number).length;
}

/** 1 for a to z, 2 for aa to zz, and so on. */
function alphabeticLength(number: number): number {
  let length = 0;
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) length += 1;
  return length;
}

/** Letters of the Roman figures 0 to 9. */
const romanLengths = [0, 1, 2, 3, 2, 1, 2, 3, 4, 2];

const romanLength = (number: number): number => [...String(number)].reduce((sum, figure) => sum + (romanLengths[Number(figure)] ?? 0), 0);
