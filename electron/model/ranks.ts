import { z } from 'zod';

/**
 * A place in an order of the reader's own: places compare as text, and between two there is always a third, so that moving one changes no other
 * (fractional indexing). It never ends with `0`, or nothing could stand before it.
 */
export const rankSchema = z
  .string()
  .max(2_000)
  .regex(/^[0-9a-z]*[1-9a-z]$/);

const BASE = 36;
/** Digits of a moment until the year 5188. */
const MOMENT = 9;

/** Digits of how many are added at once. */
const ADDED = 4;

/**
 * The place of what is added at a moment (ms since the epoch): behind all that was added before, whichever machine did. Of several that are added at once,
 * `index` says which it is.
 */
export const rankAt = (time: number, index?: number): string =>
  `${inDigits(Math.max(0, time), MOMENT)}${index === undefined ? '' : inDigits(index, ADDED)}i`;

const inDigits = (number: number, digits: number): string => number.toString(BASE).padStart(digits, '0');

/** A place behind `before`, and before `after` where that is behind `before`; an absent one is the end of the order. */
export function rankBetween(before = '', after?: string): string {
  let limit = after !== undefined && after > before ? after : undefined;
  let rank = '';
  for (let at = 0; ; at++) {
    const low = at < before.length ? digitAt(before, at) : 0;
    const high = limit === undefined ? BASE : digitAt(limit, at);
    const middle = Math.floor((low + high) / 2);
    if (middle > low) return rank + middle.toString(BASE);
    rank += low.toString(BASE);
    // From here on all is before `after`.
    if (high > low) limit = undefined;
  }
}

/** The place of what is moved to the end at a moment (ms since the epoch): behind `before`, the last one, and before what is added later. */
export function rankBehind(before: string | undefined, time: number): string {
  const added = rankAt(time);
  return before === undefined || added > before ? added : rankBetween(before);
}

/**
 * The places of what is moved to behind `before` (none: to the beginning) at a moment (ms since the epoch), and of the first of those `behind` it, in their
 * order, as many as have the place of `before` too: two machines can have given it to each. Of `behind` all are needed up to the first that has another one.
 */
export function ranksForMove(before: string | undefined, behind: readonly string[], time: number): string[] {
  if (before === undefined || behind.length === 0)
    return [behind[0] === undefined ? rankBehind(before, time) : rankBetween(before, behind[0])];
  const other = behind.findIndex((rank) => rank !== before);
  const equal = other === -1 ? behind.length : other;
  // At the end of the list it is still before what is added later.
  const after = behind[equal] ?? rankAt(time);
  const ranks: string[] = [];
  for (let last = before; ranks.length <= equal; ranks.push(last)) last = rankBetween(last, after);
  return ranks;
}

const digitAt = (rank: string, at: number): number => Number.parseInt(rank.charAt(at), BASE);
