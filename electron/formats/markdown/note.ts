import type { DrawnNode } from '#model';

/** A note's text, and what is drawn of it. */
export function readNote(markdown: string): { text: string; nodes: readonly DrawnNode[] } {
  return { text: markdown, nodes: [{ e: 'div', l: ['verse'], c: [markdown.length] }] };
}
