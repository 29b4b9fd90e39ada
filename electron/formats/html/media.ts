import { playedAs } from '../list';
import type { OpenElement } from './frames';
import { isTiny } from './images';
import { attributeOf, elementsOf, type HtmlElement } from './tree';

const names: Readonly<Record<string, string>> = {
  video: 'Video',
  audio: 'Sound',
  iframe: 'Embedded page',
  embed: 'Embedded file',
  object: 'Embedded file',
};

/** UTF-16 code units of what is said of it, and of its address. */
const LONGEST_LABEL = 120;
const LONGEST_ADDRESS = 200;

/** Sites whose frames are films. */
const films = /(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com)$/;

/**
 * A player of the sound at `sound`, an address within the file, or of what lies beside the document (`besideOf`), or a chip in place of what comes from elsewhere;
 * `undefined` for all else, and for what nobody is to see.
 */
export function drawMedia(element: HtmlElement, sound?: string, besideOf?: (address: string) => string): OpenElement | undefined {
  const name = element.namespace === 'html' && Object.hasOwn(names, element.name) ? names[element.name] : undefined;
  if (name === undefined || isTiny(element)) return undefined;
  const address = addressOf(element);
  const host = URL.canParse(address, 'https://here.invalid') ? new URL(address, 'https://here.invalid').hostname.replace(/^www\./, '') : '';
  if (element.name === 'iframe' && (address === '' || /^(?:about|javascript|data|blob):/i.test(address))) return undefined;
  const kind = films.test(host) ? 'Video' : name;
  const title = (attributeOf(element, 'title') ?? attributeOf(element, 'aria-label') ?? '')
    .trim()
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST_LABEL);
  if (sound !== undefined) return { e: 'audio', a: { src: sound, title: title === '' ? name : title }, c: [] };
  const isPlayed = besideOf && (element.name === 'audio' || element.name === 'video');
  const beside = isPlayed ? addressesOf(element).map(besideOf).find(isPlayedBeside) : undefined;
  if (beside !== undefined) return { e: element.name, a: { src: beside, title: title === '' ? name : title }, c: [] };
  const place = host === '' || host === 'here.invalid' ? '' : ` (${host})`;
  const chip: OpenElement = { e: 'span', l: ['media'], c: [{ ornament: `${title === '' ? kind : `${kind}: ${title}`}${place}` }] };
  if (address !== '') chip.a = { title: address.slice(0, LONGEST_ADDRESS) };
  // What plays elsewhere can be opened there.
  if (place === '' || kind === 'Embedded page' || kind === 'Embedded file') return chip;
  return { ...chip, e: 'a', a: { ...chip.a, href: address } };
}

/** Whether an address is that of a film on a site of films. */
export const isFilm = (address: string): boolean => films.test(URL.parse(address)?.hostname ?? '');

const addressOf = (element: HtmlElement): string => addressesOf(element)[0] ?? '';

const addressesOf = (element: HtmlElement): string[] =>
  [element, ...elementsOf(element)]
    .map((each) => (attributeOf(each, 'src') ?? attributeOf(each, 'data-src') ?? attributeOf(each, 'data') ?? '').trim())
    .filter((address) => address !== '');

const isPlayedBeside = (address: string): boolean =>
  !/^(?:[a-z][a-z0-9+.-]*:|[\\/])/i.test(address) && playedAs(address.replace(/[?#].*$/s, '')) !== undefined;
