import type { DocumentFormat } from '#formats/list';
import { type DocumentMetadata, withoutSoftHyphens } from '#model';
import { readFrontMatter } from './markdown/front-matter';
import type { Property } from './markdown/properties';
import { readTextHeader } from './plain/text-header';

export interface Header {
  /** A range of the text in UTF-16 code units; empty when the text has no header. */
  header: { start: number; end: number };
  metadata: DocumentMetadata;
  /** Of front matter. */
  properties?: readonly Property[];
  /** Whole sentences for the reader. */
  notices: string[];
}

const none: Header = { header: { start: 0, end: 0 }, metadata: {}, notices: [] };

/** What a text says of itself at its top: the header of a plain text, or front matter. */
export function readHeader(text: string, format: DocumentFormat): Header {
  const read = format === 'text' ? { ...readTextHeader(text), notices: [] } : format === 'markdown' ? readFrontMatter(text) : none;
  return { ...read, metadata: tidyMetadata(read.metadata) };
}

/** Metadata without stray white space, of a sensible length, its language one that the platform understands. */
export function tidyMetadata({
  title,
  author,
  language,
  site,
  publisher,
  series,
  volume,
  subjects,
  aliases,
  ...rest
}: DocumentMetadata): DocumentMetadata {
  const about = tidyAll(subjects, MOST_SUBJECTS);
  const names = tidyAll(aliases, MOST_ALIASES);
  return {
    ...rest,
    title: tidy(title),
    author: tidy(author),
    language: canonicalLanguage(language?.trim()),
    site: tidy(site),
    publisher: tidy(publisher),
    series: tidy(series),
    volume: tidy(volume),
    ...(about.length > 0 && { subjects: about }),
    ...(names.length > 0 && { aliases: names }),
  };
}

/** Subjects and other names that are kept. */
const MOST_SUBJECTS = 12;
const MOST_ALIASES = 20;

const tidyAll = (texts: readonly string[] | undefined, most: number): string[] =>
  [...new Set(texts?.map(tidy))].filter((text) => text !== undefined).slice(0, most);

/** UTF-16 code units of a title or author that are kept. */
const LONGEST_FIELD = 500;

const tidy = (text: string | undefined): string | undefined =>
  withoutSoftHyphens(text ?? '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_FIELD) || undefined;

/** A language tag that the platform understands; a wrong one would make `Intl` and hyphenation throw or fail. */
function canonicalLanguage(tag: string | undefined): string | undefined {
  try {
    return tag ? Intl.getCanonicalLocales(tag)[0] : undefined;
  } catch {
    return undefined;
  }
}
