import path from 'node:path';

/** What stands for a folder in it. */
const OF_FOLDERS = ['index.md', 'README.md', 'index.html'];

/**
 * The files that a relative link in a document may mean, the likeliest first, as paths in its library folder; none for a link that leads out of
 * that. `document`, such a path, too, is where the link stands, `link` is written with `/`. A page that a site makes of Markdown is meant by its ending
 * or without one, and a folder by what stands for it.
 */
export function filesLinked(document: string, link: string): string[] {
  const file = path.posix.join(path.posix.dirname(document), link);
  if (file === '..' || file.startsWith('../')) return [];
  const [, page] = /^(.+)\.(?:html?|xhtml)$/i.exec(file) ?? [];
  if (page !== undefined) return [file, ...asMarkdown(page)];
  return [file, ...asMarkdown(file), `${file}.html`, ...OF_FOLDERS.map((name) => path.posix.join(file, name))];
}

const asMarkdown = (name: string): string[] => [`${name}.md`, `${name}.markdown`];

/**
 * A path as it is compared where none is the same: file systems tell no case apart, or write an accent as a letter of its own, and links are written on
 * others.
 */
export const sameName = (file: string): string => file.normalize('NFC').toLowerCase();
