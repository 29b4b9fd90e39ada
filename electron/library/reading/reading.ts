import path from 'node:path';
import { type Failure, ok, type Result } from '#api';
import type { ComparedParagraph, Locator, Placement, Placements, Sketch } from '#model';
import type { EmbeddedFile } from '../../formats/format';
import { fileFailures } from '../failures';
import type { LibraryLog } from '../types';
import {
  type CarriedOver,
  type EarlierAnchors,
  type EarlierText,
  type FileToRead,
  type ListedFacts,
  lineOf,
  type MarkedRange,
} from './protocol';
import { type Answer, type Conversation, createThreads, type ThreadOptions } from './thread';

/** A text that was just read as a whole, while the thread still has it. */
export interface ReadText {
  /** SHA-256 of its UTF-8. */
  textHash: string;
  carryOver(earlier: readonly EarlierText[]): Promise<CarriedOver>;
  /** For each earlier text the placements of its anchors in this one. */
  place(earlier: readonly EarlierAnchors[]): Promise<Placement[][]>;
  /** In which chapter and on which pages passages of this text are; `null` where nothing tells. */
  locate(ranges: readonly MarkedRange[]): Promise<(Locator | null)[]>;
  /** This text, and how an earlier one differs from it, paragraph by paragraph. */
  compare(earlier: string): Promise<{ text: string; rows: ComparedParagraph[] }>;
}

/** What is to be done with a text before its end is told; answers where passages of earlier texts are in it. */
export type BeforeEnd = (read: ReadText) => Promise<Placements | undefined>;

/** The lines of a document's stream, in chunks. Whoever does not take all of them calls `return`. */
export type DocumentLines = AsyncIterableIterator<Uint8Array>;

/** Reads documents in a thread of its own, so that neither a host's thread nor the page parses one. */
export interface Reading {
  /**
   * Reads a document; fails where it cannot be read at all. What fails later is the stream's last line. `beforeEnd` is awaited before
   * the line that ends the stream is given, and its answer is given before that; its failure is logged and ends nothing.
   */
  read(file: FileToRead, beforeEnd?: BeforeEnd): Promise<Result<DocumentLines>>;
  /** Reads a document for `beforeEnd` alone, which gets its text; fails where it cannot be read. */
  readThrough(file: FileToRead, beforeEnd: BeforeEnd): Promise<Result<null>>;
  /** The picture on the cover of a document; `undefined` where there is none that can be shown. */
  cover(file: FileToRead): Promise<EmbeddedFile | undefined>;
  /** The font or sound at a place in a document; `undefined` where there is none that can be shown or played. */
  embedded(file: FileToRead, at: string): Promise<EmbeddedFile | undefined>;
  /** `undefined` where the thread cannot tell. */
  sketch(text: string): Promise<Sketch | undefined>;
  /** What a file says of itself; fails for what holds no text. */
  inspect(file: FileToRead): Promise<Result<ListedFacts>>;
  close(): Promise<void>;
}

export type ReadingOptions = Pick<ThreadOptions, 'start' | 'log'> & {
  /** ms without progress after which the thread is ended; a minute unless told. */
  timeLimit?: number;
  /** How many threads there may be; one unless told. */
  threads?: number;
  /** ms without work after which the last thread ends; it stays unless told. */
  restLimit?: number;
};

const TIME_LIMIT = 60_000;

