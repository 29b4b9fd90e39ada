import { descendantsOf, type HtmlElement, type HtmlNode } from '../tree';
import { foldedText } from './folded-text';
import { isByline, isLabel, isNotice } from './labels';
import { type Measured, measureText } from './measures';
import { isArticle, isForSharing, isRecipePart, isToolOfHeading, saidOf } from './names';
import { isLinkUnderTitle, isTeaser, leaveOut, leaveOutEmpty, tidyArticle } from './tidy-article';

/** The article of a page. */
export interface Article {
  /** What of the page is not of it; each stands for all that it holds. */
  outside: ReadonlySet<HtmlNode>;
  /** Its heading. */
  title: HtmlElement | undefined;
}

/** Text that an article has at least, as measured, one whose title is known, and one that is named so. */
const SHORTEST = 250;
const SHORTEST_TITLED = 150;
const SHORTEST_NAMED = 60;
/** Text below which an article is none, where it is less than this share of a page’s prose: what is named comments may be what there is to read. */
const SHORT = 1_200;
const UNSURE = 0.08;
/** The share of a page's prose up to which something is left out for its names alone. */
const LITTLE = 0.3;
/** The share of the prose that is looked through from which on an element holds the article. */
const MOST = 0.7;
/** The share of the core’s prose from which on prose that follows it is of the article. */
const MUCH = 0.06;
/** The share of linked text up to which what stands around the article is looked through. */
const FEW_LINKS = 0.4;

/** What of `body` is not the article of its page; `undefined` where a page has none, or nothing else. `heading` is its title, where that is known. */
export function findArticle(body: HtmlElement, heading?: HtmlElement): Article | undefined {
  const all = measureText(body);
  const root = all.get(body);
  if (!root) return undefined;
  const everything = root.prose;
  const outside = new Set<HtmlNode>();
  leaveOutNamed(root, all, outside);
  if (root.prose < SHORTEST_NAMED) return undefined;
  const core = coreOf(hintOf(root, outside), outside);
  const shortest = isArticle(core.element)
    ? SHORTEST_NAMED
    : heading !== undefined && core.element.name !== 'form'
      ? SHORTEST_TITLED
      : SHORTEST;
  if (core.prose < shortest || (core.prose < SHORT && core.prose < UNSURE * everything)) return undefined;
  tidyArticle(core, outside);
  leaveOutEmpty(all, outside);
  const kept = new Set<HtmlElement>([core.element]);
  keepAround(core, root, { kept, outside, heading });
  leaveOutRest(body, kept, outside);
  const title =
    (heading && (kept.has(heading) || isWithin(heading, core.element)) && !outside.has(heading) ? heading : undefined) ??
    [...kept].find(({ name }) => name === 'h1') ??
    [...descendantsOf(core.element)].find((node) => node.type === 'element' && node.name === 'h1' && !outside.has(node));
  return outside.size > 0 ? { outside, title: title?.type === 'element' ? title : undefined } : undefined;
}

/** Leaves out what its names say is no article, unless the article is in it, and takes its text off what is around it. */
function leaveOutNamed(root: Measured, all: ReadonlyMap<HtmlElement, Measured>, outside: Set<HtmlNode>): void {
  for (const each of all.values()) {
    each.isOutside = each.parent?.isOutside ?? false;
    if (each === root || each.isOutside || (isInHeading(each) && !isToolOfHeading(each.element))) continue;
    const said = saidOf(each.element);
    if (said === 'doubtful' ? each.prose > 0 && each.linked < 0.3 * each.text : said !== 'outside') continue;
    if (each.prose > LITTLE * root.prose && (root.prose - each.prose < SHORTEST || holdsArticle(each) || isForSharing(each.element)))
      continue;
    leaveOut(each, outside);
  }
}

/** Whether an element stands in a heading, of which everything is read but its tools. */
const isInHeading = ({ block, element }: Measured): boolean => block.element !== element && /^h[1-6]$/.test(block.element.name);

/** Whether a part of a page that is named otherwise has its heading, or most of its text in what is named an article. */
function holdsArticle(part: Measured): boolean {
  const rest = [part];
  for (let each = rest.pop(); each; each = rest.pop()) {
    if (each.element.name === 'h1' || (each.prose > part.prose / 2 && isArticle(each.element))) return true;
    rest.push(...each.children);
  }
  return false;
}

/** Where the article must be by the names of the page: in the only thing that is called one, and holds enough. */
function hintOf(root: Measured, outside: ReadonlySet<HtmlNode>): Measured {
  let best: Measured | undefined;
  const rest = [...root.children];
  for (let each = rest.pop(); each; each = rest.pop()) {
    if (outside.has(each.element) || each.prose < SHORTEST) continue;
    if (isArticle(each.element)) {
      if (!best || each.prose > best.prose) best = each;
    } else rest.push(...each.children);
  }
  return best && best.prose > LITTLE * root.prose ? best : root;
}

/** Elements that stand within a text and never around one. */
const parts: ReadonlySet<string> = new Set([
  ...[
    'a',
    'b',
    'blockquote',
    'caption',
    'dd',
    'dl',
    'dt',
    'em',
    'figcaption',
    'figure',
    'font',
    'i',
    'li',
    'ol',
    'p',
    'pre',
    'span',
    'strong',
    'tbody',
    'thead',
    'tr',
    'table',
    'td',
    'u',
    'ul',
  ],
]);

