import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { InvalidArguments } from '../core';

/** A body that is longer than is read. */
export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
}

/** How deep arrays and objects may lie in one another: the contract knows nothing half as deep, and what is much deeper exhausts the stack. */
const DEEPEST = 64;

/**
 * Reads a request's body as JSON. Rejects with `BodyTooLarge` beyond `limit` bytes, without keeping what comes after, and
 * with `InvalidArguments` for what is no JSON or too deep.
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const text = await readBody(request, limit);
  const value = parse(text);
  if (isDeeper(value, DEEPEST)) throw new InvalidArguments('The call is nested too deeply.');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArguments('The call is not readable.');
  }
}

async function readBody(request: IncomingMessage, limit: number): Promise<string> {
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

/** Whether anything lies more than `most` deep; level by level, for a recursion would end as what it is to prevent. */
function isDeeper(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** The bytes of a request's body as they come. Who stops taking them can still answer the request, after `receiveRest`. */
export const chunksOf = (request: IncomingMessage): AsyncIterable<Uint8Array> =>
  ({ [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) }) as AsyncIterable<Uint8Array>;

/** Receives what was not taken of a request's body, so that its sender gets to read the answer. */
export async function receiveRest(request: IncomingMessage): Promise<void> {
  request.resume();
  if (!request.readableEnded) await finished(request);
}

const leavingCodes: readonly unknown[] = [
  ...['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE', 'ERR_STREAM_DESTROYED'],
];

/** Whether an error is only that who asked went away, before all was asked or before all was answered. */
export const isAborted = (request: IncomingMessage, response: ServerResponse, error: unknown): boolean =>
  (!request.complete || (response.destroyed && !response.writableFinished)) &&
  error instanceof Error &&
  'code' in error &&
  leavingCodes.includes(error.code);
