import type { DrawnNode } from '#model';

/** A note as it is drawn: its text, and the nodes whose leaves are lengths into that. */
export interface NoteTree {
  text: string;
  nodes: readonly DrawnNode[];
}

/** What the Markdown worker is sent. */
export interface MarkdownRequest {
  markdown: string;
}

/** What it answers, once for each. */
export type MarkdownAnswer = { tree: NoteTree } | { reason: string };

/** What it tells first: from now on its time is that of the Markdown. */
export type MarkdownReady = 'ready';
