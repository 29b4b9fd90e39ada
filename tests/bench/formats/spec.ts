/** One example of CommonMark's specification. */
export interface Example {
  /** From 1, as the specification counts them. */
  number: number;
  section: string;
  markdown: string;
  html: string;
}

const EXAMPLE = /^`{32} example[^\n]*\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$|^#{1,6} +(.+?)[ #]*$/gm;

/** The examples of `spec.txt`, in which `→` stands for a tab. */
export function readExamples(spec: string): Example[] {
  const examples: Example[] = [];
  let section = '';
  for (const [, markdown, html = '', heading] of spec.matchAll(EXAMPLE)) {
    if (heading !== undefined) section = heading;
    else if (markdown !== undefined)
      examples.push({ number: examples.length + 1, section, markdown: markdown.replaceAll('→', '\t'), html: html.replaceAll('→', '\t') });
  }
  return examples;
}
