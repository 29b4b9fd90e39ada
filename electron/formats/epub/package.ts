import { allowedEmbeddedImages, type DocumentMetadata, directionOf } from '#model';
import { openZip, ZipLimitError, type ZipReader } from '../../zip-reader';
import { readDate } from '../dates';
import { readText } from '../decode/read-text';
import type { DocumentBytes } from '../format';
import { documentBytes } from '../format';
import { tidyMetadata } from '../header';
import { attributeOf, type HtmlElement, textOf } from '../html/tree';
import { unreadable } from '../unreadable';
import { type Navigation, readNavigation, readNcx } from './contents';
import { canBeCover } from './cover';
import { type Identifiers, type Obfuscation, obfuscations } from './embedded';
import { resolveIn } from './paths';
import { elementsNamed, parseXml } from './xml';

/** A file of a book, as its manifest has it. */
export interface Item {
  /** Within the book, from its top. */
  path: string;
  mediaType: string;
}

/** What a book says of itself, and its files. */
export interface Book {
  metadata: DocumentMetadata;
  /** What shows its cover: a picture, or a page with one. */
  cover: Item | undefined;
  /** What is read, in order. */
  spine: readonly Item[];
  /** Its table of contents and its list of pages; each is empty where it has none. */
  navigation: Navigation;
  /** Whole sentences for the reader. */
  notices: readonly string[];
  /** The bytes of a file, whatever the case of its path; `undefined` where there is none. Throws where it is damaged. */
  read(path: string): Promise<Buffer | undefined>;
  /** Bytes of a file; `undefined` where there is none. */
  sizeOf(path: string): number | undefined;
  /** Bytes of the pictures that came along with its text so far. */
  sent: number;
  /** What the manifest says that a file is. */
  mediaTypeOf(path: string): string | undefined;
  /** How a font is garbled, if it is. */
  obfuscationOf(path: string): Obfuscation | undefined;
  identifiers: Identifiers;
  /** What the manifest has of a picture, or what it names in its place where that is of a kind that cannot be shown. */
  shownFor(path: string): Item | undefined;
  close(): Promise<void>;
}

/** What a book may hold: one that is made to do harm takes neither memory nor time. Only what is needed is unpacked, so its pictures and sounds may be large. */
const limits = { entries: 20_000, entryBytes: 64 * 1_048_576, totalBytes: 2_048 * 1_048_576, ratio: 200 };

/** Bytes of all chapters, which all are read. */
const MOST_CHAPTERS = 256 * 1_048_576;

/** Opens the container of a book (EPUB 3.3, 4) and reads its package document (5). Throws `UnreadableDocument`. */
export async function openBook(source: DocumentBytes, signal: AbortSignal): Promise<Book> {
  const { fileName } = source;
  const zip = await openContainer(source);
  const byLowerCase = new Map(zip.names().map((name) => [name.toLowerCase(), name]));
  const nameOf = (path: string): string | undefined => (zip.size(path) === undefined ? byLowerCase.get(path.toLowerCase()) : path);
  const sizeOf = (path: string): number | undefined => {
    const name = nameOf(path);
    return name === undefined ? undefined : zip.size(name);
  };
  const read = async (path: string): Promise<Buffer | undefined> => {
    const name = nameOf(path);
    return name === undefined ? undefined : zip.read(name);
  };
  const readXml = async (path: string): Promise<HtmlElement | undefined> => {
    const file = await read(path);
    return file && parseXml((await readText(documentBytes(file, path), { signal }, 'html')).text);
  };
  try {
    const garbled = await readEncryption(readXml, fileName);
    const packagePath = await findPackage(readXml, zip.names());
    const tree = packagePath === undefined ? undefined : await readXml(packagePath).catch(() => undefined);
    signal.throwIfAborted();
    if (packagePath === undefined || !tree)
      throw unreadable.book(fileName, 'the file that lists its chapters is missing or damaged. Get the book again.');
    const items = readManifest(tree, packagePath);
    const spine = readSpine(tree, items, (path) => sizeOf(path) ?? 0);
    if (spine.length === 0) throw unreadable.book(fileName, 'it lists no chapters. Get the book again.');
    if (spine.reduce((total, { path }) => total + (sizeOf(path) ?? 0), 0) > MOST_CHAPTERS)
      throw unreadable.book(fileName, `its chapters are larger than ${MOST_CHAPTERS / 1_048_576} MB, and Lectern does not read that.`);
    const byPath = new Map([...items.values()].map((item) => [item.path.toLowerCase(), item]));
    const itemAt = (path: string): ManifestItem | undefined => byPath.get(path.toLowerCase());
    const stated = findCover(tree, items, itemAt, packagePath);
    const cover = stated && canBeCover(stated, sizeOf(stated.path)) ? stated : undefined;
    return {
      metadata: { ...readMetadata(tree), ...(cover && { hasCover: true }) },
      cover,
      spine,
      navigation: await readNavigations(items, read, readXml).catch(() => ({ contents: new Map(), pages: new Map() })),
      notices: readNotices(tree, items),
      read,
      sizeOf,
      sent: 0,
      mediaTypeOf: (path) => itemAt(path)?.mediaType,
      obfuscationOf: (path) => garbled.get(path.toLowerCase()),
      identifiers: readIdentifiers(tree),
      shownFor: (path) => firstShown(items, itemAt(path), allowedEmbeddedImages),
      close: zip.close,
    };
  } catch (error) {
    await zip.close();
    throw error;
  }
}

