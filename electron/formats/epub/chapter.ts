import { addressWithin, allowedEmbeddedImages, type DocumentSection, guessLanguage } from '#model';
import type { PageStyles } from '../css/drawn-style';
import { readText } from '../decode/read-text';
import { documentBytes } from '../format';
import { drawPage } from '../html/draw-page';
import { targetOf } from '../html/elements';
import { readPageFacts } from '../html/page-facts';
import { attributeOf, descendantsOf, elementsOf, type HtmlElement, type HtmlText, parseHtml, textOf } from '../html/tree';
import { withoutDoctype, xhtmlAsHtml } from '../html/xhtml';
import type { BookStyles } from './book-styles';
import { type PageNames, pageLabel } from './contents';
import { soundType } from './embedded';
import { isOfKind } from './kinds';
import { markNote } from './notes';
import type { Book, Item } from './package';
import { placeName, resolveIn } from './paths';
import { isWellFormed } from './well-formed';

/** A chapter as it is drawn, and the pages that it says begin in it. */
export interface Chapter {
  sections: Iterable<DocumentSection | undefined>;
  pages: PageNames;
  /** The pictures of the book that it shows, by their paths. */
  pictures: ReadonlySet<string>;
  /** It has no words. */
  isWordless: boolean;
  /** How its lines go, where they do not go across. */
  writing?: PageStyles['writing'];
  /** It is a picture that no window shows, or written in bad XML. */
  problem?: 'kind' | 'markup';
}

/**
 * The sections of a chapter, its offsets counted from its own beginning: names of places and links are those of the whole book, its pictures
 * are in it. `undefined` where the file is missing. Throws where it cannot be read.
 */
export async function readChapter(book: Book, item: Item, styles: BookStyles, signal: AbortSignal): Promise<Chapter | undefined> {
  if (item.mediaType.startsWith('image/')) {
    if (allowedEmbeddedImages.has(item.mediaType)) return drawPicture(book, item.path);
    return { sections: [], pages: new Map(), pictures: new Set(), isWordless: true, problem: 'kind' };
  }
  const file = await book.read(item.path);
  if (!file) return undefined;
  const { text } = await readText(documentBytes(file, item.path), { signal }, 'html');
  const chapter = await drawMarkup(book, item.path, xhtmlAsHtml(text), styles);
  return item.mediaType === 'text/html' || isWellFormed(withoutDoctype(text)) ? chapter : { ...chapter, problem: 'markup' };
}

async function drawMarkup(book: Book, path: string, html: string, bookStyles?: BookStyles): Promise<Chapter> {
  const parser = parseHtml(html);
  const { body, language: stated, direction, sample } = readPageFacts(parser.page);
  const pages = new Map<string, string>();
  if (!body) return { sections: [], pages, pictures: new Set(), isWordless: true };
  const root = body.parent ?? body;
  const styles = await bookStyles?.of(root, body, path);
  const { language: ofBook } = book.metadata;
  // A chapter that does not say its language need not be in that of its book (EPUB 3.3, 5.5.3.1.2): what it is written in counts.
  const guessed = stated === undefined ? guessLanguage(sample) : undefined;
  const language = guessed !== undefined && guessed === ofBook?.toLowerCase().split('-')[0] ? ofBook : (stated ?? guessed);
  state(body, { lang: language === ofBook ? undefined : language, dir: direction });
  const drawingStyles = stylesIn(parser.page);
  const isWordless = textOf(body).trim() === '';
  const pictures = new Map<string, string | undefined>();
  const shown = new Set<string>();
  const sounds = new Map<HtmlElement, string>();
  for (const node of descendantsOf(body)) {
    if (node.type !== 'element') continue;
    if (node.name === 'svg') {
      flattenCover(node);
      if (node.name === 'svg') addStyles(node, drawingStyles);
    }
    if (isOfKind(node, 'pagebreak', 'doc-pagebreak')) takePageBreak(node, path, pages);
    markNote(node);
    nameForBook(node, path);
    const sound = node.name === 'audio' ? findSound(book, node, path) : undefined;
    if (sound !== undefined) sounds.set(node, addressWithin(sound));
    const src = node.name === 'img' ? attributeOf(node, 'src') : undefined;
    if (src === undefined || pictures.has(src)) continue;
    const picture = await readPicture(book, path, src);
    pictures.set(src, picture?.address);
    if (picture) shown.add(picture.path);
  }
  return {
    sections: drawPage(parser, body, {
      directed: false,
      pictureAt: (address) => pictures.get(address),
      soundOf: (element) => sounds.get(element),
      styles,
    }),
    writing: styles?.writing,
    pages,
    pictures: shown,
    isWordless,
  };
}

