import { findDate, readDate } from '../../dates';
import { isLeftOut } from '../elements';
import { attributeOf, descendantsOf, type HtmlElement } from '../tree';
import { namesOf, saidOf } from './names';

/** What a reader sees of a page's title, author and date. */
export interface PageSays {
  /** The headings that can be the title, the best first. */
  headings: readonly string[];
  authors: readonly string[];
  /** ISO `YYYY-MM-DD` */
  date?: string | undefined;
}

/** UTF-16 code units of the longest title, and of the longest byline. */
const LONGEST_TITLE = 300;
const LONGEST_BYLINE = 120;
/** Elements after the title's in which a byline and a date are looked for, and before it. */
const AFTER = 160;
const BEFORE = 60;

/** Reads the title, the byline and the date that stand in a page. `title` is the heading of its article, where that is known. */
export function readPageSays(body: HtmlElement, title: HtmlElement | undefined, language: string | undefined): PageSays {
  const around = new Set<HtmlElement>();
  for (let element: HtmlElement | null = title ?? firstHeading(body) ?? null; element; element = element.parent) around.add(element);
  const isRead = (element: HtmlElement): boolean => !isLeftOut(element) && (around.has(element) || !isOthers(element));
  const elements: HtmlElement[] = [];
  for (const node of descendantsOf(body, isRead)) if (node.type === 'element' && !isLeftOut(node)) elements.push(node);
  const headings = elements.filter(({ name }) => /^h[1-3]$/.test(name));
  const best = title ?? headings.find(({ name }) => name === 'h1') ?? headings[0];
  const at = best ? Math.max(0, elements.indexOf(best)) : 0;
  const near = elements.slice(Math.max(0, at - BEFORE), at + AFTER);
  return {
    headings: [...(best ? [best] : []), ...headings.filter(({ name }) => name === 'h1'), ...headings]
      .map(headingText)
      .filter((text) => text !== '' && text.length <= LONGEST_TITLE),
    authors:
      bylineIn(elements) ??
      bylineIn(near, true) ??
      bylineIn(elements, true) ??
      writtenBylineIn([...near, ...elements.slice(at)], language) ??
      [],
    date: dateIn(elements, near, language),
  };
}

/** Nodes that are looked at for the text of an element. */
const MOST_NODES = 200;

/** The text of an element with white space folded; of a long one its beginning, which is then longer than any title. */
function foldedText(element: HtmlElement): string {
  let text = '';
  let nodes = 0;
  for (const node of descendantsOf(element)) {
    if (node.type === 'text') text += node.value;
    if (text.length > 4 * LONGEST_TITLE || ++nodes > MOST_NODES) break;
  }
  return text.replace(/\s+/g, ' ').trim();
}

function firstHeading(body: HtmlElement): HtmlElement | undefined {
  for (const node of descendantsOf(body)) if (node.type === 'element' && node.name === 'h1') return node;
  return undefined;
}

/** The text of a heading without what stands above or below the title in it: a date, a topic. */
function headingText(heading: HtmlElement): string {
  let text = '';
  const isBeside = (element: HtmlElement): boolean =>
    element.name === 'time' || element.name === 'small' || namesOf(element).some((name) => besideTitle.test(name));
  for (const node of descendantsOf(heading, (element) => !isBeside(element))) {
    if (node.type === 'text') text += node.value;
    else if (node.name === 'br' || node.name === 'span' || node.name === 'div') text += ' ';
  }
  return text.replace(/\s+/g, ' ').trim() || foldedText(heading);
}

const besideTitle =
  / (?:date|time|kicker|overline|topline|dachzeile|oberzeile|eyebrow|pretitle|roofline|spitzmarke|sublabel|headline intro|category|hidden|label|permalink|anchor|headerlink|editsection) /;

/** What others wrote, or what leads to other pages. */
const isOthers = (element: HtmlElement): boolean => {
  if (element.name === 'nav') return true;
  return (
    saidOf(element) === 'outside' &&
    namesOf(element).some((name) =>
      / (?:comments?|commentlist|kommentar\w*|respond|related\w*|recommend\w*|sidebar\w*|teasers|(?<! (?:post|entry|article|story) )footer) /.test(
        name,
      ),
    )
  );
};

const authorNames =
  / (?:author|authors|author name|authorname|byline|by line|autor|autoren|auteur|writer|posted by|submitted by|redakteur|vcard) /;

