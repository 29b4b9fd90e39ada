import { type DocumentFormat, describeTooLarge } from '#formats/list';

export type UnreadableCode = 'document-empty' | 'document-binary' | 'document-too-large' | 'document-unreadable' | 'document-locked';

/** Why a file is no document that can be read. Its message is a sentence for the reader. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
  readonly code: UnreadableCode;

  constructor(code: UnreadableCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

export const unreadable = {
  empty: (name: string) => new UnreadableDocument('document-empty', `“${name}” is empty: there is nothing in it to read.`),
  binary: (name: string, kind: string) =>
    new UnreadableDocument(
      'document-binary',
      `“${name}” holds no text but looks like ${kind}. Open it with the program that it was made with.`,
    ),
  book: (name: string, why: string) => new UnreadableDocument('document-binary', `“${name}” cannot be read as a book: ${why}`),
  locked: (name: string) =>
    new UnreadableDocument(
      'document-locked',
      `“${name}” is protected by a password. Open it and enter that to read it; search finds only what you note on it.`,
    ),
  wrongPassword: (name: string) =>
    new UnreadableDocument(
      'document-locked',
      `“${name}” does not open with this password. Look whether capitals are right, and enter it again.`,
    ),
  damaged: (name: string, kind: string) =>
    new UnreadableDocument(
      'document-unreadable',
      `“${name}” is damaged, or no ${kind}: its pages cannot be found in it. Get the file once more from where it came from.`,
    ),
  noMail: (name: string) =>
    new UnreadableDocument(
      'document-unreadable',
      `“${name}” is no mail that can be read: it does not begin with who wrote it, to whom and when. Save it once more in the mail program.`,
    ),
  tooLarge: (name: string, format: DocumentFormat, size: number) =>
    new UnreadableDocument('document-too-large', describeTooLarge(name, format, size)),
};
