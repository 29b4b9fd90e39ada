import { type DocumentSection, type Heading, headingTitle } from '#model';
import { attributeOf, descendantsOf, elementsOf, type HtmlElement, parseHtml, textOf } from '../html/tree';
import { xhtmlAsHtml } from '../html/xhtml';
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

/** Levels that headings have. */
const DEEPEST = 6;

/** The table of contents of a navigation document (EPUB 3.3, 7): the list of its first `nav` of that kind, else of its first. */
export function readNavigation(xhtml: string, path: string): Contents {
  const { page } = parseHtml(xhtmlAsHtml(xhtml));
  const navs = [...descendantsOf(page)].filter((node) => node.type === 'element' && node.name === 'nav') as HtmlElement[];
  const nav = navs.find((each) => /\btoc\b/.test(attributeOf(each, 'epub:type') ?? attributeOf(each, 'role') ?? '')) ?? navs[0];
  const contents = new Map<string, ContentsEntry>();
  if (!nav) return contents;
  for (const node of descendantsOf(nav)) {
    if (node.type !== 'element' || node.name !== 'a') continue;
    let level = 0;
    for (let around = node.parent; around && around !== nav; around = around.parent) if (around.name === 'ol') level += 1;
    add(contents, path, attributeOf(node, 'href'), textOf(node), level);
  }
  return contents;
}

/** The same of an NCX, as EPUB 2 has it: `navMap` alone. */
export function readNcx(tree: HtmlElement, path: string): Contents {
  const contents = new Map<string, ContentsEntry>();
  const [map] = elementsNamed(tree, 'navmap');
  for (const point of map ? elementsNamed(map, 'navpoint') : []) {
    let level = 1;
    for (let around = point.parent; around && around !== map; around = around.parent) if (around.name === point.name) level += 1;
    const childOf = (name: string) => [...elementsOf(point)].find((child) => child.name === `x-${name}`);
    const label = childOf('navlabel');
    const content = childOf('content');
    add(contents, path, content && attributeOf(content, 'src'), label ? textOf(label) : '', level);
  }
  return contents;
}

function add(contents: Map<string, ContentsEntry>, base: string, href: string | undefined, written: string, level: number): void {
  const place = href === undefined ? undefined : resolveIn(base, href);
  const title = headingTitle(written);
  if (!place || title === '') return;
  const name = placeName(place.path, place.fragment);
  if (!contents.has(name)) contents.set(name, { title, level: Math.min(DEEPEST, Math.max(1, level)) });
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
