import { attributeOf, type HtmlElement, type HtmlNode } from '../tree';
import { foldedText } from './folded-text';
import { endingOf, isByline, isLabel, isNotice } from './labels';
import type { Measured } from './measures';
import { isArticle } from './names';

/** Leaves out a part of a page, and takes its text off what is around it. */
export function leaveOut(each: Measured, outside: Set<HtmlNode>): void {
  outside.add(each.element);
  each.isOutside = true;
  for (let around = each.parent; around; around = around.parent) {
    around.text -= each.text;
    around.linked -= each.linked;
    around.prose -= each.prose;
  }
}

/** Leaves out of an article what is no text of it: lists of links, labels with what they lead to, notices, and some teasers. */
export function tidyArticle(article: Measured, outside: Set<HtmlNode>): void {
  leaveOutEnd(article, outside);
  const teasers: Measured[] = [];
  const rest = [...article.children];
  for (let each = rest.pop(); each; each = rest.pop()) {
    if (outside.has(each.element) || each.text === 0) continue;
    if (isSuperfluous(each)) leaveOut(each, outside);
    else if (isTeaser(each, article)) teasers.push(each);
    else rest.push(...each.children);
  }
  // An article of nothing but such parts is a list of things that are to be had elsewhere.
  if (teasers.reduce((sum, { text }) => sum + text, 0) <= TEASERS * article.text) for (const each of teasers) leaveOut(each, outside);
  leaveOutLoneHeadings(article, outside);
}

/** The share of an article's prose up to which what follows such a line is no more of it: below a list of other pages it may go on. */
const MOST_AFTER = { comments: 1, elsewhere: 0.15 };

/** Leaves out all from a line on that ends the article: what readers wrote, what is to be read on other pages. */
function leaveOutEnd(article: Measured, outside: Set<HtmlNode>): void {
  let before = 0;
  const rest = [...article.children].reverse();
  for (let each = rest.pop(); each; each = rest.pop()) {
    if (outside.has(each.element)) continue;
    const ending =
      each.block === each && each.prose === 0 && !/^(?:blockquote|pre|table|tbody|tr)$/.test(each.element.name)
        ? endingOf(foldedText(each.element))
        : undefined;
    if (ending !== undefined && article.prose - before <= MOST_AFTER[ending] * before) {
      for (const after of [each, ...rest]) if (!outside.has(after.element)) leaveOut(after, outside);
      return;
    }
    if (each.children.length === 0) before += each.prose;
    else {
      before += each.prose - each.children.reduce((sum, { prose }) => sum + prose, 0);
      rest.push(...each.children.toReversed());
    }
  }
}

/** UTF-16 code units of the longest teaser, the share of an article's prose that it can have, and the share of its text that all of them can have. */
const LONGEST_TEASER = 500;
const TEASER = 0.15;
const TEASERS = 0.2;

/** Whether a part of an article announces another page: its heading is a link there, and it says no more than what that is about. */
export function isTeaser(each: Measured, article: Measured): boolean {
  if (
    each.block !== each ||
    each.linked === 0 ||
    each.text > LONGEST_TEASER ||
    each.prose > TEASER * article.prose ||
    texts.has(each.element.name) ||
    isArticle(each.element)
  )
    return false;
  let isLinked = false;
  const rest = [...each.children];
  for (let inner = rest.pop(); inner; inner = rest.pop()) {
    // What is called an article in it is an answer in a thread, or a post of a blog, and all there is of that.
    if (isArticle(inner.element)) return false;
    if (/^h[1-6]$/.test(inner.element.name)) {
      if (inner.text === 0) continue;
      if (inner.element.name === 'h1' || inner.linked < 0.9 * inner.text || !leadsElsewhere(inner)) return false;
      isLinked = true;
    } else rest.push(...inner.children);
  }
  return isLinked;
}

/** Elements that hold running text, and no teasers. */
const texts: ReadonlySet<string> = new Set(['blockquote', 'pre', 'table', 'tbody', 'tr', 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** Whether a link in a heading, or around it, leads to another page, and not to a place of this one. */
function leadsElsewhere(heading: Measured): boolean {
  const isElsewhere = (link: HtmlElement): boolean => !/^\s*(?:#|javascript:|$)/i.test(attributeOf(link, 'href') ?? '');
  const rest = [heading];
  for (let each = rest.pop(); each; each = rest.pop()) {
    if (each.element.name === 'a' && isElsewhere(each.element)) return true;
    rest.push(...each.children);
  }
  for (let around = heading.parent; around?.isLinked; around = around.parent)
    if (around.element.name === 'a' && isElsewhere(around.element)) return true;
  return false;
}

/** Leaves out headings of which all that stood below them is left out. */
function leaveOutLoneHeadings(article: Measured, outside: Set<HtmlNode>): void {
  let open: { heading: Measured; level: number; isLeft: boolean }[] = [];
  const lone: Measured[] = [];
  const rest = [article];
  for (let each = rest.pop(); each; each = rest.pop()) {
    if (outside.has(each.element)) {
      if (each.text > 0) for (const one of open) one.isLeft = true;
      continue;
    }
    const level = Number(/^h([1-6])$/.exec(each.element.name)?.[1] ?? 0);
    if (level > 0) {
      lone.push(...open.filter((one) => one.level >= level && one.isLeft).map(({ heading }) => heading));
      open = open.filter((one) => one.level < level);
      if (level > 1 && each.text > 0) open.push({ heading: each, level, isLeft: false });
      continue;
    }
    if (each.own > 0 || each.element.name === 'img') open = [];
    rest.push(...each.children.toReversed());
  }
  lone.push(...open.filter(({ isLeft }) => isLeft).map(({ heading }) => heading));
  for (const heading of lone) leaveOut(heading, outside);
}

/** Leaves out what has nothing left in it, such as the rows of a table. */
export function leaveOutEmpty(all: ReadonlyMap<HtmlElement, Measured>, outside: Set<HtmlNode>): void {
  for (const each of [...all.values()].reverse()) {
    if (each.text > 0 || each.block !== each || each.isOutside || each.children.length === 0) continue;
    if (each.children.some(({ isOutside }) => isOutside) && each.children.every((child) => child.isOutside || isBlank(child)))
      leaveOut(each, outside);
  }
}

const isBlank = ({ element, text, children }: Measured): boolean =>
  text === 0 && children.length === 0 && element.first === null && element.name !== 'img';

/** Words from which on a line right under a title is a sentence, and no name of a topic. */
const SENTENCE_WORDS = 6;

/** Whether a paragraph that is one link says something of the article, such as where all of it is: it stands right under the title. */
export function isLinkUnderTitle({ element }: Measured): boolean {
  if (element.name !== 'p') return false;
  let before = element.previous;
  while (before?.type === 'text' && before.value.trim() === '') before = before.previous;
  if (before?.type !== 'element' || before.name !== 'h1') return false;
  const text = foldedText(element);
  return text.split(' ').length >= SENTENCE_WORDS && !isLabel(text) && !isNotice(text);
}

function isSuperfluous(each: Measured): boolean {
  if (each.block !== each || each.element.name === 'blockquote' || each.element.name === 'pre') return false;
  if (isLinkUnderTitle(each)) return false;
  if (
    each.linked > 0.7 * each.text &&
    each.prose === 0 &&
    each.element.name !== 'li' &&
    !/^(?:h[1-6]|t[dhr]|tbody|thead|table)$/.test(each.element.name)
  )
    return true;
  if (each.text > 420) return false;
  const text = foldedText(each.element);
  return isLabel(text) || isNotice(text) || isByline(text);
}
