import { foldText } from '../text/fold';
import type { Stretch } from './align-stretch';
import type { TextRange } from './carry-over';
import type { Words } from './words';

/** Signs and white space before a passage's first word, or after its last, that are followed into the new text. */
const MOST_SIGNS = 40;

/**
 * The range of code units for words `stretch` of `now`, for a passage `range` with the words `passage` of `old`: parts of words stay parts
 * where the word is the same, and signs at the ends are in it where they still stand there.
 */
export function rangeOfWords(old: Words, range: TextRange, passage: Stretch, now: Words, { from, to }: Stretch): TextRange {
  const last = passage.to - 1;
  const start = startOf(old, range.start, passage.from, now, from);
  const end = endOf(old, range.end, last, now, to - 1);
  // Cut within two words of which one is left, a passage has nothing in the middle of it.
  return start < end ? { start, end } : { start: now.starts[from] ?? 0, end: now.ends[to - 1] ?? 0 };
}

function startOf(old: Words, start: number, word: number, now: Words, place: number): number {
  const begin = now.starts[place] ?? 0;
  const inside = start - (old.starts[word] ?? 0);
  if (inside > 0) return isSame(old, word, now, place) ? begin + inside : begin;
  const signs = [...old.text.slice(Math.max(start, (old.starts[word] ?? 0) - MOST_SIGNS), old.starts[word])].reverse();
  const room = [...now.text.slice(place > 0 ? (now.ends[place - 1] ?? 0) : 0, begin)].reverse();
  return begin - followed(signs, room);
}

function endOf(old: Words, end: number, word: number, now: Words, place: number): number {
  const finish = now.ends[place] ?? 0;
  const inside = (old.ends[word] ?? 0) - end;
  if (inside > 0) return isSame(old, word, now, place) ? finish - inside : finish;
  const signs = [...old.text.slice(old.ends[word], Math.min(end, (old.ends[word] ?? 0) + MOST_SIGNS))];
  const room = [...now.text.slice(finish, place + 1 < now.count ? now.starts[place + 1] : now.text.length).slice(0, 2 * MOST_SIGNS)];
  return finish + followed(signs, room);
}

/** How many code units of `room` are the same signs, beginning with the first; where white space is, and how much, does not matter. */
function followed(signs: readonly string[], room: readonly string[]): number {
  let length = 0;
  let passed = 0;
  let at = 0;
  for (const sign of signs) {
    while (isSpace(room[at])) {
      passed += room[at]?.length ?? 0;
      at += 1;
    }
    if (isSpace(sign)) {
      length = passed;
      continue;
    }
    const other = room[at];
    if (other === undefined || foldText(other) !== foldText(sign)) break;
    passed += other.length;
    at += 1;
    length = passed;
  }
  return length;
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

const isSame = (old: Words, word: number, now: Words, place: number): boolean =>
  (old.ends[word] ?? 0) - (old.starts[word] ?? 0) === (now.ends[place] ?? 0) - (now.starts[place] ?? 0) && old.ids[word] === now.ids[place];
