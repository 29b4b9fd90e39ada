import { z } from 'zod';
import type { Colour } from './choices';
import { tagNameSchema } from './notebook';
import { isTagWithin, normalizeTagName, tagKey } from './tag-names';
import { levelsOf } from './tag-uses';
import { colourClock, movedAt, type TagDetails } from './tags';

/**
 * A tag, with those under it, gets another name: so it is renamed, nested, moved out, or merged with the one that has the name already. Without
 * `to` it is taken away. `isAlias`: whoever writes the old name from now on gets the new one.
 */
export const tagMoveSchema = z.object({ from: tagNameSchema, to: tagNameSchema.optional(), isAlias: z.boolean().optional() });
export type TagMove = z.infer<typeof tagMoveSchema>;

/** The name that a tag has after a move; `undefined` where it is taken away. */
export type Mover = (name: string) => string | undefined;

/** Why a tag cannot be moved so, as a sentence; `undefined` where it can be. */
export function moveObstacle({ from, to }: TagMove): string | undefined {
  if (normalizeTagName(from) === '') return 'The tag has no name.';
  if (to === undefined) return undefined;
  const name = normalizeTagName(to);
  if (name === '') return 'Write a name for the tag.';
  if (/[,，、\n]/.test(name)) return 'A tag’s name cannot have a comma: commas stand between tags.';
  if (name === normalizeTagName(from)) return 'The tag has this name already.';
  return tagKey(name) !== tagKey(from) && isTagWithin(name, from) ? 'A tag cannot be moved under itself.' : undefined;
}

/** What moves make of names. Names that are there already, among `known`, keep their casing. */
export function moverOf(moves: readonly TagMove[], known: Iterable<string>): Mover {
  // Thousands may be taken away at once.
  const gone = new Set(moves.flatMap(({ from, to }) => (to === undefined ? [tagKey(from)] : [])));
  const names = [...known];
  const renames = moves.flatMap(({ from, to }) => (to === undefined ? [] : [renamer(from, normalizeTagName(to), names)]));
  return (name) => {
    if (gone.size > 0 && levelsOf(name).some((level) => gone.has(tagKey(level)))) return undefined;
    return renames.reduce((renamed, rename) => rename(renamed), name);
  };
}

function renamer(from: string, to: string, known: readonly string[]): (name: string) => string {
  const depth = levelsOf(from).length;
  const casing = new Map<string, string>();
  for (const name of known)
    if (!isTagWithin(name, from)) for (const level of levelsOf(name)) if (!casing.has(tagKey(level))) casing.set(tagKey(level), level);
  return (name) => {
    if (!isTagWithin(name, from)) return name;
    const moved = [to, ...normalizeTagName(name).split('/').slice(depth)].join('/');
    return casing.get(tagKey(moved)) ?? moved;
  };
}

/** A carrier’s tags after a move, each once; the same array where none of them is moved. */
export function moveTags(tags: readonly string[], mover: Mover): readonly string[] {
  const moved = new Map<string, string>();
  let isSame = true;
  for (const tag of tags) {
    const name = mover(tag);
    if (name !== tag) isSame = false;
    if (name !== undefined && !moved.has(tagKey(name))) moved.set(tagKey(name), name);
  }
  return isSame ? tags : [...moved.values()];
}

/**
 * What is kept of tags after moves at `at`: colours go along, where the tag that is there has none of its own, other names are those of the tag
 * that it became, and the old names tell where they went, for what comes with one from another machine or out of a backup. `mover` is that of the
 * moves.
 */
export function moveDetails(tags: readonly TagDetails[], moves: readonly TagMove[], mover: Mover, at: string): TagDetails[] {
  const byKey = new Map(tags.map((tag) => [tagKey(tag.name), tag]));
  const aliases = new Set<string>();
  for (const { from, isAlias } of moves) {
    const key = tagKey(from);
    if (!byKey.has(key)) byKey.set(key, { name: normalizeTagName(from) });
    if (isAlias) aliases.add(key);
  }
  for (const tag of [...byKey.values()]) {
    const name = tag.movedTo === undefined ? mover(tag.name) : tag.name;
    if (name === tag.name) continue;
    const key = tagKey(tag.name);
    if (name !== undefined && tagKey(name) === key) {
      byKey.set(key, movedAt({ ...tag, name }, at));
      continue;
    }
    const isOtherName = name !== undefined && aliases.has(key);
    byKey.set(key, movedAt({ ...coloured(tag, undefined, at), movedTo: name ?? null, ...(isOtherName && { isAlias: true }) }, at));
    if (name === undefined) continue;
    for (const level of levelsOf(name)) lift(byKey, tagKey(level), at);
    const target = byKey.get(tagKey(name)) ?? { name };
    byKey.set(tagKey(name), movedAt(coloured(target, target.colour ?? tag.colour, at), at));
  }
  for (const [key, tag] of byKey) {
    const { movedTo, isAlias, ...rest } = tag;
    if (!isAlias || typeof movedTo !== 'string') continue;
    const target = mover(movedTo);
    if (target === undefined) byKey.set(key, movedAt({ ...rest, movedTo: null }, at));
    else if (target !== movedTo && tagKey(target) !== key) byKey.set(key, movedAt({ ...tag, movedTo: target }, at));
  }
  return [...byKey.values()];
}