/** What the navigation document says, and the NCX where that says nothing. */
async function readNavigations(items: ReadonlyMap<string, ManifestItem>, read: Book['read'], readXml: ReadXml): Promise<Navigation> {
  const all = [...items.values()];
  const item = all.find(({ properties }) => properties.includes('nav'));
  const file = item && (await read(item.path));
  const { contents, pages }: Navigation =
    item && file ? readNavigation(file.toString('utf8'), item.path) : { contents: new Map(), pages: new Map() };
  if (contents.size > 0 && pages.size > 0) return { contents, pages };
  const ncx = all.find(({ mediaType, path }) => mediaType === 'application/x-dtbncx+xml' || /\.ncx$/i.test(path));
  const tree = ncx && (await readXml(ncx.path).catch(() => undefined));
  const older = ncx && tree && readNcx(tree, ncx.path);
  return {
    contents: contents.size > 0 ? contents : (older?.contents ?? contents),
    pages: pages.size > 0 ? pages : (older?.pages ?? pages),
  };
}

async function openContainer(source: DocumentBytes): Promise<ZipReader> {
  const { fileName } = source;
  try {
    return await openZip(source, limits);
  } catch (error) {
    if (error instanceof ZipLimitError) throw unreadable.book(fileName, `${error.message}, and Lectern does not unpack that.`);
    throw unreadable.book(fileName, 'its container is damaged, or it is no EPUB. Get the book again.');
  }
}

type ReadXml = (path: string) => Promise<HtmlElement | undefined>;

/** Which fonts are garbled, by their paths in lower case. Throws for a book whose chapters are encrypted: only the program of the shop can read these. */
async function readEncryption(readXml: ReadXml, fileName: string): Promise<ReadonlyMap<string, Obfuscation>> {
  const garbled = new Map<string, Obfuscation>();
  const encryption = await readXml('META-INF/encryption.xml').catch(() => undefined);
  for (const data of encryption ? elementsNamed(encryption, 'encrypteddata') : []) {
    const [method] = elementsNamed(data, 'encryptionmethod');
    const obfuscation = obfuscations.get((method && attributeOf(method, 'algorithm')) ?? '');
    if (!obfuscation)
      throw unreadable.book(fileName, 'it is encrypted (copy protection). Open it with the program of the shop that sold it.');
    const [reference] = elementsNamed(data, 'cipherreference');
    const place = resolveIn('', (reference && attributeOf(reference, 'uri')) ?? '');
    if (place) garbled.set(place.path.toLowerCase(), obfuscation);
  }
  return garbled;
}

