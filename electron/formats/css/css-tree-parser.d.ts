/** The parser alone: the rest of the package is a dictionary of CSS of some hundred kilobytes. */
declare module 'css-tree/parser' {
  import type { CssNodePlain, ParseOptions } from 'css-tree';
  export default function parse(text: string, options: ParseOptions & { list?: false }): CssNodePlain;
}
