import { allowedEmbeddedImages, allowedLinkSchemes, isOwnAddress, pathWithin } from '#model';

/** Where a link of a document leads. */
export type LinkTarget =
  | { kind: 'external'; url: string }
  /** A place of the library: one of Lectern's own addresses. */
  | { kind: 'own'; address: string }
  | { kind: 'place'; id: string }
  /** Another file, relative to the document, or to the top of its site where it begins with `/`; `..` only at the beginning, never there. */
  | { kind: 'file'; path: string; fragment?: string };

/** What is to be shown for an image of a document. */
export type ImageTarget =
  | { kind: 'local'; url: string }
  | { kind: 'embedded'; url: string }
  /** It lies in the document's own file. */
  | { kind: 'within'; path: string }
  | { kind: 'elsewhere'; address: string };

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const DATA_TYPE = /^data:([^;,]*)[;,]/i;

/** Browsers drop these from addresses before they read the scheme, so `java\nscript:` must be seen as what it is. */
const clean = (address: string): string => address.replace(/\p{Cc}/gu, '').trim();

/** Reads a link's address; `undefined` for schemes that lead nowhere safe. */
export function readLink(href: string): LinkTarget | undefined {
  const address = clean(href);
  if (address === '') return undefined;
  if (address.startsWith('#')) return { kind: 'place', id: decode(address.slice(1)) };
  if (isOwnAddress(address)) return { kind: 'own', address };
  const external = address.startsWith('//') ? `https:${address}` : address;
  const scheme = SCHEME.exec(external)?.[1]?.toLowerCase();
  if (scheme !== undefined && allowedLinkSchemes.has(scheme)) {
    return URL.canParse(external) ? { kind: 'external', url: new URL(external).href } : undefined;
  }
  if (scheme !== undefined) return undefined;
  const [, path = '', fragment] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(address) ?? [];
  const file = path.startsWith('/') ? pathFromTop(path) : relativePath(path);
  if (file === undefined) return undefined;
  return fragment === undefined ? { kind: 'file', path: file } : { kind: 'file', path: file, fragment: decode(fragment) };
}

/** Reads an image's address: a relative one is loaded through the host, which gives what lies in the library folder of the document, nothing from elsewhere. */
export function readImage(src: string, documentId: string): ImageTarget {
  const address = clean(src);
  if (allowedEmbeddedImages.has(DATA_TYPE.exec(address)?.[1]?.trim().toLowerCase() ?? '')) return { kind: 'embedded', url: address };
  const within = pathWithin(address);
  if (within !== undefined) return { kind: 'within', path: within };
  if (SCHEME.test(address) || /^[\\/]/.test(address)) return { kind: 'elsewhere', address: shorten(address) };
  const path = relativePath(address.replace(/[?#].*$/s, ''));
  if (path === undefined) return { kind: 'elsewhere', address: shorten(address) };
  // One segment: of several, those that lead up would be resolved before they are sent.
  return { kind: 'local', url: `/asset/${encodeURIComponent(documentId)}/${encodeURIComponent(path)}` };
}

/** Folders that a relative path leads up. */
const MOST_UP = 32;

/** A path from the top of a site, above which nothing lies. */
const pathFromTop = (path: string): string | undefined => {
  const inner = relativePath(path.slice(1));
  if (inner === undefined) return /^\/[./]*$/.test(path) ? '/' : undefined;
  return `/${inner.replace(/^(?:\.\.\/)+/, '')}`;
};

/** A relative path without `.`, and with `..` only at its beginning; `undefined` when it is absolute or names no file. */
function relativePath(path: string): string | undefined {
  let up = 0;
  const levels: string[] = [];
  for (const level of decode(path).replaceAll('\\', '/').split('/')) {
    if (level === '..') {
      if (levels.pop() === undefined) up += 1;
    } else if (level !== '.' && level !== '') levels.push(level);
  }
  if (levels.length === 0 || up > MOST_UP || /^[\\/]/.test(path)) return undefined;
  return [...Array<string>(up).fill('..'), ...levels].join('/');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray per cent sign is part of the name.
    return text;
  }
}

const shorten = (address: string): string => (address.length > 200 ? `${address.slice(0, 199)}…` : address);
