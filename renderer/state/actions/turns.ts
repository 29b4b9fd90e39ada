import { reportError } from './notices';

/** The last of what was asked for. */
let last: Promise<unknown> = Promise.resolve();
/** How much of it is not done yet. */
let waiting = 0;

/** Does what the host has a part in, and undo takes back, once all that was asked for before is done: each begins with what the one before it left. */
export function inTurn<T>(act: () => Promise<T>): Promise<T> {
  waiting += 1;
  const done = last.then(act).finally(() => {
    waiting -= 1;
  });
  last = done.catch(() => undefined);
  return done;
}

/** Does `act` at once, or when all that was asked for is done, and what asked before it has had its own turn. */
export function afterTurns(act: () => void): void {
  if (waiting === 0) act();
  else void last.then(() => afterTurns(act)).catch(reportError);
}
