import { countBlocks } from './blocks';

/**
 * A section of a document, which the browser lays out only near the view (document.css). Until it did, its height is estimated
 * from its columns of text (a Chinese character counts two) and its blocks.
 */
export function createSection(content: readonly Node[]): HTMLElement {
  const section = document.createElement('div');
  section.className = 'doc-section';
  section.append(...content);
  const text = section.textContent;
  const sample = text.slice(0, 400);
  const wide = sample.match(/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0;
  section.style.setProperty('--columns', String(Math.round(text.length * (1 + wide / Math.max(1, sample.length)))));
  section.style.setProperty(
    '--blocks',
    String(content.reduce((sum, node) => sum + ((node as Partial<HTMLElement>).hidden ? 0 : countBlocks(node)), 0)),
  );
  return section;
}
