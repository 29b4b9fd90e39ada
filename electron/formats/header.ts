import { Composer, type CST, Parser } from 'yaml';
import type { DocumentFormat } from '#formats/list';
import { type DocumentMetadata, joinNames } from '#model';
import { withinTime } from '../time-limit';
import { readDate } from './dates';
import { readTextHeader } from './plain/text-header';

export interface Header {
  /** A range of the text in UTF-16 code units; empty when the text has no header. */
  header: { start: number; end: number };
  metadata: DocumentMetadata;
  /** Whole sentences for the reader. */
  notices: string[];
}

/** UTF-16 code units; what is longer is no header. */
const LONGEST = 64 * 1024;

/** YAML aliases that are followed; a "billion laughs" needs many more. */
const MOST_ALIASES = 50;

/** Mistakes after which YAML is not read on: each costs as much as a hundred good lines. */
const MOST_MISTAKES = 100;

/** ms of the thread's own time that YAML may take. */
const TIME_LIMIT = 1000;

/** UTF-16 code units of YAML that never takes long. */
const ALWAYS_QUICK = 2000;

const none: Header = { header: { start: 0, end: 0 }, metadata: {}, notices: [] };

/** What a text says of itself at its top: the header of a plain text, or front matter. */
export function readHeader(text: string, format: DocumentFormat): Header {
  const read = format === 'text' ? { ...readTextHeader(text), notices: [] } : format === 'markdown' ? readFrontMatter(text) : none;
  return { ...read, metadata: tidyMetadata(read.metadata) };
}

function readFrontMatter(text: string): Header {
  const block = /^---[ \t]*\r?\n((?:[\s\S]*?\n)??)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text.slice(0, LONGEST));
  const yaml = block?.[1];
  if (!block || yaml === undefined) return none;
  const found = parseYaml(yaml);
  // Between two lines of a text there may be anything; only `key: value` makes it a header.
  if (!found.fields) return /^[\w-]+:(?:\s|$)/m.test(yaml) && found.problem ? { ...none, notices: [malformed(found.problem)] } : none;
  const { fields, problem } = found;
  const metadata: DocumentMetadata = {
    title: asText(fields.get('title')),
    date: readDate(fields.get('date')) ?? readDate(fields.get('published')) ?? readDate(fields.get('created')),
    author: asText(fields.get('author'), joinNames) ?? asText(fields.get('authors'), joinNames),
    language: asText(fields.get('lang')) ?? asText(fields.get('language')),
  };
  return { header: { start: 0, end: block[0].length }, metadata, notices: problem ? [malformed(problem)] : [] };
}

const malformed = (problem: string): string =>
  `The properties at the top of this file are not valid YAML (${problem}), so some of them may be missing here.`;

interface Properties {
  fields?: Map<string, unknown>;
  problem?: string;
}

/** The fields by lower-case name, as far as the YAML can be read, and what is wrong with it. */
function parseYaml(yaml: string): Properties {
  if (yaml.length <= ALWAYS_QUICK) return parseAnyYaml(yaml);
  return withinTime(TIME_LIMIT, () => parseAnyYaml(yaml))?.value ?? { problem: 'they take too long to read' };
}

function parseAnyYaml(yaml: string): Properties {
  try {
    const composer = new Composer({ logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
    const [document] = composer.compose(withFewMistakes(new Parser().parse(yaml)), true, yaml.length);
    if (!document) return {};
    const problem = document.errors[0]?.message.split('\n')[0];
    const content: unknown = document.toJS({ maxAliasCount: MOST_ALIASES, mapAsMap: true });
    if (content === null && !problem) return { fields: new Map() };
    if (!(content instanceof Map)) return { problem };
    return { fields: new Map([...content].map(([key, value]) => [String(key).toLowerCase(), value])), problem };
  } catch (error) {
    // Aliases without end, mistakes without end, or nesting deeper than the stack.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function* withFewMistakes(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  let mistakes = 0;
  for (const token of tokens) {
    if (token.type === 'error' && ++mistakes > MOST_MISTAKES) throw new Error('they have too many mistakes');
    yield token;
  }
}

/** A name, a number, a list of names or of people with a `name`, as one text. */
function asText(value: unknown, join = (texts: readonly string[]) => texts.join(', ')): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Map) return asText(value.get('name'));
  if (!Array.isArray(value)) return undefined;
  const texts = value.map((each) => asText(each)).filter((text) => text !== undefined);
  return texts.length > 0 ? join(texts) : undefined;
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
  ...rest
}: DocumentMetadata): DocumentMetadata {
  const about = [...new Set(subjects?.map(tidy))].filter((subject) => subject !== undefined).slice(0, MOST_SUBJECTS);
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
  };
}

/** Subjects that are kept. */
const MOST_SUBJECTS = 12;

/** UTF-16 code units of a title or author that are kept. */
const LONGEST_FIELD = 500;

const tidy = (text: string | undefined): string | undefined =>
  text
    ?.replace(/[\s\p{Cc}]+/gu, ' ')
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
