import { LARGEST_PAGE, type Page } from '#api';

/** Rows beyond the screen that a page has on either side: one scrolls some screens before the next is needed. */
const MARGIN = 60;
/** When so few of them are left on one side, the next page is asked for. */
const SLACK = 20;
/** Rows that a screen probably shows, until it says. */
const SCREEN = 30;

interface PagerOptions<Q, P extends Page<unknown>> {
  /** Asks the host for `count` rows from `from` on. `undefined`: it passed the question over, since a newer one has come. */
  ask(query: Q, from: number, count: number): Promise<P | undefined>;
  /** Told of each page that answers the newest query. */
  onPage(page: P, query: Q): void;
  onError(error: unknown): void;
}

/** Holds the part of a list that is on the screen. */
export interface Pager<Q> {
  /** Asks for another list, for the places that are on the screen: whoever goes to its beginning says so by `want`. */
  show(query: Q): void;
  /** The rows from `first` to `last` are on the screen. */
  want(first: number, last: number): void;
  /** The list may have changed: what is held of it is asked for again. */
  touch(): void;
  /** Resolves when nothing is asked for any more. */
  settled(): Promise<void>;
}

/**
 * Keeps up with a list in pages. One question is under way at a time, but for another query, which does not wait for the answer to the one
 * before; that answer is passed over.
 */
export function createPager<Q, P extends Page<unknown>>({ ask, onPage, onError }: PagerOptions<Q, P>): Pager<Q> {
  let current: { query: Q } | undefined;
  let held: Page<unknown> | undefined;
  let wanted = { first: 0, last: SCREEN };
  let isStale = false;
  let running: Promise<void> = Promise.resolve();
  let runs = 0;
  let isRunning = false;

  const isCovered = ({ total, from, rows }: Page<unknown>): boolean => {
    const end = from + rows.length;
    return (from === 0 || wanted.first - from >= SLACK) && (end >= total || end - wanted.last >= SLACK);
  };

  const run = async (): Promise<void> => {
    const number = ++runs;
    isRunning = true;
    try {
      for (let asked = current; asked && (isStale || !held || !isCovered(held)); asked = current) {
        isStale = false;
        const from = Math.max(0, wanted.first - MARGIN);
        const page = await ask(asked.query, from, wanted.last + 1 + MARGIN - from);
        if (number !== runs || !page) return;
        held = page;
        onPage(page, asked.query);
        // What lies behind the end of the list is not waited for.
        wanted = { first: Math.min(wanted.first, page.total), last: Math.min(wanted.last, page.total) };
      }
    } finally {
      // In the same step as the loop ends: what is wanted from now on begins another run.
      if (number === runs) isRunning = false;
    }
  };

  const start = (): void => {
    running = run().catch(onError);
  };

  return {
    show(query) {
      current = { query };
      held = undefined;
      start();
    },
    want(first, last) {
      wanted = { first, last: Math.min(last, first + LARGEST_PAGE - 2 * MARGIN - 1) };
      if (!isRunning && current && held && !isCovered(held)) start();
    },
    touch() {
      isStale = true;
      if (!isRunning && current) start();
    },
    async settled() {
      while (isRunning) await running;
    },
  };
}
