/** ms for which lines are counted together. */
const PERIOD = 60_000;

/** Lines of one kind that are written in a period. */
const MOST = 20;

/** Kinds that are remembered at once; those that come on top of them are not held back. */
const MOST_KINDS = 1_000;

/** Lines of one level with one message, whatever their cause. */
interface Kind {
  written: number;
  last: string;
  skipped: number;
}

/**
 * Hands lines to `write`, but not one that repeats the one of its kind before, nor more than a few of a kind in a minute.
 * What is left out is counted, and the count written at the end of the minute.
 */
export function createModeration(write: (level: string, text: string) => void): (level: string, message: string, text: string) => void {
  const kinds = new Map<string, Kind>();

  const begin = (level: string, message: string): Kind => {
    const key = `${level} ${message}`;
    const kind: Kind = { written: 0, last: '', skipped: 0 };
    if (kinds.size >= MOST_KINDS) return kind;
    kinds.set(key, kind);
    const timer = setTimeout(() => {
      kinds.delete(key);
      if (kind.skipped > 0) write(level, `${message}: said ${kind.skipped} more times`);
    }, PERIOD);
    timer.unref();
    return kind;
  };

  return (level, message, text) => {
    const kind = kinds.get(`${level} ${message}`) ?? begin(level, message);
    if (kind.written >= MOST || kind.last === text) {
      kind.skipped++;
      return;
    }
    kind.written++;
    kind.last = text;
    write(level, text);
  };
}
