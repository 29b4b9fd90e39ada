/** Elements of HTML that have no end. */
const empty: ReadonlySet<string> = new Set([
  ...['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr'],
]);

/** Whether a page is written as XML: there `<script/>` and `<a id="x"/>` have their ends, which HTML does not see. */
export const isXhtml = (text: string): boolean =>
  /^\s*<\?xml\b/.test(text.slice(0, 200)) || /^[^<]*<!DOCTYPE[^>]*\bXHTML\b/i.test(text.slice(0, 2_000));

/** A page without the declaration of its type, which may declare entities. */
export const withoutDoctype = (text: string): string =>
  text.replace(/^([^<]*(?:<[?!][^D][^>]*>[^<]*)*)<!DOCTYPE\s[^[>]*(?:\[[^\]]*\]\s*)?>/i, '$1');

/** XHTML as HTML: elements that end where they begin get an end, text in `CDATA` is text, and what a document type declares is left out. */
export const xhtmlAsHtml = (text: string): string =>
  withoutDoctype(text)
    .replace(/<!\[CDATA\[((?:[^\]]|\](?!\]>))*)(?:\]\]>|$)/g, (_, inner: string) => inner.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
    .replace(/<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)\/>/g, (whole, name: string, attributes: string) =>
      empty.has(name.toLowerCase()) ? whole : `<${name}${attributes}></${name}>`,
    );
