import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import PostalMime, { type Email } from 'postal-mime';
import { type DocumentSection, escapeHtml, guessLanguage } from '#model';
import { decodeBytes } from '../decode/decode';
import { drawPage } from '../html/draw-page';
import { readPageFacts } from '../html/page-facts';
import { parseHtml, TooManyElements } from '../html/tree';
import { restoreWordStructure } from '../html/word';
import { goOn } from '../join-sections';
import { plainTextSections } from '../plain/plain-text';
import { type MailParts, readAttachments } from './attachments';
import { headerLines } from './header-lines';
import { unfoldLayout } from './layout';
import { foldQuotes, hasOwnLines } from './quotes';

type Sections = Iterable<DocumentSection | undefined>;

/** Parts within one another, bytes of all headers, mails within mails: more are made to do harm. */
const LIMITS = { maxNestingDepth: 64, maxHeadersSize: 2 * 1024 * 1024, maxRfc822NestingDepth: 4 };

/** One of these is at the top of each mail. */
const FIELDS: ReadonlySet<string> = new Set(['from', 'to', 'date', 'subject', 'message-id', 'received', 'content-type', 'mime-version']);

/** A mail, read and not yet drawn. */
export interface Message {
  email: Email;
  parts: MailParts;
  /** That in which it was decoded, where it does not say that itself. */
  encoding: string | undefined;
}

/** Reads a mail; `undefined` for what is none. */
export async function readMessage(bytes: Uint8Array, chosen: string | undefined): Promise<Message | undefined> {
  const { content, encoding } = decodeMail(bytes, chosen);
  const email = await PostalMime.parse(content, LIMITS).catch(() => undefined);
  if (!email?.headers.some(({ key }) => FIELDS.has(key))) return undefined;
  return { email, parts: readAttachments(email), encoding };
}

/** What a mail holds that was not decoded as it is. */
export const isMisread = ({ email: { html = '', text = '' } }: Message): boolean => /�/.test(html || text);

/** Whether a mail has neither words nor pictures below its header. */
export const saysNothing = ({ email: { html = '', text = '' }, parts: { shown } }: Message): boolean =>
  shown.length === 0 && !/<img\b/i.test(html) && html.replace(/<[^<>]*>|&nbsp;/gi, '').trim() === '' && text.trim() === '';

/** The language of a mail, by the beginning of what it says. */
export const languageOf = ({ email: { html = '', text = '' } }: Message): string | undefined =>
  guessLanguage((text || html.replace(/<[^<>]*>/g, ' ')).slice(0, SAMPLE));

/** UTF-16 code units by which the language is known. */
const SAMPLE = 5_000;

/** What a mail shows, in the order in which it does: who wrote it, what it says, pictures that came along. `heading` stands above. */
export function drawMessage({ email, parts: { pictures, shown } }: Message, heading = ''): Generator<DocumentSection | undefined> {
  const { html = '', text = '' } = email;
  return joined([
    drawHtml(`${heading === '' ? '' : `<h2>${escapeHtml(heading)}</h2>`}${headerLines(email)}`),
    drawBody(html, text, pictures),
    drawHtml(shown.map(figureOf).join(''), pictures),
  ]);
}

/** A field that says what a part is, over all of its lines. */
const CONTENT_TYPE = /^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
const CHARSET = /(;\s*charset\s*=\s*)(?:"[^"\r\n]*"|[^\s;]+)/i;

/** A mail that does not say how its letters are encoded is decoded as a plain text is; others say it of their parts, unless the reader knows better. */
function decodeMail(bytes: Uint8Array, chosen: string | undefined): { content: Uint8Array | string; encoding?: string } {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const says = raw.match(CONTENT_TYPE)?.some((field) => CHARSET.test(field)) === true;
  if (says && chosen !== undefined) {
    const said = raw.replace(CONTENT_TYPE, (field) => field.replace(CHARSET, `$1${chosen}`));
    return { content: Buffer.from(said, 'latin1'), encoding: chosen };
  }
  if (says || isAscii(bytes) || isUtf8(bytes)) return { content: bytes };
  const { text, encoding } = decodeBytes(bytes, chosen, 'text');
  return { content: text, encoding };
}

/** The richest form in which a mail says what it says. */
function drawBody(html: string, text: string, pictures: MailParts['pictures']): Sections {
  if (html.trim() === '') return text.trim() === '' ? [] : plainTextSections(text.trimEnd(), { start: 0, end: 0 }, hasOwnLines(text));
  try {
    return drawHtml(html, pictures);
  } catch (error) {
    if (!(error instanceof TooManyElements)) throw error;
    return plainTextSections(html, { start: 0, end: 0 });
  }
}

function drawHtml(html: string, pictures: MailParts['pictures'] = new Map()): Sections {
  if (html === '') return [];
  const parser = parseHtml(`<!doctype html>${html}`);
  const { body } = readPageFacts(parser.page);
  if (!body) return [];
  unfoldLayout(body);
  restoreWordStructure(body);
  foldQuotes(body);
  return drawPage(parser, body, { directed: false, pictureAt: (address) => pictures.get(address) });
}

const figureOf = ({ name, address }: MailParts['shown'][number]): string =>
  `<figure><img src="${escapeHtml(address)}" alt="${escapeHtml(name)}"><figcaption>${escapeHtml(name)}</figcaption></figure>`;

/** The parts of a mail as one text. */
function* joined(parts: readonly Sections[]): Generator<DocumentSection | undefined> {
  let drawn = 0;
  for (const [index, part] of parts.entries()) {
    for (const section of goOn(drawn, part)) {
      drawn += section?.text.length ?? 0;
      yield section && { ...section, progress: (index + section.progress) / parts.length };
    }
  }
}
