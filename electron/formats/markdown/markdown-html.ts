import { Marked, type RendererObject } from 'marked';
import { inlineText } from './inline-text';

/** GitHub-flavoured Markdown as HTML, headings named as GitHub names them. It is drawn through the allow-list of `drawPage`. Throws a RangeError when it is nested too deep. */
export function markdownToHtml(markdown: string): string {
  const names = new Map<string, number>();
  const renderer: RendererObject = {
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${uniqueName(text, names)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    // Documents bring no form controls; the box is a character.
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  };
  return new Marked({ gfm: true, renderer, tokenizer: { inlineText } }).parse(markdown, { async: false });
}

/** GitHub's name of a heading: lower case, punctuation dropped, spaces as hyphens, a number after the second use. */
function uniqueName(text: string, names: Map<string, number>): string {
  const name = text
    .replace(/<[^<>]*>/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
  const used = names.get(name) ?? 0;
  names.set(name, used + 1);
  return used === 0 ? name : `${name}-${used}`;
}
