import { expect } from 'vitest';
import type { DocumentFormat } from '#formats/list';
import {
  allowedAttributes,
  allowedElements,
  allowedMathAttributes,
  allowedMathElements,
  allowedOwnStyles,
  allowedStyles,
  type DocumentEnd,
  type DocumentHead,
  type DocumentPart,
  type DocumentSection,
  type DrawnElement,
  type DrawnNode,
} from '#model';
import { readerOf } from '../../../electron/formats/registry';

/** What a reader gave of a document, and its whole text. */
export interface ReadDocument {
  head: DocumentHead;
  sections: DocumentSection[];
  end: DocumentEnd;
  text: string;
}

/** Reads a document out of memory. */
export async function readAll(content: string | Uint8Array, format: DocumentFormat, encoding?: string): Promise<ReadDocument> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const source = { size: bytes.length, fileName: 'file', read: async (start: number, end: number) => bytes.subarray(start, end) };
  const reader = await readerOf(format);
  const parts: DocumentPart[] = await Array.fromAsync(reader.read(source, { encoding, signal: new AbortController().signal }));
  const [head] = parts;
  const end = parts.at(-1);
  const sections = parts.filter((part) => part.part === 'section');
  const inside = parts.slice(1, -1).filter(({ part }) => part !== 'section' && part !== 'sheets');
  if (head?.part !== 'head' || end?.part !== 'end' || inside.length > 0) throw new Error('The parts are not in order.');
  return { head, sections, end, text: sections.map(({ text }) => text).join('') };
}

/** All nodes of drawn trees, each before what it holds, and in how many elements it lies. Does not call itself: a tree may be deep. */
export function* walkNodes(nodes: readonly DrawnNode[]): Generator<{ node: DrawnNode; depth: number }> {
  const rest = nodes.map((node) => ({ node, depth: 0 })).reverse();
  for (let next = rest.pop(); next; next = rest.pop()) {
    yield next;
    const { node, depth } = next;
    if (typeof node === 'object' && 'e' in node)
      for (const child of node.c?.toReversed() ?? []) rest.push({ node: child, depth: depth + 1 });
  }
}

/** How many code units of text a leaf stands for. */
export function lengthOf(node: DrawnNode): number {
  if (typeof node === 'number') return node;
  if ('unseen' in node) return node.unseen;
  return 'replaced' in node ? node.replaced : 0;
}

/** `hasContents`: a table of contents says how its headings are called. All that every document must keep, whatever it is made of: the agreement that both ends count on. */
export function expectSound(read: ReadDocument, { hasContents = false } = {}): void {
  expect([...problemsOf(read, hasContents)].slice(0, 5)).toEqual([]);
}

function* problemsOf({ head: { sheets = [] }, sections, end, text }: ReadDocument, hasContents: boolean): Generator<string> {
  let start = 0;
  let progress = 0;
  for (const section of sections) {
    yield* problemsOfOutside(section, start);
    yield* problemsOfPrinted(section, start, sheets.length);
    let length = 0;
    for (const { node, depth } of walkNodes(section.nodes)) {
      if (depth > 210) yield 'a node lies too deep';
      if (typeof node === 'object' && 'e' in node) yield* strangersIn(node);
      else if (!('ornament' in Object(node)) && lengthOf(node) < 1) yield 'a leaf is empty';
      length += lengthOf(node);
    }
    if (length !== section.text.length) yield `leaves of ${length} for a text of ${section.text.length}`;
    let last = start;
    for (const [from, to] of section.blocks) {
      if (from < last || to <= from) yield `a block from ${from} to ${to} after ${last}`;
      last = to;
    }
    if (last > start + length) yield 'a block ends after its section';
    const begins = new Set(section.blocks.map(([from]) => from));
    for (const heading of section.headings) {
      if (!begins.has(heading.start)) yield `a heading at ${heading.start}, where no block is`;
      if (!hasContents && heading.title !== text.slice(heading.start, heading.end).replaceAll('\u00ad', '').trim().replace(/\s+/g, ' '))
        yield `a heading is not ${heading.title}`;
    }
    for (const [name, offset] of section.targets) if (offset < start || offset > start + length) yield `${name} is at ${offset}`;
    let page = start;
    for (const [label, offset] of section.pages ?? []) {
      if (label === '' || offset < page || offset > start + length) yield `page ${label} is at ${offset}`;
      page = offset;
    }
    if (section.progress < progress || section.progress > 1) yield `progress of ${section.progress}`;
    ({ progress } = section);
    start += length;
  }
  if (end.length !== text.length) yield `a text of ${text.length}, said to be ${end.length}`;
}

/** What is printed is in order and apart, and all but white space, on pages that there are. */
function* problemsOfPrinted({ text, printed }: DocumentSection, start: number, pages: number): Generator<string> {
  if ((printed !== undefined) !== pages > 0) yield 'what is printed has no pages, or pages nothing that is printed';
  let last = start;
  for (const [from, to, page, ...lengths] of printed ?? []) {
    if (from < last || to <= from || to > start + text.length) yield `printed from ${from} to ${to} after ${last}`;
    if (text.slice(last - start, from - start).trim() !== '') yield `“${text.slice(last - start, from - start)}” is not printed`;
    if (page < 0 || page >= pages || !lengths.every(Number.isFinite)) yield `printed on page ${page} at ${lengths}`;
    last = to;
  }
  if (printed && text.slice(last - start).trim() !== '') yield `“${text.slice(last - start)}” is not printed`;
}

/** What is drawn as outside of the article is what is said to be; separators on its edges may be either. */
function* problemsOfOutside({ text, nodes, outside = [] }: DocumentSection, start: number): Generator<string> {
  let last = -1;
  for (const [from, to] of outside) {
    if (from <= last || to <= from || from < start || to > start + text.length) yield `outside from ${from} to ${to} after ${last}`;
    last = to;
  }
  let at = start;
  const rest: { node: DrawnNode; isOutside: boolean }[] = nodes.map((node) => ({ node, isOutside: false })).reverse();
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { node } = next;
    if (typeof node === 'object' && 'e' in node) {
      const isOutside = next.isOutside || node.l?.includes('outside') === true;
      for (const child of node.c?.toReversed() ?? []) rest.push({ node: child, isOutside });
      continue;
    }
    const end = at + lengthOf(node);
    const isSaid = outside.some(([from, to]) => from <= at && end <= to);
    if (isSaid !== next.isOutside && !/^[\n\t]?$/.test(text.slice(at - start, end - start)))
      yield `${at} to ${end} is drawn as ${next.isOutside}`;
    at = end;
  }
}

/** The names in an element that no document may have. */
function* strangersIn({ e, a = {}, s = {}, own = {} }: DrawnElement): Generator<string> {
  const isMath = allowedMathElements.has(e);
  if (!isMath && !allowedElements.has(e)) yield `<${e}>`;
  for (const name in a) if (!(isMath ? allowedMathAttributes : allowedAttributes).has(name)) yield `<${e} ${name}>`;
  for (const name in s) if (!allowedStyles.has(name)) yield `<${e} style=${name}>`;
  for (const name in own) if (!allowedOwnStyles.get(name)?.test(own[name] ?? '')) yield `<${e} own ${name}: ${own[name]}>`;
}
