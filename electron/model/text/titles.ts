const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The order of titles and tags: without regard to case and accents, numbers by value. */
export const compareTitles = (a: string, b: string): number => collator.compare(a, b);

/** A title as links name it, whatever its case. */
export const linkName = (title: string): string => title.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