function readIdentifiers(tree: HtmlElement): Identifiers {
  const [root] = elementsNamed(tree, 'package');
  const named = root && attributeOf(root, 'unique-identifier');
  const elements = [...elementsNamed(tree, 'identifier')];
  const unique = elements.find((element) => attributeOf(element, 'id') === named) ?? elements[0];
  return { unique: unique ? textOf(unique) : '', all: elements.map(textOf) };
}

/** The package document that the container names, else any that is there. */
async function findPackage(readXml: ReadXml, names: readonly string[]): Promise<string | undefined> {
  const container = await readXml('META-INF/container.xml').catch(() => undefined);
  const [root] = container ? elementsNamed(container, 'rootfile') : [];
  const stated = root && resolveIn('', attributeOf(root, 'full-path') ?? '')?.path;
  const isThere = names.some((name) => name.toLowerCase() === stated?.toLowerCase());
  return isThere ? stated : names.find((name) => /\.opf$/i.test(name));
}

interface ManifestItem extends Item {
  properties: readonly string[];
  fallback: string | undefined;
  hasOverlay: boolean;
}

function readManifest(tree: HtmlElement, packagePath: string): Map<string, ManifestItem> {
  const items = new Map<string, ManifestItem>();
  for (const item of elementsNamed(tree, 'item')) {
    const place = resolveIn(packagePath, attributeOf(item, 'href') ?? '');
    if (!place) continue;
    items.set(attributeOf(item, 'id') ?? '', {
      path: place.path,
      mediaType: (attributeOf(item, 'media-type') ?? '').trim().toLowerCase(),
      properties: (attributeOf(item, 'properties') ?? '').split(/\s+/),
      fallback: attributeOf(item, 'fallback'),
      hasOverlay: attributeOf(item, 'media-overlay') !== undefined,
    });
  }
  return items;
}

const chapterTypes: ReadonlySet<string> = new Set(['application/xhtml+xml', 'text/html', 'application/x-dtbook+xml', 'image/svg+xml']);

/** Items that name one another in their place: more are made to do harm. */
const MOST_FALLBACKS = 20;

/** An item, or what stands in its place where it is of none of these kinds (EPUB 3.3, 5.6.3): the last where none is. */
function firstShown(
  items: ReadonlyMap<string, ManifestItem>,
  wanted: ManifestItem | undefined,
  types: ReadonlySet<string>,
): ManifestItem | undefined {
  let item = wanted;
  for (let steps = 0; item && !types.has(item.mediaType) && item.fallback !== undefined && steps < MOST_FALLBACKS; steps += 1)
    item = items.get(item.fallback);
  return item;
}

/** Bytes of what is read again, as a spine may ask for: one that is made to do harm does so thousands of times. */
const MOST_AGAIN = 4 * 1_048_576;

/** What is read in order; a file of a kind that cannot be shown by what it names in its place. `sizeOf`: bytes. */
function readSpine(tree: HtmlElement, items: ReadonlyMap<string, ManifestItem>, sizeOf: (path: string) => number): Item[] {
  const spine: Item[] = [];
  const seen = new Set<string>();
  let again = 0;
  for (const reference of elementsNamed(tree, 'itemref')) {
    const item = firstShown(items, items.get(attributeOf(reference, 'idref') ?? ''), chapterTypes);
    if (!item) continue;
    if (seen.has(item.path)) again += Math.max(1024, sizeOf(item.path));
    if (seen.has(item.path) && again > MOST_AGAIN) continue;
    seen.add(item.path);
    spine.push(item);
  }
  return spine;
}

/** Authors as one text, the first title and date. */
function readMetadata(tree: HtmlElement): DocumentMetadata {
  const [metadata = tree] = elementsNamed(tree, 'metadata');
  const [root] = elementsNamed(tree, 'package');
  const texts = (name: string): string[] =>
    [...elementsNamed(metadata, name)]
      .map((element) => directed(textOf(element).trim(), attributeOf(element, 'dir') ?? (root && attributeOf(root, 'dir'))))
      .filter(Boolean);
  return tidyMetadata({
    title: texts('title')[0],
    author: readCreators(metadata, root).join('; '),
    date: readDate(texts('date')[0]),
    language: texts('language')[0],
    publisher: texts('publisher')[0],
    ...readSeries(metadata),
    subjects: texts('subject'),
  });
}

