import { allowedEmbeddedImages, type DocumentSection } from '#model';
import { documentBytes } from '../bytes';
import { readText } from '../decode/read-text';
import { drawPage } from '../html/draw-page';
import { targetOf } from '../html/elements';
import { readPageFacts } from '../html/page-facts';
import { attributeOf, descendantsOf, type HtmlElement, parseHtml, textOf } from '../html/tree';
import { xhtmlAsHtml } from '../html/xhtml';
import { type PageNames, pageLabel } from './contents';
import { isOfKind } from './kinds';
import type { Book, Item } from './package';
import { placeName, resolveIn } from './paths';

/** A chapter as it is drawn, and the pages that it says begin in it. */
export interface Chapter {
  sections: Iterable<DocumentSection | undefined>;
  pages: PageNames;
}

/**
 * The sections of a chapter, its offsets counted from its own beginning: names of places and links are those of the whole book, its pictures
 * are in it. `undefined` where the file is missing. Throws where it cannot be read.
 */
export async function readChapter(book: Book, item: Item, signal: AbortSignal): Promise<Chapter | undefined> {
  if (item.mediaType.startsWith('image/'))
    return drawMarkup(book, item, `<img src="${escapeAttribute(`/${encodeURI(item.path)}`)}" alt="">`);
  const file = await book.read(item.path);
  if (!file) return undefined;
  const { text } = await readText(documentBytes(file, item.path), { signal }, 'html');
  return drawMarkup(book, item, xhtmlAsHtml(text));
}

async function drawMarkup(book: Book, { path }: Item, html: string): Promise<Chapter> {
  const parser = parseHtml(html);
  const { body } = readPageFacts(parser.page);
  const pages = new Map<string, string>();
  if (!body) return { sections: [], pages };
  const pictures = new Map<string, string | undefined>();
  for (const node of descendantsOf(body)) {
    if (node.type !== 'element') continue;
    if (node.name === 'svg') flattenCover(node);
    if (isOfKind(node, 'pagebreak', 'doc-pagebreak')) takePageBreak(node, path, pages);
    nameForBook(node, path);
    const src = node.name === 'img' ? attributeOf(node, 'src') : undefined;
    if (src !== undefined && !pictures.has(src)) pictures.set(src, await readPicture(book, path, src));
  }
  return { sections: drawPage(parser, body, { directed: false, pictureAt: (address) => pictures.get(address) }), pages };
}

/** Where a page of the printed book begins: its number is no part of the text. */
function takePageBreak(element: HtmlElement, path: string, pages: Map<string, string>): void {
  const written = textOf(element);
  const label = pageLabel(attributeOf(element, 'aria-label') || attributeOf(element, 'title') || written);
  if (label === '') return;
  let id = targetOf(element);
  if (id === '') {
    id = `lectern-page-${pages.size + 1}`;
    element.attributes.push({ name: 'id', value: id });
  }
  pages.set(placeName(path, id), label);
  if (pageLabel(written) === label) Object.assign(element, { first: null, last: null });
}

/** Gives an element the name that it has in the whole book, and lets its link lead there. */
function nameForBook(element: HtmlElement, path: string): void {
  const name = targetOf(element);
  for (const attribute of element.attributes) {
    if (name !== '' && (attribute.name === 'id' || attribute.name === 'name') && attribute.value === name) {
      attribute.value = placeName(path, name);
    } else if (attribute.name === 'href' && element.name === 'a') {
      const place = resolveIn(path, attribute.value);
      if (place) attribute.value = `#${encodeURIComponent(placeName(place.path, place.fragment))}`;
    }
  }
}

/** An SVG that only frames a picture, as covers are, becomes that picture: it would be too long as a drawing. */
function flattenCover(svg: HtmlElement): void {
  const shapes = [...descendantsOf(svg)].filter((node) => node.type === 'element' && !/^(?:g|title|desc|defs)$/.test(node.name));
  const [image] = shapes;
  if (shapes.length !== 1 || image?.type !== 'element' || image.name !== 'image') return;
  const src = image.attributes.find(({ name }) => name === 'href')?.value;
  if (src === undefined) return;
  const alt = attributeOf(svg, 'aria-label') ?? '';
  const attributes = [
    { name: 'src', value: src },
    { name: 'alt', value: alt },
  ];
  Object.assign(svg, { name: 'img', namespace: 'html', attributes, first: null, last: null });
}

async function readPicture(book: Book, base: string, src: string): Promise<string | undefined> {
  const place = resolveIn(base, src);
  const type = place && book.mediaTypeOf(place.path);
  if (!place || type === undefined || !allowedEmbeddedImages.has(type)) return undefined;
  const bytes = await book.read(place.path).catch(() => undefined);
  return bytes && `data:${type};base64,${bytes.toString('base64')}`;
}

const escapeAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
