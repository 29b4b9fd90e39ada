/**
 * A line that opens twelve quotes or list items within one another, or is indented like the thirtieth level of a list. A rule (`* * *`) is
 * none, however long.
 */
const DEEP_LINE = /^(?![ \t]*([*-])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){12}|^[ \t]{60}/m;

/** Whether Markdown is nested deeper than anyone writes: parsers take time that grows faster than the depth, and then all of the stack. */
export const isNestedTooDeep = (markdown: string): boolean => DEEP_LINE.test(markdown);
