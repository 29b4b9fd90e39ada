import { expect } from 'vitest';
import type { DocumentFormat } from '#formats/list';
import {
  allowedAttributes,
  allowedElements,
  allowedMathAttributes,
  allowedMathElements,
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
  if (head?.part !== 'head' || end?.part !== 'end' || sections.length !== parts.length - 2) throw new Error('The parts are not in order.');
  return { head, sections, end, text: sections.map(({ text }) => text).join('') };
}

/** All nodes of drawn trees, each before what it holds. Does not call itself: a tree may be deep. */
export function* walkNodes(nodes: readonly DrawnNode[]): Generator<{ node: DrawnNode; depth: number; within: readonly DrawnElement[] }> {
  const rest: { node: DrawnNode; within: readonly DrawnElement[] }[] = nodes.map((node) => ({ node, within: [] })).reverse();
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { node, within } = next;
    yield { node, depth: within.length, within };
    const children = typeof node === 'object' && 'e' in node ? (node.c ?? []) : [];
    for (const child of [...children].reverse()) rest.push({ node: child, within: [...within, node as DrawnElement] });
  }
}

/** How many code units of text a leaf stands for. */
export function lengthOf(node: DrawnNode): number {
  if (typeof node === 'number') return node;
  if ('unseen' in node) return node.unseen;
  return 'replaced' in node ? node.replaced : 0;
}

/** All that every document must keep, whatever it is made of: the agreement that both ends count on. */
export function expectSound({ sections, end, text }: ReadDocument): void {
  let start = 0;
  let progress = 0;
  for (const section of sections) {
    let length = 0;
    for (const { node, depth } of walkNodes(section.nodes)) {
      if (typeof node !== 'object' || !('e' in node)) expect(lengthOf(node)).toBeGreaterThanOrEqual(typeof node === 'number' ? 1 : 0);
      else expectAllowed(node);
      expect(depth).toBeLessThanOrEqual(220);
      length += lengthOf(node);
    }
    expect(length).toBe(section.text.length);
    let last = start;
    for (const [from, to] of section.blocks) {
      expect(from).toBeGreaterThanOrEqual(last);
      expect(to).toBeGreaterThan(from);
      last = to;
    }
    expect(last).toBeLessThanOrEqual(start + length);
    for (const heading of section.headings) {
      expect(section.blocks.some(([from]) => from === heading.start)).toBe(true);
      expect(heading.title).toBe(text.slice(heading.start, heading.end).trim().replace(/\s+/g, ' '));
    }
    for (const [, offset] of section.targets) {
      expect(offset).toBeGreaterThanOrEqual(start);
      expect(offset).toBeLessThanOrEqual(start + length);
    }
    expect(section.progress).toBeGreaterThanOrEqual(progress);
    ({ progress } = section);
    start += length;
  }
  expect(progress).toBeLessThanOrEqual(1);
  expect(end.length).toBe(text.length);
}

function expectAllowed({ e, a = {}, s = {} }: DrawnElement): void {
  const isMath = allowedMathElements.has(e);
  expect(isMath || allowedElements.has(e), e).toBe(true);
  for (const name of Object.keys(a)) expect((isMath ? allowedMathAttributes : allowedAttributes).has(name), `${e} ${name}`).toBe(true);
  for (const name of Object.keys(s)) expect(allowedStyles.has(name), name).toBe(true);
}
