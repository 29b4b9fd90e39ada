import createDOMPurify, { type Config } from 'dompurify';
import { readLink } from './document-urls';
import { rewriteImage } from './images';
import { purifyPolicy } from './trusted-types';

/** Every element that a document may bring. Others go; what they hold stays, unless it is in `DROPPED_WITH_CONTENT`. */
const TAGS = [
  ...['a', 'abbr', 'address', 'article', 'aside', 'b', 'bdi', 'bdo', 'blockquote', 'br', 'caption', 'cite', 'code', 'col', 'colgroup'],
  ...['dd', 'del', 'details', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'nav', 'ol', 'p', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp'],
  ...['section', 'small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr'],
  ...['u', 'ul', 'var', 'wbr'],
];

/** Every attribute that a document may bring: none that styles, runs, names a class or loads. `href`, `src`, `id`, `name` are rewritten. */
const ATTRIBUTES = [
  ...[
    'alt',
    'colspan',
    'datetime',
    'dir',
    'headers',
    'height',
    'href',
    'id',
    'lang',
    'name',
    'open',
    'reversed',
    'rowspan',
    'scope',
    'span',
  ],
  ...['src', 'start', 'title', 'type', 'value', 'width'],
];

const DROPPED_WITH_CONTENT = [
  ...['annotation', 'annotation-xml', 'applet', 'audio', 'button', 'canvas', 'datalist', 'embed', 'frame', 'frameset', 'head', 'iframe'],
  ...['noembed', 'noframes', 'noscript', 'object', 'option', 'plaintext', 'script', 'select', 'style', 'svg', 'template', 'textarea'],
  ...['title', 'video', 'xmp'],
];

const base: Config = {
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: ATTRIBUTES,
  FORBID_CONTENTS: DROPPED_WITH_CONTENT,
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // Names are made harmless by a prefix, while the tree is inert; dropping "title" or "body" would break links to them.
  SANITIZE_DOM: false,
  TRUSTED_TYPES_POLICY: purifyPolicy,
};
// A fragment, not a trusted string: parsing the outcome once more is what mutation attacks live on.
const toFragment = { ...base, RETURN_DOM_FRAGMENT: true } satisfies Config;

/** In front of every name that comes out of a document, so that it cannot stand for a global or an element of the application. */
export const NAME_PREFIX = 'doc-';

const purify = createDOMPurify(window);

/**
 * Sanitises markup, or a copy of an element of an inert document (DOMPurify's in-place mode takes twice as long), and rewrites
 * links, images and names. The fragment belongs to an inert document until it is put on the page. Without a
 * `documentId` there is nothing beside the text that an image could be loaded from.
 */
export function sanitise(dirty: string | Element, documentId?: string): DocumentFragment {
  // `null`, which its declarations leave out, for markup whose document has no body: `<frameset>`.
  const fragment: DocumentFragment | null = purify.sanitize(dirty, toFragment);
  if (!fragment) return document.createDocumentFragment();
  for (const element of fragment.querySelectorAll('[id], [name]')) prefixNames(element);
  for (const image of fragment.querySelectorAll('img')) rewriteImage(image, documentId);
  for (const link of fragment.querySelectorAll('a')) rewriteLink(link);
  return fragment;
}

function prefixNames(element: Element): void {
  const name = element.id || (element.nodeName === 'A' ? element.getAttribute('name') : '');
  element.removeAttribute('name');
  if (name) element.id = NAME_PREFIX + name;
}

/** Links are followed by the application (links.ts), never by the browser, so they carry no `href`. */
function rewriteLink(link: HTMLElement): void {
  const href = link.getAttribute('href');
  link.removeAttribute('href');
  if (href === null || !readLink(href)) return;
  link.dataset['href'] = href;
  link.setAttribute('role', 'link');
  link.tabIndex = 0;
}
