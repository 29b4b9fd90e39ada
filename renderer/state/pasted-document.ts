import type { Clip } from '#api';
import { allowedEmbeddedImages, escapeHtml } from '#model';

/** Characters of the first words that name a file. */
const LONGEST_NAME = 60;

/** Elements by which HTML tells more than its text: code editors and chats copy plain text as HTML, too. */
const TELLING = /<(?:a\s+|blockquote|cite|dl|em|figure|h[1-6]|i|b|img|li|mark|math|ol|p|ruby|s|strong|sub|sup|svg|table|u|ul)\b/i;

/** The document that is made of a clipboard, a file of text or Markdown, or a page; `undefined` where there is nothing to make one of. `day` is today, for a picture. */
export function documentOf({ text, html, picture = '', address }: Clip, day: string): File | undefined {
  const fragment = fragmentOf(html);
  const source = sourceOf(address ?? /^SourceURL:(\S+)/im.exec(html.slice(0, 2_000))?.[1]);
  if (text.trim() === '' && allowedEmbeddedImages.has(/^data:([^;,]*)/.exec(picture)?.[1] ?? '')) {
    const alt = unescapeHtml(/<img\b[^>]*?\salt=(?:"([^"]+)"|'([^']+)')/i.exec(fragment)?.slice(1).find(Boolean) ?? '');
    const caption = escapeHtml(alt.trim() || `Picture, pasted on ${day}`);
    const figure = `<figure><img src="${escapeHtml(picture)}" alt="${caption}"><figcaption>${caption}</figcaption></figure>`;
    return fileOf(nameOf(alt, 'Picture'), 'html', page(figure, source));
  }
  if ((TELLING.test(fragment) || text.trim() === '') && showsAnything(fragment))
    return fileOf(nameOf(titleIn(fragment) || text, 'Pasted page'), 'html', page(fragment, source));
  if (text.trim() === '') return undefined;
  return isMarkdown(text)
    ? fileOf(nameOf(text.trim().replace(/^#+ +/, ''), 'Pasted text'), 'md', text)
    : fileOf(nameOf(text, 'Pasted text'), 'txt', text);
}

/** UTF-16 code units of a text by which it is known what it is. */
const SAMPLE = 20_000;

/** What only Markdown has; one alone may be something else, as a comment in a script is no heading. */
const MARKDOWN = [
  /^#{1,6} \S/m,
  /^(?:```|~~~)[\w+-]*$/m,
  /(?<![*\w])\*\*\S[^*\n]{0,200}\*\*/,
  /\[[^[\]\n]{1,200}\]\((?:https?:|#|\.{0,2}\/)[^()\s]{0,500}\)/,
  /^ {0,6}(?:[-*+]|\d{1,3}\.) \S.*\n(?:.*\S.*\n)*? {0,6}(?:[-*+]|\d{1,3}\.) \S/m,
  /^ {0,3}\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:?)? *$/m,
];

/** Whether a text is Markdown, as chats and editors of it give it: it has two kinds of its marks. */
function isMarkdown(text: string): boolean {
  const sample = text.slice(0, SAMPLE).replaceAll('\r\n', '\n');
  return !/^#!/.test(sample) && MARKDOWN.filter((mark) => mark.test(sample)).length > 1;
}

/** Markup, and what stands in it that nobody sees; what never ends goes on to the end. */
const MARKUP = /<!--[\s\S]*?(?:-->|$)|<(script|style|template|title)\b[\s\S]*?(?:<\/\1[^<>]*>?|$)|<[^<>]*>/gi;

/** Whether there is anything in HTML to read, or a picture that it brings or names. */
const showsAnything = (html: string): boolean =>
  /<svg\b|<img\b[^<>]*\s(?:alt=["']?\s*[^\s"'>]|src=["']?data:)/i.test(html) || /[^\s\p{Cf}]/u.test(wordsIn(html));

const wordsIn = (html: string): string => unescapeHtml(html.replaceAll(/<br\b/gi, ' <br').replaceAll(MARKUP, ''));

/** The heading by which the page is called in the library, too; Word has a style in its place. */
const titleIn = (html: string): string => wordsIn(TITLE.exec(html)?.[1] ?? '').trim();
const TITLE = /<(?:h1|p\s[^<>]*\bMsoTitle(?:CxSp\w+)?)\b[^<>]*>([\s\S]{0,2000}?)<\/(?:h1|p)\b/i;

const types = { html: 'text/html', md: 'text/markdown', txt: 'text/plain' };

const fileOf = (name: string, ending: keyof typeof types, content: string): File =>
  new File([content], `${name}.${ending}`, { type: types[ending] });

/** A page that says where it is from as browsers do that save one. */
function page(body: string, source: string | undefined): string {
  const origin = source === undefined ? '' : `<!-- saved from url=(${String(source.length).padStart(4, '0')})${source} -->\n`;
  return `<!doctype html>\n${origin}<meta charset="utf-8">\n<body>\n${body}\n`;
}

/** What was copied, out of the page that stands around it on a clipboard; a spreadsheet leaves the table around its rows outside. */
function fragmentOf(html: string): string {
  const fragment = /<!--\s*StartFragment\s*-->([\s\S]*?)<!--\s*EndFragment\s*-->/i.exec(html)?.[1] ?? html;
  return /^\s*<(?:col|colgroup|t[rdh]|tbody|thead)\b/i.test(fragment) ? `<table>${fragment}</table>` : fragment;
}

/** An address of the web, written so that it ends no comment. */
function sourceOf(address: string | undefined): string | undefined {
  const url = URL.parse(address?.trim() ?? '');
  return url && /^https?:$/.test(url.protocol) ? url.href.replaceAll('--', '%2D%2D') : undefined;
}

/** The first words of a text, for the name of its file. */
function nameOf(text: string, otherwise: string): string {
  const [line = ''] = text.trim().split(/[\r\n]/, 1);
  const characters = [
    ...line
      .slice(0, 10 * LONGEST_NAME)
      // What stands before a slash would be taken for a folder.
      .replace(/[\s/\\]+/g, ' ')
      .replace(/[\s.]+$/, ''),
  ];
  if (characters.length <= LONGEST_NAME) return characters.join('') || otherwise;
  const cut = characters.slice(0, LONGEST_NAME).join('');
  return cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut;
}

const unescapeHtml = (text: string): string =>
  text
    .replaceAll(/&(?:nbsp|#160|#xa0);/gi, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
