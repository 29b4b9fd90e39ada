import markdownWorkerUrl from '../workers/markdown?worker&url';
import type { MarkdownAnswer, MarkdownRequest } from '../workers/markdown-protocol';
import { startWorker } from './trusted-types';

/** HTML that is still to be sanitised, or why there is none. */
export type MarkdownOutcome =
  | { state: 'done'; html: string }
  | { state: 'too-slow' }
  | { state: 'failed'; reason: string }
  | { state: 'cancelled' };

let idle: Worker | undefined;

/** Turns Markdown into HTML in a worker, which is ended when it takes longer than `timeLimit` (ms). */
export function markdownInWorker(markdown: string, timeLimit: number, signal?: AbortSignal): Promise<MarkdownOutcome> {
  const worker = idle ?? startWorker(markdownWorkerUrl);
  idle = undefined;
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
