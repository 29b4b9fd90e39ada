const SOFT_HYPHEN = /\u00ad/g;

/** A text without the places at which its author lets words be parted: nobody sees them, and no other program finds a word with them in it. */
export const withoutSoftHyphens = (text: string): string => text.replace(SOFT_HYPHEN, '');