/** The names of the first element that is said to name the authors. */
function bylineIn(elements: readonly HtmlElement[], isLoose = false): string[] | undefined {
  const isAuthor = (element: HtmlElement): boolean => {
    if (/\bauthor\b/.test(attributeOf(element, 'rel') ?? '') || /\bauthor\b/.test(attributeOf(element, 'itemprop') ?? '')) return true;
    return isLoose && namesOf(element).some((name) => authorNames.test(name) && !/ (?:img|image|avatar|bio|date|box|meta) /.test(name));
  };
  for (const element of elements) {
    if (!isAuthor(element)) continue;
    const inner = [...descendantsOf(element)].find(
      (node) => node.type === 'element' && /\bname\b/.test(attributeOf(node, 'itemprop') ?? ''),
    );
    const text =
      inner?.type === 'element'
        ? foldedText(inner) || (attributeOf(inner, 'content') ?? '')
        : foldedText(element) || (attributeOf(element, 'content') ?? '');
    const linked = inner ? undefined : linkedName(element);
    if (linked !== undefined) return [linked];
    if (text === '' || text.length > LONGEST_BYLINE) continue;
    return [text];
  }
  return undefined;
}

/** The name in a byline whose one link leads to who has it. */
function linkedName(byline: HtmlElement): string | undefined {
  const links: HtmlElement[] = [];
  let nodes = 0;
  for (const node of descendantsOf(byline)) {
    if (++nodes > MOST_NODES) return undefined;
    if (node.type === 'element' && node.name === 'a' && foldedText(node) !== '') links.push(node);
  }
  const [link] = links;
  const name = link && links.length === 1 ? foldedText(link) : '';
  return NAME.test(name) ? name : undefined;
}

const WRITTEN_BYLINE =
  /^\W*(?:(?:veröffentlicht|geschrieben|verfasst|erstellt|gepostet|(?:ein )?(?:blog[ -]?)?(?:artikel|beitrag|gastbeitrag)|posted|written|published|interview|text)\s+)?(?:von|by|par|por|di)\s*:?\s+((?:\p{Lu}[\p{L}'’.-]*\s?){1,4})(?=$|[^\p{L}])|^\W*(?:autor(?:in|en)?|author|text|auteur|redaktion)\s*:\s*((?:\p{Lu}[\p{L}'’.-]*\s?){1,4})/iu;

/** What parts the pieces of a line that tells when something was written, and by whom. */
const BETWEEN = /\s*[|•·–—]\s*|\s+-\s+/u;
/** Two or three words that are written as names are. */
const NAME = /^\p{Lu}\p{Ll}[\p{L}'’.-]*(?:\s\p{Lu}[\p{L}'’.-]*){1,2}$/u;

/** The name in the first short line that begins as bylines do, or has one of its pieces do so, or that has a date and a name as its pieces. */
function writtenBylineIn(elements: readonly HtmlElement[], language: string | undefined): string[] | undefined {
  for (const element of elements) {
    const text = foldedText(element);
    if (text.length > LONGEST_BYLINE || text.length < 5) continue;
    const pieces = text.split(BETWEEN).filter((piece) => piece !== '');
    for (const piece of pieces) {
      const found = WRITTEN_BYLINE.exec(piece);
      const name = found?.[1] ?? found?.[2];
      if (name !== undefined && /^\p{Lu}/u.test(name)) return [name.trim()];
    }
    const names = pieces.filter((piece) => NAME.test(piece));
    const [name] = names;
    const isDated = pieces.some((piece) => !NAME.test(piece) && findDate(piece, language) !== undefined);
    if (name !== undefined && names.length === 1 && isDated && pieces.every((piece) => piece === name || /\d/.test(piece))) return [name];
  }
  return undefined;
}

const publishedNames =
  / (?:published|publication|pubdate|pub date|entry date|post date|postdate|article date|news date|date published|datum|date|fecha|time|timestamp|dateline|datetime|created) /;

function dateIn(elements: readonly HtmlElement[], near: readonly HtmlElement[], language: string | undefined): string | undefined {
  const stated = (element: HtmlElement): string | undefined =>
    readDate(attributeOf(element, 'content') ?? attributeOf(element, 'datetime') ?? attributeOf(element, 'title')) ??
    findDate(foldedText(element).slice(0, 100), language);
  const exact = elements.find(
    (element) =>
      /\bdatePublished\b/i.test(attributeOf(element, 'itemprop') ?? '') ||
      (element.name === 'time' && attributeOf(element, 'pubdate') !== undefined),
  );
  const first = exact && stated(exact);
  if (first) return first;
  for (const element of near)
    if (element.name === 'time') {
      const found = stated(element);
      if (found) return found;
    }
  for (const element of near) {
    if (!namesOf(element).some((name) => publishedNames.test(name) && !/ (?:modified|updated|event) /.test(name))) continue;
    const text = foldedText(element);
    const found = text.length <= 200 ? findDate(text, language) : undefined;
    if (found) return found;
  }
  for (const element of near) {
    const text = foldedText(element);
    const found = text.length <= 80 ? findDate(text, language) : undefined;
    if (found) return found;
  }
  return undefined;
}
