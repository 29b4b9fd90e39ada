import { foldText } from '../text/fold';
import { type Name, readNames } from './names';

/** A document as it is cited. */
export interface Cited {
  title: string;
  /** As the document or the reader writes it (`readNames`). */
  author?: string | undefined;
  /** ISO `YYYY-MM-DD`. */
  date?: string | undefined;
  /** BCP 47. */
  language?: string | undefined;
  /** Of a page that was saved from the web: what its site is called, and its address. */
  site?: string | undefined;
  address?: string | undefined;
  tags?: readonly string[] | undefined;
  kind: CitedKind;
}

export type CitedKind = 'webpage' | 'document';

/** Words that say nothing of a title. */
const EMPTY = new Set(['a', 'an', 'the', 'on', 'of', 'in', 'to', 'der', 'die', 'das', 'le', 'la', 'les', 'el', 'un', 'une']);

/**
 * A name for a document by which citations refer to it: family name, year and the first word of the title, in ASCII (`doe2021harbour`).
 * Another one than those that are `taken`, which it joins.
 */
export function citationKey({ title, author, date }: Cited, taken: Set<string>): string {
  const [first] = readNames(author ?? '');
  const word = ascii(title.split(/[^\p{L}\p{N}\p{M}]+/u).find((each) => ascii(each) !== '' && !EMPTY.has(each.toLowerCase())) ?? '');
  const base = [first && ascii(first.literal ?? first.family), date?.slice(0, 4), word].join('') || 'document';
  let key = base;
  for (let count = 2; taken.has(key); count += 1) key = `${base}-${count}`;
  taken.add(key);
  return key;
}

const ascii = (text: string): string => foldText(text).replace(/[^a-z0-9]/g, '');

/** “Doe, Jane”, or “Jane Doe” where the name does not stand first. */
export const writeName = (name: Name, isInverted: boolean): string => {
  if (name.literal !== undefined) return name.literal;
  const { family, given } = name;
  if (given === undefined) return family;
  return isInverted ? `${family}, ${given}` : `${given} ${family}`;
};
