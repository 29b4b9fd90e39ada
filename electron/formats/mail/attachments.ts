import type { Attachment, Email } from 'postal-mime';
import { allowedEmbeddedImages } from '#model';

/** What came along with a mail. */
export interface MailParts {
  /** Pictures as `data:` addresses: those that its HTML shows by `cid:`, and those that are shown below it, by the addresses in `shown`. */
  pictures: ReadonlyMap<string, string>;
  /** Pictures that the HTML does not show itself. */
  shown: readonly { name: string; address: string }[];
  /** What is not shown; sizes in bytes. */
  others: readonly { name: string; size: number }[];
}

/** Signatures of a mail are no files to anybody. */
const SIGNATURES: ReadonlySet<string> = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
]);

export function readAttachments({ attachments, html = '' }: Email): MailParts {
  const pictures = new Map<string, string>();
  const written = addressesIn(html);
  const shown: { name: string; address: string }[] = [];
  const others: { name: string; size: number }[] = [];
  for (const [index, attachment] of attachments.entries()) {
    const bytes = bytesOf(attachment);
    const isPicture = attachment.mimeType.startsWith('image/');
    const name = attachment.filename ?? (isPicture ? 'Picture' : `part ${index + 1} (${attachment.mimeType})`);
    if (SIGNATURES.has(attachment.mimeType)) continue;
    if (!allowedEmbeddedImages.has(attachment.mimeType)) {
      others.push({ name, size: bytes.length });
      continue;
    }
    const id = attachment.contentId?.replace(/^<|>$/g, '');
    const used = id === undefined ? [] : (written.get(id) ?? []);
    const addresses = used.length > 0 ? used : [`attached:${index}`];
    for (const address of addresses) pictures.set(address, `data:${attachment.mimeType};base64,${bytes.toString('base64')}`);
    if (used.length === 0) shown.push(...addresses.map((address) => ({ name, address })));
  }
  return { pictures, shown, others };
}

/** The address of a picture, as far as it is `cid:` and a name. */
const PICTURE = /\bsrc\s*=\s*["']?\s*(cid:([^\s"'<>()]{1,500}))/gi;

/** What HTML shows by `cid:`, by the names of the parts: each with the addresses that the HTML writes (RFC 2392: a name may have escapes in it). */
function addressesIn(html: string): Map<string, string[]> {
  const addresses = new Map<string, string[]>();
  const add = (name: string, address: string): void => {
    const known = addresses.get(name);
    if (known) known.push(address);
    else addresses.set(name, [address]);
  };
  for (const match of html.matchAll(PICTURE)) {
    const [address = '', name = ''] = match.slice(1).map((part) => part.replaceAll('&amp;', '&'));
    for (const each of new Set([name, unescaped(name)])) add(each, address);
  }
  return addresses;
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const bytesOf = ({ content }: Attachment): Buffer =>
  typeof content === 'string'
    ? Buffer.from(content)
    : content instanceof ArrayBuffer
      ? Buffer.from(content)
      : Buffer.from(content.buffer, content.byteOffset, content.byteLength);

/** How many files are told by their names. */
const NAMED = 8;

const list = new Intl.ListFormat('en');

/** A sentence for the reader on what is not shown of one or more mails; none where all is. */
export function describeOthers(others: MailParts['others'], mails = 'this mail'): string[] {
  if (others.length === 0) return [];
  const named = others.slice(0, NAMED).map(({ name, size }) => `“${name}” (${describeSize(size)})`);
  const names = list.format(others.length > NAMED ? [...named, `${others.length - NAMED} more`] : named);
  const what = others.length === 1 ? 'a file that is' : `${others.length} files that are`;
  return [`With ${mails} came ${what} not shown here: ${names}. A mail program can save ${others.length === 1 ? 'it' : 'them'}.`];
}

const describeSize = (bytes: number): string =>
  bytes < 1_024
    ? `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
    : bytes < 1_048_576
      ? `${Math.round(bytes / 1_024)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;
