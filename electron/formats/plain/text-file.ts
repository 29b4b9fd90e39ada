import { largestDocument, revisions } from '#formats/list';
import { type DocumentPart, guessLanguage } from '#model';
import { readText } from '../decode/read-text';
import type { DocumentBytes, Format } from '../format';
import { readHeader } from '../header';
import { mail } from '../mail/mail';
import { isMailbox, LONGEST_LINE } from '../mail/mailbox';
import { toParts } from '../parts';
import { plainTextSections } from './plain-text';

/** Plain text: reflowed, not rewritten. Its text is the file's, all of it; but for a mailbox, as the archives of mailing lists are given, which is read as one. */
export const textFile: Format = {
  id: 'text',
  async *read(source, context) {
    if (await holdsMails(source)) {
      for await (const part of mail.read(source, context)) yield asText(part);
      return;
    }
    const { text, encoding, notices } = await readText(source, context, 'text');
    const { header, metadata } = readHeader(text, 'text');
    const language = metadata.language ?? guessLanguage(text.slice(header.end, header.end + SAMPLE));
    yield* toParts(
      { part: 'head', revision: revisions.text, language, encoding, metadata, notices },
      plainTextSections(text, header),
      context.signal,
    );
  },
};

/** UTF-16 code units of the beginning of a text, by which its language is known. */
const SAMPLE = 5_000;

/** Whether a text is a mailbox of more than one message: one alone is shown as it is written. */
async function holdsMails(source: DocumentBytes): Promise<boolean> {
  if (source.size > largestDocument('mail') || !isMailbox(await source.read(0, Math.min(source.size, LONGEST_LINE)))) return false;
  return isMailbox(await source.read(0, source.size), 2);
}

const asText = (part: DocumentPart): DocumentPart => (part.part === 'head' ? { ...part, revision: revisions.text } : part);
