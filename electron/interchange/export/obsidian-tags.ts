/**
 * A tag as Obsidian reads it: letters, numbers, `_`, `-` and `/` for levels, other characters become `-`, and a tag of
 * nothing but digits gets a leading `_`, for Obsidian takes no such tag. Empty when nothing is left. The reader's own
 * spelling is in the record.
 */
export function obsidianTag(name: string): string {
  const tag = name
    .split('/')
    .map((level) =>
      level
        .normalize('NFC')
        .replace(/(?:(?!\u200D)[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{RI}\p{EMod}_-])+/gu, '-')
        .replace(/^-+|(?<!-)-+$/g, ''),
    )
    .filter((level) => level !== '')
    .join('/');
  return /^[\d/]+$/.test(tag) ? `_${tag}` : tag;
}

/** Obsidian's spellings of `names`, each once without regard to case. */
export function obsidianTags(names: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const tag of names.map(obsidianTag)) {
    const key = tag.toLowerCase();
    if (tag !== '' && !byKey.has(key)) byKey.set(key, tag);
  }
  return [...byKey.values()];
}
