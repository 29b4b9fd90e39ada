import { type NoteModel, readNote } from '../../electron/formats/markdown/note';

/** What the Markdown worker is sent. */
export interface MarkdownRequest {
  markdown: string;
}

/** What it answers, once for each. */
export type MarkdownAnswer = { tree: NoteModel } | { reason: string };

/** What it tells first: from now on its time is that of the Markdown. */
export type MarkdownReady = 'ready';

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
