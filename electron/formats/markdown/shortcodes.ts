import type { TokenizerAndRendererExtension as Extension, Tokens } from 'marked';
import { escapeHtml } from '#model';
import { picture } from './wiki-links';

/** UTF-16 code units of one shortcode, and of what it says that is shown. */
const LONGEST = 3_000;
const LONGEST_SHOWN = 120;

/** Hugo’s `{{< name … >}}` and `{{% name … %}}`, and the tags of Liquid and Jekyll, `{% name … %}`; `/` closes one. */
const HUGO = `\\{\\{([<%])\\s*(\\/?)\\s*([a-z][\\w./-]*)([^{}]{0,${LONGEST}}?)[>%]\\}\\}`;
const LIQUID = `\\{%-?\\s*([a-z][\\w-]*)([^{}%]{0,${LONGEST}}?)-?%\\}`;
const INLINE = [new RegExp(`^${HUGO}`, 'i'), new RegExp(`^${LIQUID}`, 'i')] as const;
/** What Liquid leaves out of the page. */
const COMMENT = /^\{%-?\s*comment\s*-?%\}[\s\S]{0,20000}?\{%-?\s*endcomment\s*-?%\}/;
/** Attributes that kramdown gives to what stands before or around them: `{: .class}`, `{:toc}`. */
const ATTRIBUTES = /^[ \t]*\{:[ \t]*(?:[.#][\w-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*')|toc|\s)+\}/;
/** One line of code in the middle of words. */
const CODE = /^\{\{[<%] *(?:highlight|hl)\b[^}\n]*[>%]\}\}([^\n]{1,500}?)\{\{[<%] *\/ *(?:highlight|hl) *[>%]\}\}/;

interface Shortcode {
  raw: string;
  name: string;
  /** All that stands behind its name. */
  words: string;
  isClosing: boolean;
}

function readShortcode(source: string): Shortcode | undefined {
  const hugo = INLINE[0].exec(source);
  if (hugo) return { raw: hugo[0], name: hugo[3] ?? '', words: (hugo[4] ?? '').replace(/\s*\/?\s*$/, ''), isClosing: hugo[2] === '/' };
  const liquid = INLINE[1].exec(source);
  if (!liquid) return undefined;
  const [raw, name = '', words = ''] = liquid;
  return { raw, name, words, isClosing: name.startsWith('end') || name === 'else' || name === 'raw' };
}

/**
 * What the programs that make sites of Markdown read in it: pictures and films are drawn as such, comments and attributes are not, and of all else a chip says what
 * it is, since only the site has it.
 */
export const shortcodes: Extension[] = (['block', 'inline'] as const).map((level) => ({
  name: `shortcode-${level}`,
  level,
  tokenizer(source) {
    if (level === 'block' && !/^ {0,3}\{[{%:]/.test(source)) return undefined;
    const indent = level === 'block' ? (/^ */.exec(source)?.[0] ?? '') : '';
    const written = source.slice(indent.length);
    const hidden = (COMMENT.exec(written) ?? ATTRIBUTES.exec(written))?.[0];
    const code = level === 'inline' ? CODE.exec(written) : null;
    const shortcode = hidden === undefined && !code ? readShortcode(written) : undefined;
    const raw = hidden ?? code?.[0] ?? shortcode?.raw;
    if (raw === undefined) return undefined;
    const after = level === 'block' ? /^[ \t]*(?:\n+|$)/.exec(written.slice(raw.length))?.[0] : '';
    if (after === undefined) return undefined;
    const html = code ? `<code>${escapeHtml((code[1] ?? '').trim())}</code>` : shortcode ? htmlOf(shortcode, level) : '';
    return { type: `shortcode-${level}`, raw: indent + raw + after, html };
  },
  renderer: ({ html }) => html,
}));

/** Names of films by site, and where they are to be seen. */
const FILMS: Readonly<Record<string, string>> = { youtube: 'https://www.youtube.com/watch?v=', vimeo: 'https://vimeo.com/' };

function htmlOf(shortcode: Shortcode, level: 'block' | 'inline'): string {
  if (shortcode.isClosing) return '';
  // Of what is included, the file says what it is.
  const included = /^\s*["']?([\w./-]+?)(?:\.\w+)?["']?(?=\s|$)/.exec(shortcode.words)?.[1];
  const isInclude = /^include(?:_relative|_cached)?$/.test(shortcode.name) && included !== undefined;
  const name = ((isInclude ? included.split('/').at(-1) : shortcode.name) ?? '').toLowerCase();
  const { named, others } = argumentsOf(isInclude ? shortcode.words.replace(/^\s*\S+/, '') : shortcode.words);
  const source = ['src', 'path', 'image_path', 'url', 'image'].map((each) => named.get(each)).find((each) => each !== undefined);
  if (/^(?:figure|img|image|picture)$/.test(name) && (source ?? others[0]) !== undefined)
    return figureOf(source ?? others[0] ?? '', named, level);
  const film = Object.hasOwn(FILMS, name) ? FILMS[name] : undefined;
  const id = named.get('id') ?? named.get('videoid') ?? others[0];
  if (film !== undefined && id !== undefined) {
    const player = `<iframe src="${escapeHtml(film + id)}" title="${escapeHtml(named.get('title') ?? '')}"></iframe>`;
    return level === 'block' ? `<p>${player}</p>\n` : player;
  }
  const words = `${shortcode.name} ${shortcode.words}`.replace(/\s+/g, ' ').trim();
  const shown = words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN).toWellFormed()}…` : words;
  const chip = `<lectern-shortcode>${escapeHtml(shown)}</lectern-shortcode>`;
  return level === 'block' ? `<p>${chip}</p>\n` : chip;
}

/** `name="value"` in what stands behind a shortcode’s name, and what has no name. */
function argumentsOf(words: string): { named: ReadonlyMap<string, string>; others: readonly string[] } {
  const named = new Map<string, string>();
  const others: string[] = [];
  for (const [, name, double, single, bare] of words.matchAll(/(?:([\w-]+) *= *)?(?:"([^"]*)"|'([^']*)'|([^\s"'=]+))/g)) {
    const value = double ?? single ?? bare ?? '';
    if (name === undefined) others.push(value);
    else named.set(name.toLowerCase(), value);
  }
  return { named, others };
}

/** A picture, with what stands below it. */
function figureOf(source: string, named: ReadonlyMap<string, string>, level: 'block' | 'inline'): string {
  const width = /^\d{1,4}(?=$|px$)/.exec(named.get('width') ?? '')?.[0];
  const image = picture({ address: addressOf(source), alt: named.get('alt') ?? '', width });
  if (level === 'inline') return image;
  const caption = [named.get('title'), named.get('caption')].filter((each) => each !== undefined).join('. ');
  return `<figure>${image}${caption === '' ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`}</figure>\n`;
}

const addressOf = (source: string): string => escapeHtml(withoutCode(source));

/** An address without what only the site knows: its own, and how it makes one of a path. */
const withoutCode = (address: string): string =>
  address
    .replace(/\{\{-?\s*site\.(?:base)?url\s*-?\}\}/g, '')
    .replace(/\{\{-?\s*["']([^"'{}]*)["']\s*\|[^{}]*\}\}/g, '$1')
    .replace(/\{%-?\s*link\s+\/?([^%\s]+)\s*-?%\}/g, '/$1')
    .replace(/\{%-?\s*post_url\s+\/?([^%\s]+)\s*-?%\}/g, '/_posts/$1')
    .replace(/\{\{[<%]\s*(?:rel)?ref\s+["'`]?([^"'`>%]+?)["'`]?\s*[>%]\}\}/g, '$1');

const LINK =
  /^(!?)\[((?:[^[\]\n]|\[[^[\]\n]{0,200}\]){0,500})\]\(\s*((?:[^\s(){}]|\{\{[^{}\n]{0,300}\}\}|\{%[^{}\n]{0,300}%\})*)\s*(?:"([^"\n]*)"\s*)?\)/;

/** Links and pictures whose address is written with code of a site, which Markdown would take for words. */
export const siteLink: Extension = {
  name: 'site-link',
  level: 'inline',
  tokenizer(source) {
    const [raw, mark, words = '', written = '', stated] = LINK.exec(source) ?? [];
    if (raw === undefined || !/\{[{%]/.test(written) || this.lexer.state.inLink) return undefined;
    const href = withoutCode(written);
    const title = stated ?? null;
    if (/[{}]/.test(href)) return undefined;
    if (mark === '!')
      return { type: 'image', raw, href, title, text: words, tokens: this.lexer.inlineTokens(words, []) } satisfies Tokens.Image;
    this.lexer.state.inLink = true;
    const tokens = this.lexer.inlineTokens(words, []);
    this.lexer.state.inLink = false;
    return { type: 'link', raw, href, title, text: words, tokens } satisfies Tokens.Link;
  },
};
