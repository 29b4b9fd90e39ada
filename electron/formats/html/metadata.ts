import { z } from 'zod';
import { type DocumentMetadata, joinNames } from '#model';
import { readDate } from '../dates';
import type { PageFacts } from './page-facts';

const names = {
  title: ['og:title', 'dc.title', 'dcterms.title', 'citation_title', 'twitter:title'],
  date: [
    'article:published_time',
    'datepublished',
    'dc.date',
    'dc.date.issued',
    'dcterms.date',
    'dcterms.issued',
    'dcterms.created',
    'citation_publication_date',
    'citation_date',
    'date',
    'pubdate',
    'created',
  ],
  author: ['author', 'dc.creator', 'dcterms.creator', 'citation_author', 'article:author', 'parsely-author'],
  language: ['dc.language', 'dcterms.language', 'content-language', 'og:locale'],
} as const;

/** The types of schema.org whose name and author are those of the page. */
const articleTypes = /(?:Article|Posting|Book|Report|Chapter|Thesis|CreativeWork|WebPage|Review)$/;

const stringsSchema = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const personSchema = z.union([z.string(), z.looseObject({ name: z.string() }).transform(({ name }) => name)]);
const articleSchema = z.looseObject({
  '@type': stringsSchema,
  headline: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  datePublished: z.string().optional().catch(undefined),
  author: z
    .union([personSchema.transform((one) => [one]), z.array(personSchema)])
    .optional()
    .catch(undefined),
  inLanguage: z.string().optional().catch(undefined),
});

/** What `<meta>`, JSON-LD, `<title>` and `<html lang>` say, white space as it is written. */
export function readHtmlMetadata(content: Pick<PageFacts, 'title' | 'language' | 'meta' | 'jsonLd'>): DocumentMetadata {
  const all = (keys: readonly string[]) => keys.flatMap((key) => content.meta.get(key) ?? []);
  const article = findArticle(content.jsonLd);
  const authors = names.author.map((key) => content.meta.get(key)?.filter((name) => !/^https?:/i.test(name)) ?? []);
  const named = authors.find((found) => found.length > 0) ?? article?.author;
  return {
    title: all(names.title)[0] ?? article?.headline ?? article?.name ?? (content.title || undefined),
    date: [...all(names.date.slice(0, 1)), article?.datePublished, ...all(names.date)].map(readDate).find((date) => date !== undefined),
    author: named && joinNames(named),
    language: content.language ?? article?.inLanguage ?? all(names.language)[0]?.replace('_', '-'),
  };
}

function findArticle(sources: readonly string[]): z.infer<typeof articleSchema> | undefined {
  for (const source of sources) {
    for (const item of itemsOf(source)) {
      const article = articleSchema.safeParse(item);
      if (article.success && article.data['@type'].some((type) => articleTypes.test(type))) return article.data;
    }
  }
  return undefined;
}

/** The objects of a JSON-LD script, those in `@graph` as well; a script that is no JSON has none. */
function itemsOf(source: string): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(source);
  } catch {
    return [];
  }
  const items = Array.isArray(parsed) ? parsed : [parsed];
  return items.flatMap((item: unknown) => {
    const graph = z.looseObject({ '@graph': z.array(z.unknown()) }).safeParse(item);
    return graph.success ? graph.data['@graph'] : [item];
  });
}
