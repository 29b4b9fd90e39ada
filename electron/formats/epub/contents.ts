import { type DocumentSection, type Heading, headingTitle, type PageStart } from '#model';
import { attributeOf, descendantsOf, elementsOf, type HtmlElement, parseHtml, textOf } from '../html/tree';
import { xhtmlAsHtml } from '../html/xhtml';
import { isOfKind } from './kinds';
import { placeName, resolveIn } from './paths';
import { elementsNamed } from './xml';

/** A line of a book's table of contents. */
export interface ContentsEntry {
  title: string;
  /** From 1. */
  level: number;
}

/** A table of contents: by the name of a place (`placeName`) what stands there. The first line of a place counts. */
export type Contents = ReadonlyMap<string, ContentsEntry>;

/** The pages of the printed book: by the name of the place where one begins what it is called. */
export type PageNames = ReadonlyMap<string, string>;

/** What a book says of its parts beside its text. */
export interface Navigation {
  contents: Contents;
  pages: PageNames;
}

/** Levels that headings have. */
const DEEPEST = 6;

/** What a navigation document says (EPUB 3.3, 7): the lists of its first `nav` of each kind; without one for the contents, that of its first. */
export function readNavigation(xhtml: string, path: string): Navigation {
  const { page } = parseHtml(xhtmlAsHtml(xhtml));
  const navs = [...descendantsOf(page)].filter((node) => node.type === 'element' && node.name === 'nav') as HtmlElement[];
  const pageList = navs.find((nav) => isOfKind(nav, 'page-list', 'doc-pagelist'));
  const toc = navs.find((nav) => isOfKind(nav, 'toc', 'doc-toc')) ?? navs.find((nav) => nav !== pageList);
  const pages = new Map<string, string>();
  for (const node of pageList ? descendantsOf(pageList) : [])
    if (node.type === 'element' && node.name === 'a') addPage(pages, path, attributeOf(node, 'href'), textOf(node));
  return { contents: readContentsOf(toc, path), pages };
}

function readContentsOf(nav: HtmlElement | undefined, path: string): Contents {
  const contents = new Map<string, ContentsEntry>();
  for (const node of nav ? descendantsOf(nav) : []) {
    if (node.type !== 'element' || node.name !== 'a') continue;
    let level = 0;
    for (let around = node.parent; around && around !== nav; around = around.parent) if (around.name === 'ol') level += 1;
    add(contents, path, attributeOf(node, 'href'), labelOf(node), level);
  }
  return contents;
}

/** What a link is called: by its words, else by its title or what is said of its picture. */
function labelOf(link: HtmlElement): string {
  const words = textOf(link);
  if (words.trim() !== '') return words;
  for (const node of descendantsOf(link)) {
    const said = node.type === 'element' ? attributeOf(node, 'alt') || attributeOf(node, 'title') : undefined;
    if (said) return said;
  }
  return attributeOf(link, 'title') ?? '';
}

/** The same of an NCX, as EPUB 2 has it: its `navMap` and its `pageList`. */
export function readNcx(tree: HtmlElement, path: string): Navigation {
  const contents = new Map<string, ContentsEntry>();
  const [map] = elementsNamed(tree, 'navmap');
  for (const point of map ? elementsNamed(map, 'navpoint') : []) {
    let level = 1;
    for (let around = point.parent; around && around !== map; around = around.parent) if (around.name === point.name) level += 1;
    const { src, label } = readPoint(point);
    add(contents, path, src, label, level);
  }
  const pages = new Map<string, string>();
  for (const target of elementsNamed(tree, 'pagetarget')) {
    const { src, label } = readPoint(target);
    addPage(pages, path, src, label.trim() === '' ? (attributeOf(target, 'value') ?? '') : label);
  }
  return { contents, pages };
}

/** Where a point of an NCX leads, and what it is called. */
function readPoint(point: HtmlElement): { src: string | undefined; label: string } {
  const childOf = (name: string) => [...elementsOf(point)].find((child) => child.name === `x-${name}`);
  const label = childOf('navlabel');
  const content = childOf('content');
  return { src: content && attributeOf(content, 'src'), label: label ? textOf(label) : '' };
}

function add(contents: Map<string, ContentsEntry>, base: string, href: string | undefined, written: string, level: number): void {
  const place = href === undefined ? undefined : resolveIn(base, href);
  const title = headingTitle(written);
  if (!place || title === '') return;
  const name = placeName(place.path, place.fragment);
  if (!contents.has(name)) contents.set(name, { title, level: Math.min(DEEPEST, Math.max(1, level)) });
}

function addPage(pages: Map<string, string>, base: string, href: string | undefined, written: string): void {
  const place = href === undefined ? undefined : resolveIn(base, href);
  const label = pageLabel(written);
  if (!place || label === '') return;
  const name = placeName(place.path, place.fragment);
  if (!pages.has(name)) pages.set(name, label);
}

/** UTF-16 code units of the longest label of a page. */
const LONGEST_LABEL = 20;

/** A page's label alone, where it is written as “Page 12” or “p. 12”. */
export function pageLabel(written: string): string {
  const label = headingTitle(written).replace(/^(?:page|p\.)\s*(?=\S)/i, '');
  return label.length > LONGEST_LABEL ? '' : label;
}

/** The pages that begin in a section, in order; one that goes on is told once. */
export function pagesIn({ targets }: Pick<DocumentSection, 'targets'>, ...names: readonly PageNames[]): PageStart[] {
  const pages: PageStart[] = [];
  for (const [name, offset] of targets) {
    const label = names.map((each) => each.get(name)).find((each) => each !== undefined);
    if (label !== undefined && pages.at(-1)?.[0] !== label) pages.push([label, offset]);
  }
  return pages;
}

/** The headings of a section as the table of contents has them: each is the block at its place. */
export function headingsIn({ targets, blocks }: Pick<DocumentSection, 'targets' | 'blocks'>, contents: Contents): Heading[] {
  const headings: Heading[] = [];
  for (const [name, offset] of targets) {
    const entry = contents.get(name);
    const block = entry && blocks.find(([, end, kind]) => end > offset && kind !== 'header');
    if (entry && block && headings.at(-1)?.start !== block[0]) headings.push({ ...entry, start: block[0], end: block[1] });
  }
  return headings.sort((one, other) => one.start - other.start);
}

/** The headings of a table of contents of one line, and those that the text has itself beside them. */
export function joinHeadings(listed: readonly Heading[], own: readonly Heading[]): Heading[] {
  const others = own.filter(({ start }) => !listed.some((heading) => heading.start === start));
  return [...listed, ...others].sort((one, other) => one.start - other.start);
}
