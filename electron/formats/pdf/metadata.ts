import type { DocumentMetadata } from '#model';
import { readDate } from '../dates';
import { tidyMetadata } from '../header';

/** What programs write where the title should be: names of files and of themselves, that there is none, and where a paper lies. */
const NO_TITLE =
  /^(?:untitled.*|(?:new |neues )?(?:document|dokument)\s*\d*|presentation\d*|slide \d+|(?:microsoft (?:word|powerpoint|excel)|powerpoint|word) ?[-–].*|.*\.(?:docx?|dvi|tex|pptx?|xlsx?|odt|rtf|txt|pdf|e?ps|indd|qxd|p65|fm|html?)|about:blank|.*\bhttps?:.*|(?:arxiv|doi):.*|.*\bproceedings template.*|template for .*|[^\s_]*_\S*|[!-~]{1,2}|[\d\s._-]*|\(null\)|none|title)$/i;
/** And where its author should be. */
const NO_AUTHOR =
  /^(?:(?:(?:windows|microsoft office|default|office) )?user|admin(?:istrator)?|system|unknown(?: author)?|author|owner|anonymous|root|your name|n\/a|\(null\)|null|undefined|none|[\d\s._-]*)$/i;
/**
 * What a program wrote of a thing in its memory in place of words, as Perl, JavaScript, Python and Java do, and where a file lay on the machine
 * of whoever made it.
 */
const NO_WORDS =
  /^(?:[A-Za-z][\w:]*(?:=[A-Z]+)?\(0x[\da-f]+\)|\[object \w+\]|<.* at 0x[\da-f]+>|\[?[\w$]+(?:\.[\w$]+)+;?@[\da-f]{5,8}|(?:[A-Za-z]:|\\)\\.+|[A-Za-z]:\/.+|(?:\/[^\s/]+){2,}\/?|file:.+)$/;

/** Elements of the page that a publisher took a title from. */
const MARKUP = /<([a-z]+)\b[^<>]*>([^<>]*)<\/\1>/gi;

/** What a PDF says of itself (ISO 32000-2, 14.3.3), as far as it means something. */
export function readPdfMetadata(info: Readonly<Record<string, unknown>>): DocumentMetadata {
  const field = (name: string): string | undefined => {
    const value = info[name];
    return typeof value === 'string' ? value.trim() : undefined;
  };
  const unless = (lie: RegExp, value: string | undefined): string | undefined =>
    value !== undefined && (lie.test(value) || NO_WORDS.test(value)) ? undefined : value;
  return tidyMetadata({
    title: unless(NO_TITLE, field('Title')?.replace(MARKUP, '$2')),
    author: unless(NO_AUTHOR, field('Author')),
    date: readDate(field('CreationDate')?.replace(/^D:/, '').slice(0, 8)),
    language: field('Language'),
  });
}
