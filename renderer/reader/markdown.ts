import markdownWorkerUrl from '../workers/markdown?worker&url';
import type { MarkdownAnswer, MarkdownReady, MarkdownRequest } from '../workers/markdown-protocol';
import { startWorker } from './trusted-types';

/** HTML that is still to be sanitised, or why there is none. */
export type MarkdownOutcome =
  | { state: 'done'; html: string }
  | { state: 'too-slow' }
  | { state: 'failed'; reason: string }
  | { state: 'cancelled' };

let idle: Worker | undefined;

/** Turns Markdown into HTML in a worker, which is ended when that takes longer than `timeLimit` (ms), not counting the worker's start. */
export async function markdownInWorker(markdown: string, timeLimit: number, signal?: AbortSignal): Promise<MarkdownOutcome> {
  let worker: Worker;
  try {
    worker = await readyWorker();
  } catch (error) {
    return { state: 'failed', reason: String(error) };
  }
  return new Promise((resolve) => {
    const settle = (outcome: MarkdownOutcome, reusable: boolean): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      worker.onmessage = null;
      worker.onerror = null;
      if (reusable && !idle) idle = worker;
      else worker.terminate();
      resolve(outcome);
    };
    const cancel = (): void => settle({ state: 'cancelled' }, false);
    const timer = setTimeout(() => settle({ state: 'too-slow' }, false), timeLimit);
    worker.onmessage = ({ data }: MessageEvent<MarkdownAnswer>) =>
      settle('html' in data ? { state: 'done', ...data } : { state: 'failed', ...data }, 'html' in data);
    worker.onerror = (event) => settle({ state: 'failed', reason: event.message }, false);
    if (signal?.aborted) cancel();
    else {
      signal?.addEventListener('abort', cancel);
      worker.postMessage({ markdown } satisfies MarkdownRequest);
    }
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
