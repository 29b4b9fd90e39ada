/**
 * The readable text of Markdown: code as it is, of all else the words without their marks, addresses and images, near enough to
 * what is drawn for searching and titles. Line breaks stay. Takes time in proportion to the text, however it is nested.
 */
export function markdownText(markdown: string): string {
  const parts: string[] = [];
  let prose: string[] = [];
  let fence: string | undefined;
  const endProse = (): void => {
    if (prose.length > 0) parts.push(withoutMarks(prose.join('\n')));
    prose = [];
  };
  for (const line of markdown.split(/\r\n?|\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      else parts.push(line);
    } else if (mark !== undefined) {
      endProse();
      fence = mark;
    } else if (!isOnlyMarks(line)) {
      prose.push(line);
    }
  }
  endProse();
  return parts.join('\n');
}

/** A rule, the line under a heading or a table's head, or where a link leads: nothing of these is read. */
const isOnlyMarks = (line: string): boolean => /^ {0,3}(?:[-=*_:|][-=*_:| \t]+|\[[^[\]]+\]:[ \t]*\S.*)$/.test(line);

/** Prose without the marks of its blocks and of its words. No expression here may look at a stretch of text twice. */
const withoutMarks = (text: string): string =>
  withoutComments(text)
    .split('\n')
    .map((line) => cellsOf(line.replace(BLOCK_MARKS, '').trimEnd()))
    .join('\n')
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? part.slice(1, -1) : withoutEmphasis(part)))
    .join('');

const BLOCK_MARKS = /^[ \t]*(?:(?:#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+|>[ \t]?)+(?:\[[ xX]\][ \t]+)?/;

/** The cells of a table's row apart from each other, and a heading without the marks at its end. */
function cellsOf(line: string): string {
  if (line.endsWith(' #') || line.endsWith('##')) return line.replace(/ #+$/, '');
  if (!line.startsWith('|')) return line;
  const cells = line.split('|').map((cell) => cell.trim());
  return cells.slice(1, line.endsWith('|') ? -1 : undefined).join('\t');
}

const withoutComments = (text: string): string =>
  text
    .split('<!--')
    .map((piece, index) => {
      const end = index === 0 ? -1 : piece.indexOf('-->');
      return end < 0 ? piece : piece.slice(end + 3);
    })
    .join('');

const withoutEmphasis = (text: string): string =>
  text
    .replace(/<([a-z][a-z\d+.-]{1,30}:[^\s<>]*)>/gi, '$1')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/!\[[^[\]]*\](?:\([^()]*\)|\[[^[\]]*\])/g, '')
    .replace(/\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])/g, '$1')
    .replace(/(?<![\w*\\])(?:[*_]{1,3}|~~)(?=\S)|(?<=[^\s\\])(?:[*_]{1,3}|~~)(?![\w*])/g, '')
    .replace(/\\([\p{P}\p{S}])/gu, '$1');
