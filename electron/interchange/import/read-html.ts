import { colours } from '#model';
import { article } from '../export/html';
import type { ReadExport } from './collect';
import { readCollection } from './read-json-ld';

/** The script that `export/html.ts` embeds: nothing within it can end it. */
const SCRIPT = /<script type="application\/ld\+json">([^<]*)/;

/**
 * Reads the annotation collection within a page that `export/html.ts` wrote. What was changed of the page around it is not understood, and that is
 * said.
 */
export const readHtml: ReadExport = async ({ name, text, modified }, collector, pause) => {
  const found = SCRIPT.exec(text);
  if (!found) return;
  const [, json = ''] = found;
  const firstLine = text.slice(0, found.index).split('\n').length;
  const page = asRead(text.slice(found.index + found[0].length));
  const written = new Set(page.match(/<article class="[\s\S]*?\n<\/article>/g)?.map(asWritten));
  let isChanged = false;
  for (const each of readCollection(json, { file: name, firstLine, at: modified }, collector)) {
    if (each && !written.has(asRead(article(each.note, each.document.title, {})))) isChanged = true;
    await pause();
  }
  if (isChanged)
    collector.notice(
      `What “${name}” shows does not stand as Lectern wrote it. Its notes come as they were exported: what was changed in the page is not seen.`,
    );
};

/** What the colours were called where a page was exported, and the addresses of its notes there, are not in its annotations. */
const asWritten = (html: string): string => html.replace(COLOUR_NAME, '$1').replace(ADDRESS, '$1');
const COLOUR_NAME = new RegExp(`((?:<footer>| · )(?:${colours.join('|')})) \\(<span dir="auto">[^<]*</span>\\)`);

const ADDRESS = /<a href="[^"]*">(<time datetime="[^"]*">[^<]*<\/time>)<\/a>/;

/** As it comes out of a file, whose ends of lines another program may have changed. */
const asRead = (html: string): string => html.toWellFormed().replace(/\r\n?/g, '\n');
