import { coverAddress, type DocumentSummary } from '#api';
import { openDocumentFile } from '../../bridge/document-parts';
import { drawFirstPage, type FirstPage } from '../../reader/pages/first-page';
import { contentOf } from '../../reader/pages/pdf-bytes';
import { call } from '../../state/client';

/** Pictures that are kept, those that were seen last: some ten kilobytes each. */
const KEPT = 300;
/** Pixels: enough for the widest cover on a fine screen. */
const WIDTH = 280;
/** Milliseconds: a page that takes longer has no picture. */
const LONGEST = 15_000;

const kept = new Map<string, FirstPage>();
let running: Promise<unknown> = Promise.resolve();

/** The picture of a PDF's first page that is there already. */
export function heldFirstPage(document: DocumentSummary): FirstPage | undefined {
  const key = coverAddress(document);
  const held = kept.get(key);
  if (held) {
    kept.delete(key);
    kept.set(key, held);
  }
  return held;
}

/**
 * Draws the first page of a PDF, one after the other, so that what is read goes first. Rejects with the signal's reason when that is aborted, else where
 * it cannot be drawn.
 */
export function firstPageOf(document: DocumentSummary, signal: AbortSignal): Promise<FirstPage> {
  const drawing = running.then(async () => {
    signal.throwIfAborted();
    const page = heldFirstPage(document) ?? (await draw(document, AbortSignal.any([signal, AbortSignal.timeout(LONGEST)])));
    kept.set(coverAddress(document), page);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return page;
  });
  running = drawing.catch(() => undefined);
  return drawing;
}

async function draw({ id }: DocumentSummary, signal: AbortSignal): Promise<FirstPage> {
  const opened = await call('library.open', { documentId: id });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { rawHash } = opened.value.source;
  return drawFirstPage(() => openDocumentFile(id, rawHash, signal).then((file) => contentOf(file)), WIDTH, signal);
}
