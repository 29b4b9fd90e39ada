import { findDate, readDate } from '../../dates';
import { attributeOf, type HtmlElement } from '../tree';
import { foldedText, isOneLink } from './folded-text';
import { isByline } from './labels';
import { isWayAbout, namesOf } from './names';

/** Links between a date and the title below it from which on the date is that of the day on which the page was saved: menus stand between them. */
const MENU = 12;
/** UTF-16 code units of the longest text that is named a date, and of the longest line that states one. */
const LONGEST_NAMED = 200;
const LONGEST_LINE = 80;

/** Where a date is looked for. */
export interface DatePlaces {
  /** All elements that are read, in the order of the page. */
  elements: readonly HtmlElement[];
  /** Those before the title, the nearest last, and those after it. */
  before: readonly HtmlElement[];
  after: readonly HtmlElement[];
  /** The title and what is around it. */
  around: ReadonlySet<HtmlElement>;
  language: string | undefined;
}

/** A day that a page shows. */
export interface ShownDate {
  /** ISO `YYYY-MM-DD` */
  day: string;
  /** As a time right below the title, in the article or below its title otherwise, right above that, or further above, where pages have the day on which they were saved, too. */
  place: 'beside' | 'article' | 'above' | 'far above';
}

/** Elements right above and below a title; what stands there has its date, however it is written. */
const BESIDE = 15;

/** The day that a page shows as its article's; `undefined` where it shows none, or only others'. */
export function shownDate({ elements, before, after, around, language }: DatePlaces): ShownDate | undefined {
  // The day as its text has it, where that names the month: attributes have it in another time zone, or of another change.
  const stated = (element: HtmlElement): string | undefined => {
    const text = foldedText(element).slice(0, 100);
    return (
      (/\p{L}{3}/u.test(text) ? findDate(text, language) : undefined) ??
      readDate(attributeOf(element, 'content') ?? attributeOf(element, 'datetime') ?? attributeOf(element, 'title')) ??
      findDate(text, language)
    );
  };
  const exact = (element: HtmlElement): string | undefined =>
    /\bdatePublished\b/i.test(attributeOf(element, 'itemprop') ?? '') ||
    (element.name === 'time' && attributeOf(element, 'pubdate') !== undefined)
      ? stated(element)
      : undefined;
  const timed = (element: HtmlElement): string | undefined => (element.name === 'time' ? stated(element) : undefined);
  // What a reader sees beside the title, and is not told to be the day of a change.
  const seen = (element: HtmlElement): string | undefined => {
    const isSeen = findDate(foldedText(element).slice(0, LONGEST_LINE), language) !== undefined;
    return isSeen && !/\bdateModified\b/i.test(attributeOf(element, 'itemprop') ?? '') ? timed(element) : undefined;
  };
  const named = (element: HtmlElement): string | undefined => {
    if (!namesOf(element).some((name) => publishedNames.test(name) && !othersNames.test(name))) return undefined;
    const text = foldedText(element);
    return text.length <= LONGEST_NAMED ? findDate(text, language) : undefined;
  };
  const lined = (element: HtmlElement): string | undefined => {
    const text = foldedText(element);
    if (text.length > LONGEST_LINE || OTHERS.test(text)) return undefined;
    const found = isByline(text.split(BETWEEN)[0] ?? '') || STATES.test(text) ? findDate(text, language) : undefined;
    return found === undefined || isOneLink(element) ? undefined : found;
  };
  const every = [exact, timed, named, lined];
  const above = outOfWays(belowMenus(before), around);
  const below = outOfWays(after, around);
  const beside = firstDay(below.slice(0, BESIDE), [seen]);
  if (beside !== undefined) return { day: beside, place: 'beside' };
  const ofArticle = firstDay(below.slice(0, BESIDE), every);
  if (ofArticle !== undefined) return { day: ofArticle, place: 'article' };
  const rightAbove = firstDay(above.slice(-BESIDE), every);
  if (rightAbove !== undefined) return { day: rightAbove, place: 'above' };
  const certain = firstDay(elements, [exact]);
  if (certain !== undefined) return { day: certain, place: 'article' };
  const farAbove = firstDay(
    above.slice(0, -BESIDE).filter((element) => !TODAY.test(foldedText(element))),
    every,
  );
  if (farAbove !== undefined) return { day: farAbove, place: 'far above' };
  const farBelow = firstDay(below.slice(BESIDE), every) ?? datelineIn(after, language);
  return farBelow === undefined ? undefined : { day: farBelow, place: 'article' };
}

