import type { IncomingMessage } from 'node:http';

/** A body that is longer than is read. */
export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
}

/** Reads a request's body as UTF-8. Rejects with `BodyTooLarge` beyond `limit` bytes, without keeping what comes after. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  // What is too long is still received, so that the sender gets to read the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (length > limit) throw new BodyTooLarge(`This is larger than ${Math.floor(limit / 1_048_576)} MB, the most that can be sent at once.`);
  return Buffer.concat(chunks).toString('utf8');
}
