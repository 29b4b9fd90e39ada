import {
  allowedAttributes,
  allowedElements,
  allowedMathAttributes,
  allowedMathElements,
  allowedOwnStyles,
  allowedStyles,
  type DrawnElement,
} from '#model';
import { readImage, readLink } from './document-urls';

/** What is said in the place of an image that is not shown: what it is, and why it is not. */
export interface MissingImage {
  label: string;
  reason: string;
}

/** In front of every name that comes out of a document, so that it cannot stand for a global or an element of the application. */
const NAME_PREFIX = 'doc-';

/** What an element of a document becomes on the page, or what its image is called that is not loaded. */
export type PageElement =
  | {
      kind: 'html' | 'math';
      attributes: Readonly<Record<string, string>>;
      styles: Readonly<Record<string, string>>;
      /** Attributes and styles that are not drawn, since they are not on the list of what may be. */
      unknown: readonly string[];
    }
  | ({ kind: 'missing-image' } & MissingImage)
  | { kind: 'unknown' };

/** What a document brings along: what its style sheets say of its text and its fonts, as far as the reader lets them be seen, and where its pictures, fonts and sounds are. */
export interface Own {
  styles: boolean;
  fonts: boolean;
  /** The address of what lies at `path` in its file. */
  addressOf(path: string): string;
}

/**
 * How an element is drawn. `documentId`: beside which its images lie; without one only images are loaded that are within the text. `own`: without it nothing is drawn of
 * what else lies in the document's file, and of its style sheets.
 */
export function pageElement(element: DrawnElement, documentId: string | undefined, own?: Own): PageElement {
  const isMath = allowedMathElements.has(element.e);
  if (!isMath && !allowedElements.has(element.e)) return { kind: 'unknown' };
  const image = element.e === 'img' ? imageAttributes(element.a ?? {}, documentId, own) : undefined;
  if (image && 'reason' in image) return { kind: 'missing-image', ...image };
  const player = element.e === 'audio' || element.e === 'video' ? playerAttributes(element.a ?? {}, documentId, own) : undefined;
  if (player && 'reason' in player) return { kind: 'missing-image', ...player };
  const attributes: Record<string, string> = { ...image?.attributes, ...player?.attributes };
  const unknown: string[] = [];
  const allowed = isMath ? allowedMathAttributes : allowedAttributes;
  for (const [name, value] of Object.entries(element.a ?? {})) {
    if (!allowed.has(name)) unknown.push(name);
    else if (name !== 'src') Object.assign(attributes, pageAttribute(element.e, name, value));
  }
  if (element.l && element.l.length > 0) attributes['class'] = element.l.map((look) => `doc-${look}`).join(' ');
  const styles: Record<string, string> = {};
  for (const [name, value] of Object.entries(element.s ?? {})) {
    if (allowedStyles.has(name)) styles[name] = value;
    else unknown.push(name);
  }
  for (const [name, value] of Object.entries(element.own ?? {})) {
    if (!allowedOwnStyles.get(name)?.test(value)) unknown.push(name);
    else if (name === '--own-font' ? own?.fonts : own?.styles) styles[name] = value;
  }
  return { kind: isMath ? 'math' : 'html', attributes, styles, unknown };
}

/** Links are followed by the application (links.ts), never by the browser, so they carry no `href`. */
function pageAttribute(element: string, name: string, value: string): Record<string, string> {
  switch (name) {
    case 'href':
      return element === 'a' && readLink(value) ? { 'data-href': value, ...asLink } : {};
    case 'title-link':
      return element === 'a' ? { 'data-title': value, ...asLink } : {};
    case 'tag-link':
      return element === 'a' ? { 'data-tag': value, ...asLink } : {};
    case 'id':
      return value === '' ? {} : { id: NAME_PREFIX + value };
    case 'headers':
      return {
        headers: value
          .split(/\s+/)
          .filter(Boolean)
          .map((id) => NAME_PREFIX + id)
          .join(' '),
      };
    default:
      return { [name]: value };
  }
}

const asLink = { role: 'link', tabindex: '0' };

/** Selects what leads somewhere. */
export const LINKED = ':is([data-href], [data-title], [data-tag])';

/** The image's attributes where it may be loaded, else what stands in its place. */
function imageAttributes(
  { src = '', alt = '' }: Readonly<Record<string, string>>,
  documentId: string | undefined,
  own: Own | undefined,
): { attributes: Record<string, string> } | MissingImage {
  const target = readImage(src, documentId ?? '');
  const loaded = (url: string) => ({ attributes: { src: url, loading: 'lazy', decoding: 'async' } });
  if (target.kind === 'embedded' || (target.kind === 'local' && documentId !== undefined)) return loaded(target.url);
  if (target.kind === 'within' && own) return loaded(own.addressOf(target.path));
  const address = target.kind === 'elsewhere' ? target.address : src;
  return missingImageOf(alt, address === '' ? 'It has no address.' : `Not loaded: ${address}`);
}

/** What plays a sound or film, which is asked for when it comes near the view (players.ts), or what stands in its place where it may not be played. */
function playerAttributes(
  { src = '', title = '' }: Readonly<Record<string, string>>,
  documentId: string | undefined,
  own: Own | undefined,
): { attributes: Record<string, string> } | MissingImage {
  const target = readImage(src, documentId ?? '');
  const loaded = (url: string) => ({ attributes: { src: url, controls: '', preload: 'none', 'aria-label': title } });
  if (target.kind === 'within' && own) return loaded(own.addressOf(target.path));
  if (target.kind === 'local' && documentId !== undefined) return loaded(target.url);
  return missingImageOf(title, `Not loaded: ${src}`);
}

/** An image that is not shown, by its alternative text. */
export const missingImageOf = (alt: string, reason: string): MissingImage => ({ label: alt.trim() || 'Image', reason });
