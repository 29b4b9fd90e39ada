import type { DocumentMetadata } from '#model';
import { readDate } from '../dates';
import { tidyMetadata } from '../header';

/** What programs write where the title should be: names of files and of themselves, and that there is none. */
const NO_TITLE =
  /^(?:untitled.*|(?:new |neues )?(?:document|dokument)\s*\d*|presentation\d*|slide \d+|(?:microsoft (?:word|powerpoint|excel)|powerpoint|word) ?[-–].*|.*\.(?:docx?|dvi|tex|pptx?|xlsx?|odt|rtf|txt|pdf|ps|indd|qxd|p65|fm|html?)|about:blank|https?:.*|[\d\s._-]*|\(null\)|none|title)$/i;
/** And where its author should be. */
const NO_AUTHOR = /^(?:user|admin(?:istrator)?|unknown|author|owner|anonymous|root|\(null\)|none|[\s._-]*)$/i;

/** What a PDF says of itself (ISO 32000-2, 14.3.3), as far as it means something. */
export function readPdfMetadata(info: Readonly<Record<string, unknown>>): DocumentMetadata {
  const field = (name: string): string | undefined => {
    const value = info[name];
    return typeof value === 'string' ? value.trim() : undefined;
  };
  const unless = (lie: RegExp, value: string | undefined): string | undefined =>
    value !== undefined && lie.test(value) ? undefined : value;
  return tidyMetadata({
    title: unless(NO_TITLE, field('Title')),
    author: unless(NO_AUTHOR, field('Author')),
    date: readDate(field('CreationDate')?.replace(/^D:/, '').slice(0, 8)),
    language: field('Language'),
  });
}
