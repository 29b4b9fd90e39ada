import type { DocumentBytes, Format, ReadContext } from './format';

/** A document's whole text: that which is drawn, on which anchors count. Rejects as the format's `read` does. */
export async function documentText(format: Format, source: DocumentBytes, context: ReadContext): Promise<string> {
  const texts: string[] = [];
  for await (const part of format.read(source, context)) if (part.part === 'section') texts.push(part.text);
  return texts.join('');
}
