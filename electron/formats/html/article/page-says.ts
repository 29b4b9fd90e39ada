import { isLeftOut } from '../elements';
import { attributeOf, descendantsOf, type HtmlElement, type HtmlNode } from '../tree';
import { foldedText, isOneLink } from './folded-text';
import { namesOf, saidOf } from './names';
import { bylinesIn } from './page-byline';
import { type ShownDate, shownDate } from './page-date';
import type { TitleHeading } from './page-title';

/** What a reader sees of a page's title, author and date. */
export interface PageSays {
  /** The headings that can be the title, the best first. */
  headings: readonly TitleHeading[];
  /** Headings that lead to the beginning of the site: its names. */
  sites: readonly string[];
  /** Bylines, of each place in which they may stand. */
  authors: readonly (readonly string[])[];
  date?: ShownDate | undefined;
}

/** UTF-16 code units of the longest title. */
const LONGEST_TITLE = 300;
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
  const ofSite = headings.filter(leadsHome);
  const ofPage = headings.filter((heading) => !ofSite.includes(heading));
  const only = onlyHeading(elements, ofPage);
  const best = title ?? ofPage.find(({ name }) => name === 'h1') ?? ofPage[0] ?? headings[0];
  const at = best ? Math.max(0, elements.indexOf(best)) : 0;
  const before = elements.slice(Math.max(0, at - BEFORE), at);
  const after = elements.slice(at, at + AFTER);
  const near = [...before, ...after];
  return {
    headings: [...(best ? [best] : []), ...ofPage.filter(({ name }) => name === 'h1'), ...ofPage, ...ofSite]
      .map((heading) => ({ text: headingText(heading), parts: headingParts(heading), isOnly: heading === only }))
      .filter(({ text }) => text !== '' && text.length <= LONGEST_TITLE),
    sites: ofSite.map(foldedText).filter((text) => text !== ''),
    authors: bylinesIn(elements, near, elements.slice(at), language),
    date: shownDate({ elements, before, after, around, language }),
  };
}

function firstHeading(body: HtmlElement): HtmlElement | undefined {
  for (const node of descendantsOf(body)) if (node.type === 'element' && node.name === 'h1') return node;
  return undefined;
}

/** The only heading of the first level, where it stands above the text. */
function onlyHeading(elements: readonly HtmlElement[], headings: readonly HtmlElement[]): HtmlElement | undefined {
  const [only, ...others] = headings.filter((heading) => heading.name === 'h1' && foldedText(heading) !== '');
  if (!only || others.length > 0) return undefined;
  let paragraphs = 0;
  for (const element of elements) {
    if (element === only) return only;
    if (element.name === 'p' && foldedText(element).length >= PARAGRAPH && ++paragraphs > MOST_ABOVE) return undefined;
  }
  return undefined;
}

/** UTF-16 code units from which on a paragraph is one of a text, and how many of them may stand above a title. */
const PARAGRAPH = 140;
const MOST_ABOVE = 3;

/** Whether a heading is one link to where the site begins. */
function leadsHome(heading: HtmlElement): boolean {
  if (!isOneLink(heading)) return false;
  const link = [...descendantsOf(heading)].find((node) => node.type === 'element' && node.name === 'a');
  return (
    link?.type === 'element' &&
    /^(?:https?:\/\/web\.archive\.org\/web\/\d+\w*\/)?(?:https?:\/\/[^/?#]+)?\/?(?:index\.\w+)?$/i.test(
      attributeOf(link, 'href')?.trim() ?? '?',
    )
  );
}

/** The text of a heading without what stands above or below the title in it: a date, a topic. */
function headingText(heading: HtmlElement): string {
  let text = '';
  const isBeside = (element: HtmlElement): boolean =>
    /^(?:time|small|rt|rp)$/.test(element.name) || namesOf(element).some((name) => besideTitle.test(name));
  for (const node of descendantsOf(heading, (element) => !isBeside(element))) {
    if (node.type === 'text') text += node.value;
    else if (node.name === 'br' || node.name === 'span' || node.name === 'div') text += ' ';
  }
  return text.replace(/\s+/g, ' ').trim() || foldedText(heading);
}

/** What a heading sets apart at its beginning in an element of its own, and the rest of it; `undefined` where it sets nothing apart. */
function headingParts(heading: HtmlElement): [string, string] | undefined {
  const inner: HtmlNode[] = [];
  for (let around: HtmlElement | undefined = heading; around; ) {
    inner.length = 0;
    for (let node = around.first; node; node = node.next) {
      if (inner.length > MOST_PARTS) return undefined;
      if (node.type === 'text' ? node.value.trim() !== '' : foldedText(node) !== '') inner.push(node);
    }
    const [only] = inner;
    around = inner.length === 1 && only?.type === 'element' ? only : undefined;
  }
  const [first, ...rest] = inner;
  if (first?.type !== 'element' || !/^(?:span|div|p|small)$/.test(first.name) || rest.length === 0) return undefined;
  const text = rest.map((node) => (node.type === 'text' ? node.value : foldedText(node))).join(' ');
  return [foldedText(first), text];
}

/** Parts of a heading that are looked at. */
const MOST_PARTS = 8;

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