/** The day that the first of some readings finds in the first element in which it finds any. */
function firstDay(
  elements: readonly HtmlElement[],
  readings: readonly ((element: HtmlElement) => string | undefined)[],
): string | undefined {
  for (const read of readings)
    for (const element of elements) {
      const day = read(element);
      if (day !== undefined) return day;
    }
  return undefined;
}

/** How a page says which day it is: “Wednesday, 26 February 2020”, without a time. */
const TODAY = /^\W*\p{L}{2,}\.?,\s(?!.*\d:\d\d)/u;

/** Names of what has the date of something else. */
const othersNames = / (?:modified|updated|event|teaser|registered|joined) /;

/** What a line with a date says of something else: who joined a forum, or a time as programs write it. */
const OTHERS = /\b(?:registriert|angemeldet|anmeldedatum|mitglied seit|registered|joined|member since|dabei seit)\b|\d[Tt]\d/iu;

const publishedNames =
  / (?:published|publication|pubdate|pub date|entry date|post date|postdate|article date|news date|date published|datum|date|fecha|time|timestamp|dateline|datetime|created) /;

/** What parts the pieces of a line that begins with a date. */
const BETWEEN = /\s*[|•·–—]\s*|\s+-\s*/u;

/** How a line says that its date is that of the article. */
const STATES =
  /\b(?:stand|datum|date|veröffentlicht|publiziert|erstellt|aktualisiert|geändert|published|posted|updated|modified|publi[ée]|mis en ligne|mise en ligne|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|opublikowano)\b/iu;

/** The elements after the last menu before a title. */
function belowMenus(before: readonly HtmlElement[]): readonly HtmlElement[] {
  let links = 0;
  for (let index = before.length - 1; index >= 0; index -= 1) {
    if (before[index]?.name === 'a') links += 1;
    if (links > MENU) return before.slice(index + 1);
  }
  return before;
}

/** Of elements in the order of the page those that are in no way about the site which is beside the title. */
function outOfWays(elements: readonly HtmlElement[], aroundTitle: ReadonlySet<HtmlElement>): HtmlElement[] {
  const known = new Map<HtmlElement, boolean>();
  const isIn = (element: HtmlElement): boolean => {
    const passed: HtmlElement[] = [];
    let around: HtmlElement | null = element;
    while (around && !known.has(around) && !aroundTitle.has(around)) {
      passed.push(around);
      around = around.parent;
    }
    let isKnown = around !== null && known.get(around) === true;
    for (const each of passed.reverse()) {
      isKnown ||= isWayAbout(each);
      known.set(each, isKnown);
    }
    return isKnown;
  };
  return elements.filter((element) => !isIn(element));
}

/** The day with which the first paragraph begins, as a news agency's: “3 May 2021 – The river …”. */
function datelineIn(after: readonly HtmlElement[], language: string | undefined): string | undefined {
  const paragraph = after.find((element) => element.name === 'p' && foldedText(element).length > LONGEST_LINE);
  const beginning = paragraph && /^.{6,30}?(?=\s*[–—|:]|\s-\s)/u.exec(foldedText(paragraph))?.[0];
  return beginning !== undefined && isByline(beginning) ? findDate(beginning, language) : undefined;
}
