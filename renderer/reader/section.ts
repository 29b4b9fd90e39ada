import type { DocumentSection } from '#model';
import { type DrawOptions, drawTree } from './draw-tree';

/**
 * Draws a section that begins at `start` of the document's text. The browser lays it out only near the view (document.css). Until it
 * did, its height is estimated from its columns of text (a Chinese character counts two) and its blocks.
 */
export function drawSection({ text, nodes, blocks }: DocumentSection, start: number, options: DrawOptions): HTMLElement {
  const section = document.createElement('div');
  section.className = 'doc-section';
  section.append(drawTree(text, nodes, options));
  const sample = text.slice(0, 400);
  const wide = sample.match(/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0;
  section.style.setProperty('--columns', String(Math.round(text.length * (1 + wide / Math.max(1, sample.length)))));
  // The cells of a row stand beside one another, parted by tabs.
  const rows = blocks.filter(([from, , kind]) => kind !== 'header' && text.charAt(from - start - 1) !== '\t');
  section.style.setProperty('--blocks', String(rows.length));
  return section;
}
