import { foldText, normalizeTagName, tagKey, tidyTagNames } from '#model';
import type { TagNode } from './selectors';

const SHOWN = 8;

/**
 * Known tags that a reader may mean by what they typed, best first: tags that begin with it, then those with a level that
 * does, then those that hold it anywhere; the more used first. `taken` are left out.
 */
export function suggestTags(known: readonly TagNode[], typed: string, taken: readonly string[]): TagNode[] {
  const wanted = foldText(normalizeTagName(typed)) + (/\/\s*$/.test(typed) && normalizeTagName(typed) !== '' ? '/' : '');
  const out = new Set(taken.map(tagKey));
  return known
    .flatMap((tag) => {
      const rank = out.has(tag.key) ? undefined : rankOf(foldText(tag.name), wanted);
      return rank === undefined ? [] : [{ tag, rank }];
    })
    .sort((a, b) => a.rank - b.rank || b.tag.count - a.tag.count)
    .slice(0, SHOWN)
    .map(({ tag }) => tag);
}

function rankOf(name: string, wanted: string): number | undefined {
  if (wanted === '') return 0;
  // The tag that is already written in full needs no suggestion.
  if (name === wanted) return undefined;
  if (name.startsWith(wanted)) return 0;
  if (name.includes(`/${wanted}`)) return 1;
  return name.includes(wanted) ? 2 : undefined;
}

/** UTF-16 code units of the longest subject that is offered as a tag. */
const LONGEST_SUBJECT = 40;

/** What a book is about as tags: the levels of library headings (“Whales -- Fiction”) are levels of a tag. */
export const subjectTags = (subjects: readonly string[]): string[] =>
  tidyTagNames(
    subjects
      .map((subject) => normalizeTagName(subject.replace(/\s+--\s+/g, '/')))
      .filter(({ length }) => length > 0 && length <= LONGEST_SUBJECT),
  );

/** What was typed, cut at commas and line breaks: whole tags, and the one still being written. */
export function splitTyped(typed: string): { whole: string[]; rest: string } {
  const parts = typed.split(/[,，、\n]/);
  return { whole: parts.slice(0, -1).map(normalizeTagName).filter(Boolean), rest: parts.at(-1) ?? '' };
}
