import { Marked } from 'marked';
import { isTooDeep } from './markdown-body';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

/**
 * The beginning of an address that may be followed. Tested on what is written, before any entity is decoded: an
 * address that hides its protocol does not pass.
 */
const ADDRESS = /^(https?:\/\/|mailto:)/i;

/** `&amp;` is how Markdown writes an ampersand that might begin an entity. */
const linkTo = (address: string, content: string): string =>
  ADDRESS.test(address) ? `<a href="${escapeHtml(address.replaceAll('&amp;', '&'))}" rel="noreferrer noopener">${content}</a>` : content;

const markdown = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      return linkTo(href, this.parser.parseInline(tokens));
    },
    // Nothing is loaded, so a picture is its description, with its address where that can be followed.
    image({ href, text }) {
      return linkTo(href, escapeHtml(text || href));
    },
    // The page's own headings are the first level.
    heading({ tokens, depth }) {
      const level = Math.min(6, depth + 1);
      return `<h${level} dir="auto">${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
    code: ({ text }) => `<pre><code>${escapeHtml(text)}</code></pre>\n`,
  },
});

/** A note's body as HTML that is safe by construction: raw HTML shows as text, links go to the web or a mailbox, nothing loads. */
export function renderBody(body: string): string {
  if (isTooDeep(body)) return `<pre>${escapeHtml(body)}</pre>`;
  return markdown.parse(body, { async: false }).trim();
}
