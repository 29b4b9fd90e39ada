import hljs from 'highlight.js/lib/common';
import type { CodeLook } from '#model';

/** UTF-16 code units; longer code is read for its data, and its colours would cost more than they tell. */
const LONGEST = 20_000;

/** What highlight.js calls a part of code, as it looks. */
const LOOKS: Readonly<Record<string, CodeLook>> = {
  keyword: 'keyword',
  literal: 'keyword',
  'template-tag': 'keyword',
  'selector-tag': 'keyword',
  name: 'keyword',
  built_in: 'name',
  title: 'name',
  section: 'name',
  type: 'type',
  'selector-class': 'type',
  'selector-id': 'type',
  attr: 'type',
  attribute: 'type',
  variable: 'type',
  property: 'type',
  'template-variable': 'type',
  string: 'string',
  regexp: 'string',
  char: 'string',
  link: 'string',
  addition: 'string',
  symbol: 'number',
  bullet: 'number',
  number: 'number',
  deletion: 'keyword',
  comment: 'comment',
  quote: 'comment',
  doctag: 'comment',
  meta: 'comment',
};

/** Code as HTML whose parts are elements of our own that say how they look; `undefined` for a language that is not known, and for long code. */
export function colourCode(code: string, language: string): string | undefined {
  if (code.length > LONGEST || !hljs.getLanguage(language)) return undefined;
  return hljs
    .highlight(code, { language, ignoreIllegals: true })
    .value.replace(
      /<span class="(?:hljs-([\w-]+))?[^"]*">/g,
      (_, name: string | undefined) => `<lectern-code kind="${LOOKS[name ?? ''] ?? ''}">`,
    )
    .replaceAll('</span>', '</lectern-code>');
}
