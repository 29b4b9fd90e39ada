/** UTF-16 code units of Markdown, and of one line of it, in which tags are looked for. */
const LONGEST = 256 * 1024;
const LONGEST_LINE = 4_000;
/** Tags that are told. */
const MOST_TAGS = 20;

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** What stands in code within a line, or in a comment, is no tag. */
const NOT_SEEN = /(?<!`)(`{1,8})(?!`).*?(?<!`)\1(?!`)|%%.*?%%/g;
/** `#tag/with-levels`, behind white space; one of figures alone is a number. */
const TAG =
  /(?<=^|\s)#(?=[\d_/-]*[\p{L}\p{Extended_Pictographic}])([\p{L}\p{M}\p{N}\p{Extended_Pictographic}_/-]{1,80})(?=$|[\s.,;:!?)\]*])/gu;

/** The tags that the text of a Markdown document has in it, as Obsidian reads them, each once. */
export function tagsInText(markdown: string): string[] {
  const tags = new Set<string>();
  let fence: string | undefined;
  for (const whole of markdown.slice(0, LONGEST).split(/\r\n?|\n/)) {
    const line = whole.slice(0, LONGEST_LINE);
    const [, mark] = FENCE.exec(line) ?? [];
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence))) fence = fence === undefined ? mark : undefined;
    else if (fence === undefined && line.includes('#')) {
      for (const [, tag = ''] of line.replace(NOT_SEEN, ' ').matchAll(TAG)) tags.add(tag.replace(/\/+$/, ''));
      if (tags.size >= MOST_TAGS) break;
    }
  }
  return [...tags].slice(0, MOST_TAGS);
}
