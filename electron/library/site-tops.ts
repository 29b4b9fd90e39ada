import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** By what the folder of a site is known that is made of Markdown, and where in it its pages lie. */
const SITES: readonly { mark: RegExp; pages: readonly string[] }[] = [
  // Jekyll, Obsidian, VitePress, VuePress, Docusaurus
  { mark: /^(?:_config\.(?:ya?ml|toml)|\.obsidian|\.vitepress|\.vuepress|docusaurus\.config\.[cm]?[jt]s)$/, pages: ['', 'docs'] },
  // Hugo, Zola
  { mark: /^(?:hugo|config)\.(?:toml|ya?ml|json)$/, pages: ['content'] },
  { mark: /^mkdocs\.ya?ml$/, pages: ['docs'] },
  // mdBook
  { mark: /^book\.toml$/, pages: ['src'] },
];

/**
 * Where a link may begin that stands in `document` and begins at the top of its site, the likeliest first: folders of the library folder `root`
 * (absolute), relative to it, as `document` is, both with `/`. The site is the nearest around the document; where none is known, or it lies in none of
 * them, the library folder is its top, or else any folder around the document, the outermost first: a site may be kept without what it is made with.
 * A site in several languages has its pages once more in a folder for each.
 */
export async function siteTops(root: string, document: string): Promise<string[]> {
  const tops: string[] = [];
  const around: string[] = [];
  for (let folder = folderOf(document); tops.length === 0; folder = folderOf(folder)) {
    const names: string[] = await readdir(path.join(root, folder)).catch(() => []);
    const pages = SITES.filter(({ mark }) => names.some((name) => mark.test(name))).flatMap((site) => site.pages);
    const within = pages.map((each) => path.posix.join(folder, each)).filter((each) => each === folder || names.includes(lastPart(each)));
    tops.push(...within, ...within.flatMap((each) => languageFolder(each, document) ?? []));
    around.unshift(folder);
    if (folder === '.') break;
  }
  return tops.length > 0 ? [...new Set([...tops, '.'])] : around;
}

const folderOf = (file: string): string => path.posix.dirname(file);
const lastPart = (file: string): string => path.posix.basename(file);

/** The folder right in `top` in which `document` lies, where it is named for a language. */
function languageFolder(top: string, document: string): string | undefined {
  const inner = path.posix.relative(top, document).split('/');
  return inner.length > 1 && /^[a-z]{2,3}(?:-[a-z]{2,4})?$/i.test(inner[0] ?? '') ? path.posix.join(top, inner[0] ?? '') : undefined;
}
