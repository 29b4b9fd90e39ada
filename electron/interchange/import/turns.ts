import { setTimeout } from 'node:timers/promises';
import { fail, type Result } from '#api';

/** Lets one thing happen to the library at a time, so that nothing is undone while it is being done. */
export interface Turns {
  /** For what changes nothing: waits for another look, and a while for a change, since most end in a moment. Fails when one takes longer. */
  look<T>(act: () => Promise<Result<T>>): Promise<Result<T>>;
  /** For what changes something. Fails while something else is. */
  change<T>(act: () => Promise<Result<T>>): Promise<Result<T>>;
  /** For what goes on by itself, a little at a time: waits for all else, and all else waits for it. */
  between<T>(act: () => Promise<T>): Promise<T>;
  /** Resolves when what goes on has ended. */
  ended(): Promise<void>;
}

/** ms that a look waits for changes. */
const PATIENCE = 5000;

export function createTurns(patience = PATIENCE): Turns {
  let running: { ended: Promise<unknown>; isLook: boolean } | undefined;

  const take = async <T>(act: () => Promise<Result<T>>, isLook: boolean): Promise<Result<T>> => {
    const end = performance.now() + patience;
    while (running && (running.isLook || isLook)) {
      if (running.isLook) await running.ended;
      else if (!(await endsWithin(running.ended, end - performance.now()))) break;
    }
    if (running)
      return fail(
        'cancelled',
        'Notes are being restored, imported or changed together at the moment, perhaps in another window. Wait for that to end.',
      );
    return run(act, isLook);
  };

  const run = async <T>(act: () => Promise<T>, isLook: boolean): Promise<T> => {
    const ended = act();
    running = { ended: ended.catch(() => undefined), isLook };
    try {
      return await ended;
    } finally {
      running = undefined;
    }
  };

  return {
    look: (act) => take(act, true),
    change: (act) => take(act, false),
    async between(act) {
      // Who waits already goes first.
      do {
        await running?.ended;
        await new Promise(setImmediate);
      } while (running);
      return run(act, true);
    },
    async ended() {
      await running?.ended;
    },
  };
}

/** Whether `work` ends within so many ms. */
async function endsWithin(work: Promise<unknown>, limit: number): Promise<boolean> {
  const stop = new AbortController();
  const tooLate = setTimeout(Math.max(0, limit), false, { signal: stop.signal, ref: false }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), tooLate]);
  } finally {
    stop.abort();
  }
}
