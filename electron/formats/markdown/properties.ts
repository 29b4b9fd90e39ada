import { isMap, isScalar, isSeq, type ParsedNode, Scalar } from 'yaml';
import type { DrawnElement, DrawnNode } from '#model';

/** Part of a text, in UTF-16 code units. */
export type Range = readonly [start: number, end: number];

/** What a document says of itself under a name, as it is written in its front matter: where the name and its values stand in that. */
export interface Property {
  name: Range;
  /** At least one; none is empty, nor is the name. */
  values: readonly Range[];
}

/** Properties that are shown, and values of each. */
const MOST_PROPERTIES = 100;
const MOST_VALUES = 100;

/** The properties of YAML in its order. */
export function yamlProperties(yaml: string, contents: ParsedNode | null): Property[] {
  if (!isMap(contents)) return [];
  return contents.items.slice(0, MOST_PROPERTIES).flatMap(({ key, value }) => {
    if (!isScalar(key) || !value) return [];
    const name = wordsOf(yaml, key as ParsedNode);
    const values = valuesIn(yaml, value as ParsedNode).filter(isFilled);
    return values.length === 0 || !isFilled(name) ? [] : { name, values: values.slice(0, MOST_VALUES) };
  });
}

const isFilled = ([start, end]: Range): boolean => end > start;

function valuesIn(yaml: string, node: ParsedNode): Range[] {
  if (!isSeq(node)) return [wordsOf(yaml, node)];
  const [start, end] = wordsOf(yaml, node);
  // A link that is not quoted: a list in a list, to YAML.
  if (/^\[\[[^[\]\n]+\]\]$/.test(yaml.slice(start, end))) return [[start, end]];
  return node.items.flatMap((item) => valuesIn(yaml, item as ParsedNode));
}

/** A value without its quotes, and without the mark and the empty lines around a block of lines. */
function wordsOf(yaml: string, node: ParsedNode): Range {
  const [start, end] = node.range;
  const isQuoted = isScalar(node) && (node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE);
  const isBlock = isScalar(node) && (node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL);
  const inner = isBlock ? yaml.indexOf('\n', start) + 1 : isQuoted ? start + 1 : start;
  return trimmed(yaml, inner, isQuoted && end - start > 1 ? end - 1 : end);
}

/** Those of TOML that stand in a line each. */
export function tomlProperties(toml: string): Property[] {
  const lines = toml.matchAll(/^([ \t]*["']?)([\w-]+)(["']?[ \t]*=[ \t]*)(\S[^\n]*)$/gm);
  return [...lines].slice(0, MOST_PROPERTIES).flatMap(({ index, 1: indent = '', 2: name = '', 3: sign = '', 4: value = '' }) => {
    const start = index + indent.length;
    const from = start + name.length + sign.length;
    const isList = /^\[.*\][ \t\r]*$/.test(value);
    const parts = value.matchAll(/"([^"\\]*)"|'([^']*)'|[^\s"',[\]]+/g);
    const values =
      isList || /^(?:"[^"\\]*"|'[^']*')[ \t\r]*$/.test(value) ? [...parts].map(rangeIn(from)) : [trimmed(toml, from, from + value.length)];
    const shown = values.filter(isFilled).slice(0, MOST_VALUES);
    return shown.length === 0 ? [] : { name: [start, start + name.length] as const, values: shown };
  });
}

const rangeIn =
  (from: number) =>
  ({ index, 0: written, 1: double, 2: single }: RegExpExecArray): Range => {
    const start = from + index + (double === undefined && single === undefined ? 0 : 1);
    return [start, start + (double ?? single ?? written).length];
  };

function trimmed(text: string, start: number, end: number): Range {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  return [from, Math.max(from, start + words.trimEnd().length)];
}

/** What stands above a document anyhow, and how a site draws it. */
const SAID = /^(?:title|author|authors|date|lang|language|layout)$/i;

/** Whether properties say what is not said elsewhere. */
export const saysMore = (header: string, properties: readonly Property[]): boolean =>
  properties.some(({ name: [start, end] }) => !SAID.test(header.slice(start, end)));

/**
 * Front matter as a list of its properties, which a reader opens: names and values are drawn as they are written, links in them lead on, and all that stands
 * between them is not drawn. `isOpen`: there is nothing else to be read.
 */
export function drawProperties(header: string, properties: readonly Property[], isOpen: boolean): DrawnElement {
  let drawn = 0;
  /** What stands before a place, unseen. */
  const before = (place: number): DrawnNode[] => {
    const unseen = place - drawn;
    drawn = place;
    return unseen > 0 ? [{ unseen }] : [];
  };
  const value = ([start, end]: Range): DrawnElement => {
    const c = before(start);
    for (const { index, 0: written, 1: title } of header.slice(start, end).matchAll(/\[\[([^[\]\n]+)\]\]|https?:\/\/[^\s"'<>[\]]+/g)) {
      const at = start + index;
      if (at > drawn) c.push(at - drawn);
      drawn = at;
      if (title === undefined) c.push({ e: 'a', a: { href: written }, c: [written.length] });
      else {
        const words = /[^|]*[^|\s][^|]*$/.exec(title)?.[0] ?? title;
        c.push(...before(at + 2 + title.length - words.length), { e: 'a', a: { 'title-link': title.trim() }, c: [words.length] });
        drawn += words.length;
        c.push(...before(at + written.length));
      }
      drawn = at + written.length;
    }
    if (end > drawn) c.push(end - drawn);
    drawn = end;
    return { e: 'dd', a: { dir: 'auto' }, c };
  };
  const list = properties.flatMap(({ name: [start, end], values }) => {
    const c = before(start);
    c.push(end - start);
    drawn = end;
    return [{ e: 'dt', c }, ...values.map(value)];
  });
  return {
    e: 'details',
    l: ['properties'],
    ...(isOpen && { a: { open: '' } }),
    c: [
      { e: 'summary', a: { title: 'What the document says of itself' }, c: [{ ornament: 'Properties' }] },
      { e: 'dl', c: list },
      ...before(header.length),
    ],
  };
}
