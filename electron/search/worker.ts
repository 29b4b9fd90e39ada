import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { documentBytes } from '../formats/bytes';
import { documentText } from '../formats/document-text';
import { readerOf } from '../formats/registry';
import { serveSearch } from './engine';

/** Search's worker thread: it searches the text that is shown, as the readers of the formats give it. */
if (!parentPort) throw new Error('search-worker runs as a worker thread.');
const { signal } = new AbortController();
serveSearch(parentPort, async ({ path: file, format, encoding }) => {
  const source = documentBytes(await readFile(file), path.basename(file));
  return documentText(await readerOf(format), source, { encoding, signal });
});
