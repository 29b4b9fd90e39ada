import type { FirstPage } from '#api';
import { openDocumentFile } from '../../bridge/document-parts';
import { drawFirstPage } from '../../reader/pages/first-page';
import { contentOf } from '../../reader/pages/pdf-bytes';
import { reportError } from '../../state/actions/notices';
import { call } from '../../state/client';
import { createPictures } from './pictures-in-turn';

/** Pictures that a window has at hand, those that were seen last: some ten kilobytes each. */
const KEPT = 300;
/** Pixels: enough for the widest cover on a fine screen. */
const WIDTH = 280;
/** Milliseconds: a page that takes longer has no picture. */
const LONGEST = 15_000;

/** A PDF, and the address that stands for what its file holds. */
interface Covered {
  documentId: string;
  address: string;
}

const pictures = createPictures<Covered, FirstPage>({ keyOf: ({ address }) => address, draw, kept: KEPT, longest: LONGEST });

/** The picture of a PDF's first page that is there already. */
export const heldFirstPage = pictures.held;

/** Takes the picture of a PDF's first page from the host, or draws it, in its turn; rejects with the signal's reason when that is aborted, else where it cannot be drawn. */
export const firstPageOf = pictures.draw;

async function draw({ documentId }: Covered, signal: AbortSignal): Promise<FirstPage> {
  const opened = await call('library.open', { documentId });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { rawHash } = opened.value.source;
  const { page: kept } = await call('library.first-page', { rawHash });
  if (kept) return kept;
  const page = await drawFirstPage(() => openDocumentFile(documentId, rawHash, signal).then((file) => contentOf(file)), WIDTH, signal);
  void call('library.keep-first-page', { rawHash, page }).catch(reportError);
  return page;
}
