import { z } from 'zod';

/**
 * Lists that grow with the library are asked for in pages: a page is what is on the screen and something around it, and says how long the
 * whole list is. The host may give other rows than those that were asked for: where the list ends before them, its last ones.
 */
export const LARGEST_PAGE = 1000;
export const pageArgs = {
  /** Place of the first row that is wanted, from 0. */
  from: z.int().nonnegative(),
  count: z.int().positive().max(LARGEST_PAGE),
};

/** A page of `row`s. */
export const pageSchema = <R extends z.ZodType>(row: R) =>
  z.object({
    /** How many rows the whole list has. */
    total: z.int().nonnegative(),
    /** Place of the first of `rows` in the list, from 0. */
    from: z.int().nonnegative(),
    rows: z.array(row),
  });

/** A part of a list: its rows from `from` on. */
export interface Page<R> {
  total: number;
  from: number;
  rows: readonly R[];
}

/** The page of `list` that has what is wanted of it. */
export function pageOf<R>(
  list: readonly R[],
  { from, count }: { from: number; count: number },
): { total: number; from: number; rows: R[] } {
  const first = Math.min(from, Math.max(0, list.length - count));
  return { total: list.length, from: first, rows: list.slice(first, first + count) };
}

/** A list that is there as a whole, as a page. */
export const wholePage = <R>(rows: readonly R[]): Page<R> => ({ total: rows.length, from: 0, rows });

/** The row at a place of the list; `undefined` where the page does not have it. */
export const rowAt = <R>({ from, rows }: Page<R>, index: number): R | undefined => rows[index - from];
