import { isNestedTooDeep } from '#model';
import { type MarkdownOutcome, markdownInWorker } from './markdown';

/** Longer notes (UTF-16 code units) are shown as they are written: laying them out would hold the main thread. */
const MAX_LENGTH = 20_000;

/** ms of a worker's time for a note while others wait. */
const TIME_LIMIT = 50;

/**
 * ms for a note that took longer, apart from the others: on a busy machine 50 ms may have gone by without the worker having run.
 */
const SECOND_LIMIT = 1000;

/** Notes whose HTML is remembered. */
const MOST_KEPT = 1000;

/** HTML that is still to be sanitised, by Markdown; `undefined` for a note that is shown as it is written. */
const kept = new Map<string, string | undefined>();

const first = inTurn(TIME_LIMIT);
const again = inTurn(SECOND_LIMIT);

/** A note's HTML, as far as it is known now: `known` is false while a worker is to be asked. */
export function knownNoteHtml(markdown: string): { known: boolean; html?: string | undefined } {
  if (markdown.length > MAX_LENGTH || isNestedTooDeep(markdown)) return { known: true };
  return { known: kept.has(markdown), html: kept.get(markdown) };
}

/** A note's HTML out of a worker, still to be sanitised; `undefined` when it takes too long or is nested too deep. */
export async function noteHtml(markdown: string): Promise<string | undefined> {
  let outcome = await first(markdown);
  if (outcome.state === 'too-slow') outcome = await again(markdown);
  const html = outcome.state === 'done' ? outcome.html : undefined;
  kept.set(markdown, html);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return html;
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
