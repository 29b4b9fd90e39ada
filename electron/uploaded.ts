import type { UploadedFile } from '#api';

/** The bytes of a file that is handed over, when there are at most `most`. Throws what its bytes throw as they come. */
export async function collectBytes({ size, chunks }: UploadedFile, most: number): Promise<Uint8Array | undefined> {
  if ((size ?? 0) > most) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of chunks) {
    length += part.length;
    if (length > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
