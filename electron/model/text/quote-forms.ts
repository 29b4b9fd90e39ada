import { type Locator, writeLocator } from '../document/locator';
import { escapeHtml } from './escape-html';
import { blockquote } from './quotes';

/** What a quote is taken from, and where it is in that. `date` as the document has it, `address` one that leads back to the passage. */
export interface QuoteSource {
  title: string;
  author?: string | undefined;
  date?: string | undefined;
  locator?: Locator | undefined;
  address?: string | undefined;
}

/** The same for programs that take text, HTML or Markdown. */
export interface QuoteForms {
  text: string;
  html: string;
  markdown: string;
}

/** A quote (paragraphs parted by blank lines) with what it is taken from, whose title leads there; in text the address stands below it. */
export function quoteForms(quote: string, { title, author, date, locator, address }: QuoteSource): QuoteForms {
  const after = [date, writeLocator(locator, title)].filter((part) => part !== undefined);
  const others = { before: author === undefined ? '' : `${author}, `, after: after.map((part) => `, ${part}`).join('') };
  const paragraphs = quote.split(/\n{2,}/).map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`);
  const cite = `<cite>${escapeHtml(title)}</cite>`;
  const emphasised = `*${escapeMarkdown(title)}*`;
  return {
    text: `${quote}\n\n— ${others.before}${title}${others.after}${address === undefined ? '' : `\n${address}`}`,
    html:
      `<blockquote dir="auto">${paragraphs.join('')}</blockquote>` +
      `<p dir="auto">— ${escapeHtml(others.before)}${address === undefined ? cite : `<a href="${escapeHtml(address)}">${cite}</a>`}${escapeHtml(others.after)}</p>`,
    markdown: `${blockquote(quote)}\n>\n> — ${escapeMarkdown(others.before)}${address === undefined ? emphasised : `[${emphasised}](${address})`}${escapeMarkdown(others.after)}`,
  };
}

/** What would be more than text within a line. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>]/g, '\\$&');
