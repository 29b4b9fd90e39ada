/** UTF-16 code units that a title may have. */
export const LONGEST_TITLE = 120;

/** Whether a line that stands alone above a text is its title: short, with a letter or figure, and not a sentence. */
export const isTitleLine = (line: string): boolean =>
  line.length <= LONGEST_TITLE && /[\p{L}\p{N}]/u.test(line) && !/[.!?…。！？؟,;:،؛；：]["'”’»)]*$/u.test(line);
