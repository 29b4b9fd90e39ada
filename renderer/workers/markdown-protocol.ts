import type { NoteModel } from '../../electron/formats/markdown/note';

/** What the Markdown worker is sent. */
export interface MarkdownRequest {
  markdown: string;
}

/** What it answers, once for each. */
export type MarkdownAnswer = { tree: NoteModel } | { reason: string };

/** What it tells first: from now on its time is that of the Markdown. */
export type MarkdownReady = 'ready';
