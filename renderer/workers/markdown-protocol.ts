/** What the Markdown worker is sent, and what it answers, once for each. */
export interface MarkdownRequest {
  markdown: string;
}

export type MarkdownAnswer = { html: string } | { reason: string };
