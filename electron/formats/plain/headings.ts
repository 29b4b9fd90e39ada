/** Whether a line is nothing but a rule: `-----`, `=====`, `* * *`. */
export const isRule = (line: string): boolean => line.length <= 200 && /^(?:([-=*_~#•·—–.])\s*)(?:\1\s*){2,}$/.test(line);

/** The level of a heading that is underlined by `===` (1) or `---` and `~~~` (2); `undefined` when `underline` is no such line. */
export function underlineLevel(title: string, underline: string): 1 | 2 | undefined {
  if (title.length > 100 || !/^(?:={3,}|-{3,}|~{3,})$/.test(underline) || underline.length * 2 < title.length || !/\p{L}/u.test(title))
    return undefined;
  return underline.startsWith('=') ? 1 : 2;
}

const CHAPTER =
  /^(?:chapter|part|book|section|appendix|act|scene|chapitre|partie|kapitel|teil|capítulo|capitulo|capitolo|parte|hoofdstuk|глава|часть)\s+(?:[\divxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z])(?=$|[\s.:,–—-])/iu;
const CHINESE_CHAPTER = /^第[〇零一二三四五六七八九十百千两\d０-９]+[章回节節卷部篇集幕話话]/;
const NUMBERED = /^\d{1,3}(?:\.\d{1,3})*\.?\s+\p{Lu}/u;

/**
 * The level (1 to 6) of a line that stands alone and is a heading beyond much doubt: "Chapter 3", "第一章", "1.2 Title",
 * "SHORT CAPITALS". `neighbours` are the lines before and after it: between lines numbered in the same way it is a list's item.
 */
export function headingLevel(line: string, neighbours: readonly string[]): number | undefined {
  const chapter = chapterLevel(line);
  if (chapter !== undefined) return chapter;
  if (line.length > 80 || /[.,;:!?…"”]$/.test(line)) return undefined;
  const depth = numberedDepth(line);
  if (depth !== undefined) return neighbours.some((neighbour) => numberedDepth(neighbour) === depth) ? undefined : Math.min(6, depth);
  return isCapitals(line) ? 2 : undefined;
}

/** 1 for a line that opens a chapter, part or the like by name. */
export function chapterLevel(line: string): 1 | undefined {
  if (line.length > 80) return undefined;
  if (CHINESE_CHAPTER.test(line)) return line.length <= 40 && !/[。，；]$/.test(line) ? 1 : undefined;
  return CHAPTER.test(line) && !/[,;]$/.test(line) && !(line.endsWith('.') && line.length > 50) ? 1 : undefined;
}

/** How many numbers stand before the title of "1.2 Title". */
const numberedDepth = (line: string): number | undefined => NUMBERED.exec(line)?.[0].match(/\d+/g)?.length;

/** Whether a short line is written in capitals throughout, as words and not as an abbreviation or a figure. */
function isCapitals(line: string): boolean {
  if (line.length > 60 || /[\p{Ll}_|=<>{}]/u.test(line) || !/^[\p{L}\p{N}"“'‘(¿¡]/u.test(line)) return false;
  const capitals = line.match(/\p{Lu}/gu)?.length ?? 0;
  return capitals >= 4 && capitals * 3 >= line.length * 2 && line.split(/\s+/).length <= 9;
}
