import type { BlockKind, DocumentSection, DrawnElement, DrawnNode, Heading, Look } from '#model';
import { headingTitle, unspacedBreak } from '#model';
import { cutSections } from '../sections';
import { type Block, plainTextBlocks } from './blocks';

/** What a plain text draws, in order: all of `text`, `header` (a range of it, in UTF-16 code units) unseen; what a mail quotes is folded. */
export function* plainTextSections(text: string, header: { start: number; end: number }, isMail = false): Generator<DocumentSection> {
  const sections = cutSections(plainTextBlocks(text, header, isMail), ({ kind, start, end }) => ({
    units: end - start,
    blocks: kind === 'separator' || kind === 'header' || kind === 'page-break' ? 0 : 1,
    heading: kind === 'heading',
  }));
  for (const blocks of sections) {
    const start = blocks[0]?.start ?? 0;
    const end = blocks.at(-1)?.end ?? start;
    yield {
      part: 'section',
      text: text.slice(start, end),
      nodes: blocks.map((block) => drawBlock(text, block)),
      blocks: blocks.flatMap(({ kind, start, end }) =>
        kind === 'separator' || kind === 'page-break' ? [] : [[start, end, kinds[kind]] as const],
      ),
      headings: blocks.flatMap((block) => (block.kind === 'heading' && !block.continued ? [headingOf(text, block)] : [])),
      targets: [],
      progress: end / text.length,
    };
  }
}

const kinds: Record<Exclude<Block['kind'], 'separator' | 'page-break'>, BlockKind> = {
  header: 'header',
  heading: 'heading',
  paragraph: 'paragraph',
  'list-item': 'item',
  preformatted: 'preformatted',
  verse: 'verse',
  quoted: 'verse',
  rule: 'rule',
};

const elements: Record<Exclude<Block['kind'], 'separator' | 'page-break' | 'heading'>, readonly [name: string, look: Look]> = {
  header: ['div', 'header'],
  paragraph: ['p', 'paragraph'],
  'list-item': ['p', 'list-item'],
  preformatted: ['pre', 'preformatted'],
  verse: ['p', 'verse'],
  quoted: ['p', 'verse'],
  rule: ['p', 'rule'],
};

/** The title of the document itself is the first level, so what its text calls the first is drawn as the second. */
const drawnLevel = ({ level = 1 }: Block): number => Math.min(6, 1 + level);

const headingOf = (text: string, block: Block): Heading => ({
  level: drawnLevel(block),
  start: block.start,
  end: block.end,
  title: headingTitle(text.slice(block.start, block.end)),
});

function drawBlock(text: string, block: Block): DrawnNode {
  const { kind, start, end, continued } = block;
  const length = end - start;
  const content = text.slice(start, end);
  if (kind === 'separator') return length;
  if (kind === 'page-break') return { unseen: length };
  if (kind === 'header') return { e: 'div', a: { hidden: '' }, l: ['header'], c: [{ unseen: length }] };
  const [e, look]: readonly [string, Look] = kind === 'heading' ? [`h${drawnLevel(block)}`, 'heading'] : elements[kind];
  const element: DrawnElement = {
    e,
    a: { dir: 'auto' },
    l: continued ? [look, 'continued'] : [look],
    c: kind === 'preformatted' ? keptLines(content) : emphasised(content, kind === 'verse' || kind === 'quoted' ? keptLines : flowing),
  };
  if (kind === 'quoted')
    return { e: 'details', c: [{ e: 'summary', a: { title: 'What is quoted here' }, c: [{ ornament: 'Quoted text' }] }, element] };
  const columns = kind === 'preformatted' ? columnsOf(content) : 0;
  if (columns > FITTING && columns <= WIDEST) return { ...element, s: { '--line-length': String(columns) } };
  return kind === 'list-item' && (block.level ?? 1) > 1 ? { ...element, s: { '--level': String(block.level) } } : element;
}

/** Columns of text for a typewriter that fit the reader's column as it is, and those that are made to fit; wider text is scrolled. */
const FITTING = 62;
const WIDEST = 80;

const columnsOf = (content: string): number => Math.max(...content.split(/[\r\n]/).map((line) => line.length));

/** Words between underscores, as typewriters and Project Gutenberg write what is printed in italics; no names such as `snake_case` or `_init_all_`. */
const EMPHASIS = /(?<![\p{L}\p{N}_])_(?=[\p{L}\p{N}“"‘'(¡¿])[^_]{1,300}(?<=\S)_(?![\p{L}\p{N}_])/gu;

/** The leaves of a block of words, made by `draw`: those between underscores are emphasised, without them. */
function emphasised(content: string, draw: (content: string) => DrawnNode[]): DrawnNode[] {
  const nodes: DrawnNode[] = [];
  let from = 0;
  for (const { index, 0: words } of content.matchAll(EMPHASIS)) {
    nodes.push(...draw(content.slice(from, index)));
    nodes.push({ e: 'em', c: [{ unseen: 1 }, ...draw(words.slice(1, -1)), { unseen: 1 }] });
    from = index + words.length;
  }
  return [...nodes, ...draw(content.slice(from))];
}

/** The leaves of lines that flow: a break between words without a space is drawn as none. */
function flowing(content: string): DrawnNode[] {
  const nodes: DrawnNode[] = [];
  let from = 0;
  for (const { index, 0: lineBreak } of content.matchAll(unspacedBreak())) {
    nodes.push(...keptLines(content.slice(from, index)), { unseen: lineBreak.length });
    from = index + lineBreak.length;
  }
  return [...nodes, ...keptLines(content.slice(from))];
}

/** The leaves of a block that keeps its lines: a carriage return by itself, which CSS does not break at, gets a `<br>`. */
function keptLines(content: string): DrawnNode[] {
  if (content === '') return [];
  if (!/\r(?!\n)/.test(content)) return [content.length];
  return content
    .split(/(?<=\r)(?!\n)/)
    .filter((line) => line !== '')
    .flatMap(({ length }, index) => (index === 0 ? [length] : [{ e: 'br' }, length]));
}
