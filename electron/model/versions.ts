import { areaKey } from './anchors/placement';
import type { Note, NoteVersion } from './notebook';

/** ms after its last version when a note gets the next one. */
const VERSION_INTERVAL = 300_000;
/** Characters that may go at once without a version. */
const MOST_GONE = 200;

type Words = Pick<NoteVersion, 'colour' | 'body' | 'tags'>;

/** Whether two states say the same; when they were written does not count. */
export const haveSameWords = (one: Words, other: Words): boolean =>
  one.body === other.body && one.colour === other.colour && one.tags.join('\n') === other.tags.join('\n');

/** Whether two states are one: the same words of the same moment. */
export const isSameVersion = (one: NoteVersion, other: NoteVersion): boolean => one.at === other.at && haveSameWords(one, other);

/** The versions of a note that its reader is shown, oldest first. */
export const earlierVersions = ({ history }: Note): NoteVersion[] => history.filter(({ provisional }) => !provisional);

/** Whether a state holds anything of the reader's beside the passage. */
export const isBlank = ({ body, tags }: Words): boolean => body === '' && tags.length === 0;

/** A note's present state as an earlier version of it. `until`: when the next state took its place. */
export function versionOf({ modifiedAt: at, colour, body, tags, anchor }: Note, until?: string): NoteVersion {
  return { at, colour, body, tags, ...(anchor && { anchor }), ...(until !== undefined && { until }) };
}

/** When a note came to its passage (ISO), as far as its history tells. */
export function passageSince(note: Note): string {
  const moved = note.history.findLast((version) => isMoved(version, note));
  return moved ? (moved.until ?? note.modifiedAt) : note.createdAt;
}

/**
 * The history of `before` once `after` takes its place. `before` becomes a version when five minutes have passed since the last
 * one, when `after` marks another passage, when it was made without knowing `before` or is to keep it (`isKnown` false), and when
 * much goes at once. What goes little by little (a held Backspace) is measured against the fullest state, which waits as a `provisional`
 * version: it becomes one when much of it is gone, and leaves when all of it is back.
 */
export function nextHistory(before: Note, after: Note, isKnown: boolean): NoteVersion[] {
  if (haveSameWords(before, after) && !isMoved(before, after)) return before.history;
  const versions = before.history.filter(({ provisional }) => !provisional);
  let fullest = before.history.find(({ provisional }) => provisional);
  const version = versionOf(before, after.modifiedAt);
  const settle = () => {
    if (!fullest) return;
    const { provisional: _provisional, ...settled } = fullest;
    add(versions, settled);
    fullest = undefined;
  };

  // A bare highlight has its passage to keep.
  if (!isBlank(before) || isMoved(before, after)) {
    const gone = fullest && goneBetween(fullest.body, before.body);
    // Whoever did not know what stood here did not take it away, either.
    const isOverwritten = gone !== undefined && (isKnown ? isMuch(gone) : gone.characters > 0);
    if (!isKnown || isMoved(before, after) || isDue(before, after)) {
      if (isOverwritten) settle();
      fullest = undefined;
      add(versions, version);
    } else if (goneBetween(before.body, after.body).characters > 0 && before.body.length >= (fullest?.body.length ?? 0)) {
      if (isOverwritten) settle();
      fullest = version;
    }
  }
  if (fullest) {
    const gone = goneBetween(fullest.body, after.body);
    if (isMuch(gone)) settle();
    else if (gone.characters === 0) fullest = undefined;
  }
  const all = fullest ? [...versions, { ...fullest, provisional: true }] : versions;
  // A state that stands again is no earlier one.
  return all.filter((each) => !isSameVersion(each, versionOf(after)));
}

function add(versions: NoteVersion[], version: NoteVersion): void {
  if (!versions.some((each) => isSameVersion(each, version))) versions.push(version);
}

/** Whether another passage is marked: other words, or the same ones elsewhere in one text; or another area. */
export const isMoved = ({ anchor: before }: Pick<Note, 'anchor'>, { anchor: after }: Pick<Note, 'anchor'>): boolean =>
  before?.exact !== after?.exact ||
  (before?.textHash === after?.textHash && before?.start !== after?.start) ||
  areaKey(before?.area) !== areaKey(after?.area);

function isDue({ history, createdAt }: Note, { modifiedAt }: Note): boolean {
  const last = history.findLast(({ provisional }) => !provisional);
  return Math.abs(Date.parse(modifiedAt) - Date.parse(last?.until ?? last?.at ?? createdAt)) >= VERSION_INTERVAL;
}

/** What is in one text and not in the next: characters, and words of all its `total` words: whole ones, and where others take their place, those of which more than half is gone. */
export interface Gone {
  characters: number;
  words: number;
  total: number;
}

/** In scripts without spaces each character counts as a word. */
const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;

/** What goes when `before` becomes `after`: all between the first and the last difference. */
export function goneBetween(before: string, after: string): Gone {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const characters = before.length - start - end;
  if (characters === 0) return { characters, words: 0, total: 0 };
  const isReplaced = after.length > start + end;
  let words = 0;
  let total = 0;
  for (const { index, 0: found } of before.matchAll(word)) {
    total += 1;
    const goneOfWord = Math.min(index + found.length, before.length - end) - Math.max(index, start);
    if (isReplaced ? goneOfWord * 2 > found.length : goneOfWord === found.length) words += 1;
  }
  return { characters, words, total };
}

/** Whether so much goes that the state before is worth keeping. */
export const isMuch = ({ characters, words, total }: Gone): boolean => characters > MOST_GONE || (words > 0 && words * 2 >= total);
