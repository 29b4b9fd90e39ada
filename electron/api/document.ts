import { z } from 'zod';
import type { DocumentPart, Placements } from '#model';
import type { Failure } from './result';

/** Where the host gives a document as the page draws it: a stream of `DocumentLine`s, each as JSON on a line of its own (NDJSON). */
const documentsPath = '/document/';

/**
 * The address of a document's parts. `rawHash` is that of the file that `library.open` told of: where the file holds something else by
 * then, the answer is the failure `document-changed`, and the page opens the document again. `unlockKey` is what it gave for a password.
 */
export const documentAddress = (documentId: string, rawHash: string, unlockKey?: string): string =>
  `${documentsPath}${documentId}?hash=${rawHash}${unlockKey === undefined ? '' : `&unlock=${unlockKey}`}`;

/** The address of the picture on a document's cover, as its file was changed last. */
export const coverAddress = ({ id, changedAt }: { id: string; changedAt: string }): string => `/cover/${id}?at=${Date.parse(changedAt)}`;

/** A picture of a document's first page, as a window drew it. */
export const firstPageSchema = z.object({
  /** A `data:` address. */
  url: z.string().startsWith('data:image/').max(1_000_000),
  /** Width by height. */
  ratio: z.number().positive(),
  /** It is for the most part light, as a page of text is: at night it is inverted as pages are. */
  isPaper: z.boolean(),
});
export type FirstPage = z.infer<typeof firstPageSchema>;

/** The address of the bytes of the document's file, for formats that the page draws pages of; it fails as that of its parts does. */
export const documentFileAddress = (documentId: string, rawHash: string): string => `${documentsPath}${documentId}/file?hash=${rawHash}`;

/** The address of a picture, font or sound that a document brings along, by where it lies in that; there is none where its file holds something else by now. */
export const embeddedFileAddress = (documentId: string, rawHash: string, path: string): string =>
  `${documentsPath}${documentId}/embedded?hash=${rawHash}&path=${encodeURIComponent(path)}`;

/** One line of a document's stream. A stream that ends without `end` or `failure` was broken off. */
export type DocumentLine = DocumentPart | DocumentPlacements | DocumentFailure;

/** Where passages of earlier texts are in this one; before `end`, and only where there are notes on an earlier text. */
export interface DocumentPlacements {
  part: 'placements';
  placements: Placements;
}

/** The last line where reading failed in its midst. Where it failed before the first line, the answer is a status of 400 or more with the `Failure` as JSON. */
export interface DocumentFailure {
  part: 'failure';
  failure: Failure;
}
