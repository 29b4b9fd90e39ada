import type { NotesQuery } from '#api';
import { exactOf, foldText, isAscii, isBookmark, isTagWithin, type Note, type WholeNote } from '#model';
import type { Pause } from '../../pacing';

/** UTF-16 code units that are folded between two pauses. */
const SLICE = 20_000;

/** What folding leaves as one piece with what stands before it: marks, the second half of a pair, letters of Hangul. */
const BELONGS_TO_BEFORE = /[\p{M}\uDC00-\uDFFF\u1100-\u11FF]/u;

/** `foldText` of a text of any length, without keeping the thread to itself. */
async function foldInSlices(text: string, pause: Pause): Promise<string> {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + SLICE, text.length);
    while (end < text.length && BELONGS_TO_BEFORE.test(String.fromCodePoint(text.codePointAt(end) ?? 0))) end += 1;
    pieces.push(foldText(text.slice(start, end)));
    start = end;
    await pause();
  }
  return pieces.join('');
}

/** The words of notes as filters compare them. Those that take long to fold are kept as long as their notes. */
export type WordsOf = (note: WholeNote, pause: Pause) => string | Promise<string>;

export function createWordsOf(): WordsOf {
  const kept = new WeakMap<Note, string>();
  return (note, pause) => {
    const known = kept.get(note);
    if (known !== undefined) return known;
    const text = [exactOf(note) ?? '', note.body, ...note.tags].join('\n');
    if (text.length > SLICE)
      return foldInSlices(text, pause).then((folded) => {
        kept.set(note, folded);
        return folded;
      });
    const folded = foldText(text);
    if (!isAscii(text)) kept.set(note, folded);
    return folded;
  };
}

/** Whether a tag is the given one or lies under it; each name is looked at once. */
export function createTagTest(ancestor: string): (tags: readonly string[]) => boolean {
  const known = new Map<string, boolean>();
  const test = (name: string): boolean => {
    const answer = known.get(name) ?? isTagWithin(name, ancestor);
    known.set(name, answer);
    return answer;
  };
  return (tags) => tags.some(test);
}

/** Which notes a query finds. */
interface QueryFilter {
  /** It finds every note. */
  isOpen: boolean;
  /** It looks at titles. */
  hasWords: boolean;
  /** Whether a note is in the list before it is narrowed; of a document whose notes have these tags some may be, or not. */
  isWithin(note: Note): boolean;
  mayBeWithin(noteTags: readonly string[]): boolean;
  /** Whether it may find a note of a document whose notes have these tags. */
  mayFind(noteTags: readonly string[]): boolean;
  /** Whether a note that is within is found; `title` is that of its document, folded. */
  finds(note: WholeNote, title: string): boolean | Promise<boolean>;
}

export function createQueryFilter(
  { within, colour, bookmarks, tag, untagged, text, documentId, person, since, before }: NotesQuery,
  wordsOf: WordsOf,
  pause: Pause,
): QueryFilter {
  const words = wordsIn(text);
  const isUnder = within === undefined ? undefined : createTagTest(within);
  const hasTag = tag === undefined ? undefined : createTagTest(tag);
  const isDated = since !== undefined || before !== undefined;
  const isIn = (at: number) => at >= (since ?? at) && (before === undefined || at < before);
  const hasWords = (folded: string, title: string) => words.every((word) => folded.includes(word) || title.includes(word));
  return {
    isOpen:
      words.length === 0 &&
      [within, colour, bookmarks, tag, untagged, documentId, person, since, before].every((part) => part === undefined),
    hasWords: words.length > 0,
    isWithin: (note) => isUnder?.(note.tags) ?? true,
    mayBeWithin: (noteTags) => isUnder?.(noteTags) ?? true,
    mayFind: (noteTags) => hasTag?.(noteTags) ?? true,
    finds(note, title) {
      if (colour !== undefined && (note.colour !== colour || isBookmark(note))) return false;
      if (bookmarks && !isBookmark(note)) return false;
      if (hasTag?.(note.tags) === false || (untagged && note.tags.length > 0)) return false;
      if (person !== undefined && (note.creator?.name ?? '') !== person) return false;
      if (isDated && !isIn(Date.parse(note.modifiedAt))) return false;
      if (words.length === 0) return true;
      const folded = wordsOf(note, pause);
      return typeof folded === 'string' ? hasWords(folded, title) : folded.then((whole) => hasWords(whole, title));
    },
  };
}

const wordsIn = (text: string): string[] => [...new Set(foldText(text).split(/\s+/).filter(Boolean))];

/** Whether `before` finds every note that `after` finds, in whichever order: then only those need to be looked at. */
export function isNarrowed(before: NotesQuery, after: NotesQuery): boolean {
  const isKept = (part: 'colour' | 'bookmarks' | 'tag' | 'untagged' | 'documentId' | 'person' | 'since' | 'before') =>
    before[part] === undefined || before[part] === after[part];
  const words = wordsIn(after.text);
  return (
    before.within === after.within &&
    isKept('colour') &&
    isKept('bookmarks') &&
    isKept('tag') &&
    isKept('untagged') &&
    isKept('documentId') &&
    isKept('person') &&
    isKept('since') &&
    isKept('before') &&
    wordsIn(before.text).every((word) => words.some((each) => each.includes(word)))
  );
}
