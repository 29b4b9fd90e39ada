import { call } from './client';
import { store } from './store';

/** So many titles are asked about at once. */
const AT_ONCE = 1000;

interface Watcher {
  titles: readonly string[];
  tell(missing: ReadonlySet<string>): void;
}

const watchers = new Set<Watcher>();
/** Those that have not been answered yet. */
const waiting = new Set<Watcher>();
let isAsking = false;
let stopFollowing: (() => void) | undefined;

/**
 * Tells which of the titles in a drawn note's links name nothing, now and whenever that may have changed, until the returned function is called.
 * All notes that are drawn together are asked about as one.
 */
export function watchMissingTitles(titles: readonly string[], tell: Watcher['tell']): () => void {
  if (titles.length === 0) return () => {};
  const watcher = { titles, tell };
  watchers.add(watcher);
  waiting.add(watcher);
  stopFollowing ??= store.subscribe(({ libraryVersion }, before) => {
    if (libraryVersion === before.libraryVersion) return;
    for (const each of watchers) waiting.add(each);
    void askSoon();
  });
  void askSoon();
  return () => {
    watchers.delete(watcher);
    waiting.delete(watcher);
    if (watchers.size > 0) return;
    stopFollowing?.();
    stopFollowing = undefined;
  };
}

/** Asks about all that wait; what comes meanwhile is asked about next. */
async function askSoon(): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  try {
    // Of the notes that this turn draws, none is asked about alone.
    await Promise.resolve();
    while (waiting.size > 0) {
      const asked = [...waiting];
      waiting.clear();
      const missing = await findMissing(new Set(asked.flatMap(({ titles }) => titles)));
      for (const watcher of asked) if (watchers.has(watcher)) watcher.tell(missing);
    }
  } catch {
    // The links look as if they led somewhere; one that is followed tells.
    waiting.clear();
  } finally {
    isAsking = false;
  }
}

async function findMissing(titles: ReadonlySet<string>): Promise<Set<string>> {
  const all = [...titles];
  const missing = new Set<string>();
  for (let from = 0; from < all.length; from += AT_ONCE)
    for (const title of await call('links.missing', { titles: all.slice(from, from + AT_ONCE) })) missing.add(title);
  return missing;
}
