import type { DocumentBytes } from './format';

/** A file that was read already, as a format's reader gets it. */
export const documentBytes = (bytes: Uint8Array, fileName: string): DocumentBytes => ({
  size: bytes.length,
  fileName,
  read: async (start, end) => bytes.subarray(start, end),
});