/** The tags with `name` in use again, and those above it: what carries it is moved no more. The same array where it was moved nowhere. */
export function useAgain(tags: readonly TagDetails[], name: string, at: string): readonly TagDetails[] {
  const keys = new Set(levelsOf(name).map(tagKey));
  if (!tags.some((tag) => tag.movedTo !== undefined && keys.has(tagKey(tag.name)))) return tags;
  const byKey = new Map(tags.map((tag) => [tagKey(tag.name), tag]));
  for (const key of keys) lift(byKey, key, at);
  return [...byKey.values()];
}

function lift(byKey: Map<string, TagDetails>, key: string, at: string): void {
  const tag = byKey.get(key);
  if (tag?.movedTo === undefined) return;
  const { movedTo: _to, isAlias: _alias, ...rest } = tag;
  byKey.set(key, movedAt(rest, at));
}

/** A tag with a colour, or none, since `at`; the same one where it is that already. */
function coloured(tag: TagDetails, colour: Colour | undefined, at: string): TagDetails {
  if (tag.colour === colour) return tag;
  const { colour: _before, ...rest } = tag;
  return { ...rest, ...(colour !== undefined && { colour }), colouredAt: at };
}

/**
 * Where names went that are not in use any more; `undefined` where none went anywhere. `aliases`: what a
 * reader writes, by other names alone, which may have been moved on. What was taken away stays
 * where it comes with something that was written elsewhere: whoever wrote that may have meant it.
 */
export function redirectOf(tags: readonly TagDetails[], only?: 'aliases'): ((name: string) => string) | undefined {
  const targets = new Map<string, string>();
  const first = new Map<string, string>();
  for (const { name, movedTo, isAlias } of tags) {
    if (typeof movedTo !== 'string') continue;
    targets.set(tagKey(name), movedTo);
    if (only === undefined || isAlias) first.set(tagKey(name), movedTo);
  }
  if (first.size === 0) return undefined;
  return (name) => {
    let now = name;
    // Two machines may have moved two tags to each other, or each under the other. A move may be followed twice: of a tag, then of one above it.
    for (let steps = 0; steps <= STEPS * targets.size; steps++) {
      const next = redirectOnce(now, steps === 0 ? first : targets);
      if (next === undefined) return now;
      now = next;
    }
    return name;
  };
}

/** How often each move is followed at most: names have few levels. */
const STEPS = 4;

function redirectOnce(name: string, targets: ReadonlyMap<string, string>): string | undefined {
  const levels = normalizeTagName(name).split('/');
  for (let depth = levels.length; depth > 0; depth--) {
    const to = targets.get(tagKey(levels.slice(0, depth).join('/')));
    if (to !== undefined) return [to, ...levels.slice(depth)].join('/');
  }
  return undefined;
}

/** The tags as they were before `after` was made of `before`, but for what was changed since; `at`: now. */
export function putDetailsBack(
  present: readonly TagDetails[],
  { before, after }: { before: readonly TagDetails[]; after: readonly TagDetails[] },
  at: string,
): TagDetails[] {
  const byKey = new Map(present.map((tag) => [tagKey(tag.name), tag]));
  const was = new Map(before.map((tag) => [tagKey(tag.name), tag]));
  for (const made of after) {
    const key = tagKey(made.name);
    const now = byKey.get(key);
    if (!now) continue;
    const before = was.get(key) ?? { name: made.name };
    const back = colourClock(now) === colourClock(made) ? coloured(now, before.colour, at) : now;
    const { movedTo: _to, isAlias: _alias, ...rest } = back;
    const { name, movedTo, isAlias } = before;
    const state = { ...rest, name, ...(movedTo !== undefined && { movedTo }), ...(isAlias !== undefined && { isAlias }) };
    byKey.set(key, now.changedAt === made.changedAt ? movedAt(state, at) : back);
  }
  return [...byKey.values()];
}

/** The tags without `names`, which nothing carries, taken away at `at`. */
export function takenAway(tags: readonly TagDetails[], names: readonly string[], at: string): readonly TagDetails[] {
  const gone = new Set(names.map(tagKey));
  return gone.size === 0 ? tags : tags.map((tag) => (gone.has(tagKey(tag.name)) ? movedAt({ ...tag, movedTo: null }, at) : tag));
}

/** The tags of `after` that are not as in `before`. */
export const changedDetails = (before: readonly TagDetails[], after: readonly TagDetails[]): TagDetails[] =>
  after.filter((tag) => !before.includes(tag));
