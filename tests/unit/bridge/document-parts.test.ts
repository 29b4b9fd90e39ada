import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentLine } from '#api';
import { DocumentFailedError, partsIn, readParts } from '../../../renderer/bridge/document-parts';

const head: DocumentLine = { part: 'head', revision: 1, metadata: {}, notices: [] };
const section = (text: string): DocumentLine => ({
  part: 'section',
  text,
  nodes: [text.length],
  blocks: [],
  headings: [],
  targets: [],
  progress: 1,
});
const end: DocumentLine = { part: 'end', textHash: '0', length: 0, notices: [] };

const encode = (lines: readonly DocumentLine[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** A stream of `bytes` in pieces, that then ends, breaks off, or never comes to an end. */
const streamOf = (pieces: readonly Uint8Array<ArrayBuffer>[], last: 'end' | 'error' | 'open' = 'end') =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      if (last === 'end') controller.close();
      if (last === 'error') setTimeout(() => controller.error(new TypeError('network')));
    },
  });

const read = (body: ReadableStream<Uint8Array<ArrayBuffer>>) => Array.fromAsync(readParts(body, new AbortController().signal));

describe('readParts', () => {
  test('gives the parts, wherever the stream is cut', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(), { maxLength: 8 }), async (texts, cuts) => {
        const lines = [head, ...texts.map(section), end];
        const bytes = encode(lines);
        const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((place, index) => bytes.slice(places[index], place));
        expect(await read(streamOf(pieces))).toEqual(lines);
      }),
    );
  });

  test('gives each part as soon as it is there', async () => {
    const parts = readParts(streamOf([encode([head, section('One')])], 'open'), new AbortController().signal);
    expect((await parts.next()).value).toEqual(head);
    expect((await parts.next()).value).toEqual(section('One'));
  });

  test.each(['end', 'error'] as const)('says that the connection broke off (%s)', async (last) => {
    const parts = readParts(streamOf([encode([head])], last), new AbortController().signal);
    await parts.next();
    await expect(parts.next()).rejects.toThrow(/broke off/);
  });

  test('says what the host says', async () => {
    const failure = { code: 'document-changed', message: 'It was changed.' } as const;
    const reading = read(streamOf([encode([head, { part: 'failure', failure }])]));
    await expect(reading).rejects.toThrow(new DocumentFailedError(failure));
  });

  test('has the host stop when nobody waits any more', async () => {
    let stopped = false;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(encode([head])),
      cancel: () => {
        stopped = true;
      },
    });
    const parts = readParts(body, new AbortController().signal);
    await parts.next();
    await parts.return();
    expect(stopped).toBe(true);
  });
});

test('stretches of a file that come as one are told apart, whatever is in them', () => {
  const contents = ['\r\n\r\n--x', '', 'Content-Range: bytes'].map((text) => new TextEncoder().encode(text));
  const answer = contents.map((content) => `\r\n--x\r\nContent-Range: bytes 0-1/9\r\n\r\n${new TextDecoder().decode(content)}`).join('');
  const ranges = contents.map(({ length }) => [5, 5 + length] as const);
  expect(partsIn(new TextEncoder().encode(`${answer}\r\n--x--\r\n`), ranges)).toEqual(contents);
  expect(() => partsIn(new TextEncoder().encode(answer.slice(0, -3)), ranges)).toThrow('too early');
});
