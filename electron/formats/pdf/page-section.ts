import type { Block, DocumentSection, DrawnElement, DrawnNode, Heading, PrintedRun } from '#model';
import { headingTitle } from '#model';
import { cutSections } from '../sections';
import { type PlacedText, printed } from './placed-text';

/** What stands on pages, in the order of reading. */
export interface PageBlock extends PlacedText {
  /** Furniture: running heads, feet and page numbers, which are part of the text and not drawn. */
  kind: 'paragraph' | 'table' | 'heading' | 'furniture';
  /** Of a heading, 1 to 6. */
  level?: number | undefined;
  /** The pages that begin in it, counted from 1, each with the UTF-16 code units from where it begins. */
  pages: readonly (readonly [number: number, offset: number])[];
}

/** Where blocks are drawn in their document. */
interface DrawnAt {
  /** Where the first begins in the text, in UTF-16 code units. */
  start: number;
  progress: number;
  /** What pages are called, by their numbers. */
  labelOf(page: number): string;
}

/** The sections of the document that are made of blocks. Each page can be led to as `page=N`, as in addresses of PDFs (RFC 8118). */
export function* drawSections(blocks: readonly PageBlock[], { start, ...at }: DrawnAt): Generator<DocumentSection> {
  const sections = cutSections(blocks, ({ kind, text }) => ({ units: text.length + 1, blocks: 1, heading: kind === 'heading' }));
  let from = start;
  for (const each of sections) {
    const section = drawSection(each, { ...at, start: from });
    yield section;
    from += section.text.length;
  }
}

function drawSection(blocks: readonly PageBlock[], { start, progress, labelOf }: DrawnAt): DocumentSection {
  let text = '';
  const nodes: DrawnNode[] = [];
  const ranges: Block[] = [];
  const headings: Heading[] = [];
  const targets: [string, number][] = [];
  const runs: PrintedRun[] = [];
  const pages: [string, number][] = [];
  for (const block of blocks) {
    const from = start + text.length;
    const to = from + block.text.length;
    text += `${block.text}\n`;
    nodes.push(draw(block), block.kind === 'furniture' ? { unseen: 1 } : 1);
    // Only what stands before all else is a header: where the text begins is where the last header ends.
    if (block.kind !== 'furniture') ranges.push([from, to, rangeKinds[block.kind]]);
    else if (from === 0) ranges.push([from, to, 'header']);
    for (const run of block.runs) runs.push(printed(run, from));
    for (const [number, offset] of block.pages) {
      targets.push([`page=${number}`, from + offset]);
      pages.push([labelOf(number), from + offset]);
    }
    if (block.level !== undefined) {
      const words = withoutNoteSign(block);
      headings.push({ level: block.level, start: from, end: from + words.length, title: headingTitle(words) });
    }
  }
  return { part: 'section', text, nodes, blocks: ranges, headings, targets, ...(pages.length > 0 && { pages }), printed: runs, progress };
}

/** The sign of a note behind a heading, so many times as large as that, or what only notes have. */
const SMALL = 0.8;
const NOTE_SIGN = /^\s*(?:[\d*∗†‡§¶,]|\p{No}){1,4}$/u;

/** A heading is called by its words; the asterisk of “A*” is one. */
function withoutNoteSign({ text, runs }: PageBlock): string {
  const last = runs.at(-1);
  const largest = Math.max(...runs.map(({ size }) => size));
  const sign = last && last.size < SMALL * largest ? text.slice(last.start) : '';
  return (NOTE_SIGN.test(sign) ? text.slice(0, -sign.length) : text).replace(/(?<=[\p{Ll}\s])[\s*∗†‡§¶]+$/u, '');
}

const rangeKinds = { paragraph: 'paragraph', table: 'verse', heading: 'heading' } as const;

function draw({ kind, text: { length }, level }: PageBlock): DrawnElement {
  const a = { dir: 'auto' };
  if (kind === 'furniture') return { e: 'div', a: { hidden: '' }, l: ['header'], c: [{ unseen: length }] };
  if (kind === 'heading') return { e: `h${level ?? 2}`, a, l: ['heading'], c: [length] };
  return { e: 'p', a, l: [kind === 'table' ? 'verse' : 'paragraph'], c: [length] };
}
