/** A document's one text on its way from one thread to another. */
export interface DocumentText {
  /** SHA-256 of its UTF-8. */
  textHash: string;
  /** UTF-16, the lower byte first: half a surrogate pair comes through too. */
  units: Uint8Array<ArrayBuffer>;
}

/** Puts a text into memory of its own, which can be handed to another thread. */
export function encodeText(text: string, textHash: string): DocumentText {
  // `Buffer.from` may share its memory with other buffers.
  const units = Buffer.alloc(text.length * 2);
  units.write(text, 'utf16le');
  return { textHash, units };
}

export const decodeText = ({ units }: Pick<DocumentText, 'units'>): string =>
  Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');
