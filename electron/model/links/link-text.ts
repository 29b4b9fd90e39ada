import { escapeHtml } from '../text/escape-html';
import { quoteForAddress } from './place-address';

/** What a link says of where it leads. */
export interface LinkText {
  /** Of the document. */
  title: string;
  /** Of the passage or note, where it leads to one. */
  quote?: string | undefined;
}

/** `Title, “the beginning of the quote…”`, in one line. */
export function linkText({ title, quote = '' }: LinkText): string {
  const name = title.replace(/\s+/g, ' ').trim();
  const begins = quoteForAddress(quote);
  const isWhole = begins === quote.replace(/\s+/g, ' ').trim();
  return begins === '' ? name : `${name}, “${begins}${isWhole ? '' : '…'}”`;
}

/** A link in Markdown, in which nothing of its text is taken for a mark. */
export const linkAsMarkdown = (text: LinkText, address: string): string =>
  `[${linkText(text).replace(/[\\`*_[\]<>~$&]/g, '\\$&')}](${address})`;

/** A link in HTML. */
export const linkAsHtml = (text: LinkText, address: string): string => `<a href="${escapeHtml(address)}">${escapeHtml(linkText(text))}</a>`;
