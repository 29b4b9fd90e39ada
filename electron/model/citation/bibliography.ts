import { escapeHtml } from '../text/escape-html';
import { escapeMarkdown, type QuoteForms } from '../text/quote-forms';
import { type Cited, writeName } from './cited';
import { readNames } from './names';

/** Names that are all written out; of more, the first seven (Chicago Manual of Style, 17th edition, 14.76). */
const MOST_NAMES = 10;
const NAMES_OF_MANY = 7;

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A document as a bibliography has it: “Doe, Jane, and John Roe. *Title*. The Harbour Post, 3 December 2021. https://example.org/title.” */
export function bibliographyEntry({ title, author = '', date, site, address }: Omit<Cited, 'kind' | 'tags' | 'language'>): QuoteForms {
  const names = writeNames(author);
  const before = names === '' ? '' : `${ended(names)} `;
  const end = /[.?!…。？！]$/.test(title) ? '' : '.';
  const published = [site, date === undefined ? undefined : day.format(new Date(`${date}T00:00:00Z`))].filter((part) => part !== undefined);
  const after = published.length === 0 ? '' : ` ${ended(published.join(', '))}`;
  const [where, link] = address === undefined ? ['', ''] : [` ${address}.`, ` <${address}>.`];
  return {
    text: `${before}${title}${end}${after}${where}`,
    html: `<p dir="auto">${escapeHtml(before)}<cite>${escapeHtml(title)}</cite>${end}${escapeHtml(after + where)}</p>`,
    markdown: `${escapeMarkdown(before)}*${escapeMarkdown(title)}*${end}${escapeMarkdown(after)}${link}`,
  };
}

function writeNames(author: string): string {
  const names = readNames(author).map((name, index) => writeName(name, index === 0));
  if (names.length > MOST_NAMES) return `${names.slice(0, NAMES_OF_MANY).join(', ')}, et al.`;
  const [first, ...others] = names;
  const last = others.pop();
  return last === undefined ? (first ?? '') : [first, ...others, `and ${last}`].join(', ');
}

const ended = (text: string): string => (text.endsWith('.') ? text : `${text}.`);
