const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The order of titles and tags: without regard to case and accents, numbers by value. */
export const compareTitles = (a: string, b: string): number => collator.compare(a, b);

/** A title by its letters and figures alone. */
export const titleKey = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether two titles say the same, though one may have a topic before it or a second half that the other has not. */
export function isSameTitle(one: string, other: string): boolean {
  const [short = '', long = ''] = [titleKey(one), titleKey(other)].sort((a, b) => a.length - b.length);
  return short === long || (short.length > long.length / 2 && (long.startsWith(short) || long.endsWith(short)));
}

/** A title as links name it, whatever its case. */
export const linkName = (title: string): string => title.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