/** The innermost element that holds most of the prose. */
function coreOf(root: Measured, outside: ReadonlySet<HtmlNode>): Measured {
  let core = root;
  let good = root;
  for (;;) {
    let best: Measured | undefined;
    for (const child of core.children) if (!outside.has(child.element) && child.prose > (best?.prose ?? 0)) best = child;
    if (!best || best.prose < MOST * core.prose) return good;
    core = best;
    if (
      !parts.has(core.element.name) ||
      (core.element.name === 'td' && core.children.some(({ block, element }) => block.element === element))
    )
      good = core;
  }
}

/** What is around the core and may hold some more of the article. */
function scopeOf(core: Measured): Measured {
  let scope = core;
  for (let around = core.parent; around?.parent; around = around.parent) {
    const text = around.text - core.text;
    const linked = around.linked - core.linked;
    if (text > 0 && linked > FEW_LINKS * text && !isArticle(around.element)) break;
    scope = around;
  }
  return scope;
}

interface Around {
  kept: Set<HtmlElement>;
  outside: ReadonlySet<HtmlNode>;
  heading: HtmlElement | undefined;
}

/** Keeps what of the article stands before its core, from the title on, or after it. */
function keepAround(core: Measured, root: Measured, { kept, outside, heading }: Around): void {
  const scope = scopeOf(core);
  const before: { block: Measured; isInScope: boolean }[] = [];
  const after: Measured[] = [];
  let isBefore = true;
  const rest = [{ each: root, isInScope: false }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { each } = next;
    const isInScope = next.isInScope || each === scope;
    if (each === core) isBefore = false;
    if (each === core || outside.has(each.element)) continue;
    if (isInScope && isRecipePart(each.element) && each.text > 0 && !isAround(each, core)) {
      kept.add(each.element);
      continue;
    }
    // What follows and is called anything is another article, or leads to one.
    if (!isBefore && !isAround(each, core) && (saidOf(each.element) !== undefined || isTeaser(each, core))) continue;
    if (each.block === each && each.own > 0) {
      if (isBefore) before.push({ block: each, isInScope });
      else if (isInScope) after.push(each);
    }
    rest.push(...each.children.toReversed().map((child) => ({ each: child, isInScope })));
  }
  const isHeadingAt = heading !== undefined && (isWithin(heading, core.element) || before.some(({ block }) => block.element === heading));
  const isTitle = ({ element }: Measured): boolean => (isHeadingAt ? element === heading : element.name === 'h1');
  const title = before.findLastIndex(({ block }) => isTitle(block));
  for (const [index, { block, isInScope }] of before.entries()) {
    if (title >= 0 ? index < title : !isInScope) continue;
    if (isTitle(block) || isLead(block) || (title >= 0 && isSubtitle(block)) || isLinkUnderTitle(block)) kept.add(block.element);
  }
  // What follows is the article's when there is much of it: a sentence or two is said by the site.
  const leads = after.filter((each) => isLead(each) && !/^h\d$/.test(each.element.name) && each.own >= 80);
  if (leads.reduce((sum, { own }) => sum + own, 0) >= MUCH * core.prose) for (const { element } of leads) kept.add(element);
}

function isWithin(inner: HtmlElement, outer: HtmlElement): boolean {
  for (let around: HtmlElement | null = inner; around; around = around.parent) if (around === outer) return true;
  return false;
}

function isAround(each: Measured, inner: Measured): boolean {
  for (let around = inner.parent; around; around = around.parent) if (around === each) return true;
  return false;
}

const isLead = (each: Measured): boolean => {
  const { own, ownLinked, marks, element } = each;
  if (element.name === 'figcaption' || ownLinked > 0.3 * own) return false;
  const text = foldedText(each.element);
  if (isLabel(text) || isNotice(text)) return false;
  if (own >= 40 && /^h[2-4]$/.test(element.name)) return true;
  return own >= 60 && marks > 0;
};

/** UTF-16 code units from which on a line of words is no name of a topic. */
const SUBTITLE = 80;

/** Whether a line between a title and its text is a further one, which needs no mark at its end. */
const isSubtitle = (each: Measured): boolean => {
  if (each.own < SUBTITLE || each.ownLinked > 0 || each.element.name === 'figcaption') return false;
  const text = foldedText(each.element);
  return !isLabel(text) && !isNotice(text) && !isByline(text);
};

/** Leaves out what neither is kept nor holds something that is. */
function leaveOutRest(body: HtmlElement, kept: ReadonlySet<HtmlElement>, outside: Set<HtmlNode>): void {
  const holding = new Set<HtmlElement>();
  for (const element of kept) for (let around = element.parent; around && !holding.has(around); around = around.parent) holding.add(around);
  const rest: HtmlElement[] = kept.has(body) ? [] : [body];
  for (let element = rest.pop(); element; element = rest.pop()) {
    for (let node = element.first; node; node = node.next) {
      if (node.type === 'text' || !(kept.has(node) || holding.has(node))) outside.add(node);
      else if (!kept.has(node)) rest.push(node);
    }
  }
}
