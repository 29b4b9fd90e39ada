import { embeddedFileAddress } from '#api';
import { DocumentFailedError, fetchDocument } from '../../bridge/document-parts';
import { readLink } from '../../reader/document-urls';
import { previewDocument } from '../../reader/preview-document';
import { documentLinked, documentNamed } from '../../state/actions/links';
import { readerHandle } from '../../state/reader-handle';

/** What stands where a link of the open document leads, as a copy without links and names; nothing where that cannot be told. */
export async function contentOf(link: HTMLElement, signal: AbortSignal): Promise<readonly Node[]> {
  const { title, href = '' } = link.dataset;
  const target = title === undefined ? readLink(href) : undefined;
  if (target?.kind === 'place') return (await readerHandle()?.contentAt(target.id, signal)) ?? [];
  const named =
    title !== undefined
      ? await documentNamed(title)
      : target?.kind === 'file'
        ? await documentLinked(target.path, target.fragment)
        : undefined;
  if (!named) return [];
  const { documentId, rawHash, name } = named;
  try {
    return await previewDocument(
      fetchDocument(documentId, { rawHash }, signal, () => undefined),
      { documentId, addressOf: (path) => embeddedFileAddress(documentId, rawHash, path), name },
    );
  } catch (error) {
    // Whoever follows the link is told why it cannot be read.
    if (error instanceof DocumentFailedError || signal.aborted) return [];
    throw error;
  }
}
