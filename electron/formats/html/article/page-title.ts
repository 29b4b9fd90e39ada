import { titleKey, withoutSoftHyphens } from '#model';

/** What a title is told by. */
export interface TitleSources {
  /** What the page is said to be called for readers elsewhere. */
  meta: readonly string[];
  /** Of `<title>`. */
  element: string | undefined;
  /** Headings in it, the likeliest first. */
  headings: readonly TitleHeading[];
  /** Names of its site. */
  sites: readonly string[];
}

/** A heading as it is written, and by its markup what stands in it apart at its beginning, and what follows that. */
export interface TitleHeading {
  text: string;
  parts?: readonly [string, string] | undefined;
  /** It is the page’s only one of the first level. */
  isOnly?: boolean;
}

const SEPARATOR =
  /\s+(?:(?:[|»«•·›>–—~/]|-{1,2}|::?|>>|\/\/)\s+)+|\s*[|»•]\s+|\s*[|｜]\s*|(?<=[\p{Lo}！？。」』…])[-_](?=\p{Lo})|:\s+(?=[^:]{2,30}$)/u;

/** UTF-16 code units of a title that are looked at. */
const LONGEST = 1_000;

/** What a page is called that has not been given a name. */
const NAMELESS =
  /^(?:home(?:page)?|startseite|start|index|untitled(?: document)?|welcome|willkommen|(?:blog[ -]?)?archiv(?:e|es|o|os|i)?)[!.]?$/iu;

/** The title of a page without the name of its site: a heading that says the same, else what is said elsewhere, without it. */
export function pageTitle({ meta, element, headings, sites }: TitleSources): string | undefined {
  const stated = [...meta, element]
    .filter((title) => title !== undefined)
    .map((title) => fold(title.slice(0, LONGEST)))
    .filter((title) => title !== '');
  const isSite = (text: string): boolean => sites.some((site) => titleKey(site) !== '' && titleKey(site) === titleKey(text));
  const titles = stated
    .map((title) => withoutSite(title, isSite))
    .filter((title) => !isSite(title) && /\p{L}/u.test(title) && !NAMELESS.test(title));
  // A heading of the first words of a title is rather it than one of the last, which name the site.
  const beginnings = new Set(stated.flatMap(beginningsOf).map(titleKey));
  const likely = headings
    .map(({ isOnly, ...heading }) => ({
      isOnly,
      text: withoutSite(withoutBeside(heading, stated, beginnings), isSite, { isCertain: true }),
    }))
    .filter(({ text }) => !isSite(text) && titleKey(text).length > 2 && /\p{L}/u.test(text) && !NAMELESS.test(text));
  const texts = likely.map(({ text }) => text);
  const exact = texts.find((heading) => beginnings.has(titleKey(heading)));
  if (exact !== undefined) return exact;
  const [best] = texts;
  const endings = stated.flatMap(endingsOf).map(titleKey);
  if (best !== undefined && endings.includes(titleKey(best))) return best;
  const only = likely.find(({ isOnly }) => isOnly);
  if (only) return only.text;
  const same = texts.find((heading) => titles.some((title) => isAlike(heading, title)));
  // A heading may have the topic before the title.
  if (same !== undefined) return titles.find((title) => isMostOf(title, same)) ?? same;
  return titles[0] ?? best ?? stated[0];
}

/** A heading without a topic at its beginning or a line at its end that its markup sets apart, where the page says elsewhere that the rest is its title. */
function withoutBeside({ text, parts }: TitleHeading, stated: readonly string[], beginnings: ReadonlySet<string>): string {
  if (!parts) return fold(text);
  const [first, rest] = parts.map(fold) as [string, string];
  const isParted = stated.some((title) =>
    beginningsOf(title).some(
      (beginning) => fold(beginning) === first && titleKey(title.slice(beginning.length)).startsWith(titleKey(rest)),
    ),
  );
  if (beginnings.has(titleKey(rest)) || isParted) return rest;
  return beginnings.has(titleKey(first)) && !beginnings.has(titleKey(text)) ? first : fold(text);
}

/** A title, and what stands before each of the separators in it. */
const beginningsOf = (title: string): string[] => [
  title,
  ...[...title.matchAll(new RegExp(SEPARATOR, 'gu'))].map(({ index }) => title.slice(0, index)).reverse(),
];

/** What stands after each of the separators in a title. */
const endingsOf = (title: string): string[] =>
  [...title.matchAll(new RegExp(SEPARATOR, 'gu'))].map((separator) => title.slice(separator.index + separator[0].length));

/** Whether a title is the end or the beginning of a heading, and most of it. */
const isMostOf = (title: string, heading: string): boolean => {
  const [part, whole] = [titleKey(title), titleKey(heading)];
  return part.length > 0.55 * whole.length && part.length < whole.length && (whole.endsWith(part) || whole.startsWith(part));
};

/** A title without the parts at its end, or at its beginning, that name the site; `isCertain`: by its name, not by what looks like one. */
function withoutSite(title: string, isSite: (text: string) => boolean, { isCertain = false } = {}): string {
  const parts = [...title.matchAll(new RegExp(SEPARATOR, 'gu'))];
  const last = parts.at(-1);
  const [first] = parts;
  if (!last || !first) return title;
  const start = title.slice(0, last.index);
  const end = title.slice(last.index + last[0].length);
  const beginning = title.slice(0, first.index);
  if (isSite(beginning)) return withoutSite(title.slice(first.index + first[0].length), isSite, { isCertain });
  if (isSite(end)) return withoutSite(start, isSite, { isCertain });
  if (isCertain) return title;
  const isBar = /[|｜»•·]|^[-_]$/.test(last[0]);
  const isShort = end.split(/\s+/).length <= 4 && start.length > 1.5 * end.length && start.split(/\s+/).length >= 3;
  if (/:/.test(last[0])) return title;
  return isBar || isShort ? withoutSite(start, isSite) : title;
}

/** Whether a heading says what a title says: it is a part of it, or most of the words of the one are in the other. */
function isAlike(heading: string, title: string): boolean {
  const [one, other] = [titleKey(heading), titleKey(title)];
  if (one.length > 5 && (other.includes(one) || one.includes(other))) return true;
  const words = new Set(wordsOf(title));
  const own = wordsOf(heading);
  const shared = own.filter((word) => words.has(word)).length;
  return own.length > 1 && shared >= 0.5 * Math.min(own.length, words.size) && shared > 1;
}

/** A title in one line, composed, and without a separator at its beginning or end that parts nothing. */
const fold = (text: string): string =>
  withoutSoftHyphens(text)
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:[|:•·/–—-]+ )+/u, '')
    .replace(/(?: [|:•·/–—-]+)+$/u, '');
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
