import type { MarkedExtension } from 'marked';
import { escapeHtml } from '#model';
import { createMarkdown, parseNote } from './note-markdown';

/**
 * The beginning of an address that may be followed. Tested on what is written, before any entity is decoded: an
 * address that hides its protocol does not pass.
 */
const ADDRESS = /^(https?:\/\/|mailto:|lectern:\/\/document\/)/i;

/** `&amp;` is how Markdown writes an ampersand that might begin an entity. */
const linkTo = (address: string, content: string): string =>
  ADDRESS.test(address) ? `<a href="${escapeHtml(address.replaceAll('&amp;', '&'))}" rel="noreferrer noopener">${content}</a>` : content;

const harmless: MarkedExtension = {
  tokenizer: {
    // Marked would take what follows `<pre>`, `<code>`, `<kbd>`, `<script>` or `<a>` for their content, and let it through as it is.
    tag(source) {
      const [raw] = this.rules.inline.tag.exec(source) ?? [];
      return raw === undefined ? undefined : { type: 'html', raw, text: raw, block: false, inLink: false, inRawBlock: false };
    },
  },
  renderer: {
    html: ({ text }) => escapeHtml(text),
    // No text goes through as it is, whatever else a tokenizer should say of it.
    text(token) {
      if (token.type === 'text') token.escaped = false;
      return false;
    },
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
};

/**
 * A note's body as HTML that is safe by construction: raw HTML shows as text, links go to the web or a mailbox, nothing loads. A body that
 * no parser takes in good time shows as it is written.
 */
export const renderBody = (body: string): string =>
  parseNote(body, () => createMarkdown(harmless).parse(body, { async: false }).trim()) ?? `<pre>${escapeHtml(body)}</pre>`;
