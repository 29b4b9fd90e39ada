import type { TokenizerAndRendererExtension as Extension } from 'marked';
import { escapeHtml } from '#model';

/** UTF-16 code units of Markdown, and of one line of it, in which tags are looked for. */
const LONGEST = 256 * 1024;
const LONGEST_LINE = 4_000;
/** Tags that are told. */
const MOST_TAGS = 20;

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** What stands in code within a line, or in a comment, is no tag. */
const NOT_SEEN = /(?<!`)(`{1,8})(?!`).*?(?<!`)\1(?!`)|%%.*?%%/g;
/** `#tag/with-levels`; one of figures alone is a number. */
const TAG =
  '#(?=[\\d_/-]*[\\p{L}\\p{Extended_Pictographic}])([\\p{L}\\p{M}\\p{N}\\p{Extended_Pictographic}_/-]{1,80})(?=$|[\\s.,;:!?)\\]*])';
const TAGS = new RegExp(`(?<=^|\\s)${TAG}`, 'gu');
const TAG_HERE = new RegExp(`^${TAG}`, 'u');

/** A tag in the text of a document, drawn apart from it: it leads to what has that tag. */
export const textTag: Extension = {
  name: 'text-tag',
  level: 'inline',
  tokenizer(source) {
    const [raw, tag] = this.lexer.state.inLink ? [] : (TAG_HERE.exec(source) ?? []);
    return raw === undefined ? undefined : { type: 'text-tag', raw, tag };
  },
  renderer: ({ raw, tag }) => `<lectern-tag to="${escapeHtml(nameOf(tag))}">${escapeHtml(raw)}</lectern-tag>`,
};

const nameOf = (tag: string): string => tag.replace(/\/+$/, '');

/** The tags that the text of a Markdown document has in it, as Obsidian reads them, each once. */
export function tagsInText(markdown: string): string[] {
  const tags = new Set<string>();
  let fence: string | undefined;
  for (const whole of markdown.slice(0, LONGEST).split(/\r\n?|\n/)) {
    const line = whole.slice(0, LONGEST_LINE);
    const [, mark] = FENCE.exec(line) ?? [];
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence))) fence = fence === undefined ? mark : undefined;
    else if (fence === undefined && line.includes('#')) {
      for (const [, tag = ''] of line.replace(NOT_SEEN, ' ').matchAll(TAGS)) tags.add(nameOf(tag));
      if (tags.size >= MOST_TAGS) break;
    }
  }
  return [...tags].slice(0, MOST_TAGS);
}
