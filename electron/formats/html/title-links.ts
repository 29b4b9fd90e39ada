/** The pieces of a text; those with a `title` are links to the document of that title, written `[[Title]]`. */
export function splitTitleLinks(value: string): { text: string; title?: string }[] {
  if (!value.includes('[[')) return [{ text: value }];
  return value
    .split(/\[\[([^[\]\n]{1,300})\]\]/)
    .map((text, index) => (index % 2 === 1 ? { text, title: text.trim() } : { text }))
    .filter(({ text }) => text !== '');
}
