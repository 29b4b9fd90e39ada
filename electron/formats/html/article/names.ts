import { attributeOf, type HtmlElement } from '../tree';
import { articleNames, doubtfulNames, outsideNames, partNames, sharingNames, wayNames } from './name-words';

/** What the names of an element say of it: its own, its role, its classes, its id. */
export type Said =
  /** It is no part of any article. */
  | 'outside'
  /** It belongs to an article that stands near it. */
  | 'part'
  /** It is none where it looks like none. */
  | 'doubtful'
  /** It is an article, or stands right around one. */
  | 'article'
  | undefined;

const outsideElements: ReadonlySet<string> = new Set(['nav', 'footer', 'aside', 'dialog', 'menu', 'search', 'label', 'legend']);
const outsideRoles: ReadonlySet<string> = new Set([
  ...['navigation', 'complementary', 'contentinfo', 'banner', 'search', 'dialog', 'alertdialog', 'alert', 'menu', 'menubar', 'toolbar'],
]);

const patternOf = (names: readonly string[]): RegExp => new RegExp(` (?:${names.join('|').replaceAll('*', '[\\p{L}\\d]*')}) `, 'u');
const outsidePattern = patternOf(outsideNames);
const sharingPattern = patternOf(sharingNames);
const otherOutsidePattern = patternOf(outsideNames.filter((name) => !sharingNames.includes(name)));
const wayPattern = patternOf(wayNames.filter((name) => !/^(?:foot|entryfooter|post navigation)/.test(name)));
const partPattern = patternOf(partNames);
const doubtfulPattern = patternOf(doubtfulNames);
const articlePattern = patternOf(articleNames);

/** The words of a class name or id, in lower case: `postShare_buttons` has three. */
const wordsOf = (name: string): string =>
  ` ${name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean)
    .join(' ')} `;

export const namesOf = (element: HtmlElement): string[] =>
  [...(attributeOf(element, 'class') ?? '').split(/\s+/), attributeOf(element, 'id') ?? '']
    .filter((name) => name !== '' && !/^(?:(?:has|no|with|without|is|js|u|tag|category)[-_]|(?:is|has)[A-Z])/.test(name))
    .map(wordsOf);

/** Elements that hold a text itself, whatever they are called: a tweet that is quoted has the class of a button for tweets. */
const texts: ReadonlySet<string> = new Set([
  'blockquote',
  'body',
  'h1',
  'h2',
  'h3',
  'h4',
  'pre',
  'q',
  'table',
  'tbody',
  'tr',
  'em',
  'strong',
  'b',
  'i',
  'code',
]);

/** What tables of MediaWiki lead elsewhere. */
const navigationTables = / (?:navbox|vertical navbox|navbox vertical|sidebar|ambox|metadata|mbox small) /;

/** Whether an element holds ways about the site, and nothing that is of one page. */
export const isWayAbout = (element: HtmlElement): boolean =>
  element.name === 'nav' ||
  /^(?:navigation|menu|menubar|search)$/i.test(attributeOf(element, 'role')?.trim() ?? '') ||
  (!texts.has(element.name) && namesOf(element).some((name) => wayPattern.test(name)));

/** Whether a part of a heading is no word of it: a way to edit what is below it, or to link to it. */
export const isToolOfHeading = (element: HtmlElement): boolean =>
  namesOf(element).some((name) => / (?:editsection|headerlink|heading anchor|anchor link|anchorjs link) /.test(name));

/** Whether an element is outside only by the name of what shares a page: where it holds much of the text, that is shared. */
export function isForSharing(element: HtmlElement): boolean {
  const names = namesOf(element);
  return names.some((name) => sharingPattern.test(name)) && !names.some((name) => otherOutsidePattern.test(name));
}

/** Whether an element holds what a recipe takes, or how it is made. */
export const isRecipePart = (element: HtmlElement): boolean =>
  namesOf(element).some((name) =>
    / (?:ingredients|zutaten|zubereitung|preparation steps|recipe instructions|recipe ingredients?) /.test(name),
  );

/** Whether an element is said to stand around an article. */
export const isArticle = (element: HtmlElement): boolean => saidOf(element) === 'article';

/** What an element is by its names; whether that is so, its text must tell. */
export function saidOf(element: HtmlElement): Said {
  const role = attributeOf(element, 'role')?.trim().toLowerCase() ?? '';
  if (outsideElements.has(element.name) || outsideRoles.has(role)) return 'outside';
  const property = attributeOf(element, 'itemprop') ?? '';
  if (/\barticlebody\b/i.test(property)) return 'article';
  if (/\b(?:author|publisher)\b/i.test(property) && !/^h[1-6]$/.test(element.name)) return 'outside';
  const names = namesOf(element);
  if (texts.has(element.name)) return element.name === 'table' && names.some((name) => navigationTables.test(name)) ? 'outside' : undefined;
  if (names.some((name) => articlePattern.test(name) && !/ (?:footer|header|meta|teaser) /.test(name))) return 'article';
  if (names.some((name) => outsidePattern.test(name))) return 'outside';
  if (names.some((name) => partPattern.test(name))) return 'part';
  if (names.some((name) => doubtfulPattern.test(name))) return 'doubtful';
  return element.name === 'article' || element.name === 'main' || role === 'main' || role === 'article' ? 'article' : undefined;
}
