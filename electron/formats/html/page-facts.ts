import { isLeftOut } from './elements';
import { attributeOf, descendantsOf, type HtmlElement, type PageParser, textOf } from './tree';

/** What a page says of itself. */
export interface PageFacts {
  body: HtmlElement | undefined;
  /** `<title>`, as it is written. */
  title: string;
  /** `lang` of `<html>` or `<body>`. */
  language: string | undefined;
  /** `dir` of them. */
  direction: string | undefined;
  /** Contents of `<meta>` by lower-case `name`, `property` or `itemprop`, in the order of the file. */
  meta: ReadonlyMap<string, readonly string[]>;
  /** Sources of the JSON-LD scripts. */
  jsonLd: readonly string[];
  /** The address that it says it has (`<link rel=canonical>`), or that the program which saved it wrote into it. */
  address: string | undefined;
  /** What that program wrote. */
  savedFrom: string | undefined;
  /** Where its links begin, as it says itself (`<base href>`). */
  base: string | undefined;
  /** The beginning of its text, as it is written, by which its language is known. */
  sample: string;
}

/** UTF-16 code units of JSON-LD that are looked at. */
const JSON_LD_LONGEST = 512 * 1024;
/** UTF-16 code units of the sample. */
const SAMPLE = 5_000;

/** Gathers what a parsed page says of itself. */
export function readPageFacts(page: HtmlElement, savedFrom?: string): PageFacts {
  const meta = new Map<string, string[]>();
  const jsonLd: string[] = [];
  let body: HtmlElement | undefined;
  let root: HtmlElement | undefined;
  let title: string | undefined;
  let address: string | undefined;
  let base: string | undefined;
  for (const node of descendantsOf(page)) {
    if (node.type === 'text' || node.namespace !== 'html') continue;
    if (node.name === 'html') root ??= node;
    else if (node.name === 'body') body ??= node;
    else if (node.name === 'title') title ??= textOf(node);
    else if (node.name === 'meta') addMeta(meta, node);
    else if (node.name === 'link' && /^\s*canonical\s*$/i.test(attributeOf(node, 'rel') ?? ''))
      address ??= attributeOf(node, 'href')?.trim();
    else if (node.name === 'base') base ??= attributeOf(node, 'href')?.trim();
    else if (node.name === 'script' && isJsonLd(node)) jsonLd.push(textOf(node));
  }
  const stated = (name: string): string | undefined => (body && attributeOf(body, name)) || (root && attributeOf(root, name)) || undefined;
  return {
    body,
    title: title ?? '',
    language: stated('lang') ?? stated('xml:lang'),
    direction: stated('dir'),
    meta,
    jsonLd,
    address: address ?? savedFrom,
    savedFrom,
    base,
    sample: body ? sampleOf(body) : '',
  };
}

/** Parses as much of a page as it takes to know what it says of itself, and gathers that. */
export function parseFacts(parser: PageParser, html: string, address = savedFrom(html)): PageFacts {
  let needed = Math.max(endOf(html, /<\/title/i), lastEndOf(html, /<meta/gi, '>'), lastEndOf(html, /application\/ld\+json/gi, '</'));
  for (;;) {
    do parser.feed();
    while (!parser.isDone && parser.parsed <= needed);
    const facts = readPageFacts(parser.page, address);
    if (parser.isDone || facts.sample.length >= SAMPLE) return facts;
    // Twice as much each time, so that a page of pictures is not gone through for every piece of it.
    needed = 2 * parser.parsed;
  }
}

/** UTF-16 code units at the beginning of a page in which the program that saved it writes from where. */
const SAVED_FROM = 4_000;

/** The address in the comment of a browser (`saved from url=(0020)…`) or of SingleFile. */
const savedFrom = (html: string): string | undefined =>
  /<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)/i.exec(html.slice(0, SAVED_FROM))?.[1];

/** UTF-16 code units by which the longest of these names is behind the parser. */
const BEHIND = 16;

const endOf = (html: string, pattern: RegExp): number => html.search(pattern) + BEHIND;

/** Where `end` stands after the last match. */
function lastEndOf(html: string, pattern: RegExp, end: string): number {
  let last = -1;
  for (const { index } of html.matchAll(pattern)) last = index;
  if (last < 0) return 0;
  const at = html.indexOf(end, last);
  return at < 0 ? html.length : at + BEHIND;
}

const isJsonLd = (script: HtmlElement): boolean =>
  script.first?.type === 'text' &&
  script.first.value.length <= JSON_LD_LONGEST &&
  (/^application\/ld\+json/i.test(attributeOf(script, 'type') ?? '') || /^\s*\{\s*"@context"/.test(script.first.value));

function addMeta(meta: Map<string, string[]>, element: HtmlElement): void {
  const content = attributeOf(element, 'content')?.trim();
  const name = ['name', 'property', 'itemprop', 'http-equiv'].map((key) => attributeOf(element, key)).find((value) => value !== undefined);
  if (!content || !name || isOfAnother(element)) return;
  const key = name.trim().toLowerCase();
  const known = meta.get(key);
  if (known) known.push(content);
  else meta.set(key, [content]);
}

/** Whether a `<meta itemprop>` tells of something that the page only names, such as a work in its references. */
function isOfAnother(meta: HtmlElement): boolean {
  if (attributeOf(meta, 'name') !== undefined || attributeOf(meta, 'property') !== undefined) return false;
  for (let around = meta.parent; around; around = around.parent)
    if (attributeOf(around, 'itemscope') !== undefined) return attributeOf(around, 'itemprop') !== undefined;
  return false;
}

/** The beginning of what a reader sees of `body`, white space at the ends of each piece folded. */
export function sampleOf(body: HtmlElement): string {
  let sample = '';
  for (const node of descendantsOf(body, (element) => !isLeftOut(element))) {
    if (node.type === 'text' && /\S/.test(node.value)) sample += `${node.value.trim()} `;
    if (sample.length >= SAMPLE) break;
  }
  return sample.slice(0, SAMPLE);
}
