import type { EmbeddedFile } from '../formats/format';

type Found = Promise<EmbeddedFile | undefined>;

/**
 * Keeps the sound or font that was asked for last, by what it lies in and where, until nobody asked for it for `rest` ms: a player asks for a sound
 * stretch by stretch, and for each its book would be opened and read anew. What was not found, or could not be read, is asked for again.
 */
export function createLastEmbedded(rest: number): (key: string, read: () => Found) => Found {
  let last: { key: string; found: Found; forgetting: NodeJS.Timeout } | undefined;
  const forget = (one: typeof last): void => {
    clearTimeout(one?.forgetting);
    if (last === one) last = undefined;
  };
  return (key, read) => {
    if (last?.key === key) {
      last.forgetting.refresh();
      return last.found;
    }
    forget(last);
    const one = { key, found: read(), forgetting: setTimeout(() => forget(one), rest).unref() };
    last = one;
    one.found.then(
      (found) => found ?? forget(one),
      () => forget(one),
    );
    return one.found;
  };
}
