import { readNote } from '../../electron/formats/markdown/note';
import type { MarkdownAnswer, MarkdownReady, MarkdownRequest } from './markdown-protocol';

// The page may end this worker at any moment: Markdown can be written so that it takes hours, or overflows the stack.
self.onmessage = ({ data }: MessageEvent<MarkdownRequest>) => {
  let answer: MarkdownAnswer;
  try {
    answer = { tree: readNote(data.markdown) };
  } catch (error) {
    answer = { reason: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
};

self.postMessage('ready' satisfies MarkdownReady);