/** Puts what a chapter says of its language and direction as a whole on an element around all of it. */
function state(body: HtmlElement, said: Readonly<Record<'lang' | 'dir', string | undefined>>): void {
  const attributes = Object.entries(said).flatMap(([name, value]) => (value ? [{ name, value }] : []));
  if (attributes.length === 0) return;
  const inner: HtmlElement = { ...body, name: 'div', attributes, parent: body, previous: null, next: null };
  for (let child = inner.first; child; child = child.next) child.parent = inner;
  Object.assign(body, { first: inner, last: inner });
}

/** UTF-16 code units of styles that a drawing is given. */
const MOST_STYLES = 20_000;

/** What a chapter itself says of how it looks; of that only its drawings take anything. */
function stylesIn(page: HtmlElement): string {
  let styles = '';
  for (const node of descendantsOf(page))
    if (node.type === 'element' && node.name === 'style' && node.namespace === 'html') styles += textOf(node);
  return styles.length > MOST_STYLES ? '' : styles;
}

/** A drawing becomes an image of its own, which the styles of the page around it would not reach. */
function addStyles(svg: HtmlElement, styles: string): void {
  if (styles === '') return;
  const { first } = svg;
  const style: HtmlElement = { ...svg, name: 'style', attributes: [], parent: svg, previous: null, next: first, isOpen: false };
  const text: HtmlText = { type: 'text', parent: style, previous: null, next: null, value: styles };
  Object.assign(style, { first: text, last: text });
  if (first) first.previous = style;
  else svg.last = style;
  svg.first = style;
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

/** A picture of the book by itself. */
export const drawPicture = (book: Book, path: string, alt = ''): Promise<Chapter> =>
  drawMarkup(book, path, `<img src="/${path.split('/').map(encodeURIComponent).join('/')}" alt="${alt}">`);

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

/** Where the first of the sounds that an element names lies that can be played. */
function findSound(book: Book, audio: HtmlElement, base: string): string | undefined {
  for (const element of [audio, ...elementsOf(audio)]) {
    const place = resolveIn(base, attributeOf(element, 'src') ?? '');
    if (place && book.sizeOf(place.path) !== undefined && soundType(book.mediaTypeOf(place.path) ?? '') !== undefined) return place.path;
  }
  return undefined;
}

/** Bytes of a picture that comes along with the text: of a larger one the window is told where it lies, and asks for it when it is near the view. */
const SMALL = 16 * 1024;
/** Bytes of all pictures that come along. */
const SMALL_TOGETHER = 4 * 1024 * 1024;

/** A picture's address, its bytes themselves (`data:`) where it is small, and where it lies in the book. */
async function readPicture(book: Book, base: string, src: string): Promise<{ address: string; path: string } | undefined> {
  const place = resolveIn(base, src);
  const item = place && book.shownFor(place.path);
  if (!item || !allowedEmbeddedImages.has(item.mediaType)) return undefined;
  const size = book.sizeOf(item.path);
  if (size === undefined) return undefined;
  if (size > SMALL || book.sent + size > SMALL_TOGETHER) return { address: addressWithin(item.path), path: item.path };
  const bytes = await book.read(item.path).catch(() => undefined);
  book.sent += bytes?.length ?? 0;
  return bytes && { address: `data:${item.mediaType};base64,${bytes.toString('base64')}`, path: item.path };
}
