import { isDocumentId, noteSchema, sha256Schema } from '../notebook';

/** A passage that no note is on: where it is in the text of a hash (UTF-16 code units), and how it begins, by which it is found in another text. */
export interface AddressedPassage {
  start: number;
  end: number;
  textHash: string;
  quote: string;
}

/** What a link of Lectern's own leads to: a document, one of its notes, or a passage of it. */
export interface PlaceAddress {
  documentId: string;
  noteId?: string;
  passage?: AddressedPassage;
}

/** Why an address leads to no place, as a sentence for the reader. */
export interface BadAddress {
  problem: string;
}

/** What stands before a place in an address that the system hands to the application. */
export const SYSTEM_LINK = 'lectern://';

/** UTF-16 code units of the quote in an address; a longer one is cut at a word. */
const LONGEST_QUOTE = 80;
/** UTF-16 code units of the longest address that is read. */
const LONGEST_ADDRESS = 4_000;

/** The address begins as one of the system's, or as one of a page of the browser host on this machine, at whichever port. */
const OURS = /^(?:lectern:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?\/#(?=document\b))/i;

/** The beginning of a quote for an address: a few words, in one line, that can be encoded. */
export function quoteForAddress(quote: string): string {
  const line = quote
    .slice(0, LONGEST_QUOTE * 4)
    .replace(/\s+/g, ' ')
    .trim();
  const space = line.lastIndexOf(' ', LONGEST_QUOTE);
  return (line.length <= LONGEST_QUOTE ? line : line.slice(0, space > 0 ? space : LONGEST_QUOTE)).toWellFormed();
}

/** A place as the part of an address that follows `lectern://`, or the `#` of a page's address. Without brackets and quotes: it may stand in Markdown. */
export function writePlace({ documentId, noteId, passage }: PlaceAddress): string {
  const parameters: string[] = [];
  if (noteId !== undefined) parameters.push(`note=${noteId}`);
  if (passage) parameters.push(`at=${passage.start}-${passage.end}`, `text=${passage.textHash}`, `quote=${encode(passage.quote)}`);
  return `document/${documentId}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`;
}

/** The place that `writePlace` wrote. What it does not know among the parameters is passed over. */
export function readPlace(written: string): PlaceAddress | BadAddress {
  const [, documentId, query = ''] = /^document\/([^/?#]+)\/?(?:\?([^#]*))?$/i.exec(written.slice(0, LONGEST_ADDRESS + 1)) ?? [];
  if (documentId === undefined || written.length > LONGEST_ADDRESS || !isDocumentId(documentId)) return noPlace;
  const given = new Map(query.split('&').map((each) => splitAt(each, each.indexOf('='))));
  const noteId = given.get('note');
  const passage = given.has('at') ? readPassage(given) : undefined;
  if ((noteId !== undefined && !noteSchema.shape.id.safeParse(noteId).success) || passage === 'damaged') return damaged;
  return { documentId, ...(noteId !== undefined && { noteId }), ...(passage && { passage }) };
}

/** Whether an address is one of Lectern's own, though it may be a damaged one. */
export const isOwnAddress = (address: string): boolean => OURS.test(address);

/** Where one of Lectern's own addresses leads. */
export const readAddress = (address: string): PlaceAddress | BadAddress =>
  isOwnAddress(address) ? readPlace(address.replace(OURS, '')) : noPlace;

const noPlace: BadAddress = { problem: 'This address leads to no place in Lectern. Copy the link once more from where it stands.' };
const damaged: BadAddress = { problem: 'This link is damaged: it names a document, but no place in it. Copy it once more.' };

function readPassage(given: ReadonlyMap<string, string>): AddressedPassage | 'damaged' {
  const [, start, end] = /^(\d{1,12})-(\d{1,12})$/.exec(given.get('at') ?? '') ?? [];
  const textHash = sha256Schema.safeParse(given.get('text')).data;
  const quote = decode(given.get('quote') ?? '');
  if (start === undefined || end === undefined || Number(start) > Number(end) || textHash === undefined || !quote) return 'damaged';
  return { start: Number(start), end: Number(end), textHash, quote };
}

const splitAt = (text: string, at: number): [string, string] => (at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]);

/** `encodeURIComponent` leaves what would end a link in Markdown, or mean something in it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*~_]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
