/**
 * For marked's tokenizers on either end: the `!` that a text begins with and that begin no image, as one token when there are two or
 * more. Marked takes them one at a time, and at each looks through all that follow. Else `false`: marked goes on by itself.
 */
export function inlineText(source: string): { type: 'text'; raw: string; text: string; escaped: false } | false {
  const raw = /^!{2,}(?!\[)/.exec(source)?.[0];
  return raw === undefined ? false : { type: 'text', raw, text: raw, escaped: false };
}
