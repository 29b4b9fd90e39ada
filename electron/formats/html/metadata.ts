import { type DocumentMetadata, joinNames } from '#model';
import { findDate, readDate } from '../dates';
import { bylineNames } from './article/byline';
import type { ShownDate } from './article/page-date';
import type { PageSays } from './article/page-says';
import { pageTitle } from './article/page-title';
import { readLinkedData } from './json-ld';
import type { PageFacts } from './page-facts';

const names = {
  title: ['og:title', 'dc.title', 'dcterms.title', 'citation_title', 'twitter:title'],
  published: [
    'article:published_time',
    'og:published_time',
    'og:article:published_time',
    'article.published',
    'datepublished',
    'parsely-pub-date',
    'sailthru.date',
  ],
  date: [
    'dc.date.issued',
    'dc.date.created',
    'dc.date',
    'dcterms.issued',
    'dcterms.created',
    'dcterms.date',
    'citation_publication_date',
    'citation_date',
    'publish-date',
    'publish_date',
    'publication_date',
    'pubdate',
    'date',
    'created',
  ],
  changed: ['article:modified_time', 'og:updated_time', 'last-modified', 'dcterms.modified', 'datemodified'],
  author: [
    'author',
    'dc.creator',
    'dcterms.creator',
    'citation_author',
    'article:author',
    'article:author_name',
    'parsely-author',
    'sailthru.author',
    'byl',
    'twitter:data1',
    'twitter:creator',
  ],
  language: ['dc.language', 'dcterms.language', 'content-language', 'og:locale'],
  site: ['og:site_name', 'application-name', 'apple-mobile-web-app-title', 'publisher', 'dc.publisher', 'twitter:site', 'copyright'],
  address: ['og:url', 'twitter:url'],
} as const;

/** What `<meta>`, JSON-LD, `<title>`, `<html lang>` and the page itself say, white space as it is written. */
export function readHtmlMetadata(
  { title, language, meta, jsonLd, address }: Pick<PageFacts, 'title' | 'language' | 'meta' | 'jsonLd' | 'address'>,
  seen: PageSays = { headings: [], sites: [], authors: [] },
): DocumentMetadata {
  const all = (keys: readonly string[]) => keys.flatMap((key) => meta.get(key) ?? []);
  const linked = readLinkedData(jsonLd);
  const addresses = [address ?? '', ...all(names.address)];
  const sites = [linked.site ?? '', ...all(names.site), ...addresses.map(hostOf)].filter((name) => name !== '');
  const authorsStated = names.author.map((key) => meta.get(key)?.filter((name) => !/^(?:https?:|@)/i.test(name)) ?? []);
  const authors = bylineNames([linked.authors, ...authorsStated, ...seen.authors], sites);
  return {
    title: pageTitle({
      meta: [...all(names.title), ...(linked.headline ? [linked.headline] : [])],
      element: title,
      headings: seen.headings,
      sites: [...sites, ...seen.sites],
    }),
    date: dayOf({
      stated: [linked.date, ...all(names.published)],
      changed: [linked.changed, ...all(names.changed)],
      weak: [...all(names.date), ...addresses.map(dateInAddress)],
      shown: seen.date,
    }),
    author: authors && joinNames(authors),
    language: language ?? linked.language ?? all(names.language)[0]?.replace('_', '-'),
    site: sites[0],
    address: addresses.map(wholeAddress).find((whole) => whole !== undefined),
  };
}

interface Dates {
  /** When it was published, and when it was changed, as a page states it. */
  stated: readonly (string | undefined)[];
  changed: readonly (string | undefined)[];
  /** What may be either, or of another thing. */
  weak: readonly (string | undefined)[];
  shown: ShownDate | undefined;
}

/**
 * The day that a page states, unless it shows another one that it states, too: as the day of a change, which it shows in the other's place. A day beside
 * that which is stated may be told in another time zone. What stands as a time right below the title is what its
 * readers are told. Of a page that states none it is what it shows, but for what stands far from its title.
 */
function dayOf({ stated, changed, weak, shown }: Dates): string | undefined {
  const [first, ...others] = [...stated.map(asDay), ...weak.map(asDay)].filter((date) => date !== undefined);
  if (shown === undefined || (first !== undefined && shown.place === 'far above')) return first;
  if (!stated.some(asDay) || others.includes(shown.day) || shown.place === 'beside') return shown.day;
  const isSaid =
    first !== undefined && (Math.abs(Date.parse(first) - Date.parse(shown.day)) === DAY || changed.map(asDay).includes(shown.day));
  return shown.place === 'article' && isSaid ? shown.day : first;
}

function asDay(date: string | undefined): string | undefined {
  const day = readDate(date) ?? findDate(date ?? '');
  return day === EPOCH ? undefined : day;
}

/** The day with which the clocks of programs begin: what has no date is given it. */
const EPOCH = '1970-01-01';

/** ms */
const DAY = 86_400_000;

/** An address of a page; `undefined` for one that is not whole, or that is the site's. */
function wholeAddress(address: string): string | undefined {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.hash = '';
  return url.pathname === '/' && url.search === '' ? undefined : url.href.slice(0, LONGEST_ADDRESS);
}

/** UTF-16 code units */
const LONGEST_ADDRESS = 2_000;

/** `example.org` of an address, and its name alone. */
const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : '');

const dateInAddress = (address: string): string | undefined => {
  const found = /\/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:\/|-|$)/.exec(address);
  return found ? readDate(`${found[1]}-${found[2]?.padStart(2, '0')}-${found[3]?.padStart(2, '0')}`) : undefined;
};
