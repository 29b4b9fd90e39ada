import { withinTime } from '../../time-limit';
import type { PageStyles } from '../css/drawn-style';
import { stylePage } from '../css/page-styles';
import { createPlainStyleCount } from '../css/plain-style';
import { indexRules, type MatcherIndex } from '../css/selectors';
import { isForScreens, parseStyleSheet, type StyleSheet } from '../css/style-sheet';
import { attributeOf, descendantsOf, type HtmlElement, textOf } from '../html/tree';
import { type BookFonts, createBookFonts } from './fonts';
import type { Book } from './package';
import { resolveIn } from './paths';

/** What the style sheets of a book say, chapter by chapter. */
export interface BookStyles {
  /** Of a chapter at `path`, whose tree is as it was parsed; `undefined` where there is nothing, or reading it takes too long. */
  of(root: HtmlElement, body: HtmlElement, path: string): Promise<PageStyles | undefined>;
  /** Fonts with which something is drawn that was drawn by now. */
  readonly fonts: Pick<BookFonts, 'take'>;
}

/** Bytes of the largest style sheet, and UTF-16 code units of all together: the largest that books have is a hundredth of it. */
const LARGEST_SHEET = 512 * 1024;
const MOST_UNITS = 4 * 1024 * 1024;
/** Sheets that take in one another, and sheets of one chapter. */
const DEEPEST = 5;
const MOST_SHEETS = 50;
/** ms of the thread's own time for a style sheet, for all of a chapter together, and for the elements of a chapter. */
const TIME_LIMIT = 1_000;

/** A style sheet and where it lies, to which its addresses are relative. */
interface Placed {
  sheet: StyleSheet;
  path: string;
}

/** `timeLimit` in ms, for each of what has one. */
export function createBookStyles(book: Pick<Book, 'read' | 'sizeOf'>, timeLimit = TIME_LIMIT): BookStyles {
  const count = createPlainStyleCount();
  const sheets = new Map<string, Promise<StyleSheet | undefined>>();
  const written = new Map<string, StyleSheet | undefined>();
  const indexes = new Map<string, MatcherIndex | undefined>();
  const fonts = createBookFonts((path) => book.sizeOf(path) !== undefined);
  let units = 0;

  const parse = (css: string): StyleSheet | undefined => {
    units += css.length;
    return css.length > LARGEST_SHEET || units > MOST_UNITS ? undefined : withinTime(timeLimit, () => parseStyleSheet(css))?.value;
  };

  /** Chapters repeat what is written in them. */
  function parseOnce(css: string): StyleSheet | undefined {
    if (!written.has(css)) written.set(css, parse(css));
    return written.get(css);
  }

  function sheetAt(path: string): Promise<StyleSheet | undefined> {
    let sheet = sheets.get(path);
    if (!sheet) {
      sheet = book
        .read(path)
        .then((file) => file && parse(file.toString('utf8').replace(/^\ufeff/, '')))
        .catch(() => undefined);
      sheets.set(path, sheet);
    }
    return sheet;
  }

  /** A sheet with those before it that it takes in. */
  async function* withImports({ sheet, path }: Placed, depth: number): AsyncGenerator<Placed> {
    for (const address of depth < DEEPEST ? sheet.imports : []) {
      const place = resolveIn(path, address);
      const imported = place && (await sheetAt(place.path));
      if (place && imported) yield* withImports({ sheet: imported, path: place.path }, depth + 1);
    }
    yield { sheet, path };
  }

  async function* sheetsOf(root: HtmlElement, path: string): AsyncGenerator<Placed & { name: string }> {
    for (const node of descendantsOf(root)) {
      if (node.type !== 'element' || node.namespace !== 'html' || !isForScreens(attributeOf(node, 'media') ?? '')) continue;
      if (node.name === 'style') {
        const css = textOf(node).replace(/&(gt|lt|amp);/g, (_, entity: keyof typeof entities) => entities[entity]);
        const sheet = parseOnce(css);
        // Named by what it says.
        if (sheet) for await (const each of withImports({ sheet, path }, 0)) yield { ...each, name: css };
      } else if (node.name === 'link' && isStyleSheet(node)) {
        const place = resolveIn(path, attributeOf(node, 'href') ?? '');
        const sheet = place && (await sheetAt(place.path));
        if (place && sheet) for await (const each of withImports({ sheet, path: place.path }, 0)) yield { ...each, name: each.path };
      }
    }
  }

  return {
    async of(root, body, path) {
      const all: Placed[] = [];
      let name = '';
      for await (const placed of sheetsOf(root, path)) {
        if (all.length === MOST_SHEETS) break;
        all.push(placed);
        name += `${placed.name}\n`;
      }
      for (const { sheet, path: base } of all) fonts.add(sheet.fonts, base);
      if (!indexes.has(name)) {
        const rules = all.flatMap(({ sheet }) => sheet.rules);
        indexes.set(name, withinTime(timeLimit, () => indexRules(rules))?.value);
      }
      const index = indexes.get(name);
      const styles = index && withinTime(timeLimit, () => stylePage({ root, body, index, count, fontOf: fonts.use }))?.value;
      // What took too long once is not begun again with each chapter.
      if (!styles) indexes.set(name, undefined);
      return styles;
    },
    fonts,
  };
}

/** XHTML has them where HTML takes all as it is written. */
const entities = { gt: '>', lt: '<', amp: '&' } as const;

const isStyleSheet = (link: HtmlElement): boolean => {
  const relations = (attributeOf(link, 'rel') ?? '').toLowerCase().split(/\s+/);
  return relations.includes('stylesheet') && !relations.includes('alternate');
};
