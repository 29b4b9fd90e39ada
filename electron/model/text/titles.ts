const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The order of titles and tags: without regard to case and accents, numbers by value. */
export const compareTitles = (a: string, b: string): number => collator.compare(a, b);
