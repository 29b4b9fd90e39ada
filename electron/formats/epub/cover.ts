import { allowedEmbeddedImages } from '#model';
import { readText } from '../decode/read-text';
import type { EmbeddedFile } from '../format';
import { documentBytes } from '../format';
import { attributeOf, descendantsOf, parseHtml } from '../html/tree';
import { xhtmlAsHtml } from '../html/xhtml';
import type { Book, Item } from './package';
import { resolveIn } from './paths';

/** Bytes of the largest picture that is shown as a cover. */
const LARGEST = 8 * 1024 * 1024;

/** A picture, and where it lies in its book. */
type Picture = EmbeddedFile & Item;

/** Whether an item may be shown as a cover, or has what may: of so many bytes. */
export const canBeCover = ({ mediaType }: Item, bytes: number | undefined): boolean =>
  bytes !== undefined && bytes <= LARGEST && (allowedEmbeddedImages.has(mediaType) || isPage(mediaType));

/** The picture on a book's cover; `undefined` where it has none that can be shown. Of an SVG that frames a picture, as most do, that picture. */
export async function readCover(book: Book, signal: AbortSignal): Promise<Picture | undefined> {
  const { cover } = book;
  if (!cover) return undefined;
  const bytes = await book.read(cover.path).catch(() => undefined);
  if (!bytes) return undefined;
  const framed = isPage(cover.mediaType) || cover.mediaType === 'image/svg+xml' ? await framedPicture(book, bytes, signal) : undefined;
  const image = framed ?? { path: cover.path, mediaType: cover.mediaType, bytes };
  return allowedEmbeddedImages.has(image.mediaType) && image.bytes.length <= LARGEST ? image : undefined;
}

const isPage = (mediaType: string): boolean => mediaType.endsWith('html+xml') || mediaType === 'text/html';

/** The first picture that a drawing or a page shows and that is in the book; a drawing shown as an image would load none. */
async function framedPicture(book: Book, file: Buffer, signal: AbortSignal): Promise<Picture | undefined> {
  const base = book.cover?.path ?? '';
  const { text } = await readText(documentBytes(file, base), { signal }, 'html');
  for (const node of descendantsOf(parseHtml(xhtmlAsHtml(text)).page)) {
    if (node.type !== 'element' || !(node.name === 'image' || node.name === 'img')) continue;
    const place = resolveIn(base, attributeOf(node, node.name === 'img' ? 'src' : 'href') ?? attributeOf(node, 'xlink:href') ?? '');
    const item = place && book.shownFor(place.path);
    const bytes = item && (await book.read(item.path).catch(() => undefined));
    if (bytes) return { ...item, bytes };
  }
  return undefined;
}
