import { type Block, plainTextBlocks } from '../../electron/formats/plain/blocks';
import { createSection } from './section';
import { cutSections } from './sections';

const NAMES: Record<Exclude<Block['kind'], 'separator' | 'heading'>, readonly [tag: string, className: string]> = {
  header: ['div', 'doc-header'],
  paragraph: ['p', 'doc-paragraph'],
  'list-item': ['p', 'doc-list-item'],
  preformatted: ['pre', 'doc-preformatted'],
  verse: ['p', 'doc-verse'],
  rule: ['p', 'doc-rule'],
};

/** The sections of a plain text, not yet in the document. Their text nodes joined are exactly `text`. */
export function* drawPlainText(text: string, header: { start: number; end: number }): Generator<HTMLElement> {
  const sections = cutSections(plainTextBlocks(text, header), (block) => ({
    units: block.end - block.start,
    blocks: block.kind === 'separator' || block.kind === 'header' ? 0 : 1,
    heading: block.kind === 'heading',
  }));
  for (const blocks of sections) yield createSection(blocks.map((block) => drawBlock(text, block)));
}

function drawBlock(text: string, block: Block): Node {
  const content = text.slice(block.start, block.end);
  if (block.kind === 'separator') return document.createTextNode(content);
  const [tag, className] = block.kind === 'heading' ? [`h${Math.min(6, 1 + (block.level ?? 1))}`, 'doc-heading'] : NAMES[block.kind];
  const element = document.createElement(tag);
  element.className = block.continued ? `${className} doc-continued` : className;
  element.dir = 'auto';
  if (block.kind === 'header') element.hidden = true;
  if (block.kind === 'list-item' && (block.level ?? 1) > 1) element.style.setProperty('--level', String(block.level));
  if (block.kind === 'preformatted' || block.kind === 'verse') element.append(...keptLines(content));
  else element.append(content);
  return element;
}

/** Text nodes of a block that keeps its lines: a carriage return by itself, which CSS does not break at, gets a `<br>`. */
function keptLines(content: string): Node[] {
  if (!/\r(?!\n)/.test(content)) return [document.createTextNode(content)];
  return content.split(/(?<=\r)(?!\n)/).flatMap((line, index) => {
    const node = document.createTextNode(line);
    return index === 0 ? [node] : [document.createElement('br'), node];
  });
}
