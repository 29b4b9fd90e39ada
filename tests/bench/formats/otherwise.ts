const FRONT_MATTER = 'two lines `---` at the top of a file stand around its properties';
const OBSIDIAN = '`[[…]]` is a link of Obsidian’s';
const BARE = 'a bare address is a link, as GitHub has it';
const OPEN_PRE = 'marked drops the break after a block of HTML, which shows in a `<pre>` that a blank line cuts off';

/** Examples of CommonMark that are read otherwise, by their numbers, each with why. */
export const otherwise: ReadonlyMap<number, string> = new Map([
  [98, FRONT_MATTER],
  [148, OPEN_PRE],
  ...[550, 561, 592].map((number) => [number, OBSIDIAN] as const),
  ...[604, 610, 613, 614].map((number) => [number, BARE] as const),
]);
