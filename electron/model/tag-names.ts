/** Tags are one when they are equal without case, Unicode composition, and space around their levels. */
export const tagKey = (name: string): string => normalizeTagName(name).toLowerCase();

/** Names that are as they are kept: words with one space or `/` between. Nearly all are, and thousands are looked at together. */
const PLAIN = /^[\p{L}\p{M}\p{N}_-]+(?:[ /][\p{L}\p{M}\p{N}_-]+)*$/u;

/** A tag's name as it is kept: NFC, no leading `#`, one space within, none around `/`, no empty level. */
export function normalizeTagName(name: string): string {
  const composed = name.normalize('NFC');
  if (PLAIN.test(composed)) return composed;
  return composed
    .replace(/^[#\s/]+/, '')
    .split('/')
    .map((level) => level.trim().replace(/\s+/g, ' '))
    .filter((level) => level !== '')
    .join('/');
}

/** Names as they are kept, each once; those without a name are left out. */
export function tidyTagNames(names: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names) {
    const key = tagKey(name);
    if (key !== '' && !byKey.has(key)) byKey.set(key, normalizeTagName(name));
  }
  return [...byKey.values()];
}

/** Whether `name` is `ancestor` or lies under it. */
export const isTagWithin = (name: string, ancestor: string): boolean => {
  const key = tagKey(name);
  const above = tagKey(ancestor);
  return key === above || key.startsWith(`${above}/`);
};
