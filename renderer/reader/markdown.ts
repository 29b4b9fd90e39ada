import type { NoteModel } from '../../electron/formats/markdown/note';
import type { MarkdownAnswer, MarkdownReady, MarkdownRequest } from '../workers/markdown';
import markdownWorkerUrl from '../workers/markdown?worker&url';
import { startWorker } from './trusted-types';

/** What is drawn of a note, or why it is shown as it is written. */
export type MarkdownOutcome = { state: 'done'; tree: NoteModel } | { state: 'too-slow' } | { state: 'failed'; reason: string };

let idle: Worker | undefined;

/** Reads a note's Markdown in a worker, which is ended when that takes longer than `timeLimit` (ms), not counting the worker's start. */
export async function markdownInWorker(markdown: string, timeLimit: number): Promise<MarkdownOutcome> {
  let worker: Worker;
  try {
    worker = await readyWorker();
  } catch (error) {
    return { state: 'failed', reason: String(error) };
  }
  return new Promise((resolve) => {
    const settle = (outcome: MarkdownOutcome, reusable: boolean): void => {
      clearTimeout(timer);
      worker.onmessage = null;
      worker.onerror = null;
      if (reusable && !idle) idle = worker;
      else worker.terminate();
      resolve(outcome);
    };
    const timer = setTimeout(() => settle({ state: 'too-slow' }, false), timeLimit);
    worker.onmessage = ({ data }: MessageEvent<MarkdownAnswer>) =>
      settle('tree' in data ? { state: 'done', ...data } : { state: 'failed', ...data }, 'tree' in data);
    worker.onerror = (event) => settle({ state: 'failed', reason: event.message }, false);
    worker.postMessage({ markdown } satisfies MarkdownRequest);
  });
}

/** A worker that waits for Markdown. Rejects when none can be started. */
async function readyWorker(): Promise<Worker> {
  if (idle) {
    const worker = idle;
    idle = undefined;
    return worker;
  }
  const worker = startWorker(markdownWorkerUrl);
  await new Promise<MessageEvent<MarkdownReady>>((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = (event) => reject(new Error(event.message));
  });
  return worker;
}
