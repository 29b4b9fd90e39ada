import { parse as parseTomlTable } from 'smol-toml';
import { Composer, type CST, Parser } from 'yaml';
import { type DocumentMetadata, joinNames, readTitleLink } from '#model';
import { withinTime } from '../../time-limit';
import { readDate } from '../dates';
import { type Property, type Range, tomlProperties, yamlProperties } from './properties';

/** The front matter of a Markdown document: a range of it in UTF-16 code units, empty where it has none, and what that says. */
export interface FrontMatter {
  header: { start: number; end: number };
  metadata: DocumentMetadata;
  /** Where in the text its names and values stand; absent where that cannot be told. */
  properties?: readonly Property[];
  /** Whole sentences for the reader. */
  notices: string[];
}

/** UTF-16 code units; what is longer is no header. */
const LONGEST = 64 * 1024;

/** YAML aliases that are followed; a "billion laughs" needs many more. */
const MOST_ALIASES = 50;

/** Mistakes after which YAML is not read on: each costs as much as a hundred good lines. */
const MOST_MISTAKES = 100;

/** ms of the thread's own time that front matter may take. */
const TIME_LIMIT = 1000;

/** UTF-16 code units of front matter that never takes long. */
const ALWAYS_QUICK = 2000;

/** By lower-case name. */
type Fields = ReadonlyMap<string, unknown>;

interface Parsed {
  fields?: Fields;
  /** Where they stand in what was parsed. */
  properties?: readonly Property[];
  problem?: string;
}

/** The two kinds of front matter: YAML, as Jekyll, Hugo and Obsidian have it, and TOML, as Hugo and Zola do. */
const kinds = [
  {
    block: /^---[ \t]*\r?\n((?:[\s\S]*?\n)??)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/,
    field: /^[\w-]+:(?:\s|$)/m,
    name: 'YAML',
    parse: parseYaml,
  },
  { block: /^\+\+\+[ \t]*\r?\n((?:[\s\S]*?\n)??)\+\+\+[ \t]*(?:\r?\n|$)/, field: /^[\w-]+[ \t]*=/m, name: 'TOML', parse: parseToml },
] as const;

/** What a Markdown document says of itself in front of its text. */
export function readFrontMatter(text: string): FrontMatter {
  const top = text.slice(0, LONGEST);
  for (const { block, field, name, parse } of kinds) {
    const [whole, written] = block.exec(top) ?? [];
    if (whole === undefined || written === undefined) continue;
    const { fields, properties, problem } = parseInTime(written, parse);
    const notices = problem === undefined ? [] : [malformed(name, problem)];
    // Between two lines of a text there may be anything; only fields make it a header.
    if (!fields) return { ...none, notices: field.test(written) ? notices : [] };
    const start = whole.indexOf('\n') + 1;
    const moved = ([from, to]: Range): Range => [start + from, start + to];
    return {
      header: { start: 0, end: whole.length },
      metadata: metadataOf(fields),
      ...(properties && { properties: properties.map(({ name, values }) => ({ name: moved(name), values: values.map(moved) })) }),
      notices,
    };
  }
  return none;
}

const none: FrontMatter = { header: { start: 0, end: 0 }, metadata: {}, notices: [] };

const malformed = (name: string, problem: string): string =>
  `The properties at the top of this file are not valid ${name} (${problem}), so some of them may be missing here.`;

const parseInTime = (written: string, parse: (written: string) => Parsed): Parsed =>
  written.length <= ALWAYS_QUICK
    ? parse(written)
    : (withinTime(TIME_LIMIT, () => parse(written))?.value ?? { problem: 'they take too long to read' });

function metadataOf(fields: Fields): DocumentMetadata {
  const text = (name: string, join?: (texts: readonly string[]) => string) => asText(fields.get(name), join);
  // Zola has its tags in a table of their own.
  const sorted = fields.get('taxonomies');
  const subjects = [fields, ...(sorted instanceof Map ? [sorted] : [])].flatMap((each: Fields) =>
    ['tags', 'tag', 'keywords', 'categories', 'category'].flatMap((name) => tagsOf(each.get(name))),
  );
  const aliases = ['aliases', 'alias'].flatMap((name) => textsOf(fields.get(name)));
  // Where in its site a page is, or was: links lead there.
  const places = ['permalink', 'url', 'redirect_from'].flatMap((name) => textsOf(fields.get(name))).filter((text) => text.startsWith('/'));
  return {
    title: text('title'),
    date: readDate(fields.get('date')) ?? readDate(fields.get('published')) ?? readDate(fields.get('created')),
    author: text('author', joinNames) ?? text('authors', joinNames),
    language: text('lang') ?? text('language'),
    ...(subjects.length > 0 && { subjects }),
    ...(aliases.length + places.length > 0 && { aliases: [...aliases, ...places] }),
  };
}

/** The fields, as far as the YAML can be read, and what is wrong with it. */
function parseYaml(yaml: string): Parsed {
  try {
    const composer = new Composer({ logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
    const [document] = composer.compose(withFewMistakes(new Parser().parse(yaml)), true, yaml.length);
    if (!document) return {};
    const problem = document.errors[0]?.message.split('\n')[0];
    const content: unknown = document.toJS({ maxAliasCount: MOST_ALIASES, mapAsMap: true });
    if (content === null && !problem) return { fields: new Map() };
    if (!(content instanceof Map)) return { problem };
    const fields = new Map([...content].map(([key, value]) => [String(key).toLowerCase(), value as unknown]));
    return problem === undefined
      ? { fields, properties: yamlProperties(yaml, document.contents) }
      : { fields: new Map([...fields, ...fieldsByLine(yaml)]), problem };
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

/** The texts and lists that stand behind their names in a line each, of YAML with a mistake, which may have taken other lines along: `title: Part one: the sea`. */
const fieldsByLine = (yaml: string): [string, string][] =>
  [...yaml.matchAll(/^([\w-]+):[ \t]+["'[]?([^\s"'[\]{}|>&*!%@`#-][^\r\n]*?)["'\]]?[ \t]*\r?$/gm)].map(([, name = '', value = '']) => [
    name.toLowerCase(),
    value,
  ]);

function parseToml(toml: string): Parsed {
  try {
    const fields = asMap(parseTomlTable(toml)) as Map<string, unknown>;
    return { fields: new Map([...fields].map(([key, value]) => [key.toLowerCase(), value])), properties: tomlProperties(toml) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') : String(error) };
  }
}

/** Tables as maps, as YAML gives them, and dates as they are written. */
function asMap(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (Array.isArray(value)) return value.map(asMap);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, asMap(inner)]));
}

/** A name, a number, a list of names or of people with a `name`, as one text. */
function asText(value: unknown, join = (texts: readonly string[]) => texts.join(', ')): string | undefined {
  const texts = textsOf(value);
  return texts.length > 1 ? join(texts) : texts[0];
}

/** Texts, numbers and what has a `name`; `[[links]]`, by which vaults name people and topics, by their words. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value.replace(/\[\[([^[\]\n]+)\]\]/g, (_, written: string) => readTitleLink(written).words)];
  if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
  if (value instanceof Map) return textsOf(value.get('name'));
  return Array.isArray(value) ? value.flatMap(textsOf) : [];
}

/** Tags in a list, or in one line with commas or spaces between them. */
const tagsOf = (value: unknown): string[] =>
  (typeof value === 'string' && !value.includes('[[') ? value.split(value.includes(',') ? ',' : /\s+/) : textsOf(value))
    .map((tag) => tag.trim().replace(/^#/, ''))
    .filter((tag) => tag !== '');
