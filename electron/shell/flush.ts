import { type Failure, fail } from '#api';
import type { Page } from './page';

export interface Flush {
  /** Asks the page to save everything; tells why it could not, or `undefined` when everything is on the disk. */
  request(): Promise<Failure | undefined>;
  /** The page's answer. */
  answer(failure: Failure | undefined): void;
  /** The page is gone, and with it what was not saved. */
  lost(): void;
}

/** Waits for the page's answer to `app.flush`, at most `limit` ms. A page that does not listen yet has nothing to save. */
export function createFlush({ isListening, send }: Pick<Page, 'isListening' | 'send'>, limit = 10_000): Flush {
  let waiting: { promise: Promise<Failure | undefined>; settle(failure: Failure | undefined): void } | undefined;

  const start = () => {
    const { promise, resolve } = Promise.withResolvers<Failure | undefined>();
    const timer = setTimeout(() => settle(tooSlow(limit)), limit);
    const settle = (failure: Failure | undefined) => {
      clearTimeout(timer);
      waiting = undefined;
      resolve(failure);
    };
    waiting = { promise, settle };
    send('app.flush', {});
    return promise;
  };

  return {
    async request() {
      if (!isListening()) return undefined;
      return waiting?.promise ?? start();
    },
    answer(failure) {
      waiting?.settle(failure);
    },
    lost() {
      waiting?.settle(pageGone);
    },
  };
}

const { failure: pageGone } = fail('write-failed', 'The window stopped working before it could say that everything is saved.');

const tooSlow = (limit: number): Failure =>
  fail('write-failed', `The window did not say within ${Math.round(limit / 1000)} seconds that everything is saved.`).failure;
