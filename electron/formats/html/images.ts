import { attributeOf, descendantsOf, elementsOf, type HtmlElement } from './tree';

/** Where scripts of pages keep the address of a picture that they load late, the likeliest first. */
const lateAttributes = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-url', 'data-hi-res-src'];
const lateSets = ['srcset', 'data-srcset', 'data-lazy-srcset'];

/** CSS pixels up to which a picture is none: it counts readers. */
const COUNTING = 2;

/** Whether an element is so small that nobody is to see it. */
export const isTiny = (element: HtmlElement): boolean =>
  ['width', 'height'].every((name) => /^\s*\d+(?:px)?\s*$/.test(attributeOf(element, name) ?? '')) &&
  ['width', 'height'].some((name) => Number.parseInt(attributeOf(element, name) ?? '', 10) <= COUNTING);

/**
 * The address of a picture that is shown in place of what is there until a script has loaded it: one beside the page rather than one
 * elsewhere. Looked for in the element, in the `<picture>` around it and in the `<noscript>` after it.
 */
export function imageAddress(image: HtmlElement): string | undefined {
  const stated = attributeOf(image, 'src')?.trim() ?? '';
  if (stated !== '' && !isPlaceholder(stated)) return stated;
  const late = [...addressesOf(image), ...sourcesAround(image).flatMap(addressesOf)];
  const spare = noscriptAfter(image);
  if (spare) late.push(attributeOf(spare, 'src')?.trim() ?? '');
  const known = late.filter((address) => address !== '' && !isPlaceholder(address));
  return known.find(isBeside) ?? known[0] ?? (stated === '' ? undefined : stated);
}

/** Pictures that stand only for pages without scripts: those in a `<noscript>` that is not the spare of a picture before it. */
export function noscriptImages(noscript: HtmlElement): HtmlElement[] {
  const before = previousElement(noscript);
  if (before?.name === 'img' || before?.name === 'picture') return [];
  return [...descendantsOf(noscript)]
    .filter((node) => node.type === 'element')
    .filter((element) => element.name === 'img' && !isTiny(element));
}

const addressesOf = (element: HtmlElement): string[] => [
  ...lateAttributes.map((name) => attributeOf(element, name)?.trim() ?? ''),
  ...lateSets.map((name) => firstOfSet(attributeOf(element, name) ?? '')),
];

/** The first address of a `srcset`, whose addresses may have commas within. */
const firstOfSet = (set: string): string => /^\s*([^\s]+?),?(?:\s|$)/.exec(set)?.[1] ?? '';

function sourcesAround(image: HtmlElement): HtmlElement[] {
  const { parent } = image;
  return parent?.name === 'picture' ? [...elementsOf(parent)].filter(({ name }) => name === 'source') : [];
}

function noscriptAfter(image: HtmlElement): HtmlElement | undefined {
  const around = image.parent?.name === 'picture' ? image.parent : image;
  let node = around.next;
  while (node?.type === 'text' && node.value.trim() === '') node = node.next;
  if (node?.type !== 'element' || node.name !== 'noscript') return undefined;
  for (const inner of descendantsOf(node)) if (inner.type === 'element' && inner.name === 'img') return inner;
  return undefined;
}

function previousElement(element: HtmlElement): HtmlElement | undefined {
  let node = element.previous;
  while (node?.type === 'text' && node.value.trim() === '') node = node.previous;
  return node?.type === 'element' ? node : undefined;
}

/** What pages show until a picture is loaded: very small ones within the page, and files with names for that. */
const isPlaceholder = (address: string): boolean =>
  (/^data:/i.test(address) && (address.length < 400 || /^data:image\/svg/i.test(address))) ||
  /^about:|(?:^|\/)(?:blank|spacer|pixel|placeholder|transparent|lazy|loading|1x1|grey|gray)\b[^/]*$/i.test(address);

const isBeside = (address: string): boolean => !/^(?:[a-z][a-z0-9+.-]*:|[\\/])/i.test(address);
