import { type Locator, writeLocator } from '../document/locator';
import { escapeHtml } from './escape-html';
import { blockquote } from './quotes';

/** What a quote is taken from, and where it is in that. `date` as the document has it. */
export interface QuoteSource {
  title: string;
  author?: string | undefined;
  date?: string | undefined;
  locator?: Locator | undefined;
}

/** The same for programs that take text, HTML or Markdown. */
export interface QuoteForms {
  text: string;
  html: string;
  markdown: string;
}

/** A quote (paragraphs parted by blank lines) with what it is taken from. */
export function quoteForms(quote: string, { title, author, date, locator }: QuoteSource): QuoteForms {
  const after = [date, writeLocator(locator, title)].filter((part) => part !== undefined);
  const others = { before: author === undefined ? '' : `${author}, `, after: after.map((part) => `, ${part}`).join('') };
  const paragraphs = quote.split(/\n{2,}/).map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`);
  return {
    text: `${quote}\n\n— ${others.before}${title}${others.after}`,
    html:
      `<blockquote dir="auto">${paragraphs.join('')}</blockquote>` +
      `<p dir="auto">— ${escapeHtml(others.before)}<cite>${escapeHtml(title)}</cite>${escapeHtml(others.after)}</p>`,
    markdown: `${blockquote(quote)}\n>\n> — ${escapeMarkdown(others.before)}*${escapeMarkdown(title)}*${escapeMarkdown(others.after)}`,
  };
}

/** What would be more than text within a line. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>]/g, '\\$&');
