import { largestDocument, revisions, titleFromName } from '#formats/list';
import type { DocumentHead, DocumentPart, DocumentSection } from '#model';
import { readDate } from '../dates';
import { decodeBytes } from '../decode/decode';
import type { Format } from '../format';
import { tidyMetadata } from '../header';
import { goOn } from '../join-sections';
import { toParts } from '../parts';
import { plainTextSections } from '../plain/plain-text';
import { unreadable } from '../unreadable';
import { describeOthers } from './attachments';
import { fieldOf, senderOf } from './header-lines';
import { messagesOf, withoutMarks } from './mailbox';
import { drawMessage, isMisread, languageOf, type Message, readMessage, saysNothing } from './message';

/** A mail by itself (RFC 5322, MIME): who wrote it to whom and when, what it says, and its pictures; or a mailbox (mbox) of such, each below its subject. */
export const mail: Format = {
  id: 'mail',
  async *read(source, { encoding: chosen, signal }) {
    if (source.size === 0) throw unreadable.empty(source.fileName);
    if (source.size > largestDocument('mail')) throw unreadable.tooLarge(source.fileName, 'mail', source.size);
    const bytes = await source.read(0, source.size);
    const messages = messagesOf(bytes);
    const [only = bytes, ...more] = messages ?? [];
    const first = await readMessage(messages ? withoutMarks(only) : only, chosen);
    signal.throwIfAborted();
    if (more.length > 0) {
      yield* readMailbox([only, ...more], { fileName: source.fileName, chosen, first, signal });
      return;
    }
    if (!first) throw unreadable.noMail(source.fileName);
    const { email } = first;
    yield* toParts(
      {
        ...headOf(first, chosen),
        metadata: tidyMetadata({ title: email.subject, author: senderOf(email), date: readDate(fieldOf(email, 'date')) }),
        notices: [
          ...(saysNothing(first) ? [NO_WORDS] : []),
          ...describeOthers(first.parts.others),
          ...(isMisread(first) ? [UNDECODED] : []),
        ],
      },
      drawMessage(first),
      signal,
    );
  },
};

const headOf = (first: Message | undefined, chosen: string | undefined): Omit<DocumentHead, 'metadata' | 'notices'> => {
  const encoding = first?.encoding ?? chosen;
  return { part: 'head', revision: revisions.mail, language: first && languageOf(first), ...(encoding !== undefined && { encoding }) };
};

const NO_WORDS = 'This mail has no words of its own: there is no more in it to read than what is shown here.';

const UNDECODED =
  'Some characters of this mail are not valid in the encoding that it states, and are shown as �. Another may fit better: choose it under “Details of the document”.';

/** Messages of a mailbox that are shown: there are more only where each says next to nothing. */
const MOST_MESSAGES = 50_000;

interface Reading {
  fileName: string;
  chosen: string | undefined;
  /** The first message, which tells the language. */
  first: Message | undefined;
  signal: AbortSignal;
}

/** The messages of a mailbox as one text, each read when it is drawn. */
function readMailbox(messages: readonly Uint8Array[], { fileName, chosen, first, signal }: Reading): AsyncIterable<DocumentPart> {
  const notices: string[] = [];
  const head: DocumentHead = { ...headOf(first, chosen), metadata: tidyMetadata({ title: titleFromName(fileName) }), notices: [] };
  return toParts(head, drawMailbox(messages.slice(0, MOST_MESSAGES), { chosen, first, all: messages.length, notices }), signal, notices);
}

interface Drawing {
  chosen: string | undefined;
  /** The first message, which was read already. */
  first: Message | undefined;
  /** How many messages there are. */
  all: number;
  /** Filled as the messages come. */
  notices: string[];
}

async function* drawMailbox(
  messages: readonly Uint8Array[],
  { chosen, first, all, notices }: Drawing,
): AsyncGenerator<DocumentSection | undefined> {
  const others: { name: string; size: number }[] = [];
  let drawn = 0;
  let damaged = 0;
  let misread = 0;
  for (const [index, bytes] of messages.entries()) {
    const message = index === 0 ? first : await readMessage(withoutMarks(bytes), chosen);
    if (message) {
      others.push(...message.parts.others);
      if (isMisread(message)) misread += 1;
    } else damaged += 1;
    const sections = message
      ? drawMessage(message, message.email.subject?.trim() || 'No subject')
      : plainTextSections(decodeBytes(bytes, chosen, 'text').text.trimEnd(), { start: 0, end: 0 });
    for (const section of goOn(drawn, sections)) {
      drawn += section?.text.length ?? 0;
      yield section && { ...section, progress: (index + section.progress) / messages.length };
    }
  }
  if (all > messages.length)
    notices.push(`This mailbox has ${all.toLocaleString('en')} messages; the first ${messages.length.toLocaleString('en')} are shown.`);
  if (damaged > 0)
    notices.push(
      `${count(damaged, 'message')} of this mailbox cannot be read as mail, and ${damaged === 1 ? 'is' : 'are'} shown as written.`,
    );
  if (misread > 0)
    notices.push(`Some characters of ${count(misread, 'message')} are not valid in the encoding that is stated, and are shown as �.`);
  notices.push(...describeOthers(others, 'these mails'));
}

const count = (number: number, what: string): string => `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