export function openReading({ timeLimit = TIME_LIMIT, threads: most = 1, ...options }: ReadingOptions): Reading {
  const threads = createThreads({ ...options, timeLimit, most });
  /** Files are looked into again one by one after the thread broke down: only the one at fault breaks it again. */
  let alone: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const inspectOnce = async (file: FileToRead): Promise<Answer> => {
    const conversation = threads.begin(nameOf(file), { type: 'inspect', file });
    try {
      return await conversation.take();
    } finally {
      conversation.close();
    }
  };

  const embedded = async (request: { type: 'embedded'; file: FileToRead; at?: string }): Promise<EmbeddedFile | undefined> => {
    const conversation = threads.begin(path.basename(request.file.path), request);
    try {
      const answer = await conversation.take();
      return answer.type === 'embedded' ? answer.found : undefined;
    } finally {
      conversation.close();
    }
  };

  return {
    async read(file, beforeEnd = async () => undefined) {
      const name = path.basename(file.path);
      const conversation = threads.begin(name, { type: 'read', file });
      const first = await conversation.take();
      if (first.type === 'lines' || first.type === 'end') return ok(linesOf(conversation, first, { name, beforeEnd, log: options.log }));
      conversation.close();
      return { ok: false, failure: failureOf(first, name) };
    },
    async readThrough(file, beforeEnd) {
      const name = path.basename(file.path);
      const conversation = threads.begin(name, { type: 'read', file, isQuiet: true });
      try {
        const answer = await conversation.take();
        if (answer.type !== 'end') return { ok: false, failure: failureOf(answer, name) };
        await endOf(conversation, answer.textHash, { name, beforeEnd, log: options.log });
        return ok(null);
      } finally {
        conversation.close();
      }
    },
    cover: (file) => embedded({ type: 'embedded', file }),
    embedded: (file, at) => embedded({ type: 'embedded', file, at }),
    async sketch(text) {
      const conversation = threads.begin('a text', { type: 'sketch', text });
      try {
        const answer = await conversation.take();
        return answer.type === 'sketched' ? answer.sketch : undefined;
      } finally {
        conversation.close();
      }
    },
    async inspect(file) {
      let answer = await inspectOnce(file);
      if (answer.type === 'broken' && !isClosed) {
        const again = alone.then(() => inspectOnce(file));
        alone = again.catch(() => undefined);
        answer = await again;
      }
      return answer.type === 'inspected' ? ok(answer.facts) : { ok: false, failure: failureOf(answer, nameOf(file)) };
    },
    close() {
      isClosed = true;
      return threads.end();
    },
  };
}

const nameOf = ({ path: file, fileName = path.basename(file) }: FileToRead): string => fileName;

interface Streaming {
  name: string;
  beforeEnd: BeforeEnd;
  log: LibraryLog;
}

/** What is done with a text while its thread still has it; what fails of it is logged. */
async function endOf(conversation: Conversation, textHash: string, { name, beforeEnd, log }: Streaming): Promise<Placements | undefined> {
  const carryOver = async (earlier: readonly EarlierText[]): Promise<CarriedOver> => {
    conversation.ask({ type: 'carry-over', earlier });
    const answer = await conversation.take();
    if (answer.type === 'carried-over') return answer.carried;
    throw new Error(failureOf(answer, name).message);
  };

  const place = async (earlier: readonly EarlierAnchors[]): Promise<Placement[][]> => {
    conversation.ask({ type: 'place', earlier });
    const answer = await conversation.take();
    if (answer.type === 'placed') return answer.placements;
    throw new Error(failureOf(answer, name).message);
  };

  const locate: ReadText['locate'] = async (ranges) => {
    conversation.ask({ type: 'locate', ranges });
    const answer = await conversation.take();
    if (answer.type === 'located') return answer.locators;
    throw new Error(failureOf(answer, name).message);
  };

  const compare: ReadText['compare'] = async (earlier) => {
    conversation.ask({ type: 'compare', earlier });
    const answer = await conversation.take();
    if (answer.type === 'compared') return answer;
    throw new Error(failureOf(answer, name).message);
  };

  try {
    return await beforeEnd({ textHash, carryOver, place, locate, compare });
  } catch (error) {
    if (!conversation.isOver) log.error(`What was made on an earlier text of ${name} could not be carried over`, error);
    return undefined;
  }
}

function linesOf(conversation: Conversation, firstAnswer: Answer, streaming: Streaming): DocumentLines {
  const chunkOf = async (answer: Answer): Promise<Uint8Array> => {
    if (answer.type === 'lines') {
      conversation.ask({ type: 'more' });
      return answer.lines;
    }
    if (answer.type !== 'end') {
      conversation.close();
      return lineOf({ part: 'failure', failure: failureOf(answer, streaming.name) });
    }
    const placements = await endOf(conversation, answer.textHash, streaming);
    conversation.close();
    return placements ? Buffer.concat([lineOf({ part: 'placements', placements }), answer.lines]) : answer.lines;
  };

  let first: Answer | undefined = firstAnswer;
  return {
    async next() {
      const answer = first ?? (conversation.isOver ? undefined : await conversation.take());
      first = undefined;
      // Whoever went away meanwhile gets nothing more.
      if (!answer || conversation.isOver) return { done: true, value: undefined };
      return { done: false, value: await chunkOf(answer) };
    },
    async return() {
      conversation.close();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const failureOf = (answer: Answer, name: string): Failure =>
  answer.type === 'failed' || answer.type === 'broken' ? answer.failure : fileFailures.brokenOff(name).failure;
