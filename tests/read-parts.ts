import type { DocumentFormat } from '#formats/list';
import type { DocumentPart } from '#model';
import { readerOf } from '../electron/formats/registry';

/** The parts of a document that is given as its file's content, read as the host reads them. */
export async function readPartsOf(format: DocumentFormat, content: string | Uint8Array): Promise<DocumentPart[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const source = { size: bytes.length, fileName: 'document', read: async (start: number, end: number) => bytes.subarray(start, end) };
  const { read } = await readerOf(format);
  return Array.fromAsync(read(source, { signal: new AbortController().signal }));
}
