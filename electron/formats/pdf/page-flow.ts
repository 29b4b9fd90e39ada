import type { DocumentSection } from '#model';
import { createHeadingFinder, type OutlineItem } from './headings';
import { drawSections, type PageBlock } from './page-section';
import { isCutBetween, joinParagraphs, type Paragraph, readParagraphs } from './paragraphs';
import { joinTexts } from './placed-text';
import { findRunningHeads, type PageLines } from './running-heads';

/** Pages on either side that running heads are compared with. */
const NEIGHBOURS = 2;
/** Notes at the foot of a page are at most so many times as large as the text. */
const NOTE_SIZE = 0.93;

/** A paragraph that the end of a page may have cut, and what stands below it on that page. */
interface Held {
  paragraph: Paragraph;
  pages: PageBlock['pages'];
  below: readonly PageBlock[];
}

/**
 * One text of the pages that come: what goes on over the end of a page is joined, and stands before the notes at its foot and before the running heads
 * of both. Gives `undefined` with each page that was read.
 */
export async function* flowPages(
  pages: AsyncIterable<PageLines>,
  { count, outline, labelOf }: { count: number; outline: readonly OutlineItem[]; labelOf(page: number): string },
): AsyncGenerator<DocumentSection | undefined, void, undefined> {
  const headings = createHeadingFinder(outline);
  const near: PageLines[] = [];
  /** The page that `near` begins with, and the one that is written next. */
  let first = 0;
  let next = 0;
  let length = 0;
  let held: Held | undefined;
  /** Pages without text. */
  let waiting: number[] = [];

  function* write(blocks: readonly PageBlock[]): Generator<DocumentSection> {
    for (const section of drawSections(blocks, { start: length, progress: next / count, labelOf })) {
      length += section.text.length;
      yield section;
    }
  }

  /** The blocks of the next page, with what was held of the one before. */
  function takePage(): PageBlock[] {
    const page = near[next - first] ?? { lines: [], bottom: 0, top: 0 };
    const from = Math.max(0, next - first - NEIGHBOURS);
    const neighbours = near.slice(from, next - first + NEIGHBOURS + 1).filter((each) => each !== page);
    const heads = findRunningHeads(page, neighbours);
    const paragraphs = readParagraphs(page.lines.filter((line) => !heads.has(line)));
    const levels = headings.levels(next, paragraphs);
    const notesAt = paragraphs.findLastIndex(({ size }) => size >= NOTE_SIZE * headings.bodySize()) + 1;
    const main = paragraphs.slice(0, notesAt);
    const blockOf = (paragraph: Paragraph): PageBlock => toBlock(paragraph, levels.get(paragraph));
    const notes = paragraphs.slice(notesAt).map(blockOf);
    next += 1;
    waiting.push(next);
    const blocks: PageBlock[] = [];
    const [opening] = main;
    if (held && opening && main.length > 1 && !levels.has(opening) && isCutBetween(held.paragraph, opening)) {
      const joined = joinParagraphs(held.paragraph, opening);
      const place = joined.text.length - opening.text.length;
      blocks.push({ ...toBlock(joined, undefined), pages: [...held.pages, ...waiting.map((number) => [number, place] as const)] });
      waiting = [];
      main.shift();
      blocks.push(...held.below);
    } else blocks.push(...release());
    const begun = blocks.length;
    const furniture = joinTexts([...heads], (before, { text }) => (before === '' ? text : `${before}\n${text}`));
    if (furniture.text !== '') blocks.push({ kind: 'furniture', ...furniture, pages: [] });
    const last = main.at(-1);
    const mayGoOn = last !== undefined && !last.isTable && !levels.has(last);
    blocks.push(...(mayGoOn ? main.slice(0, -1) : main).map(blockOf), ...(mayGoOn ? [] : notes));
    const here = waiting.map((number) => [number, 0] as const);
    const begins = blocks[begun];
    if (begins) blocks[begun] = { ...begins, pages: here };
    if (begins || mayGoOn) waiting = [];
    held = mayGoOn ? { paragraph: last, pages: begins ? [] : here, below: notes } : undefined;
    return blocks;
  }

  const release = (): PageBlock[] => {
    const blocks = held ? [{ ...toBlock(held.paragraph, undefined), pages: held.pages }, ...held.below] : [];
    held = undefined;
    return blocks;
  };

  for await (const page of pages) {
    headings.see(page.lines);
    near.push(page);
    yield undefined;
    if (first + near.length - next <= NEIGHBOURS) continue;
    yield* write(takePage());
    if (next - first > NEIGHBOURS) {
      near.shift();
      first += 1;
    }
  }
  while (next < first + near.length) yield* write(takePage());
  yield* write(release());
}

const toBlock = ({ text, runs, isTable }: Paragraph, level: number | undefined): PageBlock => ({
  kind: level !== undefined ? 'heading' : isTable ? 'table' : 'paragraph',
  text,
  runs,
  level,
  pages: [],
});
