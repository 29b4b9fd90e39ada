import { isNestedTooDeep } from '#model';
import type { NoteModel } from '../../electron/formats/markdown/note';
import { type MarkdownOutcome, markdownInWorker } from './markdown';

/** Longer notes (UTF-16 code units) are shown as they are written: laying them out would hold the main thread. */
const MAX_LENGTH = 20_000;

/** ms of a worker's time for a note while others wait. */
const TIME_LIMIT = 50;

/**
 * ms for a note that took longer, apart from the others: on a busy machine 50 ms may have gone by without the worker having run.
 */
const SECOND_LIMIT = 1000;

/** Notes whose trees are remembered. */
const MOST_KEPT = 1000;

/** By Markdown; `undefined` for a note that is shown as it is written. */
const kept = new Map<string, NoteModel | undefined>();

const first = inTurn(TIME_LIMIT);
const again = inTurn(SECOND_LIMIT);

/** What is drawn of a note, as far as it is known now: `known` is false while a worker is to be asked. */
export function knownNoteTree(markdown: string): { known: boolean; tree?: NoteModel | undefined } {
  if (markdown.length > MAX_LENGTH || isNestedTooDeep(markdown)) return { known: true };
  return { known: kept.has(markdown), tree: kept.get(markdown) };
}

/** What is drawn of a note, out of a worker; `undefined` when it takes too long or is nested too deep. */
export async function noteTree(markdown: string): Promise<NoteModel | undefined> {
  let outcome = await first(markdown);
  if (outcome.state === 'too-slow') outcome = await again(markdown);
  const tree = outcome.state === 'done' ? outcome.tree : undefined;
  kept.set(markdown, tree);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return tree;
}

/** Has notes laid out one after the other, none longer than `limit` (ms). */
function inTurn(limit: number): (markdown: string) => Promise<MarkdownOutcome> {
  let last: Promise<unknown> = Promise.resolve();
  return (markdown) => {
    const outcome = last.then(() => markdownInWorker(markdown, limit));
    last = outcome;
    return outcome;
  };
}
