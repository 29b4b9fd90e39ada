import createHyphenator from 'hyphen';
import type { DocumentSection } from '#model';

/** Gives the offsets (UTF-16 code units) inside a word at which it may be parted. */
export type Hyphenator = (word: string) => readonly number[];

/** Liang's patterns by language (ISO 639-1), each loaded when a text needs it. */
const patterns: ReadonlyMap<string, () => Promise<{ default: unknown }>> = new Map([
  ['cs', () => import('hyphen/patterns/cs.js')],
  ['da', () => import('hyphen/patterns/da.js')],
  ['de', () => import('hyphen/patterns/de-1996.js')],
  ['en', () => import('hyphen/patterns/en-us.js')],
  ['es', () => import('hyphen/patterns/es.js')],
  ['fr', () => import('hyphen/patterns/fr.js')],
  ['it', () => import('hyphen/patterns/it.js')],
  ['nl', () => import('hyphen/patterns/nl.js')],
  ['pl', () => import('hyphen/patterns/pl.js')],
  ['pt', () => import('hyphen/patterns/pt.js')],
  ['ru', () => import('hyphen/patterns/ru.js')],
  ['sv', () => import('hyphen/patterns/sv.js')],
  ['uk', () => import('hyphen/patterns/uk.js')],
]);

/** What text may stand in that is not parted. */
const WHOLE = 'pre, code, kbd, samp, var, h1, h2, h3, h4, h5, h6, th, .doc-header, .doc-rule, .doc-preformatted';
const SOFT_HYPHEN = '\u00ad';
/** Shorter words (UTF-16 code units) are not parted. */
const SHORTEST = 6;

/** UTF-16 code units of the longest text that is hyphenated: every place where a word may be parted is an element. */
const LONGEST_HYPHENATED = 1_000_000;
/** UTF-16 code units of the beginning of a text, by which its script is known. */
const SAMPLE = 5_000;

/** What parts the words of a document that begins with `first`; tells the reader, who asked for it, when nothing can. */
export async function hyphenatorOf(
  language: string,
  first: DocumentSection,
  notify: (sentence: string) => void,
): Promise<Hyphenator | undefined> {
  if (first.text.length / Math.max(first.progress, Number.EPSILON) > LONGEST_HYPHENATED) {
    notify('This text is too long to be hyphenated, so its words stay whole.');
    return undefined;
  }
  const hyphenator = await loadHyphenator(language);
  // Scripts in which words are not parted need no word about it.
  const isParted = /\p{Script=Latin}{6}|\p{Script=Cyrillic}{6}|\p{Script=Greek}{6}/u.test(first.text.slice(0, SAMPLE));
  if (!hyphenator && isParted) notify('Lectern cannot tell how the words of this text are hyphenated, so they stay whole.');
  return hyphenator;
}

/** The hyphenator of a language tag such as `en-GB`; `undefined` for a language without patterns. */
export async function loadHyphenator(language: string): Promise<Hyphenator | undefined> {
  const load = patterns.get(language.toLowerCase().split('-')[0] ?? '');
  if (!load) return undefined;
  const hyphenate = createHyphenator((await load()).default, { async: false, hyphenChar: SOFT_HYPHEN, html: false });
  const known = new Map<string, readonly number[]>();
  return (word) => {
    let breaks = known.get(word);
    if (!breaks) {
      breaks = offsetsOf(hyphenate(word));
      known.set(word, breaks);
    }
    return breaks;
  };
}

function offsetsOf(hyphenated: string): number[] {
  const pieces = hyphenated.split(SOFT_HYPHEN);
  let offset = 0;
  return pieces.slice(0, -1).map((piece) => {
    offset += piece.length;
    return offset;
  });
}

/**
 * Lets the words of `section` be parted at the ends of lines. Browsers come without the patterns for it, and soft hyphens in the text would
 * change what anchors count on: so an empty element stands at each place, and CSS puts the soft hyphen there.
 */
export function hyphenate(section: HTMLElement, hyphenator: Hyphenator): void {
  const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  for (const node of nodes) {
    if (node.length < SHORTEST || node.parentElement?.closest(WHOLE)) continue;
    const breaks = [...node.data.matchAll(/\p{L}+/gu)].flatMap(({ 0: word, index }) =>
      word.length < SHORTEST ? [] : hyphenator(word).map((offset) => index + offset),
    );
    if (breaks.length > 0) node.replaceWith(...partedAt(node.data, breaks));
  }
}

function partedAt(text: string, breaks: readonly number[]): (string | Node)[] {
  const parts: (string | Node)[] = [];
  let from = 0;
  for (const at of breaks) {
    const mark = document.createElement('span');
    mark.className = 'doc-break';
    mark.ariaHidden = 'true';
    parts.push(text.slice(from, at), mark);
    from = at;
  }
  return [...parts, text.slice(from)];
}
