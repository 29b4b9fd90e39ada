import { isLong } from '../html/frames';
import { attributeOf, descendantsOf, type HtmlElement, measure, textOf } from '../html/tree';

/** What mail programs call the mail that an answer quotes. */
const QUOTE = /(?:^|\s)(?:gmail_quote|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-email-quote)(?:\s|$)/;

/**
 * Folds what a mail quotes of the one that it answers, where it has words of its own. A quote that is too long to be drawn in one piece
 * stays open.
 */
export function foldQuotes(body: HtmlElement): void {
  const quotes: HtmlElement[] = [];
  let own = 0;
  for (const node of descendantsOf(body, (element) => !isQuote(element))) {
    if (node.type === 'text') own += node.value.trim().length;
    else if (isQuote(node)) quotes.push(node);
  }
  if (own === 0) return;
  for (const quote of quotes) {
    measure(quote);
    if (!isLong(quote) && textOf(quote).trim() !== '') Object.assign(quote, { name: 'lectern-quoted' });
  }
}

/** Whether a plain text says more than what it quotes: lines that begin with `>`. */
export const hasOwnLines = (text: string): boolean => /^[^\S\r\n]*[^>\s]/m.test(text);

const isQuote = (element: HtmlElement): boolean =>
  element.namespace === 'html' &&
  ((element.name === 'blockquote' && attributeOf(element, 'type')?.toLowerCase() === 'cite') ||
    QUOTE.test(attributeOf(element, 'class') ?? ''));