/** Their names. What is said of the direction of one alone holds whatever letters it is in: it is drawn by itself. */
const readCreators = (metadata: HtmlElement, root: HtmlElement | undefined): string[] =>
  [...elementsNamed(metadata, 'creator')]
    .map((element) => {
      const own = attributeOf(element, 'dir');
      return directed(textOf(element).trim(), own ?? (root && attributeOf(root, 'dir')), own === undefined);
    })
    .filter(Boolean);

/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/**
 * A text that reads in the direction that is said of it, wherever it stands: with a mark before it where its first letter says another. To letters of one
 * direction it does not matter (`ofLetters`), and books say it of titles in these, too.
 */
function directed(text: string, direction: string | undefined, ofLetters = true): string {
  if ((direction !== 'ltr' && direction !== 'rtl') || text === '' || directionOf(text) === direction) return text;
  if (ofLetters && !RIGHT_TO_LEFT.test(text)) return text;
  return `${direction === 'rtl' ? '\u200f' : '\u200e'}${text}`;
}

/** The first collection of the kind (EPUB 3.3, D.4.3), or what Calibre writes in books of both versions. */
function readSeries(metadata: HtmlElement): Pick<DocumentMetadata, 'series' | 'volume'> {
  const metas = [...elementsNamed(metadata, 'meta')];
  const refinements = new Map<string, HtmlElement>();
  for (const meta of metas) {
    const key = `${attributeOf(meta, 'refines')} ${attributeOf(meta, 'property')}`;
    if (!refinements.has(key)) refinements.set(key, meta);
  }
  const refining = (id: string, property: string) => refinements.get(`#${id} ${property}`);
  const named = (name: string) => metas.find((meta) => attributeOf(meta, 'name') === name);
  for (const meta of metas) {
    if (attributeOf(meta, 'property') !== 'belongs-to-collection') continue;
    const id = attributeOf(meta, 'id') ?? '';
    const kind = refining(id, 'collection-type');
    if (!kind || textOf(kind).trim() !== 'series') continue;
    const position = refining(id, 'group-position');
    return { series: textOf(meta), volume: position && textOf(position) };
  }
  const [series, volume] = ['calibre:series', 'calibre:series_index'].map(named);
  return { series: series && attributeOf(series, 'content'), volume: volume && attributeOf(volume, 'content')?.replace(/\.0$/, '') };
}

/** What the manifest calls the cover image (EPUB 3.3, D.8), what EPUB 2 names as such, or the page that its guide says shows it. */
function findCover(
  tree: HtmlElement,
  items: ReadonlyMap<string, ManifestItem>,
  itemAt: (path: string) => ManifestItem | undefined,
  packagePath: string,
): Item | undefined {
  const stated = [...items.values()].find(({ properties }) => properties.includes('cover-image'));
  if (stated) return stated;
  for (const meta of elementsNamed(tree, 'meta')) {
    const item = attributeOf(meta, 'name') === 'cover' ? items.get(attributeOf(meta, 'content') ?? '') : undefined;
    if (item) return item;
  }
  for (const reference of elementsNamed(tree, 'reference')) {
    const place = attributeOf(reference, 'type') === 'cover' ? resolveIn(packagePath, attributeOf(reference, 'href') ?? '') : undefined;
    const item = place && itemAt(place.path);
    if (item) return item;
  }
  return undefined;
}

function readNotices(tree: HtmlElement, items: ReadonlyMap<string, ManifestItem>): string[] {
  const notices: string[] = [];
  const isFixed = [...elementsNamed(tree, 'meta')].some(
    (meta) => attributeOf(meta, 'property') === 'rendition:layout' && textOf(meta).trim() === 'pre-paginated',
  );
  if (isFixed) notices.push('The pages of this book have a fixed layout. You see their text and pictures one after the other.');
  if ([...items.values()].some(({ hasOverlay }) => hasOverlay))
    notices.push('This book can be read aloud by a recording. Lectern shows its text only.');
  return notices;
}
