/** The level at which a heading is told (1 to 6), where the one before it is known. */
export type LevelOf = (level: number) => number;

/** The level of the document's title, below which its headings stand. */
const TITLE = 1;

/** Tells the levels of headings, asked for in the order of the text, without gaps: a heading is at most one level below the one that it stands under. */
export function createLevels(): LevelOf {
  const open: { level: number; told: number }[] = [];
  return (level) => {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    const told = Math.min(level, (open.at(-1)?.told ?? TITLE) + 1);
    open.push({ level, told });
    return told;
  };
}

/** Has headings told without gaps in their levels, section by section; they look as they did. What is outside of the article counts by itself: it may not be shown. */
export function createHeadingLevels(): (section: Element) => void {
  const [ofText, outside] = [createLevels(), createLevels()];
  return (section) => {
    for (const heading of section.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
      const level = Number(heading.localName.slice(1));
      const told = (heading.closest('.doc-outside') ? outside : ofText)(level);
      if (told !== level) heading.setAttribute('aria-level', String(told));
    }
  };
}
