import type { ReadExport } from './exported-file';
import { readCollection } from './read-json-ld';

/** The script that `export/html.ts` embeds: nothing within it can end it. */
const SCRIPT = /<script type="application\/ld\+json">([^<]*)/;

/** Reads the annotation collection within a page that `export/html.ts` wrote. */
export const readHtml: ReadExport = async ({ name, text }, collector, pause) => {
  const found = SCRIPT.exec(text);
  if (!found) return;
  const [, json = ''] = found;
  const firstLine = text.slice(0, found.index).split('\n').length;
  for (const _ of readCollection(json, { file: name, firstLine }, collector)) await pause();
};
