import type { Random } from '../faults/trial';

/** A page to print, and its words in the order of reading. */
export interface PrintedPage {
  html: string;
  format: 'A4' | 'A5';
  words: string[];
}

const SYLLABLES = ['ba', 'ren', 'to', 'mil', 'sa', 'quor', 'den', 'li', 'vas', 'pel', 'gro', 'um', 'ti', 'cor', 'ha', 'nev'];

/** Text of one to three columns under running heads, with headings, lists, floats, tables and notes at the end: all of it by chance. */
export function makePrintedPage(random: Random): PrintedPage {
  const words: string[] = [];
  const word = (): string => {
    const made = Array.from({ length: 1 + random.below(4) }, () => random.pick(SYLLABLES)).join('');
    words.push(made);
    return made;
  };
  const run = (least: number, more: number): string => Array.from({ length: least + random.below(more) }, word).join(' ');
  const sentence = (): string => {
    const text = run(6, 18);
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraph = (): string => `<p>${Array.from({ length: 1 + random.below(6) }, sentence).join(' ')}</p>`;
  const cell = (name: string): string => `<${name}>${run(1, 2)}</${name}>`;
  const row = (cells: number, name = 'td'): string => `<tr>${Array.from({ length: cells }, () => cell(name)).join('')}</tr>`;
  const table = (): string => {
    const cells = 2 + random.below(3);
    return `<table>${row(cells, 'th')}${Array.from({ length: 2 + random.below(5) }, () => row(cells)).join('')}</table>`;
  };
  const list = (): string => `<ul>${Array.from({ length: 2 + random.below(4) }, () => `<li>${sentence()}</li>`).join('')}</ul>`;
  const float = (): string => `<aside>${run(5, 10)}</aside>${paragraph()}${paragraph()}`;
  const makers = [paragraph, paragraph, paragraph, paragraph, paragraph, list, table, float];

  const columns = 1 + random.below(3);
  const title = `<h1>${run(3, 4)}</h1>`;
  const chapters = Array.from({ length: 2 + random.below(4) }, () => {
    const heading = `<h2>${run(2, 3)}</h2>`;
    return heading + Array.from({ length: 3 + random.below(7) }, () => random.pick(makers)()).join('');
  });
  const notes = Array.from({ length: random.below(4) }, () => `<p class="note">${sentence()}</p>`).join('');
  const size = 8 + random.below(5);
  const style = `body { font: ${size}pt/${1.15 + random() * 0.5} ${random.pick(['serif', 'sans-serif'])}; text-align: ${random.pick(['left', 'justify'])};
    hyphens: ${random.pick(['manual', 'auto'])}; margin: 0 } main { column-count: ${columns}; column-gap: ${size * 2}pt }
    p { margin: ${random.pick(['0', '0 0 0.8em'])}; text-indent: ${random.pick(['0', '1.5em'])} } .note { font-size: 0.75em; text-indent: 0 }
    aside { float: right; width: 35%; margin-left: 1em; border: 1px solid; padding: 0.3em; font-size: 0.85em } td, th { padding: 0 1.2em 0 0; text-align: left }`;
  const html = `<!doctype html><html lang="la"><style>${style}</style>${title}<main>${chapters.join('')}</main>${notes}</html>`;
  return { html, format: columns > 1 ? 'A4' : 'A5', words };
}
