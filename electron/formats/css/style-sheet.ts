/// <reference path="./css-tree-parser.d.ts" />
import type { CssNode, List } from 'css-tree';
import parse from 'css-tree/parser';
import { type Declaration, readDeclaration } from './declarations';

/** What of a style sheet says something that is drawn. */
export interface StyleSheet {
  /** The sheets that it takes in before its own rules, by the addresses that it writes. */
  imports: readonly string[];
  rules: readonly StyleRule[];
  fonts: readonly FontRule[];
}

/** Selectors as they are written, and what they say, in order. */
export interface StyleRule {
  selectors: string;
  declarations: readonly Declaration[];
}

/** A `@font-face`. */
export interface FontRule {
  family: string;
  weight: string;
  style: 'normal' | 'italic';
  /** The addresses of its files, the preferred one first. */
  sources: readonly string[];
}

/** Rules of `@media` within one another that are followed. */
const DEEPEST = 8;

/** Reads a style sheet as browsers do, who pass over what they do not know. Media other than screens are left out. */
export function parseStyleSheet(css: string): StyleSheet {
  const imports: string[] = [];
  const rules: StyleRule[] = [];
  const fonts: FontRule[] = [];
  const take = (nodes: Iterable<CssNode>, depth: number): void => {
    for (const node of nodes) {
      if (node.type === 'Rule') {
        const declarations = declarationsIn(node.block.children);
        if (declarations.length > 0) rules.push({ selectors: textOf(node.prelude), declarations });
      } else if (node.type === 'Atrule') {
        const prelude = node.prelude ? textOf(node.prelude) : '';
        const name = node.name.toLowerCase();
        if (name === 'import') imports.push(...readImport(prelude));
        else if (name === 'media' && node.block && depth < DEEPEST && isForScreens(prelude)) take(node.block.children, depth + 1);
        else if (name === 'font-face' && node.block) fonts.push(...readFont(node.block.children));
      }
    }
  };
  const sheet = parse(css, raw);
  if (sheet.type === 'StyleSheet') take(sheet.children as unknown as List<CssNode>, 0);
  return { imports, rules, fonts };
}

/** What an attribute `style` says. */
export function parseStyleAttribute(css: string): Declaration[] {
  const list = parse(css, { ...raw, context: 'declarationList' });
  return list.type === 'DeclarationList' ? declarationsIn(list.children as unknown as List<CssNode>) : [];
}

/** Values and selectors stay as they are written: only those are read that matter. */
const raw = { parseValue: false, parseRulePrelude: false, parseAtrulePrelude: false, parseCustomProperty: false } as const;

const textOf = (node: CssNode): string => (node.type === 'Raw' ? node.value.trim() : '');

function declarationsIn(nodes: Iterable<CssNode>): Declaration[] {
  const found: Declaration[] = [];
  for (const node of nodes)
    if (node.type === 'Declaration') found.push(...readDeclaration(node.property, textOf(node.value), node.important !== false));
  return found;
}

/** Whether a list of media queries (Media Queries 4) takes in every screen; what depends on its size or kind does not count. */
export const isForScreens = (media: string): boolean =>
  media.trim() === '' ||
  media.split(',').some((query) => /^\s*(?:only\s+)?(?:all|screen)\s*$|^\s*not\s+(?:print|speech|tty)\s*$/i.test(query));

const ADDRESS = /^(?:url\(\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"')]+))\s*\)?/i;

function readImport(prelude: string): string[] {
  const match = ADDRESS.exec(prelude);
  const address = match?.[1] ?? match?.[2] ?? match?.[3];
  return match && address !== undefined && isForScreens(prelude.slice(match[0].length)) ? [address] : [];
}

function readFont(nodes: Iterable<CssNode>): FontRule[] {
  const said = new Map<string, string>();
  for (const node of nodes) if (node.type === 'Declaration') said.set(node.property.toLowerCase(), textOf(node.value));
  const family = unquote(said.get('font-family') ?? '');
  const sources = [...(said.get('src') ?? '').matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*?))\s*\)/gi)].flatMap(
    ([, double, single, bare]) => double ?? single ?? bare ?? [],
  );
  if (family === '' || sources.length === 0) return [];
  return [
    {
      family,
      weight: weightIn(said.get('font-weight')),
      style: /^(?:italic|oblique)/i.test(said.get('font-style') ?? '') ? 'italic' : 'normal',
      sources,
    },
  ];
}

/** A weight, or the range of one, as `FontFace` takes it. */
const weightIn = (value = ''): string =>
  /^\s*(?:[1-9]\d{0,2}|1000)(?:\s+(?:[1-9]\d{0,2}|1000))?\s*$/.test(value) ? value.trim() : /^\s*bold\s*$/i.test(value) ? '700' : '400';

/** A family's name as it is compared. */
export const unquote = (name: string): string =>
  name
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
