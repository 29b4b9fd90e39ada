import { coverAddress, type DocumentSummary } from '#api';
import { openDocumentFile } from '../../bridge/document-parts';
import { drawFirstPage, type FirstPage } from '../../reader/pages/first-page';
import { contentOf } from '../../reader/pages/pdf-bytes';
import { call } from '../../state/client';
import { createPictures } from './pictures-in-turn';

/** Pictures that are kept, those that were seen last: some ten kilobytes each. */
const KEPT = 300;
/** Pixels: enough for the widest cover on a fine screen. */
const WIDTH = 280;
/** Milliseconds: a page that takes longer has no picture. */
const LONGEST = 15_000;

const pictures = createPictures<DocumentSummary, FirstPage>({ keyOf: coverAddress, draw, kept: KEPT, longest: LONGEST });

/** The picture of a PDF's first page that is there already. */
export const heldFirstPage = pictures.held;

/** Draws the first page of a PDF in its turn; rejects with the signal's reason when that is aborted, else where it cannot be drawn. */
export const firstPageOf = pictures.draw;

async function draw({ id }: DocumentSummary, signal: AbortSignal): Promise<FirstPage> {
  const opened = await call('library.open', { documentId: id });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { rawHash } = opened.value.source;
  return drawFirstPage(() => openDocumentFile(id, rawHash, signal).then((file) => contentOf(file)), WIDTH, signal);
}
