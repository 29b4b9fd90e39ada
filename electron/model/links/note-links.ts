import type { Note } from '../notebook';
import { linkName } from '../text/titles';
import { readAddress } from './place-address';

/** Where a note's words lead to. */
export interface NoteLinks {
  noteId: string;
  /** The titles in `[[Title]]`, as `linkName` has them, each once. */
  names: readonly string[];
  /** The documents and notes of Lectern's own addresses, as `placeKey` has them, each once. */
  places: readonly string[];
}

/** A document, or a note of one, in one word. */
export const placeKey = (documentId: string, noteId?: string): string => (noteId === undefined ? documentId : `${documentId}/${noteId}`);

/** UTF-16 code units of a title that a link names at most. */
export const LONGEST_LINKED_TITLE = 300;

/** `[[Title]]`: what stands within is the first group. */
const TITLE_LINKS = new RegExp(`\\[\\[([^[\\]\\n]{1,${LONGEST_LINKED_TITLE}})\\]\\]`, 'g');

/** What stands in the brackets of `[[Title#Heading|words]]`; `words` are those that are shown. */
export function readTitleLink(written: string): { target: string; heading?: string; words: string } {
  // In a table the bar has a backslash.
  const [place = '', ...rest] = written.split(/\\?\|/);
  const [target = '', ...headings] = place.split('#').map((part) => part.trim());
  // The mark of a block says nothing to a reader.
  const shown = rest.join('|').trim() || [target, ...headings.filter((heading) => !heading.startsWith('^'))].filter(Boolean).join(' > ');
  return { target, ...(headings.length > 0 && { heading: headings.at(-1) }), words: shown || written.trim() };
}

/** The path of a file, without its ending, that a link names: `[[Folder/Title]]`; `undefined` where it names no folder. */
export function pathIn(written: string): string | undefined {
  const path = readTitleLink(written).target.replace(/^\/+|\.(?:md|markdown)$/gi, '');
  return path.includes('/') ? path : undefined;
}

/** What a link may name, the likeliest first: a title can have the signs of a heading and of other words in it. */
export function namesIn(written: string): string[] {
  const { target } = readTitleLink(written);
  const [beforeBar = ''] = written.split(/\\?\|/);
  return [...new Set([written, beforeBar, target, target.split('/').at(-1) ?? ''].map(linkName))].filter((name) => name !== '');
}

/** Lectern's own addresses among other words. What they hold never has the characters that end one here. */
const ADDRESSES = /(?:lectern:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?\/#)document\/[^\s<>()"'[\]]{1,4000}/gi;

/**
 * Where the Markdown of a note leads to; `undefined` for most notes, which lead nowhere. What stands in code is told too, though it is not drawn as
 * a link: to tell it apart takes all of Markdown, and hardly any of it names a document.
 */
export function linksOf({ id, body }: Pick<Note, 'id' | 'body'>): NoteLinks | undefined {
  if (!body.includes('[[') && !/\bdocument\//i.test(body)) return undefined;
  const names = new Set<string>();
  for (const [, written = ''] of body.matchAll(TITLE_LINKS)) for (const name of namesIn(written)) names.add(name);
  const places = new Set<string>();
  for (const [address] of body.matchAll(ADDRESSES)) {
    const place = readAddress(address.replace(/[.,;:!?*_~]+$/, ''));
    if ('documentId' in place) places.add(placeKey(place.documentId, place.noteId));
  }
  return names.size + places.size > 0 ? { noteId: id, names: [...names], places: [...places] } : undefined;
}

/** The name that a note on the whole document goes by, for links: its first line, where that is a heading. */
export function nameOfPageNote({ anchor, body }: Pick<Note, 'anchor' | 'body'>): string | undefined {
  if (anchor) return undefined;
  const [, heading] = /^\s{0,3}#{1,6}[ \t]+([^\n]{1,300})/.exec(body) ?? [];
  const name = linkName((heading ?? '').replace(/[ \t]+#*[ \t]*$/, ''));
  return name === '' ? undefined : name;
}
