import { z } from 'zod';
import { parseHtml, textOf } from './tree';

/** What JSON-LD says of a page. */
export interface LinkedData {
  headline?: string | undefined;
  /** As it is written. */
  date?: string | undefined;
  /** When it was changed, as it is written. */
  changed?: string | undefined;
  authors: readonly string[];
  language?: string | undefined;
  site?: string | undefined;
}

/** The types of schema.org whose name and author are those of the page; what is an article comes before a page that holds one. */
const articleTypes = /(?:Article|Posting|Book|Report|Chapter|Thesis|CreativeWork|Review|Recipe|Reportage|HowTo)$/;
const pageTypes = /(?:WebPage|ItemPage|FAQPage|ProfilePage)$/;

const stringsSchema = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const optionalString = z.string().optional().catch(undefined);
const itemSchema = z.looseObject({
  '@type': stringsSchema.catch([]),
  '@id': optionalString,
  headline: optionalString,
  name: optionalString,
  datePublished: optionalString,
  dateModified: optionalString,
  author: z.unknown().optional(),
  publisher: z.unknown().optional(),
  inLanguage: optionalString,
});
type Item = z.infer<typeof itemSchema>;

/** Objects in JSON-LD that are looked at: a page has some dozens. */
const MOST_ITEMS = 2_000;
/** How deep they are looked for. */
const DEEPEST = 6;

/** Reads the JSON-LD scripts of a page; one that is no JSON says nothing. */
export function readLinkedData(sources: readonly string[]): LinkedData {
  const items = sources.flatMap(itemsOf).slice(0, MOST_ITEMS);
  const isOf = (pattern: RegExp) => (item: Item) => item['@type'].some((type) => pattern.test(type));
  const article = items.find(isOf(articleTypes)) ?? items.find(isOf(pageTypes));
  const site = items.find(isOf(/WebSite$/))?.name ?? namesOf(article?.publisher, items)[0];
  if (!article) return { authors: [], site: plain(site) };
  return {
    headline: plain(article.headline ?? article.name),
    date: article.datePublished ?? items.find(isOf(pageTypes))?.datePublished,
    changed: article.dateModified,
    authors: namesOf(article.author, items).map((name) => plain(name) ?? ''),
    language: article.inLanguage,
    site: plain(site),
  };
}

/** The names of persons or organisations, which may be named, described or referred to. */
function namesOf(said: unknown, items: readonly Item[]): string[] {
  if (typeof said === 'string') return [said];
  if (Array.isArray(said)) return said.slice(0, 50).flatMap((one: unknown) => (Array.isArray(one) ? [] : namesOf(one, items)));
  const person = itemSchema.safeParse(said);
  if (!person.success) return [];
  const { name } = person.data;
  const id = person.data['@id'];
  const known = name ?? (id === undefined ? undefined : items.find((item) => item['@id'] === id && item.name !== undefined)?.name);
  return known === undefined ? [] : [known];
}

function itemsOf(source: string): Item[] {
  const items: Item[] = [];
  const rest: { value: unknown; depth: number }[] = [{ value: parse(source), depth: 0 }];
  for (let next = rest.pop(); next && items.length < MOST_ITEMS; next = rest.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null || depth > DEEPEST) continue;
    const inner = Object.values(value).filter((each) => typeof each === 'object');
    for (const each of inner.slice(0, MOST_ITEMS).reverse()) rest.push({ value: each, depth: depth + 1 });
    const item = Array.isArray(value) ? undefined : itemSchema.safeParse(value);
    if (item?.success) items.push(item.data);
  }
  return items;
}

/** What a script holds, which may stand in a comment or have line breaks in its strings. */
function parse(source: string): unknown {
  const json = source
    .trim()
    .replace(/^(?:\/\/|\/\*)?\s*(?:<!--|<!\[CDATA\[)\s*(?:\*\/)?|(?:\/\/|\/\*)?\s*(?:-->|\]\]>)\s*(?:\*\/)?$/g, '')
    .replace(/\p{Cc}+/gu, ' ');
  try {
    return JSON.parse(json);
  } catch {
    return salvage(json);
  }
}

/** What can be read of a script that is no JSON, as when a quotation mark in a text is not escaped: its properties that are written as they should be. */
function salvage(source: string): unknown {
  const propertyOf = (name: string): string | undefined => new RegExp(`"${name}"\\s*:\\s*"([^"\\\\]{1,300})"`).exec(source)?.[1];
  const type = /"@type"\s*:\s*"(\w+)"/.exec(source)?.[1];
  return { '@type': type, datePublished: propertyOf('datePublished'), dateModified: propertyOf('dateModified') };
}

/** Text with the character references that some pages write in JSON. */
const plain = (text: string | undefined): string | undefined =>
  text !== undefined && /&(?:#\w+|\w+);/.test(text) && text.length < 1_000 ? textOf(parseHtml(text.replaceAll('<', '&lt;')).page) : text;
