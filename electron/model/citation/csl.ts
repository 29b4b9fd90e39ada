import { type Cited, type CitedKind, citationKey } from './cited';
import { type Name, readNames } from './names';

/** An item of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html), as far as a document of the library fills it. */
export interface CslItem {
  id: string;
  type: CitedKind;
  title: string;
  author?: Name[];
  issued?: { 'date-parts': [number[]] };
  'container-title'?: string;
  URL?: string;
  language?: string;
  keyword?: string;
}

/** A document as an item of CSL-JSON. `taken`: ids of other items. */
export function cslItem(cited: Cited, taken: Set<string>): CslItem {
  const { title, date, language, site, address, tags = [], kind } = cited;
  const author = readNames(cited.author ?? '');
  return {
    id: citationKey(cited, taken),
    type: kind,
    title,
    ...(author.length > 0 && { author }),
    ...(date !== undefined && { issued: { 'date-parts': [date.split('-').map(Number)] } }),
    ...(site !== undefined && { 'container-title': site }),
    ...(address !== undefined && { URL: address }),
    ...(language !== undefined && { language }),
    ...(tags.length > 0 && { keyword: tags.join(', ') }),
  };
}
