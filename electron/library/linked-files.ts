import path from 'node:path';

/** What stands for a folder in it. */
const OF_FOLDERS = ['index.md', '_index.md', 'README.md', 'index.html'];

/**
 * The files that a link in a document may mean, the likeliest first, as paths in its library folder; none for a link that leads out of
 * that. `document`, such a path, too, is where the link stands, `link` is written with `/`. One that begins with that begins at the top of the document’s site,
 * in one of `tops` (`siteTops`). A page that a site makes of Markdown is meant by its ending or without one, from beside its file or, where the site has a folder
 * for each page, from there; and a folder by what stands for it.
 */
export function filesLinked(document: string, link: string, tops: readonly string[] = ['.']): string[] {
  const isFromTop = link.startsWith('/');
  const starts = isFromTop ? tops : [path.posix.dirname(document), document.replace(/\.[^./]*$/, '')];
  const links = isFromTop ? [link, ...inCollections(link)] : [link];
  const places = starts.flatMap((start) => links.map((each) => path.posix.join(start, each)));
  return [...new Set(places.filter((file) => file !== '..' && !file.startsWith('../')).flatMap(filesAt))];
}

function filesAt(file: string): string[] {
  const name = file.replace(/\/$/, '');
  const inFolder = OF_FOLDERS.map((each) => path.posix.join(name, each));
  if (name === '.') return inFolder;
  const [, page] = /^(.+)\.(?:html?|xhtml)$/i.exec(name) ?? [];
  return page === undefined ? [name, ...asMarkdown(name), `${name}.html`, ...inFolder] : [name, ...asMarkdown(page)];
}

const asMarkdown = (name: string): string[] => [`${name}.md`, `${name}.markdown`];

/** Where Jekyll keeps the pages of a collection, and its posts, whose addresses have their day. */
const inCollections = (link: string): string[] => [
  link.replace(/^\/(?=[^/_]+\/[^/])/, '/_'),
  link.replace(/^(?:\/.*)?\/(\d{4})\/(\d\d)\/(\d\d)\/([^/]+)\/?$/, '/_posts/$1-$2-$3-$4'),
];

/** Whether a page says by one of its other names that it is, or was, at an address of its site, both from the top of that: `/about/`. */
export function isAtAddress(link: string, names: readonly string[]): boolean {
  const wanted = pageName(link);
  return wanted !== '' && names.some((name) => name.startsWith('/') && pageName(name) === wanted);
}

/** An address without what one of two that mean the same page may have. */
const pageName = (address: string): string =>
  sameName(address)
    .replace(/(?:\/|^)index\.html?$|\.html?$/, '')
    .replace(/^\/+|\/+$/g, '');

/**
 * A path as it is compared where none is the same: file systems tell no case apart, or write an accent as a letter of its own, and links are written on
 * others.
 */
export const sameName = (file: string): string => file.normalize('NFC').toLowerCase();
