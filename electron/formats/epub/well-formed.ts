/** A name of XML with at most one prefix (Namespaces in XML 1.0, 3). */
const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}._·-]*(?::[\p{L}_][\p{L}\p{M}\p{N}._·-]*)?$/u;

/**
 * What is no element, and a tag: attributes may hold anything but `<` between their quotes. What never ends is taken to the end of the file, and a name is
 * taken whole: nothing is read again and again in a file that is made to take long.
 */
const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[?!][^>]*(?:>|$)|<(\/?)([^\s<>/]+)(?=[\s>/])((?:[^<>"']|"[^<"]*"|'[^<']*')*)>/g;

/**
 * Whether the elements of an XML file have names, and end where they should. What else can be wrong in one, browsers do not mind, and readers do not
 * see. The declaration of a document type must be gone.
 */
export function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  for (const [, end, name, rest = ''] of xml.matchAll(MARKUP)) {
    if (name === undefined) continue;
    if (end === '/') {
      if (open.pop() !== name) return false;
      continue;
    }
    if (!NAME.test(name)) return false;
    if (!rest.endsWith('/')) open.push(name);
  }
  return open.length === 0;
}
